import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bagOf } from '../../server/modules/live/index.ts'
import type { ListingId } from '../../shared/ids.ts'
import { fen } from '../../shared/money.ts'
import { after, HOUR } from '../../shared/time.ts'
import { batchOf } from '../kit/batches.ts'
import { announced, type Farmer, onAir, stopsPushing, watch } from '../kit/broadcast.ts'
import { buyerDoors, type Gone } from '../kit/buyer-doors.ts'
import { askFor, pay, type Shopper, shopper } from '../kit/buying.ts'
import { type House, type Person, refusalFrom, startHouse, until } from '../kit/house.ts'
import { listingOnShelf } from '../kit/listings.ts'

let house: House
let head: Person
let buyer: Shopper

beforeAll(async () => {
  house = await startHouse()
  head = await house.staff('head')
  buyer = await shopper(house)
})
afterAll(() => house.stop())

const REASON = '抽检不合格，整改完成前暂停'

/** A shop with all that a shop can have: tea, a broadcast on air and one announced, a follower, an order paid and one not. */
async function furnished(): Promise<{ farmer: Farmer; gone: Gone; scheduled: string }> {
  const farmer = await house.farmer()
  const { listingId, skuId, revisionId } = await listingOnShelf(house, farmer, head)
  const batchId = await batchOf(house, farmer.shopId)
  const sessionId = await onAir(house, farmer, [listingId])
  const scheduled = await announced(house, farmer, 3 * HOUR)
  await buyer.trpc.buyer.storefront.follow.mutate({ shopId: farmer.shopId })
  await buyer.trpc.buyer.orders.putInCart.mutate({ skuId, quantity: 1 })
  const { offerId } = await farmer.trpc.shop.promotions.make.mutate({
    shopId: farmer.shopId,
    title: '开业券',
    rule: { kind: 'coupon', overFen: fen(9_000_000), off: { is: 'sum', fen: fen(100) } },
    startsAt: house.clock.now(),
    endsAt: after(house.clock.now(), HOUR),
    quota: 10,
    perPerson: 1,
  })
  await buyer.trpc.buyer.promotions.claim.mutate({ offerId })
  const ask = () => buyer.trpc.buyer.orders.place.mutate(askFor(buyer, [{ skuId, revisionId }]))
  const paid = await ask()
  await pay(house, buyer, paid.orderId)
  const unpaid = await ask()
  const [part] = (await buyer.trpc.buyer.orders.one.query({ orderId: paid.orderId })).subOrders
  const subOrderId = part?.id as Gone['paid']['subOrderId']
  const { shopId } = farmer
  return {
    farmer,
    scheduled,
    gone: { shopId, listingId, skuId, revisionId, batchId, sessionId, paid: { orderId: paid.orderId, subOrderId }, unpaid: unpaid.orderId },
  }
}

const traces = (answer: unknown, { shopId, listingId, skuId, batchId, sessionId }: Gone): string[] => {
  const text = JSON.stringify(answer)
  return [shopId, listingId, skuId, batchId, sessionId].filter((id) => text.includes(id))
}

describe('a shop that the park suspends', () => {
  test('is gone from every door of buyers at once, before anything is delivered, and what was paid is served', async () => {
    const { farmer, gone } = await furnished()
    const hiding = Object.entries(buyerDoors).flatMap(([name, asked]) =>
      typeof asked === 'object' && 'hides' in asked ? [{ name, ...asked }] : [],
    )
    // kept answers are warm, and each list does show the shop while it is open: else hiding it proves nothing
    for (const { name, hides } of hiding) {
      const shown = traces(await hides(buyer.trpc, gone, buyer), gone)
      expect([name, shown.length > 0]).toEqual([name, true])
    }
    await buyer.trpc.buyer.storefront.front.query({ shopId: gone.shopId })
    await buyer.trpc.buyer.live.session.query({ sessionId: gone.sessionId })
    await buyer.trpc.buyer.catalogue.listing.query({ listingId: gone.listingId })

    expect(await head.trpc.park.tenants.suspend.mutate({ shopId: gone.shopId, reason: REASON })).toEqual({ state: 'suspended' })

    for (const [name, asked] of Object.entries(buyerDoors)) {
      if (asked === 'knows no shop') continue
      if ('refuses' in asked) {
        const { code } = await refusalFrom(asked.call(buyer.trpc, gone, buyer))
        expect([name, code]).toEqual([name, expect.toBeOneOf([...asked.refuses])])
      } else if ('hides' in asked) expect([name, traces(await asked.hides(buyer.trpc, gone, buyer), gone)]).toEqual([name, []])
      else if (name !== 'orders.receive') await asked.serves(buyer.trpc, gone, buyer)
    }
    // the parcel goes out, arrives and is paid out as always
    const ship = { shopId: gone.shopId, subOrderId: gone.paid.subOrderId, courier: 'SF' as const, trackingNo: 'SF1234567890123' }
    await farmer.trpc.shop.shipping.ship.mutate(ship)
    await buyer.trpc.buyer.orders.receive.mutate({ subOrderId: gone.paid.subOrderId })
    const { subOrders } = await buyer.trpc.buyer.orders.one.query({ orderId: gone.paid.orderId })
    expect(subOrders[0]?.state).toBe('completed')
  })

  test('has its broadcast ended and its announcement cancelled, and who is in the room is told', async () => {
    const { farmer, gone, scheduled } = await furnished()
    const viewer = await watch(house, gone.sessionId)
    await head.trpc.park.tenants.suspend.mutate({ shopId: gone.shopId, reason: REASON })
    await house.deliver()
    await until(() => viewer.of('state').at(-1)?.state === 'ended')
    viewer.leave()
    const { session } = await farmer.trpc.shop.live.desk.query({ shopId: gone.shopId, sessionId: gone.sessionId })
    expect([session.state, session.endedBecause]).toEqual(['ended', '店铺暂停营业，直播已结束'])
    const rows = await house.sql<{ id: string; state: string }>('select id, state from live_sessions where shop_id = ?', [gone.shopId])
    expect(rows.find((r) => r.id === scheduled)?.state).toBe('cancelled')
    expect(await bagOf(house.app.read, gone.sessionId)).toHaveLength(1)
    // heard again, and heard late: nothing more happens
    await head.trpc.park.tenants.reopen.mutate({ shopId: gone.shopId, reason: '整改完成，复检合格' })
    const again = await announced(house, farmer)
    await house.sql(`update deliveries set state = 'waiting' where subscriber = 'live.end-suspended'`)
    await house.deliver()
    const page = await house.guest.buyer.live.session.query({ sessionId: again })
    expect(page.state).toBe('scheduled')
  })

  test('begins nothing new, tells its own people why, and comes back whole', async () => {
    const { farmer, gone } = await furnished()
    const { shopId } = gone
    await head.trpc.park.tenants.suspend.mutate({ shopId, reason: REASON })
    await house.deliver()
    expect((await refusalFrom(announced(house, farmer))).code).toBe('notFound')
    const own = await farmer.trpc.shop.tenants.shop.query({ shopId })
    expect([own.state, own.suspended?.reason]).toEqual(['suspended', REASON])
    expect(await buyer.trpc.buyer.storefront.following.query()).not.toContain(shopId)
    const kept = await buyer.trpc.buyer.orders.mine.query({})
    expect(kept.rows.find((o) => o.id === gone.unpaid)?.acts).toEqual(['cancel'])

    await head.trpc.park.tenants.reopen.mutate({ shopId, reason: '整改完成，复检合格' })
    expect((await farmer.trpc.shop.tenants.shop.query({ shopId })).suspended).toBeNull()
    const front = await house.guest.buyer.storefront.front.query({ shopId })
    expect([front.shop.followers, front.shelf.rows.length]).toEqual([1, 1])
    expect(await buyer.trpc.buyer.storefront.following.query()).toContain(shopId)
    expect((await house.guest.buyer.catalogue.listing.query({ listingId: gone.listingId })).onSale).toBe(true)
    const home = await house.guest.buyer.live.home.query({})
    expect(home.live.map((s) => s.id)).not.toContain(gone.sessionId)
  })

  test('is suspended once, with a reason, by those who may; the history says when, who, what and why', async () => {
    const { shopId } = await house.farmer()
    const reviewer = await house.staff('reviewer')
    const patrol = await house.staff('patrol')
    const ask = (who: Person, reason = REASON) => who.trpc.park.tenants.suspend.mutate({ shopId, reason })
    expect((await refusalFrom(ask(patrol))).code).toBe('notFound')
    expect((await refusalFrom(ask(buyer))).code).toBe('notFound')
    const wordless = await refusalFrom(ask(reviewer, ' '))
    expect([wordless.code, Object.keys(wordless.fields)]).toEqual(['badInput', ['reason']])
    expect((await refusalFrom(reviewer.trpc.park.tenants.reopen.mutate({ shopId, reason: '没有停过' }))).code).toBe('stale')
    // two at once: one of them was faster
    const both = await Promise.allSettled([ask(reviewer), ask(head)])
    expect(both.map((b) => b.status).sort()).toEqual(['fulfilled', 'rejected'])
    house.clock.advance(HOUR)
    await reviewer.trpc.park.tenants.reopen.mutate({ shopId, reason: '整改完成' })
    const none = await refusalFrom(head.trpc.park.tenants.suspend.mutate({ shopId: `shp_${'0'.repeat(26)}` as never, reason: REASON }))
    expect(none.code).toBe('notFound')
    const { rows } = await patrol.trpc.park.tenants.history.query({ shopId })
    expect(rows.map(({ act, reason, who }) => [act, reason, who])).toEqual([
      ['reopen', '整改完成', '园区小王'],
      ['suspend', REASON, '园区小王'],
    ])
    expect((rows[0]?.at ?? 0) - (rows[1]?.at ?? 0)).toBe(HOUR)
    const first = await patrol.trpc.park.tenants.history.query({ shopId, limit: 1 })
    const second = await patrol.trpc.park.tenants.history.query({ shopId, limit: 1, cursor: first.next })
    expect([...first.rows, ...second.rows].map((r) => r.act)).toEqual(['reopen', 'suspend'])
  })
})

describe('a room that is over', () => {
  const onHome = async (sessionId: string) => (await house.guest.buyer.live.home.query({})).live.some((s) => s.id === sessionId)

  test('is off the front page with the end itself', async () => {
    const farmer = await house.farmer()
    const sessionId = await onAir(house, farmer, [] as ListingId[])
    expect(await onHome(sessionId)).toBe(true)
    await farmer.trpc.shop.live.end.mutate({ shopId: farmer.shopId, sessionId })
    expect(await onHome(sessionId)).toBe(false)
  })

  test('whose picture was lost is off the front page within half a minute of the end that the clock makes', async () => {
    const farmer = await house.farmer()
    const sessionId = await onAir(house, farmer)
    await stopsPushing(house, sessionId)
    expect(await onHome(sessionId)).toBe(true)
    await house.pass(house.app.settings.abandonedMinutes * 60_000 + 30_000)
    expect(await onHome(sessionId)).toBe(false)
  })
})
