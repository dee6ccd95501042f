/** Discounts by example and by property: nothing is lost, nothing is paid twice, and a further discount never makes anything dearer. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bp, fen } from '../../shared/money.ts'
import {
  type Bundle,
  type Choice,
  discountedPrice,
  type Gift,
  type HeldCoupon,
  type Offer,
  type OfferedLine,
  type Reduction,
  refundForUnits,
  type SampleCredit,
} from '../../shared/promotions/price.ts'

const line = (skuId: string, priceFen: number, quantity = 1, more: Partial<OfferedLine> = {}): OfferedLine => ({
  shopId: 'a',
  skuId,
  batchIds: [`batch ${skuId}`],
  priceFen: fen(priceFen),
  flashFen: null,
  quantity,
  ...more,
})
const coupon = (id: string, off: HeldCoupon['off'], more: Partial<HeldCoupon> = {}): HeldCoupon => ({
  kind: 'coupon',
  id,
  title: id,
  shopId: 'a',
  overFen: fen(0),
  off,
  skuIds: null,
  ...more,
})
const sumOff = (n: number): HeldCoupon['off'] => ({ kind: 'sum', fen: fen(n) })
const reduction = (id: string, shopId: string | null, ...steps: [number, number][]): Reduction => ({
  kind: 'reduction',
  id,
  title: id,
  shopId,
  steps: steps.map(([over, off]) => ({ overFen: fen(over), offFen: fen(off) })),
  skuIds: null,
})

describe('a price with discounts', () => {
  test('is the goods’ own where nothing is offered', () => {
    const price = discountedPrice([line('cake', 16_800, 2), line('tuo', 4_500, 1, { shopId: 'b' })], [])
    expect(price).toMatchObject({ listFen: 38_100, discountFen: 0, paidFen: 38_100, discounts: [], gifts: [] })
    expect(price.shops).toEqual([
      { shopId: 'a', listFen: 33_600, discountFen: 0, paidFen: 33_600 },
      { shopId: 'b', listFen: 4_500, discountFen: 0, paidFen: 4_500 },
    ])
  })

  test('keeps the order of the steps and tells each', () => {
    const offers: Offer[] = [
      coupon('park', sumOff(1_000), { shopId: null, overFen: fen(20_000) }),
      reduction('parkCut', null, [30_000, 500]),
      coupon('shop', { kind: 'rate', bp: bp(1_000), capFen: fen(2_000) }),
      reduction('shopCut', 'a', [10_000, 300], [30_000, 1_500]),
      {
        kind: 'bundle',
        id: 'set',
        title: 'set',
        shopId: 'a',
        items: [
          { skuId: 'cake', count: 1 },
          { skuId: 'tuo', count: 1 },
        ],
        bundleFen: fen(20_000),
      },
      { kind: 'credit', id: 'sample', title: 'sample', shopId: 'a', batchId: 'batch cake', creditFen: fen(990), sampleSkuIds: [] },
    ]
    const price = discountedPrice([line('cake', 16_800, 2), line('tuo', 4_500)], offers)
    expect(price.discounts.map((d) => [d.step, d.offFen])).toEqual([
      ['bundle', 1_300],
      ['shopReduction', 1_500],
      ['shopCoupon', 2_000],
      ['credit', 990],
      ['parkReduction', 500],
      ['parkCoupon', 1_000],
    ])
    expect(price.paidFen).toBe(38_100 - 1_300 - 1_500 - 2_000 - 990 - 500 - 1_000)
  })

  test('counts thresholds before discounts: one discount does not take another away', () => {
    const offers = [reduction('cut', 'a', [10_000, 3_000]), coupon('c', sumOff(500), { overFen: fen(10_000) })]
    expect(discountedPrice([line('cake', 10_000)], offers).paidFen).toBe(6_500)
    expect(discountedPrice([line('cake', 9_999)], offers).paidFen).toBe(9_999)
  })

  test('takes the largest coupon, of equals the smaller id, or the one that the buyer chose, or none', () => {
    const offers = [coupon('b', sumOff(300)), coupon('a', sumOff(300)), coupon('c', sumOff(200)), coupon('p', sumOff(50), { shopId: null })]
    const off = (choice?: Choice) => discountedPrice([line('cake', 9_000)], offers, choice).discounts.map((d) => d.offerId)
    expect(off()).toEqual(['a', 'p'])
    expect(off({ shop: { a: 'c' }, park: null })).toEqual(['c'])
    expect(off({ shop: { a: null } })).toEqual(['p'])
    expect(off({ shop: { a: 'not mine' } })).toEqual(['p'])
  })

  test('reads coupons for some skus on those alone', () => {
    const offers = [coupon('c', { kind: 'rate', bp: bp(5_000), capFen: fen(100_000) }, { skuIds: ['tuo'] })]
    const price = discountedPrice([line('cake', 10_000), line('tuo', 4_000)], offers)
    expect(price.lines.map((l) => l.paidFen)).toEqual([10_000, 2_000])
  })

  test('finds the sets that save most, however the bundles are named', () => {
    const bundle = (id: string, bundleFen: number, ...items: [string, number][]): Bundle => ({
      kind: 'bundle',
      id,
      title: id,
      shopId: 'a',
      items: items.map(([skuId, count]) => ({ skuId, count })),
      bundleFen: fen(bundleFen),
    })
    const lines = [line('x', 1_000, 2), line('y', 1_000), line('z', 1_000)]
    const poor = bundle('1', 1_900, ['x', 1], ['y', 1])
    const rich = bundle('2', 2_000, ['x', 2], ['y', 1])
    expect(discountedPrice(lines, [poor, rich]).paidFen).toBe(3_000)
    expect(discountedPrice(lines, [bundle('3', 2_500, ['x', 1], ['z', 1])]).paidFen).toBe(4_000)
  })

  test('never makes an order dearer by a flash price, and shows it as what it is', () => {
    const offers = [reduction('cut', 'a', [10_000, 3_000])]
    const price = (flash: number) => discountedPrice([line('cake', 10_000, 1, { flashFen: fen(flash) })], offers)
    expect(price(9_900)).toMatchObject({ paidFen: 7_000 })
    expect(price(9_900).discounts.map((d) => d.step)).toEqual(['shopReduction'])
    expect(price(5_000)).toMatchObject({ listFen: 10_000, paidFen: 5_000 })
    expect(price(5_000).discounts).toEqual([
      { step: 'flash', offerId: '', title: '', offFen: 5_000, shares: [{ skuId: 'cake', offFen: 5_000 }] },
    ])
  })

  test('leaves a fen for every shop', () => {
    const price = discountedPrice([line('cake', 100), line('tuo', 50, 1, { shopId: 'b' })], [coupon('p', sumOff(9_999), { shopId: null })])
    expect(price.shops.map((s) => s.paidFen)).toEqual([1, 1])
    expect(price.discounts[0]?.offFen).toBe(148)
  })

  test('gives the gift of the highest step, and a sample’s price back for its own batch only', () => {
    const gift = (id: string, overFen: number): Gift => ({
      kind: 'gift',
      id,
      title: id,
      shopId: 'a',
      overFen: fen(overFen),
      skuId: 'bag',
      count: 1,
    })
    const credit = (batchId: string): SampleCredit => ({
      kind: 'credit',
      id: 'k',
      title: 'k',
      shopId: 'a',
      batchId,
      creditFen: fen(1_900),
      sampleSkuIds: ['sample'],
    })
    const lines = [line('cake', 16_800), line('sample', 1_900, 1, { batchIds: ['batch cake'] })]
    const price = discountedPrice(lines, [gift('small', 1_000), gift('large', 18_000), credit('batch cake')])
    expect(price.gifts).toEqual([{ shopId: 'a', offerId: 'large', title: 'large', skuId: 'bag', count: 1 }])
    expect(price.lines.map((l) => l.paidFen)).toEqual([14_900, 1_900])
    expect(discountedPrice(lines, [credit('another')]).discountFen).toBe(0)
  })

  test('refuses a sku in two lines and a quantity that is none', () => {
    expect(() => discountedPrice([line('cake', 1), line('cake', 1)], [])).toThrow(RangeError)
    for (const quantity of [0, -1, 1.5, Number.NaN]) expect(() => discountedPrice([line('cake', 1, quantity)], [])).toThrow(RangeError)
  })
})

const shops = ['a', 'b', 'c']
const skus = ['s1', 's2', 's3', 's4', 's5', 's6']
const shopOf = (skuId: string): string => shops[skus.indexOf(skuId) % shops.length] as string
const money = (max: number) => fc.integer({ min: 1, max }).map(fen)

const basket = fc.subarray(skus, { minLength: 1 }).chain((ids) =>
  fc.tuple(
    ...ids.map((skuId) =>
      fc.record({
        shopId: fc.constant(shopOf(skuId)),
        skuId: fc.constant(skuId),
        batchIds: fc.subarray(['b1', 'b2']),
        priceFen: money(50_000),
        flashFen: fc.option(money(50_000), { nil: null }),
        quantity: fc.integer({ min: 1, max: 9 }),
      }),
    ),
  ),
) as fc.Arbitrary<OfferedLine[]>

const some = fc.option(fc.subarray(skus, { minLength: 1 }), { nil: null })
const owner = fc.option(fc.constantFrom(...shops), { nil: null })
const offer: fc.Arbitrary<Offer> = fc.oneof(
  fc.record({
    kind: fc.constant('coupon' as const),
    id: fc.uuid(),
    title: fc.constant('券'),
    shopId: owner,
    overFen: money(80_000),
    off: fc.oneof(
      money(60_000).map((n) => ({ kind: 'sum' as const, fen: n })),
      fc.record({ kind: fc.constant('rate' as const), bp: fc.integer({ min: 0, max: 10_000 }).map(bp), capFen: money(60_000) }),
    ),
    skuIds: some,
  }),
  fc.record({
    kind: fc.constant('reduction' as const),
    id: fc.uuid(),
    title: fc.constant('满减'),
    shopId: owner,
    steps: fc.array(fc.record({ overFen: money(90_000), offFen: money(40_000) }), { minLength: 1, maxLength: 3 }),
    skuIds: some,
  }),
  fc.constantFrom(...shops).chain((shopId) =>
    fc.record({
      kind: fc.constant('bundle' as const),
      id: fc.uuid(),
      title: fc.constant('套装'),
      shopId: fc.constant(shopId),
      items: fc
        .subarray(
          skus.filter((s) => shopOf(s) === shopId),
          { minLength: 1 },
        )
        .chain((ids) => fc.tuple(...ids.map((skuId) => fc.record({ skuId: fc.constant(skuId), count: fc.integer({ min: 1, max: 3 }) })))),
      bundleFen: money(90_000),
    }),
  ) as fc.Arbitrary<Bundle>,
  fc.record({
    kind: fc.constant('credit' as const),
    id: fc.uuid(),
    title: fc.constant('品鉴装抵扣'),
    shopId: fc.constantFrom(...shops),
    batchId: fc.constantFrom('b1', 'b2'),
    creditFen: money(20_000),
    sampleSkuIds: fc.subarray(skus),
  }),
  fc.record({
    kind: fc.constant('gift' as const),
    id: fc.uuid(),
    title: fc.constant('赠品'),
    shopId: fc.constantFrom(...shops),
    overFen: money(90_000),
    skuId: fc.constantFrom(...skus),
    count: fc.constant(1),
  }),
)
/** Within the bounds of the search: beyond MOST_BUNDLES bundles of a shop the first by id are tried. */
const offers = fc
  .array(offer, { maxLength: 12 })
  .map((all) =>
    all.filter((o, i) => o.kind !== 'bundle' || all.slice(0, i).filter((p) => p.kind === 'bundle' && p.shopId === o.shopId).length < 3),
  )

describe('for any basket and any offers', () => {
  test('the parts add up to the whole, on every line, for every shop and in all', () => {
    fc.assert(
      fc.property(basket, offers, (lines, all) => {
        const price = discountedPrice(lines, all)
        expect(price.paidFen + price.discountFen).toBe(price.listFen)
        expect(price.shops.reduce((a, s) => a + s.paidFen, 0)).toBe(price.paidFen)
        expect(price.discounts.reduce((a, d) => a + d.offFen, 0)).toBe(price.discountFen)
        for (const d of price.discounts) expect(d.shares.reduce((a, s) => a + s.offFen, 0)).toBe(d.offFen)
        for (const l of price.lines) {
          const off = price.discounts.flatMap((d) => d.shares).filter((s) => s.skuId === l.skuId)
          expect(l.paidFen).toBe(l.listFen - off.reduce((a, s) => a + s.offFen, 0))
          expect(l.paidFen).toBeGreaterThanOrEqual(0)
          expect(off.every((s) => s.offFen > 0)).toBe(true)
        }
        for (const s of price.shops) expect(s.paidFen).toBeGreaterThanOrEqual(1)
      }),
      { numRuns: 1_500 },
    )
  })

  test('a further discount never raises the price', () => {
    fc.assert(
      fc.property(basket, offers, offer, (lines, all, more) => {
        expect(discountedPrice(lines, [...all, more]).paidFen).toBeLessThanOrEqual(discountedPrice(lines, all).paidFen)
      }),
      { numRuns: 3_000 },
    )
  })

  test('a flash price never raises the price, and the order of lines and offers changes no sum', () => {
    fc.assert(
      fc.property(basket, offers, (lines, all) => {
        const plain = lines.map((l) => ({ ...l, flashFen: null }))
        const price = discountedPrice(lines, all)
        expect(price.paidFen).toBeLessThanOrEqual(discountedPrice(plain, all).paidFen)
        expect(discountedPrice([...lines].reverse(), [...all].reverse()).paidFen).toBe(price.paidFen)
      }),
      { numRuns: 1_500 },
    )
  })

  test('refunds of all parts, in any portions, give back what was paid, and never more', () => {
    fc.assert(
      fc.property(money(1_000_000), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }), (paid, portions) => {
        const quantity = portions.reduce((a, b) => a + b, 0)
        let [done, back] = [0, 0]
        for (const units of portions) {
          back += refundForUnits(paid, quantity, done, units)
          done += units
          expect(back).toBeLessThanOrEqual(paid)
        }
        expect(back).toBe(paid)
        expect(() => refundForUnits(paid, quantity, quantity, 1)).toThrow(RangeError)
      }),
    )
  })
})
