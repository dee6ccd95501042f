/** From several shops to one payment: the cart, what is taken off, what sending costs, and how much one may have. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FreightRules } from '../../shared/freight/rules.ts'
import type { OrderId, SkuId } from '../../shared/ids.ts'
import { type Bp, fen } from '../../shared/money.ts'
import { after, DAY, HOUR, MINUTE } from '../../shared/time.ts'
import { askFor, newKey, pay, type Shopper, shopper } from '../kit/buying.ts'
import { type House, type Person, refusalFrom, startHouse } from '../kit/house.ts'
import { approve, type Farmer, listingOnShelf, type OnShelf, uploadPicture, wholeDraft } from '../kit/listings.ts'

let house: House
let farmer: Farmer
let other: Farmer
let reviewer: Person
beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  other = await house.farmer({ name: '界牌古茶合作社' })
  reviewer = await house.staff('reviewer')
})
afterAll(() => house.stop())

const tea = (of: Farmer = farmer, stock = 50): Promise<OnShelf> => listingOnShelf(house, of, reviewer, { stock })
const running = () => ({ startsAt: house.clock.now(), endsAt: after(house.clock.now(), 10 * DAY) })
const coupon = (over: number, off: number) => ({ kind: 'coupon' as const, overFen: fen(over), off: { is: 'sum' as const, fen: fen(off) } })
const made = (of: Farmer, rule: Parameters<typeof farmer.trpc.shop.promotions.make.mutate>[0]['rule'], more = {}) =>
  of.trpc.shop.promotions.make.mutate({ shopId: of.shopId, title: '春茶券', rule, quota: 100, perPerson: 1, ...running(), ...more })
const put = (person: Person, skuId: SkuId, quantity = 1) => person.trpc.buyer.orders.putInCart.mutate({ skuId, quantity })
const lines = (...teas: OnShelf[]) => teas.map((t) => ({ skuId: t.skuId, quantity: 1 }))
const paidOf = async (orderId: OrderId) =>
  (
    await house.sql<{ goods: number; off: number; freight: number; payable: number; lines: string; parts: string }>(
      `select o.goods_fen as goods, o.discount_fen as off, o.freight_fen as freight, o.payable_fen as payable,
       (select sum(paid_fen) from order_lines l where l.order_id = o.id) as \`lines\`,
       (select sum(payable_fen) from sub_orders s where s.order_id = o.id) as parts from orders o where o.id = ?`,
      [orderId],
    )
  )[0]!

describe('the cart', () => {
  it('is one on every device, by shop, and one payment buys it from all of them', async () => {
    const buyer = await shopper(house, '茶友小周')
    const [a, b] = [await tea(), await tea(other)]
    expect(await put(buyer, a.skuId)).toEqual({ count: 1 })
    expect(await put(buyer, a.skuId, 2)).toEqual({ count: 1 })
    expect(await put(buyer, b.skuId)).toEqual({ count: 2 })
    const cart = await buyer.trpc.buyer.orders.cart.query()
    expect(cart.shops.map((s) => [s.shop.id, s.lines.map((l) => l.quantity)])).toEqual([
      [other.shopId, [1]],
      [farmer.shopId, [3]],
    ])
    expect(cart.shops[1]?.lines[0]?.changes).toEqual([])
    await buyer.trpc.buyer.orders.setInCart.mutate({ skuId: a.skuId, quantity: 2 })
    const placed = await buyer.trpc.buyer.orders.place.mutate({
      ...askFor(buyer, [{ ...a, quantity: 2 }, b]),
      fromCart: true,
      shownFen: fen(50400),
    })
    expect(placed.payableFen).toBe(50400)
    expect((await buyer.trpc.buyer.orders.cart.query()).shops).toEqual([])
    await pay(house, buyer, placed.orderId)
    expect((await buyer.trpc.buyer.orders.one.query({ orderId: placed.orderId })).subOrders.map((s) => s.state)).toEqual([
      'toShip',
      'toShip',
    ])
  })

  it('says what changed and by how much, and keeps what cannot be bought apart', async () => {
    const buyer = await shopper(house, '茶友小吴')
    const [cheaper, few, gone] = [await tea(), await tea(farmer, 5), await tea()]
    for (const [t, n] of [
      [cheaper, 1],
      [few, 4],
      [gone, 1],
    ] as const)
      await put(buyer, t.skuId, n)
    const { shopId } = farmer
    const picture = await uploadPicture(house, farmer)
    await farmer.trpc.shop.catalogue.saveDraft.mutate({
      shopId,
      listingId: cheaper.listingId,
      draft: {
        ...wholeDraft(picture.id, { priceFen: fen(15000) }),
        skus: wholeDraft(picture.id, { priceFen: fen(15000) }).skus.map((s) => ({ ...s, key: s.key })),
      },
    })
    await approve(house, farmer, reviewer, cheaper.listingId)
    const rival = await shopper(house, '手快的人')
    await rival.trpc.buyer.orders.place.mutate(askFor(rival, [{ ...few, quantity: 3 }]))
    await farmer.trpc.shop.catalogue.takeOff.mutate({ shopId, listingId: gone.listingId })
    const cart = await buyer.trpc.buyer.orders.cart.query()
    const said = Object.fromEntries(cart.shops.flatMap((s) => s.lines.map((l) => [l.skuId, l.changes])))
    expect(said[cheaper.skuId]).toEqual(['比加入时降了 18.00 元', '商品介绍有更新'])
    expect(said[few.skuId]).toEqual(['只剩 2 饼，少 2 饼'])
    expect(cart.invalid).toEqual([{ skuId: gone.skuId, title: '凤凰窝春茶饼 2025', why: '已下架' }])
    await buyer.trpc.buyer.orders.takeFromCart.mutate({ skuIds: [gone.skuId] })
    expect((await buyer.trpc.buyer.orders.cart.query()).invalid).toEqual([])
  })

  it('takes no more than its fill, nothing that does not exist, and not what is another’s', async () => {
    const buyer = await shopper(house, '茶友小郑')
    const t = await tea()
    await put(buyer, t.skuId)
    const stranger = await shopper(house, '路人')
    expect((await stranger.trpc.buyer.orders.cart.query()).shops).toEqual([])
    expect((await refusalFrom(stranger.trpc.buyer.orders.setInCart.mutate({ skuId: t.skuId, quantity: 3 }))).code).toBe('notFound')
    expect((await refusalFrom(buyer.trpc.buyer.orders.putInCart.mutate({ skuId: t.skuId, quantity: 0 }))).code).toBe('badInput')
    await put(buyer, t.skuId, 99)
    expect((await buyer.trpc.buyer.orders.cart.query()).shops[0]?.lines[0]?.quantity).toBe(99)
  })
})

describe('coupons', () => {
  it('are claimed by as many as there are and once by each, whoever taps how often at once', async () => {
    const { offerId } = await made(farmer, coupon(10000, 1000), { quota: 3 })
    const people = await Promise.all(Array.from({ length: 6 }, (_, i) => house.buyer(`抢券人${i}`)))
    const taps = people
      .flatMap((p) => [p, p, p])
      .map((p) =>
        p.trpc.buyer.promotions.claim.mutate({ offerId }).then(
          () => 1,
          () => 0,
        ),
      )
    expect((await Promise.all(taps)).reduce<number>((a, b) => a + b, 0)).toBe(3)
    const [row] = await house.sql<{ claimed: number; held: number; most: number }>(
      'select claimed, (select count(*) from coupons where offer_id = o.id) as held, (select max(n) from (select count(*) n from coupons where offer_id = ? group by user_id) x) as most from promotion_offers o where id = ?',
      [offerId, offerId],
    )
    expect(row).toMatchObject({ claimed: 3, held: 3, most: 1 })
    const late = await house.buyer('来晚的人')
    expect((await refusalFrom(late.trpc.buyer.promotions.claim.mutate({ offerId }))).code).toBe('couponsOut')
    const listed = await late.trpc.buyer.promotions.claimable.query({ shopId: farmer.shopId })
    expect(listed.find((o) => o.id === offerId)).toMatchObject({ left: false, more: false, words: '满 100.00 减 10.00 元' })
    await farmer.trpc.shop.promotions.stop.mutate({ shopId: farmer.shopId, offerId })
  })

  it('and the shop’s reduction stand in a fixed order, every line keeps its share, and the quote is the charge', async () => {
    const buyer = await shopper(house, '茶友小王')
    const shop = await house.farmer({ name: '满减的店' })
    const [a, b] = [
      await listingOnShelf(house, shop, reviewer, { priceFen: fen(10001) }),
      await listingOnShelf(house, shop, reviewer, { priceFen: fen(6667) }),
    ]
    await made(shop, { kind: 'reduction', steps: [{ overFen: fen(15000), offFen: fen(1001) }] }, { title: '店庆满减' })
    const { offerId } = await made(shop, { kind: 'coupon', overFen: fen(0), off: { is: 'rate', bp: 1000 as Bp, capFen: fen(5000) } })
    await buyer.trpc.buyer.promotions.claim.mutate({ offerId })
    const quoted = await buyer.trpc.buyer.orders.quote.query({ lines: lines(a, b), addressId: buyer.addressId })
    expect(quoted.discounts.map((d) => [d.words, d.title, d.offFen])).toEqual([
      ['店铺满减', '店庆满减', 1001],
      ['店铺券', '春茶券', 1666],
    ])
    expect(quoted.lines.reduce((s, l) => s + l.paidFen, 0)).toBe(quoted.payableFen)
    const { orderId, payableFen } = await buyer.trpc.buyer.orders.place.mutate({
      ...askFor(buyer, [
        { ...a, priceFen: fen(10001) },
        { ...b, priceFen: fen(6667) },
      ]),
      shownFen: quoted.payableFen,
    })
    expect(payableFen).toBe(16668 - 1001 - 1666)
    const sums = await paidOf(orderId)
    expect([sums.goods, sums.off, sums.payable]).toEqual([16668, 2667, payableFen])
    expect([Number(sums.lines), Number(sums.parts)]).toEqual([payableFen, payableFen])
    const page = await buyer.trpc.buyer.orders.one.query({ orderId })
    expect(page.money).toContainEqual({ label: '店铺满减「店庆满减」', fen: -1001 })
    expect((await buyer.trpc.buyer.promotions.mine.query({ state: 'used' })).map((c) => c.orderId)).toEqual([orderId])
    // not paid in time: the coupon is the buyer's again
    await house.pass(16 * MINUTE)
    expect(await buyer.trpc.buyer.promotions.mine.query({})).toMatchObject([{ state: 'held', orderId: null }])
  })

  it('one coupon pays for one order, however many are placed at once', async () => {
    const buyer = await shopper(house, '茶友小冯')
    const shop = await house.farmer({ name: '一张券的店' })
    const t = await listingOnShelf(house, shop, reviewer)
    const { offerId } = await made(shop, coupon(10000, 800))
    await buyer.trpc.buyer.promotions.claim.mutate({ offerId })
    const tries = await Promise.all(
      Array.from({ length: 5 }, () =>
        buyer.trpc.buyer.orders.place
          .mutate({ ...askFor(buyer, [t]), shownFen: fen(16000) })
          .then((o) => o.payableFen as number)
          .catch((e: { message: string }) => e.message),
      ),
    )
    expect(tries.filter((x) => x === 16000)).toHaveLength(1)
    expect(
      await house.sql(`select id from orders where buyer_id = (select user_id from coupons where offer_id = ?) and discount_fen > 0`, [
        offerId,
      ]),
    ).toHaveLength(1)
    // without it the price is another, and the buyer is asked before paying more
    expect((await refusalFrom(buyer.trpc.buyer.orders.place.mutate({ ...askFor(buyer, [t]), shownFen: fen(16000) }))).code).toBe(
      'totalChanged',
    )
  })

  it('of the park count only in the shops that take part, and of a room only there', async () => {
    const buyer = await shopper(house, '茶友小陈')
    const finance = await house.staff('finance')
    const [a, b] = [await tea(), await tea(other)]
    const { offerId } = await finance.trpc.park.promotions.make.mutate({
      title: '园区开市',
      rule: coupon(10000, 900),
      quota: 10,
      perPerson: 1,
      ...running(),
    })
    expect((await farmer.trpc.shop.promotions.parks.query({ shopId: farmer.shopId })).find((o) => o.id === offerId)?.takesPart).toBe(false)
    await farmer.trpc.shop.promotions.takePart.mutate({ shopId: farmer.shopId, offerId, takes: true })
    expect((await buyer.trpc.buyer.promotions.claimable.query({ shopId: other.shopId })).map((o) => o.id)).not.toContain(offerId)
    await buyer.trpc.buyer.promotions.claim.mutate({ offerId })
    const sessionId = (
      await farmer.trpc.shop.live.schedule.mutate({ shopId: farmer.shopId, title: '开汤', startsAt: after(house.clock.now(), HOUR) })
    ).sessionId
    const room = await made(farmer, coupon(10000, 500), { liveSessionId: sessionId, title: '直播间券' })
    expect((await refusalFrom(buyer.trpc.buyer.promotions.claim.mutate({ offerId: room.offerId }))).code).toBe('notFound')
    await buyer.trpc.buyer.promotions.claim.mutate({ offerId: room.offerId, liveSessionId: sessionId })
    const ask = { lines: lines(a, b), addressId: buyer.addressId }
    const outside = await buyer.trpc.buyer.orders.quote.query(ask)
    expect(outside.shops.map((s) => s.discountFen)).toEqual([900, 0])
    const inside = await buyer.trpc.buyer.orders.quote.query({ ...ask, liveSessionId: sessionId })
    expect(inside.shops.map((s) => s.discountFen)).toEqual([1400, 0])
    const without = await buyer.trpc.buyer.orders.quote.query({ ...ask, liveSessionId: sessionId, choice: { park: null } })
    expect(without.discountFen).toBe(500)
    await finance.trpc.park.promotions.stop.mutate({ offerId })
    await farmer.trpc.shop.promotions.stop.mutate({ shopId: farmer.shopId, offerId: room.offerId })
  })

  it('an offer that contradicts itself, another shop’s skus or sessions and another’s offers are refused', async () => {
    const { shopId } = farmer
    const foreign = await tea(other)
    const wrong = await refusalFrom(made(farmer, { kind: 'reduction', steps: [{ overFen: fen(1000), offFen: fen(1000) }] }))
    expect([wrong.code, Object.keys(wrong.fields)]).toEqual(['offerRule', ['rule.steps.0']])
    expect((await refusalFrom(made(farmer, coupon(1000, 2000)))).fields).toHaveProperty('rule.off')
    expect((await refusalFrom(made(farmer, coupon(1000, 100), { endsAt: house.clock.now() }))).fields).toHaveProperty('endsAt')
    expect(
      (await refusalFrom(made(farmer, { kind: 'bundle', items: [{ skuId: foreign.skuId, count: 2 }], bundleFen: fen(100) }))).code,
    ).toBe('notFound')
    const { offerId } = await made(other, coupon(1000, 100))
    expect((await refusalFrom(farmer.trpc.shop.promotions.stop.mutate({ shopId, offerId }))).code).toBe('notFound')
    await other.trpc.shop.promotions.stop.mutate({ shopId: other.shopId, offerId })
    const buyer = await house.buyer('想领的人')
    expect((await refusalFrom(buyer.trpc.buyer.promotions.claim.mutate({ offerId }))).code).toBe('notFound')
  })
})

describe('freight', () => {
  const rules: FreightRules = {
    packGrams: 143,
    zones: [{ provinces: ['云南'], firstGrams: 1000, firstFen: fen(600), stepGrams: 1000, stepFen: fen(100), freeOverFen: fen(50000) }],
    elsewhere: { firstGrams: 1000, firstFen: fen(1200), stepGrams: 500, stepFen: fen(300), freeOverFen: null },
    noShip: ['西藏'],
  }
  const livesIn = async (buyer: Shopper, province: string, city: string): Promise<Shopper> => {
    const { id } = await buyer.trpc.buyer.orders.saveAddress.mutate({
      name: '李明',
      phone: '13888880001',
      province,
      city,
      county: '',
      detail: '人民路 1 号',
      isDefault: false,
    })
    return { ...buyer, addressId: id }
  }

  it('goes by region and weight, is free above the line, and the quote is the charge', async () => {
    const shop = await house.farmer({ name: '称重的店' })
    const t = await listingOnShelf(house, shop, reviewer)
    expect((await shop.trpc.shop.freight.save.mutate({ shopId: shop.shopId, version: 0, rules })).version).toBe(1)
    const buyer = await shopper(house, '茶友小朱')
    const far = await livesIn(buyer, '黑龙江省', '哈尔滨市')
    for (const [who, quantity, freight, why] of [
      [buyer, 1, 600, '计重 500 g：首重 1 kg 6.00 元'],
      [buyer, 3, 0, '满 500.00 元包邮'],
      [far, 1, 1200, '计重 500 g：首重 1 kg 12.00 元'],
      [far, 4, 1200 + 2 * 300, '计重 1.57 kg：首重 1 kg 12.00 元，续重 2 × 3.00 元'],
    ] as const) {
      const quoted = await who.trpc.buyer.orders.quote.query({ lines: [{ skuId: t.skuId, quantity }], addressId: who.addressId })
      expect(quoted.shops[0]).toMatchObject({ freightFen: freight, freightWhy: why, canShip: true })
      const placed = await who.trpc.buyer.orders.place.mutate({ ...askFor(who, [{ ...t, quantity }]), shownFen: quoted.payableFen })
      expect(placed.payableFen).toBe(16800 * quantity + freight)
      await who.trpc.buyer.orders.cancel.mutate({ orderId: placed.orderId })
    }
  })

  it('to where a shop does not send nothing is sold; a wrong template and one that was changed meanwhile are not kept', async () => {
    const shop = await house.farmer({ name: '不进藏的店' })
    const t = await listingOnShelf(house, shop, reviewer)
    await shop.trpc.shop.freight.save.mutate({ shopId: shop.shopId, version: 0, rules })
    const away = await livesIn(await shopper(house, '拉萨的茶友'), '西藏自治区', '拉萨市')
    const quoted = await away.trpc.buyer.orders.quote.query({ lines: lines(t), addressId: away.addressId })
    expect(quoted.shops[0]?.canShip).toBe(false)
    expect((await refusalFrom(away.trpc.buyer.orders.place.mutate(askFor(away, [t])))).code).toBe('noShip')
    expect(await house.sql('select id from orders where buyer_id = (select id from users where nickname = ?)', ['拉萨的茶友'])).toEqual([])
    const save = (version: number, change: Partial<FreightRules>) =>
      shop.trpc.shop.freight.save.mutate({ shopId: shop.shopId, version, rules: { ...rules, ...change } })
    expect((await refusalFrom(save(1, { noShip: ['云南'] }))).fields).toEqual({ 'rules.noShip': '云南已有运费，不能同时不发货' })
    expect((await refusalFrom(save(0, {}))).code).toBe('stale')
    await save(1, { noShip: [] })
    expect((await refusalFrom(save(1, {}))).code).toBe('stale')
    const stranger = await house.farmer({ name: '隔壁的店' })
    expect((await refusalFrom(stranger.trpc.shop.freight.template.query({ shopId: shop.shopId }))).code).toBe('notFound')
  })
})

describe('how much one may have', () => {
  it('a limit holds for the person and for the address, on every device at once, and is given back by what is not paid', async () => {
    const t = await tea()
    const { shopId } = farmer
    await farmer.trpc.shop.promotions.setLimit.mutate({ shopId, listingId: t.listingId, most: 2 })
    const buyer = await shopper(house, '爱囤茶的人')
    const tries = await Promise.all(
      Array.from({ length: 5 }, () =>
        buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [t])).then(
          (o) => o.orderId,
          () => null,
        ),
      ),
    )
    expect(tries.filter(Boolean)).toHaveLength(2)
    // another account, the same door
    const flatmate = await shopper(house, '同一个门牌')
    expect((await refusalFrom(flatmate.trpc.buyer.orders.place.mutate(askFor(flatmate, [t])))).code).toBe('overLimit')
    await house.pass(16 * MINUTE)
    const again = await flatmate.trpc.buyer.orders.place.mutate(askFor(flatmate, [{ ...t, quantity: 2 }]))
    await pay(house, flatmate, again.orderId)
    expect((await refusalFrom(buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [t])))).code).toBe('overLimit')
    expect((await house.sql<{ n: number }>('select max(used) as n from limit_uses where subject = ?', [`buy:${t.listingId}`]))[0]?.n).toBe(
      2,
    )
    // a retry of the same order takes nothing more
    await farmer.trpc.shop.promotions.setLimit.mutate({ shopId, listingId: t.listingId, most: 3 })
    const ask = askFor(buyer, [t], newKey())
    const twice = await Promise.all([buyer.trpc.buyer.orders.place.mutate(ask), buyer.trpc.buyer.orders.place.mutate(ask)])
    expect(twice[0].orderId).toBe(twice[1].orderId)
    expect((await house.sql<{ n: number }>('select max(used) as n from limit_uses where subject = ?', [`buy:${t.listingId}`]))[0]?.n).toBe(
      3,
    )
    const stranger = await house.farmer({ name: '想限别人的店' })
    expect(
      (await refusalFrom(stranger.trpc.shop.promotions.setLimit.mutate({ shopId: stranger.shopId, listingId: t.listingId, most: 1 }))).code,
    ).toBe('notFound')
  })

  it('of a room a buyer has at most three orders open, also when ten are placed at once; paying or leaving one makes room', async () => {
    const t = await tea()
    const buyer = await shopper(house, '直播间的人')
    const { sessionId } = await farmer.trpc.shop.live.schedule.mutate({
      shopId: farmer.shopId,
      title: '夜场',
      startsAt: after(house.clock.now(), HOUR),
    })
    const ask = () => buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [t], undefined, sessionId))
    const tries = await Promise.all(
      Array.from({ length: 10 }, () =>
        ask().then(
          (o) => o.orderId,
          () => null,
        ),
      ),
    )
    const open = tries.filter((x) => x !== null)
    expect(open).toHaveLength(3)
    expect((await refusalFrom(ask())).code).toBe('tooManyUnpaid')
    await pay(house, buyer, open[0]!)
    const fourth = await ask()
    expect((await refusalFrom(ask())).code).toBe('tooManyUnpaid')
    await buyer.trpc.buyer.orders.cancel.mutate({ orderId: fourth.orderId })
    await ask()
  })
})
