import { and, eq, inArray, sql } from 'drizzle-orm'
import type { BagItemId, ListingId, LiveSessionId, ShopId } from '../../../shared/ids.ts'
import { BAG_MAX } from '../../../shared/live/limits.ts'
import { refuse } from '../../../shared/refusals.ts'
import { newId, type Work } from '../../platform/work.ts'
import { bagOf } from './facts.ts'
import { offered } from './offered.ts'
import { lockOursOpen } from './our-session.ts'
import { bagItems, liveSessions } from './tables.ts'

const told = (work: Work, shopId: ShopId, sessionId: LiveSessionId) => work.tell('bag.changed', { sessionId, shopId })

/**
 * Puts listings on sale into the bag, in the order given, each with the next number; what is in it already stays where it is, what was taken
 * out comes back with its old number. Refuses `notFound` (session or listing is not the shop's), `sessionOver`, `notOnSale`, `bagFull`.
 */
export async function addToBag(
  work: Work,
  ask: { shopId: ShopId; sessionId: LiveSessionId; listingIds: readonly ListingId[] },
): Promise<void> {
  const session = await lockOursOpen(work, ask.shopId, ask.sessionId)
  const listings = await offered(work.db, ask.shopId, [...new Set(ask.listingIds)])
  const rows = await work.db.select().from(bagItems).where(eq(bagItems.sessionId, ask.sessionId))
  const bySku = new Map(rows.map((r) => [r.skuId, r]))
  const wanted = listings.filter((l) => !bySku.get(l.skuId)?.inBag)
  if (wanted.length === 0) return
  if (rows.filter((r) => r.inBag).length + wanted.length > BAG_MAX) throw refuse('bagFull')
  let position = Math.max(0, ...rows.map((r) => r.position))
  let number = session.lastNumber
  for (const { listingId, skuId } of wanted) {
    position++
    const back = bySku.get(skuId)
    if (back) await work.db.update(bagItems).set({ inBag: true, position }).where(eq(bagItems.id, back.id))
    else {
      number++
      await work.db
        .insert(bagItems)
        .values({ id: newId('BagItem'), sessionId: ask.sessionId, listingId, skuId, number, position, inBag: true })
    }
  }
  await work.db.update(liveSessions).set({ lastNumber: number }).where(eq(liveSessions.id, ask.sessionId))
  await told(work, ask.shopId, ask.sessionId)
}

/**
 * Takes an item out of the bag; if it is being explained, nothing is any more. Its number is given to no other. Taken out already: nothing happens.
 * Refuses `notFound`, `sessionOver`.
 */
export async function removeFromBag(work: Work, ask: { shopId: ShopId; sessionId: LiveSessionId; bagItemId: BagItemId }): Promise<void> {
  const session = await lockOursOpen(work, ask.shopId, ask.sessionId)
  const [item] = await work.db
    .select({ inBag: bagItems.inBag })
    .from(bagItems)
    .where(and(eq(bagItems.id, ask.bagItemId), eq(bagItems.sessionId, ask.sessionId)))
  if (!item) throw refuse('notFound')
  if (!item.inBag) return
  await work.db.update(bagItems).set({ inBag: false }).where(eq(bagItems.id, ask.bagItemId))
  if (session.pinnedBagItemId === ask.bagItemId) {
    await work.db
      .update(liveSessions)
      .set({ pinnedBagItemId: null, pinSeq: sql`${liveSessions.pinSeq} + 1` })
      .where(eq(liveSessions.id, ask.sessionId))
    await work.tell('session.pinned', { sessionId: ask.sessionId, shopId: ask.shopId, bagItemId: null, seq: session.pinSeq + 1 })
  }
  await told(work, ask.shopId, ask.sessionId)
}

/**
 * Puts the items on the screen in this order; those not named follow in the order they have. Numbers stay.
 * Refuses `notFound` (session or an item is not the shop's), `sessionOver`.
 */
export async function arrangeBag(
  work: Work,
  ask: { shopId: ShopId; sessionId: LiveSessionId; bagItemIds: readonly BagItemId[] },
): Promise<void> {
  await lockOursOpen(work, ask.shopId, ask.sessionId)
  const present = (await bagOf(work.db, ask.sessionId)).map((i) => i.id)
  const first = [...new Set(ask.bagItemIds)]
  if (first.some((id) => !present.includes(id))) throw refuse('notFound')
  const order = [...first, ...present.filter((id) => !first.includes(id))]
  if (order.every((id, i) => id === present[i])) return
  const cases = sql.join(
    order.map((id, i) => sql`when ${id} then ${i + 1}`),
    sql` `,
  )
  await work.db
    .update(bagItems)
    .set({ position: sql`case ${bagItems.id} ${cases} end` })
    .where(and(eq(bagItems.sessionId, ask.sessionId), inArray(bagItems.id, order)))
  await told(work, ask.shopId, ask.sessionId)
}
