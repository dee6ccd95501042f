import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../server/platform/work.ts'
import { fen } from '../../shared/money.ts'
import { DAY, MINUTE, SECOND } from '../../shared/time.ts'
import { askFor, newKey, openSheet, pay, type Shopper, shopper, tapPay } from '../kit/buying.ts'
import { type House, type Person, post, refusalFrom, startHouse } from '../kit/house.ts'
import { approve, type Farmer, listingOnShelf, wholeDraft } from '../kit/listings.ts'

let house: House
let farmer: Farmer
let reviewer: Person
beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  reviewer = await house.staff('reviewer')
})
afterAll(() => house.stop())

const sim = (at: string, body: unknown) => post(house.wechat.sim, `/__sim/${at}`, body)
const stockOf = async (skuId: string) =>
  Number(
    (
      await house.sql<{ n: number }>('select left_count as n from lots where id in (select lot_id from offer_lots where sku_id = ?)', [
        skuId,
      ])
    )[0]?.n,
  )
const noErrors = () => house.logged.filter((l) => l.includes('"level":50'))

/** Every fen is where it belongs, and every unit of stock is accounted for. */
async function invariants() {
  expect(await house.sql('select booking from ledger_entries group by booking having sum(delta_fen) <> 0')).toEqual([])
  expect(await house.sql('select id from lots where left_count < 0')).toEqual([])
  expect(
    await house.sql(
      'select l.id from lots l left join (select lot_id, sum(delta) d from stock_moves group by lot_id) m on m.lot_id = l.id where l.left_count <> l.opening_stock + coalesce(m.d, 0)',
    ),
  ).toEqual([])
  expect(await house.sql('select id from payment_parts where refunded_fen > amount_fen or refunded_fen < 0')).toEqual([])
}

describe('from the tap to the shop’s income', () => {
  it('an order is placed, paid, shipped, received and settled, and everyone sees it', async () => {
    const tea = await listingOnShelf(house, farmer, reviewer, { stock: 10 })
    const buyer = await shopper(house)
    const placed = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [{ ...tea, quantity: 2 }]))
    expect(placed.payableFen).toBe(33600)
    expect(await stockOf(tea.skuId)).toBe(8)
    await pay(house, buyer, placed.orderId)
    const paid = await buyer.trpc.buyer.orders.one.query({ orderId: placed.orderId })
    expect(paid.state).toBe('paid')
    const [part] = paid.subOrders
    expect(part).toMatchObject({ state: 'toShip', payableFen: 33600, acts: [] })
    const { shopId } = farmer
    expect(await farmer.trpc.shop.settlement.summary.query({ shopId })).toEqual({
      paidFen: 33600,
      heldFen: 33600,
      dueFen: 0,
      earnedFen: 0,
      commissionFen: 0,
      channelFeeFen: 0,
      refundedFen: 0,
      suspenseFen: 0,
    })
    const subOrderId = part!.id
    const todo = await farmer.trpc.shop.orders.list.query({ shopId, state: 'toShip' })
    expect(todo.rows.map((r) => r.id)).toContain(subOrderId)
    const seen = await farmer.trpc.shop.orders.one.query({ shopId, subOrderId })
    expect(seen.address).toMatchObject({ name: '李明', phone: '13888880001', detail: '翠湖北路 1 号' })
    await farmer.trpc.shop.shipping.ship.mutate({ shopId, subOrderId, courier: 'SF', trackingNo: 'sf1234567890' })
    expect((await buyer.trpc.buyer.orders.one.query({ orderId: placed.orderId })).subOrders[0]).toMatchObject({
      state: 'shipped',
      acts: ['receive'],
      waybill: { courierName: '顺丰速运', trackingNo: 'SF1234567890' },
    })
    await buyer.trpc.buyer.orders.receive.mutate({ subOrderId })
    await buyer.trpc.buyer.orders.receive.mutate({ subOrderId })
    await house.deliver()
    expect(await farmer.trpc.shop.settlement.summary.query({ shopId })).toEqual({
      paidFen: 33600,
      heldFen: 0,
      dueFen: 31920,
      earnedFen: 0,
      commissionFen: 1680,
      channelFeeFen: 0,
      refundedFen: 0,
      suspenseFen: 0,
    })
    const after = await farmer.trpc.shop.orders.one.query({ shopId, subOrderId })
    expect(after.address).toMatchObject({ name: '李**', phone: '138****0001', detail: '****' })
    expect((await buyer.trpc.buyer.orders.one.query({ orderId: placed.orderId })).subOrders[0]?.history.map((h) => h.words)).toEqual([
      '提交订单',
      '买家已付款',
      '店铺已发货',
      '已确认收货',
    ])
    await invariants()
    expect(noErrors()).toEqual([])
  })

  it('one payment over two shops becomes two parts, each shop’s own', async () => {
    const other = await house.farmer()
    const [one, two] = [
      await listingOnShelf(house, farmer, reviewer),
      await listingOnShelf(house, other, reviewer, { priceFen: fen(9900) }),
    ]
    const buyer = await shopper(house)
    const placed = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [one, { ...two, priceFen: fen(9900), quantity: 3 }]))
    expect(placed.payableFen).toBe(16800 + 29700)
    await pay(house, buyer, placed.orderId)
    const order = await buyer.trpc.buyer.orders.one.query({ orderId: placed.orderId })
    expect(order.subOrders.map((s) => [s.shop.id, s.payableFen, s.state])).toEqual([
      [farmer.shopId, 16800, 'toShip'],
      [other.shopId, 29700, 'toShip'],
    ])
    const theirs = order.subOrders[1]!.id
    const foreign = await refusalFrom(
      farmer.trpc.shop.shipping.ship.mutate({ shopId: farmer.shopId, subOrderId: theirs, courier: 'SF', trackingNo: 'SF12345678' }),
    )
    const absent = await refusalFrom(
      farmer.trpc.shop.shipping.ship.mutate({
        shopId: farmer.shopId,
        subOrderId: 'sub_01AAAAAAAAAAAAAAAAAAAAAAAA' as never,
        courier: 'SF',
        trackingNo: 'SF12345678',
      }),
    )
    expect(foreign).toEqual(absent)
    expect(foreign.code).toBe('notFound')
  })

  it('what is on its way long enough counts as received', async () => {
    const tea = await listingOnShelf(house, farmer, reviewer)
    const buyer = await shopper(house)
    const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea]))
    await pay(house, buyer, orderId)
    const subOrderId = (await buyer.trpc.buyer.orders.one.query({ orderId })).subOrders[0]!.id
    await farmer.trpc.shop.shipping.ship.mutate({ shopId: farmer.shopId, subOrderId, courier: 'ZTO', trackingNo: '78901234567' })
    await house.pass(2 * MINUTE)
    await house.pass(9 * DAY)
    expect((await buyer.trpc.buyer.orders.one.query({ orderId })).subOrders[0]?.state).toBe('shipped')
    await house.pass(1 * DAY + MINUTE)
    expect((await buyer.trpc.buyer.orders.one.query({ orderId })).subOrders[0]?.state).toBe('completed')
  })
})

describe('many at once', () => {
  it('500 buyers of 50 units end as 50 orders, 450 clear refusals and no stock', async () => {
    const tea = await listingOnShelf(house, farmer, reviewer, { stock: 50 })
    const buyers: Shopper[] = []
    for (let i = 0; i < 500; i += 25) buyers.push(...(await Promise.all(Array.from({ length: 25 }, () => shopper(house)))))
    const answers = await Promise.all(
      buyers.map(async (buyer) => {
        try {
          await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea]))
          return 'placed'
        } catch (error) {
          return (error as { data?: { refusal?: string } }).data?.refusal ?? String(error)
        }
      }),
    )
    const count = (what: string) => answers.filter((a) => a === what).length
    expect({ placed: count('placed'), soldOut: count('soldOut') }).toEqual({ placed: 50, soldOut: 450 })
    expect(await stockOf(tea.skuId)).toBe(0)
    expect(Number((await house.sql<{ n: number }>('select count(*) n from order_lines where sku_id = ?', [tea.skuId]))[0]?.n)).toBe(50)
    await invariants()
  }, 120_000)

  it('the same request key, 20 times at once, places one order; another request under it is refused', async () => {
    const tea = await listingOnShelf(house, farmer, reviewer, { stock: 30 })
    const buyer = await shopper(house)
    const ask = askFor(buyer, [tea])
    const answers = await Promise.all(Array.from({ length: 20 }, () => buyer.trpc.buyer.orders.place.mutate(ask)))
    expect(new Set(answers.map((a) => a.orderId)).size).toBe(1)
    expect(await stockOf(tea.skuId)).toBe(29)
    const changed = await refusalFrom(buyer.trpc.buyer.orders.place.mutate({ ...askFor(buyer, [{ ...tea, quantity: 2 }]), key: ask.key }))
    expect(changed.code).toBe('keyReused')
    expect(await stockOf(tea.skuId)).toBe(29)
  })

  it('one unit in two lines of one order is counted together', async () => {
    const tea = await listingOnShelf(house, farmer, reviewer, { stock: 3 })
    const buyer = await shopper(house)
    const refusal = await refusalFrom(
      buyer.trpc.buyer.orders.place.mutate(
        askFor(buyer, [
          { ...tea, quantity: 2 },
          { ...tea, quantity: 2 },
        ]),
      ),
    )
    expect(refusal.code).toBe('notEnough')
    expect(await stockOf(tea.skuId)).toBe(3)
  })

  it('a buyer who cancels while the clock closes gives the stock back once', async () => {
    const tea = await listingOnShelf(house, farmer, reviewer, { stock: 5 })
    for (let i = 0; i < 5; i++) {
      const buyer = await shopper(house)
      const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea]))
      house.clock.advance(16 * MINUTE)
      await Promise.all([
        buyer.trpc.buyer.orders.cancel.mutate({ orderId }),
        house.pass(SECOND),
        buyer.trpc.buyer.orders.cancel.mutate({ orderId }),
      ])
      expect(await stockOf(tea.skuId)).toBe(5)
    }
    await invariants()
  })
})

describe('payments that go astray', () => {
  it('an unpaid order closes after 15 minutes and gives its stock back', async () => {
    const tea = await listingOnShelf(house, farmer, reviewer, { stock: 4 })
    const buyer = await shopper(house)
    const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea]))
    await openSheet(buyer, orderId)
    await house.pass(14 * MINUTE)
    expect((await buyer.trpc.buyer.orders.one.query({ orderId })).state).toBe('unpaid')
    await house.pass(MINUTE + SECOND)
    expect(await buyer.trpc.buyer.orders.one.query({ orderId })).toMatchObject({ state: 'closed', closedBecause: 'expired', acts: [] })
    expect(await stockOf(tea.skuId)).toBe(4)
    const [channel] = await house.sql<{ state: string }>('select state from payments where order_id = ?', [orderId])
    expect(channel?.state).toBe('closed')
    expect((await refusalFrom(buyer.trpc.buyer.orders.pay.mutate({ orderId }))).code).toBe('orderClosed')
  })

  it('money that comes after closing goes back by itself within a minute, and the stock is not touched', async () => {
    const tea = await listingOnShelf(house, farmer, reviewer, { stock: 4 })
    const buyer = await shopper(house)
    const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea]))
    const prepayId = await openSheet(buyer, orderId)
    await sim('callbacks', { hold: true, times: 1 })
    // the buyer pays in the last second, WeChat's word is late, and our clock closes the order first
    await tapPay(house, prepayId)
    await house.sql("update payments set check_at = '2099-01-01' where order_id = ?", [orderId])
    await buyer.trpc.buyer.orders.cancel.mutate({ orderId })
    expect(await stockOf(tea.skuId)).toBe(4)
    await house.deliver()
    await sim('callbacks/release', {})
    await house.wechat.settled()
    await house.pass(45 * SECOND)
    const order = await buyer.trpc.buyer.orders.one.query({ orderId })
    expect(order.state).toBe('closed')
    expect(order.refunds).toMatchObject([{ amountFen: 16800, state: 'done' }])
    expect(await stockOf(tea.skuId)).toBe(4)
    const [{ refunded } = { refunded: 0 }] = await house.sql<{ refunded: number }>(
      "select sum(delta_fen) refunded from ledger_entries where account = 'refunded' and sub_order_id = ?",
      [order.subOrders[0]?.id],
    )
    expect(Number(refunded)).toBe(16800)
    await invariants()
  })

  it('a payment of which no notice ever comes is found by asking', async () => {
    const tea = await listingOnShelf(house, farmer, reviewer)
    const buyer = await shopper(house)
    const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea]))
    await sim('callbacks', { silent: true, times: 1 })
    await tapPay(house, await openSheet(buyer, orderId))
    await house.pass(6 * SECOND)
    expect((await buyer.trpc.buyer.orders.one.query({ orderId })).state).toBe('paid')
  })

  it('the phone’s own word decides nothing: sync asks WeChat', async () => {
    const tea = await listingOnShelf(house, farmer, reviewer)
    const buyer = await shopper(house)
    const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea]))
    const prepayId = await openSheet(buyer, orderId)
    expect(await buyer.trpc.buyer.orders.sync.mutate({ orderId })).toEqual({ state: 'unpaid' })
    await sim('callbacks', { silent: true, times: 1 })
    await tapPay(house, prepayId)
    await buyer.trpc.buyer.orders.sync.mutate({ orderId })
    await house.deliver()
    expect(await buyer.trpc.buyer.orders.sync.mutate({ orderId })).toEqual({ state: 'paid' })
  })

  it('100 duplicate and disordered notices have one effect', async () => {
    const tea = await listingOnShelf(house, farmer, reviewer, { stock: 9 })
    const buyer = await shopper(house)
    const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea]))
    const prepayId = await openSheet(buyer, orderId)
    await sim('callbacks', { duplicates: 99, times: 1 })
    await tapPay(house, prepayId)
    await house.wechat.settled()
    await house.deliver()
    await house.deliver()
    const [{ n } = { n: 0 }] = await house.sql<{ n: number }>(
      "select count(*) n from events where name = 'order.paid' and json_value(facts, '$.orderId') = ?",
      [orderId],
    )
    expect(Number(n)).toBe(1)
    const entries = await house.sql('select * from ledger_entries where sub_order_id in (select id from sub_orders where order_id = ?)', [
      orderId,
    ])
    expect(entries).toHaveLength(2)
    expect(await stockOf(tea.skuId)).toBe(8)
  })

  it('an answer that is lost on the way is asked for again, under the same number', async () => {
    const tea = await listingOnShelf(house, farmer, reviewer)
    const buyer = await shopper(house)
    const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea]))
    await sim('faults', { kind: 'lost', on: 'POST /v3/combine-transactions/jsapi', times: 1 })
    await tapPay(house, await openSheet(buyer, orderId))
    await house.wechat.settled()
    await house.deliver()
    expect((await buyer.trpc.buyer.orders.one.query({ orderId })).state).toBe('paid')
    const [{ no } = { no: '' }] = await house.sql<{ no: string }>('select payment_no as no from payments where order_id = ?', [orderId])
    const asked = ((await sim('calls', {})) as { method: string; url: string; body: string }[]).filter(
      (c) => c.method === 'POST' && c.body.includes(no),
    )
    expect(asked).toHaveLength(2)
    expect(asked[0]?.body).toBe(asked[1]?.body)
  })

  it('WeChat being out is one kind sentence, and the order waits for another try', async () => {
    const tea = await listingOnShelf(house, farmer, reviewer)
    const buyer = await shopper(house)
    const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea]))
    await sim('faults', { kind: 'system-error', on: 'POST /v3/combine-transactions/jsapi', times: 3 })
    const refusal = await refusalFrom(buyer.trpc.buyer.orders.pay.mutate({ orderId }))
    expect(refusal).toMatchObject({ code: 'outside', status: 503 })
    expect(refusal.words).toContain('微信支付')
    await sim('faults/clear', {})
    await pay(house, buyer, orderId)
    expect((await buyer.trpc.buyer.orders.one.query({ orderId })).state).toBe('paid')
  }, 40_000)

  it.each([
    ['another amount', { amount: 1 }],
    ['another merchant', { mchid: '1999999999' }],
    ['another payer', { openid: 'oStranger0000000000000000000' }],
    ['another currency', { currency: 'USD' }],
  ])('a signed notice with %s makes nobody a payer', async (_, wrong) => {
    const tea = await listingOnShelf(house, farmer, reviewer)
    const buyer = await shopper(house)
    const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea]))
    const prepayId = await openSheet(buyer, orderId)
    await sim('callbacks', { wrong, times: 1 })
    await tapPay(house, prepayId)
    await house.wechat.settled()
    await house.deliver()
    expect((await buyer.trpc.buyer.orders.one.query({ orderId })).state).toBe('unpaid')
    expect(
      Number((await house.sql<{ n: number }>("select count(*) n from events where name = 'payment.quarantined'"))[0]?.n),
    ).toBeGreaterThan(0)
  })

  it.each(['signature', 'truncated', 'key', 'serial', 'timestamp', 'signtest'])(
    'a notice forged by its %s is refused with 401 and the right resend accepted',
    async (forge) => {
      const tea = await listingOnShelf(house, farmer, reviewer)
      const buyer = await shopper(house)
      const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea]))
      const prepayId = await openSheet(buyer, orderId)
      await sim('callbacks', { forge, forgeAttempts: 1, times: 1 })
      await house.sql("update payments set check_at = '2099-01-01' where order_id = ?", [orderId])
      await tapPay(house, prepayId)
      await house.wechat.settled()
      await house.deliver()
      expect((await buyer.trpc.buyer.orders.one.query({ orderId })).state).toBe('unpaid')
      const callbacks = (await sim('callbacks/list', {})) as { attempts: { status: number | null }[] }[]
      expect(callbacks.at(-1)?.attempts[0]?.status).toBe(401)
      await house.pass(16 * SECOND)
      expect((await buyer.trpc.buyer.orders.one.query({ orderId })).state).toBe('paid')
    },
  )
})

describe('what the doors refuse', () => {
  it('a price or a revision that is no longer the shown one', async () => {
    const { shopId } = farmer
    const tea = await listingOnShelf(house, farmer, reviewer, { stock: 7 })
    const buyer = await shopper(house)
    const wrong = await refusalFrom(buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [{ ...tea, priceFen: fen(1) }])))
    expect(wrong).toMatchObject({ code: 'priceChanged' })
    expect(wrong.words).toContain('168.00')
    const { revision } = await farmer.trpc.shop.catalogue.get.query({ shopId, listingId: tea.listingId })
    await farmer.trpc.shop.catalogue.saveDraft.mutate({
      shopId,
      listingId: tea.listingId,
      draft: { ...revision.draft, story: '新的故事，更长一些。' },
    })
    await approve(house, farmer, reviewer, tea.listingId)
    expect((await refusalFrom(buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea])))).code).toBe('stale')
    expect(await stockOf(tea.skuId)).toBe(7)
  })

  it('a listing whose revision was rejected, or that is off the shelf', async () => {
    const { shopId } = farmer
    const { listingId } = await listingOnShelf(house, farmer, reviewer)
    const picture = (await farmer.trpc.shop.catalogue.get.query({ shopId, listingId })).revision.draft.pictures[0]!
    const saved = await farmer.trpc.shop.catalogue.saveDraft.mutate({ shopId, draft: wholeDraft(picture) })
    await farmer.trpc.shop.catalogue.submit.mutate({ shopId, listingId: saved.listingId })
    const [open] = await house.sql<{ id: string }>("select id from moderation_cases where subject_id = ? and state = 'open'", [
      saved.listingId,
    ])
    await reviewer.trpc.park.moderation.decide.mutate({ caseId: open?.id as never, verdict: 'rejected', reasons: '产地写法有误' })
    await house.deliver()
    const buyer = await shopper(house)
    const refusal = await refusalFrom(
      buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [{ skuId: newId('Sku'), revisionId: saved.revisionId }])),
    )
    expect(['notFound', 'notOnSale']).toContain(refusal.code)
    const on = await listingOnShelf(house, farmer, reviewer)
    await farmer.trpc.shop.catalogue.takeOff.mutate({ shopId, listingId: on.listingId })
    expect((await refusalFrom(buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [on])))).code).toBe('notOnSale')
  })

  it('wrong quantities, strange fields, somebody else’s address and order, and nothing is left behind', async () => {
    const tea = await listingOnShelf(house, farmer, reviewer, { stock: 6 })
    const [buyer, other] = [await shopper(house), await shopper(house)]
    for (const quantity of [0, -1, 1.5, 1e9, Number.NaN, '1', 2 ** 53])
      expect(
        (await refusalFrom(buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [{ ...tea, quantity: quantity as number }])))).code,
      ).toBe('badInput')
    expect((await refusalFrom(buyer.trpc.buyer.orders.place.mutate({ ...askFor(buyer, [tea]), payableFen: 1 } as never))).code).toBe(
      'badInput',
    )
    expect((await refusalFrom(buyer.trpc.buyer.orders.place.mutate({ ...askFor(buyer, [tea]), addressId: other.addressId }))).code).toBe(
      'addressNeeded',
    )
    const { orderId } = await other.trpc.buyer.orders.place.mutate(askFor(other, [tea], newKey()))
    const { orders } = buyer.trpc.buyer
    for (const call of [
      () => orders.one.query({ orderId }),
      () => orders.pay.mutate({ orderId }),
      () => orders.cancel.mutate({ orderId }),
      () => orders.sync.mutate({ orderId }),
    ])
      expect((await refusalFrom(call())).code).toBe('notFound')
    expect(await stockOf(tea.skuId)).toBe(5)
    expect(Number((await house.sql<{ n: number }>('select count(*) n from orders where buyer_id = ?', [buyer.userId]))[0]?.n)).toBe(0)
  })

  it('more than five unpaid orders of one buyer, shipping before payment, receiving before shipping, a wrong waybill', async () => {
    const tea = await listingOnShelf(house, farmer, reviewer)
    const buyer = await shopper(house)
    const placed = []
    for (let i = 0; i < 5; i++) placed.push(await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea])))
    expect((await refusalFrom(buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea])))).code).toBe('tooManyUnpaid')
    const { orderId } = placed[0]!
    const subOrderId = (await buyer.trpc.buyer.orders.one.query({ orderId })).subOrders[0]!.id
    const ship = (change: object) =>
      farmer.trpc.shop.shipping.ship.mutate({ shopId: farmer.shopId, subOrderId, courier: 'SF', trackingNo: 'SF12345678', ...change })
    expect((await refusalFrom(ship({}))).code).toBe('stale')
    expect((await refusalFrom(buyer.trpc.buyer.orders.receive.mutate({ subOrderId }))).code).toBe('notNow')
    await pay(house, buyer, orderId)
    expect((await refusalFrom(ship({ courier: '黑猫' }))).code).toBe('courierNeeded')
    expect((await refusalFrom(ship({ trackingNo: '12' }))).code).toBe('trackingNo')
    await ship({})
    expect((await refusalFrom(ship({}))).code).toBe('stale')
    expect((await refusalFrom(buyer.trpc.buyer.orders.cancel.mutate({ orderId }))).code).toBe('alreadyPaid')
    await invariants()
  })
})
