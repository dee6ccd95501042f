/** The books are audited by the same statements in tests and every night: a lived-in house breaks none, and each planted defect is found by its number. */
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { brokenInvariants } from '../../server/modules/settlement/audit.ts'
import { invariants } from '../../server/modules/settlement/invariants.ts'
import { newId } from '../../server/platform/work.ts'
import { workbook } from '../../server/platform/xlsx.ts'
import type { OrderId, SubOrderId } from '../../shared/ids.ts'
import { fen } from '../../shared/money.ts'
import { quarterOf } from '../../shared/settlement/periods.ts'
import { after, businessDay, DAY, HOUR, MINUTE } from '../../shared/time.ts'
import { askFor, openSheet, pay, type Shopper, shopper, tapPay } from '../kit/buying.ts'
import { type House, type Person, post, refusalFrom, startHouse, TEST_USCC } from '../kit/house.ts'
import { type Farmer, listingOnShelf, type OnShelf } from '../kit/listings.ts'

let house: House
let farmer: Farmer
let other: Farmer
let finance: Person
let buyer: Shopper
let tea: OnShelf
let theirs: OnShelf

const sim = (at: string, body: unknown = {}) => post(house.wechat.sim, `/__sim/${at}`, body)
const place = async (teas: (OnShelf & { quantity?: number })[]): Promise<OrderId> =>
  (await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, teas))).orderId
const partOf = async (orderId: OrderId) => (await buyer.trpc.buyer.orders.one.query({ orderId })).subOrders[0]!
const ship = (subOrderId: SubOrderId) =>
  farmer.trpc.shop.shipping.ship.mutate({ shopId: farmer.shopId, subOrderId, courier: 'SF', trackingNo: 'SF1234567890' })

/** A few days of an ordinary shop: paid, closed, late, shipped, received, shared, refunded, withdrawn. */
beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  other = await house.farmer()
  const reviewer = await house.staff('reviewer')
  finance = await house.staff('finance')
  tea = await listingOnShelf(house, farmer, reviewer, { stock: 500 })
  theirs = await listingOnShelf(house, other, reviewer, { stock: 500 })
  buyer = await shopper(house)
  const { offerId } = await farmer.trpc.shop.promotions.make.mutate({
    shopId: farmer.shopId,
    title: '见面礼',
    rule: { kind: 'coupon', overFen: fen(10000), off: { is: 'sum', fen: fen(1003) } },
    startsAt: house.clock.now(),
    endsAt: after(house.clock.now(), 90 * DAY),
    quota: 5,
    perPerson: 2,
  })
  await buyer.trpc.buyer.promotions.claim.mutate({ offerId })
  await buyer.trpc.buyer.promotions.claim.mutate({ offerId })
  // over two shops, with a coupon; received, shared, one unit of three returned
  const both = await place([{ ...tea, quantity: 3 }, theirs])
  await pay(house, buyer, both)
  const ours = (await buyer.trpc.buyer.orders.one.query({ orderId: both })).subOrders.find((s) => s.shop.id === farmer.shopId)!
  await ship(ours.id)
  await buyer.trpc.buyer.orders.receive.mutate({ subOrderId: ours.id })
  await house.deliver()
  const [row] = await house.sql<{ t: string }>('select transaction_id as t from payment_parts where sub_order_id = ?', [ours.id])
  await sim('settle', { transaction_id: row!.t })
  await house.pass(2 * MINUTE)
  await house.pass(2 * MINUTE)
  const { afterSaleId } = await buyer.trpc.buyer.afterSale.ask.mutate({
    subOrderId: ours.id,
    kind: 'refund',
    reason: 'quality',
    words: '有一饼松了',
    lines: [{ orderLineId: ours.lines[0]!.id, units: 1 }],
  })
  await farmer.trpc.shop.afterSale.grant.mutate({ shopId: farmer.shopId, afterSaleId })
  for (let n = 0; n < 4; n++) await house.pass(2 * MINUTE)
  // before shipping everything goes back
  const regretted = await place([tea])
  await pay(house, buyer, regretted)
  const part = await partOf(regretted)
  const asked = await buyer.trpc.buyer.afterSale.ask.mutate({
    subOrderId: part.id,
    kind: 'refund',
    reason: 'changedMind',
    words: '买错了',
    lines: [{ orderLineId: part.lines[0]!.id, units: 1 }],
  })
  await farmer.trpc.shop.afterSale.grant.mutate({ shopId: farmer.shopId, afterSaleId: asked.afterSaleId })
  // never paid; paid after it was closed; open
  await place([tea])
  const late = await place([tea])
  const prepayId = await openSheet(buyer, late)
  await buyer.trpc.buyer.orders.cancel.mutate({ orderId: late })
  await tapPay(house, prepayId)
  await house.pass(16 * MINUTE)
  await house.pass(2 * MINUTE)
  for (let day = 0; day < 2; day++) await house.pass(DAY)
  await house.pass(HOUR)
  await place([tea])
  await house.deliver()
}, 120_000)
afterAll(() => house.stop())

const broken = async () => (await brokenInvariants(house.app)).map((b) => b.no)

describe('an audit of the books', () => {
  it('of a lived-in house finds nothing, and says so to the park', async () => {
    expect(await brokenInvariants(house.app)).toEqual([])
    expect(invariants.map((i) => i.no)).toEqual([1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22])
    const run = await finance.trpc.park.settlement.runAudit.mutate({})
    expect(run).toMatchObject({ checked: invariants.length + 1, broken: [] })
    expect((await refusalFrom(buyer.trpc.park.settlement.audit.query())).code).toBe('notFound')
  })

  it('the ledger that it saw is the ledger that it finds: a row that was changed, or is gone, is the eighth', async () => {
    await finance.trpc.park.settlement.runAudit.mutate({})
    const [row] = await house.sql<{ id: string; at: string }>(
      `select id, booked_at as at from ledger_entries where account = 'held' order by booked_at limit 1`,
    )
    await house.sql(`update ledger_entries set cause = 'refunded' where id = ?`, [row!.id])
    expect(await broken()).toContain(8)
    await house.sql(`update ledger_entries set cause = 'paid' where id = ?`, [row!.id])
    expect(await broken()).toEqual([])
  })

  /** One planted defect each: what is done to the tables, and how it is undone. */
  const planted: Record<number, [plant: string, undo: string]> = {
    1: [
      'update lots set left_count = left_count + 1 order by id limit 1',
      'update lots set left_count = left_count - 1 order by id limit 1',
    ],
    2: [
      `update reservations set base_units = base_units + 1 where state = 'sold' order by id limit 1`,
      `update reservations set base_units = base_units - 1 where state = 'sold' order by id limit 1`,
    ],
    3: [
      `update stock_moves set delta = delta + 5 where reason = 'release' order by lot_id, ref limit 1`,
      `update stock_moves set delta = delta - 5 where reason = 'release' order by lot_id, ref limit 1`,
    ],
    4: [
      `update orders set state = 'closed', closed_at = placed_at where state = 'unpaid'`,
      `update orders set state = 'unpaid', closed_at = null where closed_because is null and state = 'closed'`,
    ],
    5: [
      `update ledger_entries set delta_fen = delta_fen + 1 where account = 'held' order by id limit 1`,
      `update ledger_entries set delta_fen = delta_fen - 1 where account = 'held' order by id limit 1`,
    ],
    6: [
      `update ledger_entries set account = 'heldx' where account = 'channel' order by id limit 1`,
      `update ledger_entries set account = 'channel' where account = 'heldx'`,
    ],
    7: [
      'update payment_parts set refunded_fen = refunded_fen + 1 order by id limit 1',
      'update payment_parts set refunded_fen = refunded_fen - 1 order by id limit 1',
    ],
    9: [
      `update sub_orders set shipped_at = null, courier = 'x' where state = 'completed'`,
      `update sub_orders set shipped_at = completed_at, courier = 'SF' where courier = 'x'`,
    ],
    10: [
      `update after_sales set ended_at = opened_at - interval 1 second where ended_at is not null order by id limit 1`,
      `update after_sales set ended_at = (select max(moved_at) from after_sale_moves where after_sale_id = after_sales.id) where ended_at is not null`,
    ],
    13: [
      `update payments set amount_fen = amount_fen + 1 where state = 'settled' order by id limit 1`,
      `update payments set amount_fen = amount_fen - 1 where state = 'settled' order by id limit 1`,
    ],
    14: [
      `update deliveries set state = 'parked' where state = 'done' order by id limit 1`,
      `update deliveries set state = 'done' where state = 'parked'`,
    ],
    15: [
      `update ledger_entries set account = 'suspensex' where account = 'suspense' and delta_fen < 0`,
      `update ledger_entries set account = 'suspense' where account = 'suspensex'`,
    ],
    16: [
      'update order_lines set paid_fen = paid_fen + 1 order by id limit 1',
      'update order_lines set paid_fen = paid_fen - 1 order by id limit 1',
    ],
    17: ['update promotion_offers set claimed = claimed + 1', 'update promotion_offers set claimed = claimed - 1'],
    19: [
      `update profit_shares set amount_fen = amount_fen + 100 where state = 'done' order by id limit 1`,
      `update profit_shares set amount_fen = amount_fen - 100 where state = 'done' order by id limit 1`,
    ],
    22: [
      `update bill_lines set amount_fen = amount_fen + 1 where line = 'payment' order by no limit 1`,
      `update bill_lines set amount_fen = amount_fen - 1 where line = 'payment' order by no limit 1`,
    ],
  }

  for (const [no, [plant, undo]] of Object.entries(planted))
    test(`finds a planted defect of invariant ${no}, and nothing once it is gone`, async () => {
      await house.sql(plant)
      expect(await broken()).toContain(Number(no))
      await house.sql(undo)
      expect(await broken()).toEqual([])
    })

  it('finds a line, a part or a case that points into another shop', async () => {
    await house.sql('update order_lines set shop_id = ? where shop_id = ? limit 1', [other.shopId, farmer.shopId])
    expect(await broken()).toContain(18)
    await house.sql('update order_lines l join sub_orders s on s.id = l.sub_order_id set l.shop_id = s.shop_id')
    expect(await broken()).toEqual([])
  })

  it('two orders of one request, two parts of one transaction and a pin in a room that is over cannot even be written, or are found', async () => {
    const [order] = await house.sql<{ id: string }>('select id from orders limit 1')
    const copy = (column: string, value: string) => house.sql(`update orders set ${column} = ? where id <> ?`, [value, order!.id])
    const [key] = await house.sql<{ k: string }>('select request_key as k from orders where id = ?', [order!.id])
    await expect(copy('request_key', key!.k)).rejects.toThrow(/Duplicate/)
    const parts = await house.sql<{ id: string; t: string }>(
      'select id, transaction_id as t from payment_parts where transaction_id is not null limit 2',
    )
    await house.sql('update payment_parts set transaction_id = ? where id = ?', [parts[0]!.t, parts[1]!.id])
    expect(await broken()).toContain(11)
    await house.sql('update payment_parts set transaction_id = ? where id = ?', [parts[1]!.t, parts[1]!.id])
    const { sessionId } = await farmer.trpc.shop.live.schedule.mutate({
      shopId: farmer.shopId,
      title: '开汤',
      startsAt: after(house.clock.now(), HOUR),
    })
    await house.sql(`update live_sessions set state = 'ended', pinned_bag_item_id = ? where id = ?`, [newId('BagItem'), sessionId])
    expect(await broken()).toContain(20)
    await house.sql(`update live_sessions set pinned_bag_item_id = null where id = ?`, [sessionId])
    expect(await broken()).toEqual([])
  })

  it('the farmer’s statement and the park’s report are sums over the same ledger, and their workbooks carry no formula', async () => {
    const { shopId } = farmer
    const month = businessDay(house.clock.now()).slice(0, 7)
    const page = await farmer.trpc.shop.settlement.statement.query({ shopId, month })
    expect(page.openingFen + page.soldFen - page.commissionFen - page.channelFeeFen - page.refundedFen).toBe(page.closingFen)
    expect(page.arrivedFen).toBeGreaterThan(0)
    expect(page.arrivals.reduce((s, a) => s + a.amountFen, 0)).toBe(page.arrivedFen)
    const own = await farmer.trpc.shop.settlement.summary.query({ shopId })
    expect(page.closingFen).toBe(own.heldFen + own.dueFen + own.earnedFen)
    const later = await farmer.trpc.shop.settlement.statement.query({ shopId, month: '2099-01' })
    expect([later.openingFen, later.soldFen, later.closingFen]).toEqual([page.closingFen, 0, page.closingFen])
    const report = await finance.trpc.park.settlement.taxReport.query({ quarter: quarterOf(month) })
    const all = await finance.trpc.park.settlement.overview.query()
    expect(report.incomeFen).toBe(all.paidFen - 16800)
    expect(report.tenants.map((t) => t.shopId).sort()).toEqual([farmer.shopId, other.shopId].sort())
    expect(report.tenants.find((t) => t.shopId === shopId)).toMatchObject({
      incomeFen: page.soldFen,
      refundedFen: page.refundedFen,
      uscc: TEST_USCC,
    })
    const file = await finance.trpc.park.settlement.taxFile.query({ quarter: quarterOf(month) })
    const parts = unzipSync(Buffer.from(file.base64, 'base64'))
    const xml = strFromU8(parts['xl/worksheets/sheet1.xml']!)
    expect(xml).toContain(TEST_USCC)
    expect(xml).not.toContain('<f>')
    expect((await refusalFrom(farmer.trpc.shop.settlement.statement.query({ shopId, month: '2026-13' }))).code).toBe('badInput')
    expect((await refusalFrom(other.trpc.shop.settlement.statement.query({ shopId, month }))).code).toBe('notFound')
  })

  it('what looks like a formula goes into a workbook as text', () => {
    const parts = unzipSync(workbook([{ name: 'a/b:c', widths: [10], rows: [['=1+1', '@SUM(A1)', '+86', '-2', '<x>&"'], [12.34]] }]))
    const xml = strFromU8(parts['xl/worksheets/sheet1.xml']!)
    expect(xml.match(/t="inlineStr"/g)).toHaveLength(5)
    expect(xml).toContain('&lt;x&gt;&amp;&quot;')
    expect(strFromU8(parts['xl/workbook.xml']!)).toContain('name="a b c"')
  })

  it('after four years of nights everything of trade is still there', async () => {
    const tables = [
      'orders',
      'sub_orders',
      'order_lines',
      'order_moves',
      'payments',
      'refunds',
      'ledger_entries',
      'after_sales',
      'after_sale_moves',
      'events',
    ]
    const counts = async () =>
      Promise.all(tables.map(async (t) => Number((await house.sql<{ n: number }>(`select count(*) as n from ${t}`))[0]!.n)))
    const before = await counts()
    for (let year = 0; year < 4; year++) await house.pass(365 * DAY)
    const then = await counts()
    expect(then.map((n, i) => [tables[i], n >= before[i]!])).toEqual(tables.map((t) => [t, true]))
    expect(await brokenInvariants(house.app)).toEqual([])
  })

  it('runs every night by itself and keeps what it found for the park', async () => {
    await house.sql('update lots set left_count = left_count + 1 order by id limit 1')
    await house.pass(DAY + HOUR)
    const seen = await finance.trpc.park.settlement.audit.query()
    expect(seen?.broken.map((b) => [b.no, b.words, b.count])).toEqual([
      [1, '每个批次的库存 = 期初 + 全部库存流水', 1],
      [2, '库存不为负；占用与售出不超过供给', 1],
    ])
    await house.sql('update lots set left_count = left_count - 1 order by id limit 1')
  })
})
