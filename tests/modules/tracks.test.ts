/** Where a parcel is: asked once of its courier, told by it, read by buyer and shop, and WeChat reminds the buyer when it has come. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startKuaidi100Standin } from '../../server/standins/kuaidi100/index.ts'
import type { SubOrderId } from '../../shared/ids.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { askFor, pay, type Shopper, shopper } from '../kit/buying.ts'
import { type House, post, refusalFrom, startHouse } from '../kit/house.ts'
import { type Farmer, listingOnShelf, type OnShelf } from '../kit/listings.ts'

const KEY = 'a-key-of-these-tests'
let courier: Awaited<ReturnType<typeof startKuaidi100Standin>>
let house: House
let farmer: Farmer
let buyer: Shopper
let tea: OnShelf
beforeAll(async () => {
  courier = await startKuaidi100Standin({ key: KEY })
  house = await startHouse({ settings: { tracking: { base: courier.base, key: KEY } } })
  farmer = await house.farmer()
  tea = await listingOnShelf(house, farmer, await house.staff('reviewer'), { stock: 100 })
  buyer = await shopper(house)
})
afterAll(async () => {
  await house.stop()
  await courier.stop()
})

let n = 0
const sent = async (parcels = 1): Promise<{ subOrderId: SubOrderId; numbers: string[]; transactionId: string }> => {
  const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea]))
  await pay(house, buyer, orderId)
  const [part] = (await buyer.trpc.buyer.orders.one.query({ orderId })).subOrders
  const numbers = Array.from({ length: parcels }, () => `YT${String(++n).padStart(10, '0')}`)
  const [first, ...more] = numbers.map((trackingNo) => ({ courier: 'YTO', trackingNo }))
  await house.pass(2 * MINUTE)
  await farmer.trpc.shop.shipping.ship.mutate({ shopId: farmer.shopId, subOrderId: part!.id, ...first!, more })
  await house.pass(MINUTE)
  const [row] = await house.sql<{ t: string }>('select transaction_id as t from payment_parts where sub_order_id = ?', [part!.id])
  return { subOrderId: part!.id, numbers, transactionId: row!.t }
}
const china = (at: number) => new Date(at + 8 * HOUR).toISOString().slice(0, 19).replace('T', ' ')
const scan = (number: string, state: string, context: string, more: object = {}) =>
  post(courier.sim, '/__sim/scan', { company: 'yuantong', number, state, context, ftime: china(house.clock.now()), ...more }) as Promise<{
    told: string[]
  }>
const seen = async (subOrderId: SubOrderId) => (await buyer.trpc.buyer.shipping.parcels.query({ subOrderId })).parcels
const reminders = async (transactionId: string) =>
  ((await post(house.wechat.sim, '/__sim/calls', {})) as { url: string; body: string }[]).filter(
    (call) => call.url.startsWith('/wxa/sec/order/notify_confirm_receive') && call.body.includes(transactionId),
  ).length

describe('a parcel on its way', () => {
  it('is read by its buyer and its shop as its courier tells it, the last point first; the same news again change nothing', async () => {
    const { subOrderId, numbers } = await sent()
    expect((await scan(numbers[0]!, '1', '墨江网点已揽收', { times: 3 })).told).toEqual(
      Array(3).fill(house.app.ports.tracking.answers.taken),
    )
    house.clock.advance(HOUR)
    await scan(numbers[0]!, '5', '昆明派送中，请保持电话畅通')
    const [parcel] = await seen(subOrderId)
    expect(parcel).toMatchObject({ stage: 'delivering' })
    expect(parcel!.points.map((p) => p.words)).toEqual(['昆明派送中，请保持电话畅通', '墨江网点已揽收'])
    const shop = await farmer.trpc.shop.shipping.parcels.query({ shopId: farmer.shopId, subOrderId })
    expect(shop.parcels[0]?.points).toEqual(parcel!.points)
  })

  it('is not turned back by news that come late', async () => {
    const { subOrderId, numbers } = await sent()
    await scan(numbers[0]!, '3', '已签收')
    await scan(numbers[0]!, '0', '离开昆明转运中心', { ftime: china(house.clock.now() - HOUR) })
    const [parcel] = await seen(subOrderId)
    expect(parcel!.stage).toBe('signed')
    expect(parcel!.points).toHaveLength(2)
  })

  it('is followed as soon as its courier’s office answers again, and given up after ten tries', async () => {
    await post(courier.sim, '/__sim/fault', { kind: 'drop', times: 3 })
    const { numbers } = await sent()
    const followed = async (number: string) =>
      ((await post(courier.sim, '/__sim/list', {})) as { number: string }[]).some((s) => s.number === number)
    expect(await followed(numbers[0]!)).toBe(false)
    for (let i = 0; i < 4; i++) await house.pass(5 * MINUTE)
    expect(await followed(numbers[0]!)).toBe(true)
    await post(courier.sim, '/__sim/fault', { kind: '500', times: 99 })
    const { numbers: lost } = await sent()
    for (let i = 0; i < 12; i++) await house.pass(7 * HOUR)
    await post(courier.sim, '/__sim/fault', { kind: '500', times: 0 })
    await house.pass(7 * HOUR)
    expect(await followed(lost[0]!)).toBe(false)
  })
})

describe('a parcel that was signed for', () => {
  it('makes WeChat remind its buyer, once, when all parcels of the part have come; the part stays as it is', async () => {
    const { subOrderId, numbers, transactionId } = await sent(2)
    await scan(numbers[0]!, '3', '已签收', { times: 2 })
    await house.deliver()
    expect(await reminders(transactionId)).toBe(0)
    house.clock.advance(HOUR)
    await scan(numbers[1]!, '3', '已签收', { times: 2 })
    await house.deliver()
    house.clock.advance(HOUR)
    await scan(numbers[1]!, '3', '已签收，感谢使用圆通')
    await house.deliver()
    expect(await reminders(transactionId)).toBe(1)
    const [row] = await house.sql<{ state: string }>('select state from sub_orders where id = ?', [subOrderId])
    expect(row!.state).toBe('shipped')
  })
})

describe('the door for news', () => {
  it('takes none that are forged, of no parcel, or in another’s name', async () => {
    const { subOrderId } = await sent()
    const [row] = await house.sql<{ id: string }>('select id from waybills where sub_order_id = ?', [subOrderId])
    const knock = (id: string, body: string) =>
      fetch(`${house.origin}/callbacks/kuaidi100/${id}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      }).then((answer) => answer.status)
    const forged = new URLSearchParams({
      sign: 'f'.repeat(32),
      param: JSON.stringify({ status: 'polling', lastResult: { state: '3', data: [] } }),
    })
    expect(await knock(row!.id, forged.toString())).toBe(401)
    expect(await knock(row!.id, '')).toBe(401)
    expect(await knock('wbl_00000000000000000000000000', forged.toString())).toBe(401)
    expect(await knock('../orders', '')).toBe(404)
    expect((await seen(subOrderId))[0]).toMatchObject({ stage: null, points: [] })
    const rival = await shopper(house, '路人')
    expect((await refusalFrom(rival.trpc.buyer.shipping.parcels.query({ subOrderId }))).code).toBe('notFound')
  })
})
