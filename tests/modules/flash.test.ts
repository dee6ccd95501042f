/** Flash sales of a room: a quota and an end in the server's time, a limit for each buyer, none of them passed under any race. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FlashSaleId, LiveSessionId, OrderId } from '../../shared/ids.ts'
import { fen } from '../../shared/money.ts'
import { MINUTE } from '../../shared/time.ts'
import { type Farmer, onAir, watch } from '../kit/broadcast.ts'
import { askFor, newKey, pay, type Shopper, shopper } from '../kit/buying.ts'
import { type House, type Person, refusalFrom, startHouse, until } from '../kit/house.ts'
import { listingOnShelf, type OnShelf } from '../kit/listings.ts'

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

const ask = { flashFen: fen(9_900), quota: 5, perPerson: 2, minutes: 10 }
/** A tea for 168.00 in a room on air, and its flash sale for 99.00. */
const room = async (change: Partial<typeof ask> = {}, stock = 100) => {
  const tea = await listingOnShelf(house, farmer, reviewer, { stock })
  const sessionId = await onAir(house, farmer, [tea.listingId])
  const begun = await begin(tea, sessionId, change)
  return { tea, sessionId, ...begun }
}
const begin = (tea: OnShelf, sessionId: LiveSessionId, change: Partial<typeof ask> = {}, key = newKey()) =>
  farmer.trpc.shop.promotions.beginFlash.mutate({ shopId: farmer.shopId, key, sessionId, skuId: tea.skuId, ...ask, ...change })
const place = (who: Shopper, tea: OnShelf, sessionId: LiveSessionId | null, quantity = 1, shownFen: number | null = 9_900 * quantity) =>
  who.trpc.buyer.orders.place.mutate({
    ...askFor(who, [{ ...tea, quantity }], undefined, sessionId),
    ...(shownFen === null ? {} : { shownFen: fen(shownFen) }),
  })
const quoted = async (who: Shopper, tea: OnShelf, liveSessionId: LiveSessionId | null, quantity = 1) =>
  (await who.trpc.buyer.orders.quote.query({ lines: [{ skuId: tea.skuId, quantity }], addressId: who.addressId, liveSessionId })).payableFen
const taken = async (id: FlashSaleId) => (await house.sql<{ taken: number }>('select taken from flash_sales where id = ?', [id]))[0]!.taken
const running = async (sessionId: LiveSessionId) => (await house.guest.buyer.promotions.flashes.query({ sessionId })).flashes

describe('a flash sale', () => {
  it('holds in its room alone, says why the price is what it is, and tells every phone that it has begun', async () => {
    const tea = await listingOnShelf(house, farmer, reviewer, { stock: 20 })
    const sessionId = await onAir(house, farmer, [tea.listingId])
    const viewer = await watch(house, sessionId)
    await begin(tea, sessionId)
    await house.deliver()
    await until(() => viewer.of('bag').length > 0)
    expect(await running(sessionId)).toMatchObject([
      { skuId: tea.skuId, flashFen: 9_900, left: 5, endsAt: house.clock.now() + 10 * MINUTE },
    ])
    expect([await quoted(buyer, tea, sessionId), await quoted(buyer, tea, null)]).toEqual([9_900, 16_800])
    const { orderId, payableFen } = await place(buyer, tea, sessionId, 2)
    expect(payableFen).toBe(19_800)
    const order = await buyer.trpc.buyer.orders.one.query({ orderId })
    expect(order.money.map((m) => m.label).join()).toContain('秒杀价')
    viewer.leave()
  })

  it('sells its quota and not one more, whoever comes at once', async () => {
    const { tea, sessionId, flashSaleId } = await room()
    const people = await Promise.all(Array.from({ length: 24 }, () => shopper(house)))
    const done = await Promise.allSettled(people.map((who) => place(who, tea, sessionId)))
    const won = done.filter((d) => d.status === 'fulfilled')
    expect(won.map((d) => d.value.payableFen)).toEqual([9_900, 9_900, 9_900, 9_900, 9_900])
    for (const lost of done.filter((d) => d.status === 'rejected'))
      expect(['flashOver', 'totalChanged']).toContain((lost.reason as { data: { refusal: string } }).data.refusal)
    expect(await taken(flashSaleId)).toBe(5)
    expect(await running(sessionId)).toMatchObject([{ left: 0 }])
    // who comes late is shown the usual price, and may have it
    const late = await shopper(house)
    expect(await quoted(late, tea, sessionId)).toBe(16_800)
    expect((await place(late, tea, sessionId, 1, 16_800)).payableFen).toBe(16_800)
  })

  it('gives one buyer no more than one may have, on however many phones', async () => {
    const { tea, sessionId, flashSaleId } = await room({ quota: 50 })
    const who = await shopper(house)
    const done = await Promise.allSettled(Array.from({ length: 3 }, () => place(who, tea, sessionId)))
    expect(done.filter((d) => d.status === 'fulfilled')).toHaveLength(2)
    expect(await taken(flashSaleId)).toBe(2)
    expect(await quoted(who, tea, sessionId, 3)).toBe(50_400)
  })

  it('gets back what is not paid, and what was all refunded before it was sent; once', async () => {
    const { tea, sessionId, flashSaleId } = await room({ quota: 2 })
    const { orderId } = await place(buyer, tea, sessionId)
    const other = await shopper(house)
    const { orderId: second } = await place(other, tea, sessionId)
    expect(await taken(flashSaleId)).toBe(2)
    await buyer.trpc.buyer.orders.cancel.mutate({ orderId })
    expect(await taken(flashSaleId)).toBe(1)
    await pay(house, other, second)
    const part = (await other.trpc.buyer.orders.one.query({ orderId: second })).subOrders[0]!
    const { afterSaleId } = await other.trpc.buyer.afterSale.ask.mutate({
      ...{ subOrderId: part.id, kind: 'refund', reason: 'changedMind', words: '不要了' },
      lines: [{ orderLineId: part.lines[0]!.id, units: 1 }],
    })
    await farmer.trpc.shop.afterSale.grant.mutate({ shopId: farmer.shopId, afterSaleId })
    await house.deliver()
    expect(await taken(flashSaleId)).toBe(0)
    // and both may have theirs again
    await place(buyer, tea, sessionId)
    await place(other, tea, sessionId)
    expect(await taken(flashSaleId)).toBe(2)
    await house.pass(16 * MINUTE)
    expect(await taken(flashSaleId)).toBe(0)
  })

  it('is over at its end by the server’s clock; who placed before keeps the price and pays it after', async () => {
    const { tea, sessionId } = await room()
    const { orderId } = await place(buyer, tea, sessionId)
    house.clock.advance(10 * MINUTE)
    const late = await shopper(house)
    expect(await running(sessionId)).toEqual([])
    expect((await refusalFrom(place(late, tea, sessionId))).code).toBe('totalChanged')
    await pay(house, buyer, orderId)
    const order = await buyer.trpc.buyer.orders.one.query({ orderId: orderId as OrderId })
    expect([order.state, order.payableFen]).toEqual(['paid', 9_900])
  })

  it('is begun once for one tap, one at a time for a tea, below its price, and by its shop alone', async () => {
    const { tea, sessionId, flashSaleId } = await room()
    const key = newKey()
    expect((await refusalFrom(begin(tea, sessionId, {}, key))).code).toBe('flashRuns')
    await farmer.trpc.shop.promotions.stopFlash.mutate({ shopId: farmer.shopId, flashSaleId })
    await farmer.trpc.shop.promotions.stopFlash.mutate({ shopId: farmer.shopId, flashSaleId })
    expect(await quoted(buyer, tea, sessionId)).toBe(16_800)
    const [one, again] = [await begin(tea, sessionId, {}, key), await begin(tea, sessionId, {}, key)]
    expect(again).toEqual(one)
    expect((await refusalFrom(begin(tea, sessionId, { flashFen: fen(16_800) }))).fields).toHaveProperty('flashFen')
    expect((await refusalFrom(begin(tea, sessionId, { quota: 0 }))).code).toBe('badInput')
    const rival = await house.farmer()
    const theirs = { shopId: rival.shopId, key: newKey(), sessionId, skuId: tea.skuId, ...ask }
    expect((await refusalFrom(rival.trpc.shop.promotions.beginFlash.mutate(theirs))).code).toBe('notFound')
    expect(
      (await refusalFrom(rival.trpc.shop.promotions.stopFlash.mutate({ shopId: rival.shopId, flashSaleId: one.flashSaleId }))).code,
    ).toBe('notFound')
    await farmer.trpc.shop.live.end.mutate({ shopId: farmer.shopId, sessionId })
    await house.deliver()
    expect(await running(sessionId)).toEqual([])
    expect(await quoted(buyer, tea, sessionId)).toBe(16_800)
    expect((await refusalFrom(begin(tea, sessionId))).code).toBe('notNow')
  })
})
