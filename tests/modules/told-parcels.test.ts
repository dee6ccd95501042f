/** WeChat is told of every parcel, may be put right once, and its word alone lets the shop's money go. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OrderId, SubOrderId } from '../../shared/ids.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/time.ts'
import { askFor, pay, type Shopper, shopper } from '../kit/buying.ts'
import { type House, type Person, post, refusalFrom, startHouse } from '../kit/house.ts'
import { type Farmer, listingOnShelf, type OnShelf } from '../kit/listings.ts'

let house: House
let farmer: Farmer
let finance: Person
let buyer: Shopper
let tea: OnShelf
beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  finance = await house.staff('finance')
  tea = await listingOnShelf(house, farmer, await house.staff('reviewer'), { stock: 500 })
  buyer = await shopper(house)
})
afterAll(() => house.stop())
beforeEach(() => sim('faults/clear'))

const sim = (at: string, body: unknown = {}) => post(house.wechat.sim, `/__sim/${at}`, body)

interface Sold {
  orderId: OrderId
  subOrderId: SubOrderId
  transactionId: string
}
const bought = async (): Promise<Sold> => {
  const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea]))
  await pay(house, buyer, orderId)
  const [row] = await house.sql<{ sub: SubOrderId; transaction: string }>(
    'select p.sub_order_id as sub, p.transaction_id as transaction from payment_parts p join sub_orders s on s.id = p.sub_order_id where s.order_id = ?',
    [orderId],
  )
  return { orderId, subOrderId: row?.sub as SubOrderId, transactionId: row?.transaction ?? '' }
}
let last = 0
const parcel = (courier = 'SF') => ({ courier, trackingNo: `${courier}${String(++last).padStart(10, '0')}` })
const own = ({ subOrderId }: Sold) => ({ shopId: farmer.shopId, subOrderId })
const ship = (sold: Sold, more: { courier: string; trackingNo: string }[] = [], first = parcel()) =>
  farmer.trpc.shop.shipping.ship.mutate({ ...own(sold), ...first, more })
const parcels = (sold: Sold) => farmer.trpc.shop.shipping.parcels.query(own(sold))
const partOf = async (sold: Sold) => (await buyer.trpc.buyer.orders.one.query({ orderId: sold.orderId })).subOrders[0]!
const stage = ({ transactionId }: Sold) => house.app.ports.trade.findTrade(transactionId)
const told = async (sold: Sold) =>
  ((await sim('calls')) as { url: string; body: string }[])
    .filter((call) => call.url.startsWith('/wxa/sec/order/upload_shipping_info'))
    .map((call) => JSON.parse(call.body))
    .filter((call) => call.order_key.transaction_id === sold.transactionId)
/** Shipped, and WeChat knows it. */
const sent = async (more: { courier: string; trackingNo: string }[] = []) => {
  const sold = await bought()
  await house.pass(2 * MINUTE)
  await ship(sold, more)
  await house.pass(MINUTE)
  return sold
}
const shareOf = async ({ subOrderId }: Sold) =>
  (await house.sql<{ state: string }>('select state from profit_shares where sub_order_id = ? order by attempt', [subOrderId])).map(
    (s) => s.state,
  )

describe('a parcel', () => {
  it('that is handed over within the minute in which WeChat does not know the payment is told as soon as it does', async () => {
    const sold = await bought()
    await ship(sold)
    await house.pass(SECOND)
    expect(await stage(sold)).toBe('unknown')
    expect((await parcels(sold)).wechat).toBe('due')
    for (let i = 0; i < 3; i++) await house.pass(MINUTE)
    expect(await stage(sold)).toBe('shipped')
    expect((await parcels(sold)).wechat).toBe('told')
  })

  it('is told although WeChat was away for an hour, and the buyer’s ten days begin then', async () => {
    const sold = await bought()
    await house.pass(2 * MINUTE)
    await ship(sold)
    for (const call of ['upload_shipping_info', 'upload_combined_shipping_info'])
      await sim('faults', { on: `POST /wxa/sec/order/${call}`, kind: 'bad-gateway', times: 999 })
    for (let i = 0; i < 6; i++) await house.pass(10 * MINUTE)
    expect((await parcels(sold)).wechat).toBe('due')
    await sim('faults/clear')
    await house.pass(HOUR)
    expect((await parcels(sold)).wechat).toBe('told')
    const [part] = await house.sql<{ by: string }>('select receive_by_at as `by` from sub_orders where id = ?', [sold.subOrderId])
    expect(Date.parse(`${part!.by.replace(' ', 'T')}Z`)).toBe(house.clock.now() + house.app.settings.receiveDays * DAY)
  })

  it('may be one of several: the buyer sees each, and WeChat hears of all in one call', async () => {
    const more = [parcel('YTO'), parcel('SF')]
    const sold = await sent(more)
    const seen = await buyer.trpc.buyer.shipping.parcels.query({ subOrderId: sold.subOrderId })
    expect(seen.parcels.map((p) => p.trackingNo).slice(1)).toEqual(more.map((p) => p.trackingNo))
    const [call] = await told(sold)
    expect(call.shipping_list.map((p: { tracking_no: string }) => p.tracking_no)).toEqual(seen.parcels.map((p) => p.trackingNo))
  })

  it('cannot be two: the same number twice is said at its field, and nothing is sent', async () => {
    const sold = await bought()
    const one = parcel()
    const refused = await refusalFrom(ship(sold, [{ ...one, trackingNo: ` ${one.trackingNo.toLowerCase()} ` }], one))
    expect(refused).toMatchObject({ code: 'parcelTwice', fields: { 'trackingNo.2': '同一个运单号写了两次' } })
    expect((await refusalFrom(ship(sold, [{ courier: 'SF', trackingNo: '短' }]))).fields).toHaveProperty('trackingNo.2')
    expect((await partOf(sold)).state).toBe('toShip')
  })

  it('of somebody else is not found', async () => {
    const sold = await sent()
    const stranger = await shopper(house, '路人')
    const rival = await house.farmer()
    const at = { shopId: rival.shopId, subOrderId: sold.subOrderId }
    for (const call of [
      () => stranger.trpc.buyer.shipping.parcels.query({ subOrderId: sold.subOrderId }),
      () => rival.trpc.shop.shipping.parcels.query(at),
      () => rival.trpc.shop.shipping.correct.mutate({ ...at, parcels: [parcel()] }),
    ])
      expect((await refusalFrom(call())).code).toBe('notFound')
  })
})

describe('a wrong number', () => {
  it('is put right once, for the buyer and at WeChat; the second time is refused before anything is changed', async () => {
    const sold = await sent()
    expect((await parcels(sold)).mayCorrect).toBe(true)
    const right = parcel('YTO')
    await farmer.trpc.shop.shipping.correct.mutate({ ...own(sold), parcels: [right] })
    await house.pass(MINUTE)
    expect((await partOf(sold)).waybill).toMatchObject(right)
    expect((await buyer.trpc.buyer.shipping.parcels.query({ subOrderId: sold.subOrderId })).parcels).toMatchObject([right])
    const calls = await told(sold)
    expect(calls.map((t) => t.shipping_list.length)).toEqual([1, 1])
    expect(calls[1].shipping_list[0].tracking_no).toBe(right.trackingNo)
    expect(await parcels(sold)).toMatchObject({ wechat: 'told', mayCorrect: false })
    const again = () => farmer.trpc.shop.shipping.correct.mutate({ ...own(sold), parcels: [parcel()] })
    expect((await refusalFrom(again())).code).toBe('correctedBefore')
    expect((await partOf(sold)).waybill).toMatchObject(right)
  })

  it('is put right by one of two who try at once', async () => {
    const sold = await sent()
    const done = await Promise.allSettled(
      [parcel(), parcel()].map((p) => farmer.trpc.shop.shipping.correct.mutate({ ...own(sold), parcels: [p] })),
    )
    expect(done.map((d) => d.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await parcels(sold)).parcels).toHaveLength(1)
  })

  it('of what has been received stays as it is', async () => {
    const sold = await sent()
    await buyer.trpc.buyer.orders.receive.mutate({ subOrderId: sold.subOrderId })
    expect((await refusalFrom(farmer.trpc.shop.shipping.correct.mutate({ ...own(sold), parcels: [parcel()] }))).code).toBe('stale')
  })
})

describe('what WeChat will not hear', () => {
  it('stands on the finance desk with its reason, and is told again when somebody says so', async () => {
    const sold = await bought()
    await house.pass(2 * MINUTE)
    await sim('faults', { on: 'POST /wxa/sec/order/upload_shipping_info', kind: 'errcode', errcode: 268485216, times: 1 })
    await ship(sold)
    await house.pass(MINUTE)
    const { subOrderNo } = await partOf(sold)
    const [stands] = (await finance.trpc.park.shipping.refused.query()).filter((n) => n.subOrderNo === subOrderNo)
    expect(stands).toMatchObject({ why: '268485216' })
    expect((await refusalFrom(farmer.trpc.park.shipping.refused.query())).code).toBe('notFound')
    await finance.trpc.park.shipping.tellAgain.mutate({ noticeId: stands!.id })
    expect((await refusalFrom(finance.trpc.park.shipping.tellAgain.mutate({ noticeId: stands!.id }))).code).toBe('stale')
    await house.pass(MINUTE)
    expect(await stage(sold)).toBe('shipped')
    expect(await finance.trpc.park.shipping.refused.query()).toEqual([])
  })
})

describe('a payment that WeChat does not know a day later', () => {
  it('is something for a person', async () => {
    const sold = await bought()
    await ship(sold)
    for (const call of ['upload_shipping_info', 'upload_combined_shipping_info'])
      await sim('faults', { on: `POST /wxa/sec/order/${call}`, kind: 'errcode', errcode: 10060001, times: 999 })
    for (let i = 0; i < 12; i++) await house.pass(2 * HOUR)
    expect((await parcels(sold)).wechat).toBe('due')
    for (let i = 0; i < 4; i++) await house.pass(6 * HOUR)
    expect((await parcels(sold)).wechat).toBe('refused')
  })
})

describe('WeChat’s word', () => {
  it('that the buyer has it completes the part here, and frees the shop’s money', async () => {
    const sold = await sent()
    const { receipt } = await buyer.trpc.buyer.shipping.parcels.query({ subOrderId: sold.subOrderId })
    expect(receipt).toEqual({ transactionId: sold.transactionId })
    await sim('confirm-receipt', { transaction_id: sold.transactionId })
    await house.pass(HOUR)
    expect((await partOf(sold)).state).toBe('completed')
    expect((await buyer.trpc.buyer.shipping.parcels.query({ subOrderId: sold.subOrderId })).receipt).toBeNull()
    for (let i = 0; i < 4; i++) await house.pass(2 * MINUTE)
    expect((await parcels(sold)).wechat).toBe('settled')
    expect(await shareOf(sold)).toEqual(['done'])
    expect((await partOf(sold)).history.map((h) => h.words)).toContain('已在微信确认收货')
  })

  it('is asked for soon after the buyer’s tap here, and again until the ten days are over', async () => {
    const sold = await sent()
    await buyer.trpc.buyer.orders.receive.mutate({ subOrderId: sold.subOrderId })
    await house.deliver()
    await house.pass(5 * MINUTE)
    expect(await shareOf(sold)).toEqual(['due'])
    await house.pass(10 * DAY)
    for (let i = 0; i < 6; i++) await house.pass(6 * HOUR)
    expect((await parcels(sold)).wechat).toBe('settled')
    expect(await shareOf(sold)).toEqual(['done'])
  })

  it('that all was refunded ends the asking', async () => {
    const sold = await sent()
    const part = await partOf(sold)
    const { afterSaleId } = await buyer.trpc.buyer.afterSale.ask.mutate({
      ...{ subOrderId: sold.subOrderId, kind: 'refund', reason: 'quality', words: '有霉点' },
      lines: [{ orderLineId: part.lines[0]!.id, units: 1 }],
    })
    await farmer.trpc.shop.afterSale.grant.mutate({ shopId: farmer.shopId, afterSaleId })
    for (let i = 0; i < 4; i++) await house.pass(2 * MINUTE)
    await house.pass(6 * HOUR)
    await house.pass(6 * HOUR)
    expect((await parcels(sold)).wechat).toBe('voided')
  })
})
