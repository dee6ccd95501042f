/** A presale is a promise with a day: kept, or the money goes back without anybody asking. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { businessDay, DAY, endOfDay, HOUR, MINUTE } from '../../shared/time.ts'
import { askFor, pay, type Shopper, shopper } from '../kit/buying.ts'
import { type House, type Person, refusalFrom, startHouse } from '../kit/house.ts'
import { type Farmer, listingOnShelf, type OnShelf } from '../kit/listings.ts'

let house: House
let farmer: Farmer
let reviewer: Person
let buyer: Shopper
beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  reviewer = await house.staff('reviewer')
  buyer = await shopper(house)
})
afterAll(() => house.stop())

const dayIn = (days: number) => businessDay((house.clock.now() + days * DAY) as never)
const presale = (days: number): Promise<OnShelf> =>
  listingOnShelf(house, farmer, reviewer, { presale: { shipBy: dayIn(days) }, productionDate: null, stock: 20 })
const bought = async (teas: OnShelf[]) => {
  const { orderId } = await buyer.trpc.buyer.orders.place.mutate(askFor(buyer, teas))
  await pay(house, buyer, orderId)
  return orderId
}
const oneOf = (orderId: Awaited<ReturnType<typeof bought>>) => buyer.trpc.buyer.orders.one.query({ orderId })

describe('a presale', () => {
  it('names its day on the order, gives the shop until the end of it, and what ships in time is no matter for the clock', async () => {
    const tea = await presale(5)
    const stocked = await listingOnShelf(house, farmer, reviewer, { stock: 5 })
    const orderId = await bought([tea, stocked])
    const day = dayIn(5)
    const [part] = (await oneOf(orderId)).subOrders
    expect(part).toMatchObject({ state: 'toShip', promisedDay: day })
    const { shopId } = farmer
    const seen = await farmer.trpc.shop.orders.one.query({ shopId, subOrderId: part!.id })
    expect(seen).toMatchObject({ promisedDay: day, shipBy: endOfDay(day) })
    await house.pass(5 * DAY)
    expect((await oneOf(orderId)).subOrders[0]!.state).toBe('toShip')
    await farmer.trpc.shop.shipping.ship.mutate({ shopId, subOrderId: part!.id, courier: 'SF', trackingNo: 'SF1234567890' })
    await house.pass(DAY)
    expect(await oneOf(orderId)).toMatchObject({ refunds: [], subOrders: [{ state: 'shipped' }] })
  })

  it('that is not shipped by the end of its day is closed, and every fen goes back by itself, once', async () => {
    const tea = await presale(3)
    const orderId = await bought([tea])
    const left = endOfDay(dayIn(3)) - house.clock.now()
    await house.pass(left - HOUR)
    expect((await oneOf(orderId)).subOrders[0]!.state).toBe('toShip')
    await house.pass(HOUR + 11 * MINUTE)
    await house.pass(MINUTE)
    const after = await oneOf(orderId)
    expect(after.subOrders[0]).toMatchObject({ state: 'closed', acts: [] })
    expect(after.refunds).toMatchObject([{ amountFen: 16800, state: 'done' }])
    expect(after.subOrders[0]!.history.map((h) => h.words)).toContain('预售逾期未发货，款项自动退回')
    await house.pass(DAY)
    expect((await oneOf(orderId)).refunds).toHaveLength(1)
    const late = farmer.trpc.shop.shipping.ship.mutate({
      shopId: farmer.shopId,
      subOrderId: after.subOrders[0]!.id,
      courier: 'SF',
      trackingNo: 'SF1234567891',
    })
    expect((await refusalFrom(late)).code).toBe('stale')
    const held = "select coalesce(sum(delta_fen), 0) as s from ledger_entries where sub_order_id = ? and account in ('held', 'shopDue')"
    expect(Number((await house.sql<{ s: string }>(held, [after.subOrders[0]!.id]))[0]?.s)).toBe(0)
  })

  it('shipped in the very moment in which the clock closes it is either shipped or refunded, never both', async () => {
    const tea = await presale(2)
    const orders = []
    for (let n = 0; n < 8; n++) orders.push(await bought([tea]))
    const parts = await Promise.all(orders.map(async (id) => (await oneOf(id)).subOrders[0]!))
    house.clock.advance(endOfDay(dayIn(2)) - house.clock.now() + MINUTE)
    const ships = parts.map(({ id: subOrderId }, n) =>
      farmer.trpc.shop.shipping.ship
        .mutate({ shopId: farmer.shopId, subOrderId, courier: 'SF', trackingNo: `SF99990000${n}0` })
        .then(() => true)
        .catch(() => false),
    )
    const [shipped] = await Promise.all([Promise.all(ships), house.pass(10 * MINUTE)])
    await house.pass(MINUTE)
    const ended = await Promise.all(orders.map(oneOf))
    expect(ended.map((o) => [o.subOrders[0]!.state, o.refunds.length])).toEqual(
      shipped.map((yes) => (yes ? ['shipped', 0] : ['closed', 1])),
    )
  })

  it('whose day is over is not sold any more', async () => {
    const tea = await presale(1)
    await house.pass(2 * DAY)
    expect((await buyer.trpc.buyer.orders.quote.query({ lines: [{ skuId: tea.skuId, quantity: 1 }] })).lines[0]!.trouble).toBe('offShelf')
    expect((await refusalFrom(buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [tea])))).code).toBe('notOnSale')
  })
})
