/** What sending costs, by example and by property; and that no discount ever makes an order dearer, freight and all. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { provinceOf, provinces } from '../../shared/freight/provinces.ts'
import { type FreightFee, type FreightRules, freightFaults, freightOf, freightPromise } from '../../shared/freight/rules.ts'
import { type Fen, fen } from '../../shared/money.ts'
import { priceOrder } from '../../shared/orders/price.ts'

const fee = fc.record({
  firstGrams: fc.integer({ min: 1, max: 5000 }),
  firstFen: fc.integer({ min: 0, max: 5000 }).map(fen),
  stepGrams: fc.integer({ min: 1, max: 5000 }),
  stepFen: fc.integer({ min: 0, max: 2000 }).map(fen),
  freeOverFen: fc.option(fc.integer({ min: 1, max: 100_000 }).map(fen)),
}) satisfies fc.Arbitrary<FreightFee>
const rules = fc
  .record({ packGrams: fc.integer({ min: 0, max: 1000 }), elsewhere: fee, near: fee, noShip: fc.constant<FreightRules['noShip']>([]) })
  .map(({ near, ...rest }): FreightRules => ({ ...rest, zones: [{ provinces: ['云南'], ...near }] }))

describe('freight', () => {
  it('knows every province by the names that people and WeChat write', () => {
    expect(provinces).toHaveLength(34)
    for (const [name, is] of [
      ['云南省', '云南'],
      ['内蒙古自治区', '内蒙古'],
      ['广西壮族自治区', '广西'],
      [' 上海市', '上海'],
      ['香港特别行政区', '香港'],
      ['Yunnan', null],
    ] as const)
      expect(provinceOf(name)).toBe(is)
  })

  it('never falls when the parcel gets heavier, and is nothing above the free line', () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 0, max: 5000 }), (r, grams, more) => {
        const costs = (g: number, goods: Fen) => freightOf(r, '云南', g, goods)?.freightFen ?? 0
        expect(costs(grams + more, fen(1))).toBeGreaterThanOrEqual(costs(grams, fen(1)))
        const free = r.zones[0]?.freeOverFen
        if (free != null) expect(costs(grams, free)).toBe(0)
      }),
    )
  })

  it('with any coupon costs no more than without it, and the parts add up to the whole', () => {
    fc.assert(
      fc.property(
        rules,
        fc.array(
          fc.record({
            shop: fc.constantFrom('a', 'b'),
            priceFen: fc.integer({ min: 1, max: 50_000 }),
            quantity: fc.integer({ min: 1, max: 9 }),
          }),
          { minLength: 1, maxLength: 5 },
        ),
        fc.integer({ min: 1, max: 60_000 }),
        (r, drawn, off) => {
          const lines = drawn.map((l, i) => ({
            shopId: l.shop,
            skuId: `s${i % 3}${l.shop}`,
            priceFen: fen(l.priceFen),
            quantity: l.quantity,
            grams: 357,
          }))
          const priced = new Map(lines.map((l) => [l.skuId, l.priceFen]))
          const asked = lines.map((l) => ({ ...l, priceFen: priced.get(l.skuId) ?? l.priceFen }))
          const terms = { choice: {}, province: '云南' as const, freight: new Map([['a', r]]) }
          const plain = priceOrder(asked, { ...terms, offers: [] })
          const cheaper = priceOrder(asked, {
            ...terms,
            offers: [
              { kind: 'coupon', id: 'c', title: '券', shopId: 'a', overFen: fen(0), off: { kind: 'sum', fen: fen(off) }, skuIds: null },
            ],
          })
          expect(cheaper.payableFen).toBeLessThanOrEqual(plain.payableFen)
          for (const price of [plain, cheaper]) {
            expect(price.payableFen).toBe(price.goodsFen - price.discountFen + price.freightFen)
            expect(price.shops.reduce((s, p) => s + p.payableFen, 0)).toBe(price.payableFen)
            expect(price.lines.reduce((s, l) => s + l.paidFen, 0) + price.freightFen).toBe(price.payableFen)
          }
        },
      ),
    )
  })

  it('says on the tea’s page what it costs at least, and from when it is free', () => {
    const at = (firstFen: number, freeOverFen: number | null): FreightFee => ({
      firstGrams: 1000,
      firstFen: fen(firstFen),
      stepGrams: 1000,
      stepFen: fen(200),
      freeOverFen: freeOverFen === null ? null : fen(freeOverFen),
    })
    const whole = (elsewhere: FreightFee, near?: FreightFee): FreightRules => ({
      packGrams: 0,
      elsewhere,
      noShip: [],
      zones: near ? [{ provinces: ['云南'], ...near }] : [],
    })
    expect(freightPromise(null)).toBe('包邮')
    expect(freightPromise(whole(at(800, 19_900)))).toBe('运费 8.00 元起，满 199.00 元包邮')
    expect(freightPromise(whole(at(1200, null), at(600, 9900)))).toBe('运费 6.00 元起，部分地区满 99.00 元包邮')
    expect(freightPromise(whole(at(1200, null), at(0, null)))).toBe('部分地区包邮')
  })

  it('a province in two zones, or in a zone and among those that are not sent to, is a fault at its field', () => {
    const ok: FreightFee = { firstGrams: 1000, firstFen: fen(800), stepGrams: 1000, stepFen: fen(200), freeOverFen: null }
    const faults = (change: Partial<FreightRules>) => freightFaults({ packGrams: 0, zones: [], elsewhere: ok, noShip: [], ...change })
    expect(faults({})).toEqual({})
    expect(
      Object.keys(
        faults({
          zones: [
            { provinces: ['云南'], ...ok },
            { provinces: ['云南'], ...ok },
          ],
        }),
      ),
    ).toEqual(['zones.1.provinces'])
    expect(Object.keys(faults({ zones: [{ provinces: ['云南'], ...ok }], noShip: ['云南'] }))).toEqual(['noShip'])
    expect(Object.keys(faults({ noShip: [...provinces] }))).toEqual(['noShip'])
    expect(Object.keys(faults({ elsewhere: { ...ok, stepGrams: 0 } }))).toEqual(['elsewhere.stepGrams'])
  })
})
