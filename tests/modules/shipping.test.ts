/** From the shelf to the courier: what to take of which batch, many parcels from one table, and who has seen whose address. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OrderId } from '../../shared/ids.ts'
import { HOUR } from '../../shared/time.ts'
import { batchOf } from '../kit/batches.ts'
import { askFor, pay, type Shopper, shopper } from '../kit/buying.ts'
import { type House, type Person, refusalFrom, startHouse } from '../kit/house.ts'
import { type Farmer, listingOnShelf, type OnShelf } from '../kit/listings.ts'

let house: House
let farmer: Farmer
let reviewer: Person
let buyer: Shopper
let mine: OnShelf
let mixed: OnShelf
let codes: string[]
beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  reviewer = await house.staff('reviewer')
  buyer = await shopper(house)
  const batches = [await batchOf(house, farmer.shopId, { code: 'MJ-A' }), await batchOf(house, farmer.shopId, { code: 'MJ-B' })]
  codes = ['MJ-A', 'MJ-B']
  mine = await listingOnShelf(house, farmer, reviewer, { stock: 50, batchIds: [batches[0]!] })
  mixed = await listingOnShelf(house, farmer, reviewer, { stock: 50, batchIds: [batches[1]!] })
})
afterAll(() => house.stop())

const bought = async (teas: (OnShelf & { quantity?: number })[]) => {
  const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, teas))
  await pay(house, buyer, orderId)
  const [part] = (await orderOf(orderId)).subOrders
  return { orderId, subOrderId: part!.id, subOrderNo: part!.subOrderNo, lines: part!.lines }
}
const orderOf = (orderId: OrderId) => buyer.trpc.buyer.orders.one.query({ orderId })
const list = () => farmer.trpc.shop.orders.pickList.query({ shopId: farmer.shopId })

describe('the pick list', () => {
  it('names for each batch what to take, of which orders, and leaves out what is refunded or in dispute', async () => {
    const [a, b, c] = [await bought([{ ...mine, quantity: 2 }, mixed]), await bought([mine]), await bought([mixed])]
    const { afterSaleId } = await buyer.trpc.buyer.afterSale.ask.mutate({
      ...{ subOrderId: c.subOrderId, kind: 'refund', reason: 'changedMind', words: '不要了' },
      lines: [{ orderLineId: c.lines[0]!.id, units: 1 }],
    })
    const picks = await list()
    expect(picks.orders).toBe(2)
    expect(picks.batches.map((x) => [x.code, x.picks.map((p) => [p.units, p.orders.map((o) => o.subOrderNo)])])).toEqual([
      ['MJ-A', [[3, [a.subOrderNo, b.subOrderNo].sort()]]],
      ['MJ-B', [[1, [a.subOrderNo]]]],
    ])
    await farmer.trpc.shop.afterSale.grant.mutate({ shopId: farmer.shopId, afterSaleId })
    expect((await list()).batches).toEqual(picks.batches)
    const rival = await house.farmer()
    expect((await rival.trpc.shop.orders.pickList.query({ shopId: rival.shopId })).batches).toEqual([])
  })

  it('a parcel packed of the wrong batch, or with one missing, does not go', async () => {
    const sold = await bought([mine, mixed])
    const ship = (scanned: string[] | null) =>
      farmer.trpc.shop.shipping.ship.mutate({
        ...{ shopId: farmer.shopId, subOrderId: sold.subOrderId, courier: 'SF', trackingNo: 'SF1234567890', scanned },
      })
    expect((await refusalFrom(ship(['MJ-A', 'MJ-C']))).code).toBe('wrongBatch')
    expect((await refusalFrom(ship(['MJ-A']))).code).toBe('wrongBatch')
    await ship(codes)
    expect((await orderOf(sold.orderId)).subOrders[0]?.state).toBe('shipped')
  })
})

describe('many parcels from one table', () => {
  it('each row stands for itself, and the same table again sends nothing twice', async () => {
    const [a, b] = [await bought([mine]), await bought([mine])]
    const rival = await house.farmer()
    const theirs = await listingOnShelf(house, rival, reviewer)
    const foreign = await bought([theirs])
    const parcels = [
      { subOrderNo: ` ${a.subOrderNo} `, courier: '顺丰', trackingNo: 'sf0000000011' },
      { subOrderNo: b.subOrderNo, courier: '圆通速递', trackingNo: '短' },
      { subOrderNo: foreign.subOrderNo, courier: 'SF', trackingNo: 'SF0000000012' },
      { subOrderNo: '=1+1', courier: 'SF', trackingNo: 'SF0000000013' },
    ]
    const send = () => farmer.trpc.shop.shipping.shipMany.mutate({ shopId: farmer.shopId, parcels })
    const first = await send()
    expect(first.rows.map((r) => [r.sent, r.words])).toEqual([
      [true, '已发货'],
      [false, '运单号应是 8 到 30 位字母或数字'],
      [false, '没有这个订单号'],
      [false, '没有这个订单号'],
    ])
    expect((await send()).rows[0]).toEqual({ subOrderNo: a.subOrderNo, sent: true, words: '之前已发货' })
    expect(await house.sql('select id from waybills where sub_order_id = ?', [a.subOrderId])).toHaveLength(1)
    expect((await orderOf(a.orderId)).subOrders[0]?.waybill).toMatchObject({ courier: 'SF', trackingNo: 'SF0000000011' })
    expect((await orderOf(foreign.orderId)).subOrders[0]?.state).toBe('toShip')
  })
})

describe('a buyer’s address', () => {
  it('is whole for those who ship, while there is something to ship; each look is noted and the buyer can read it', async () => {
    const sold = await bought([mine])
    const { shopId } = farmer
    const see = (who: Person) => who.trpc.shop.orders.one.query({ shopId, subOrderId: sold.subOrderId })
    expect((await orderOf(sold.orderId)).subOrders[0]?.addressSeen).toBeNull()
    expect((await see(farmer)).address.phone).toBe('13888880001')
    house.clock.advance(HOUR)
    await see(farmer)
    const streamer = await house.member(shopId, 'streamer')
    expect((await see(streamer)).address).toMatchObject({ phone: '138****0001', detail: '****' })
    expect((await orderOf(sold.orderId)).subOrders[0]?.addressSeen).toEqual({ times: 2, last: house.clock.now() })
    await farmer.trpc.shop.shipping.ship.mutate({ shopId, subOrderId: sold.subOrderId, courier: 'SF', trackingNo: 'SF0000000014' })
    await buyer.trpc.buyer.orders.receive.mutate({ subOrderId: sold.subOrderId })
    expect((await see(farmer)).address.phone).toBe('138****0001')
    expect(await house.sql('select user_id from address_looks where sub_order_id = ?', [sold.subOrderId])).toHaveLength(2)
  })
})
