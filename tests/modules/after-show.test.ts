/** The sheet after a show: what each tea took and brought, agreeing with the orders to the fen, and marked while refunds may still come. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BagItemId, LiveSessionId } from '../../shared/ids.ts'
import { fen } from '../../shared/money.ts'
import { afterShow } from '../../shared/orders/after-show.ts'
import { DAY, HOUR, MINUTE } from '../../shared/time.ts'
import { type Farmer, onAir } from '../kit/broadcast.ts'
import { askFor, pay, type Shopper, shopper } from '../kit/buying.ts'
import { type House, refusalFrom, startHouse } from '../kit/house.ts'
import { listingOnShelf, type OnShelf } from '../kit/listings.ts'

let house: House
let farmer: Farmer
let buyer: Shopper
let teas: OnShelf[]
let sessionId: LiveSessionId
beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  const reviewer = await house.staff('reviewer')
  teas = []
  for (const stock of [50, 50, 2, 50]) teas.push(await listingOnShelf(house, farmer, reviewer, { stock }))
  buyer = await shopper(house)
})
afterAll(() => house.stop())

const one = () => ({ shopId: farmer.shopId, sessionId })
const sheet = () => farmer.trpc.shop.orders.afterShow.query(one())
const buy = async (wanted: (OnShelf & { quantity?: number })[], paid = true) => {
  const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, wanted, undefined, sessionId))
  if (paid) await pay(house, buyer, orderId)
  return (await buyer.trpc.buyer.orders.one.query({ orderId })).subOrders[0]!
}

describe('a show that is over', () => {
  it('has a sheet that names the minutes, the sales and the questions of each tea, and adds up to the orders', async () => {
    sessionId = await onAir(
      house,
      farmer,
      teas.slice(0, 3).map((t) => t.listingId),
    )
    const bag = await house.guest.buyer.live.bag.query({ sessionId })
    const item = (tea: OnShelf): BagItemId => bag.find((b) => b.listingId === tea.listingId)!.id
    const pin = (bagItemId: BagItemId | null) => farmer.trpc.shop.room.pin.mutate({ ...one(), bagItemId })
    await pin(item(teas[0]!))
    house.clock.advance(6 * MINUTE)
    const asks = await house.buyer()
    await asks.trpc.buyer.room.say.mutate({ sessionId, clientId: 'ask-00000001', text: '能放多久？' })
    await buy([{ ...teas[0]!, quantity: 2 }])
    await buy([teas[0]!, { ...teas[2]!, quantity: 2 }])
    await pin(item(teas[1]!))
    house.clock.advance(5 * MINUTE)
    await pin(null)
    // out of no bag, and one that is never paid
    await buy([teas[3]!])
    await buy([teas[0]!], false)
    house.clock.advance(MINUTE)
    expect((await refusalFrom(sheet())).code).toBe('notNow')
    await farmer.trpc.shop.live.end.mutate(one())
    const found = await sheet()
    expect(found.rows.map((r) => [r.number, r.ms >= 5 * MINUTE, r.orders, r.units, r.paidFen, r.questions])).toEqual([
      [1, true, 2, 3, 50_400, 1],
      [2, true, 0, 0, 0, 0],
      [3, false, 1, 2, 33_600, 0],
      [null, false, 1, 1, 16_800, 0],
    ])
    const [sum] = await house.sql<{ fen: string }>(
      'select sum(s.payable_fen) as fen from sub_orders s join orders o on o.id = s.order_id where o.live_session_id = ? and s.paid_at is not null',
      [sessionId],
    )
    expect([found.orders, found.paidFen, found.agrees]).toEqual([3, Number(sum!.fen), true])
    expect(found.settledFrom).toBeNull()
    expect(found.advice.join('\n')).toMatch(
      /1 号.*每讲一分钟成交最多[\s\S]*2 号.*没有成交[\s\S]*3 号.*没有讲解也卖出 2[\s\S]*3 号.*已卖完[\s\S]*1 号.*1 个问题没有回答/,
    )
  })

  it('shows refunds as they come, and says from when its numbers stand', async () => {
    const before = await sheet()
    const parts = await house.sql<{ id: string }>(
      'select s.id from sub_orders s join orders o on o.id = s.order_id where o.live_session_id = ? and s.paid_at is not null order by s.id',
      [sessionId],
    )
    for (const { id } of parts) {
      await farmer.trpc.shop.shipping.ship.mutate({
        shopId: farmer.shopId,
        subOrderId: id as never,
        courier: 'SF',
        trackingNo: 'SF1234567890',
      })
      await buyer.trpc.buyer.orders.receive.mutate({ subOrderId: id as never })
      house.clock.advance(HOUR)
    }
    expect((await sheet()).settledFrom).toBe(house.clock.now() - HOUR + 15 * DAY)
    const [line] = await house.sql<{ id: string }>('select id from order_lines where sub_order_id = ? order by line_no', [parts[0]!.id])
    const { afterSaleId } = await buyer.trpc.buyer.afterSale.ask.mutate({
      ...{ subOrderId: parts[0]!.id as never, kind: 'refund', reason: 'quality', words: '有霉点' },
      lines: [{ orderLineId: line!.id as never, units: 1 }],
    })
    await farmer.trpc.shop.afterSale.grant.mutate({ shopId: farmer.shopId, afterSaleId })
    await house.deliver()
    const after = await sheet()
    expect(after.paidFen).toBe(before.paidFen)
    expect(after.refundedFen).toBe(16_800)
    expect(after.keptFen).toBe(after.paidFen - 16_800)
    expect(after.keptBp).toBe(Math.round(((after.paidFen - 16_800) * 10_000) / after.paidFen))
    expect(after.advice.join('\n')).toContain('退款达到成交的 33%')
  })

  it('is its shop’s alone', async () => {
    const rival = await house.farmer()
    expect((await refusalFrom(rival.trpc.shop.orders.afterShow.query({ shopId: rival.shopId, sessionId }))).code).toBe('notFound')
    const clerk = await house.member(farmer.shopId, 'clerk')
    expect((await refusalFrom(clerk.trpc.shop.orders.afterShow.query(one()))).code).toBe('roleNeeded')
  })

  it('says so when it does not add up', () => {
    const total = { orders: 1, payableFen: fen(100), freightFen: fen(0), freightRefundedFen: fen(0), underway: 0, lastReceivedAt: null }
    expect(afterShow({ explained: [], sales: [], total }).agrees).toBe(false)
    expect(afterShow({ explained: [], sales: [], total: { ...total, payableFen: fen(0), orders: 0 } })).toMatchObject({
      agrees: true,
      keptBp: null,
      rows: [],
    })
  })
})
