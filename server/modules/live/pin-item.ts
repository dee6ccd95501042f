import { and, eq, inArray, sql } from 'drizzle-orm'
import type { BagItemId, LiveSessionId, ShopId } from '../../../shared/ids.ts'
import { onAir } from '../../../shared/live/flow.ts'
import { refuse } from '../../../shared/refusals.ts'
import { matched } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { lockOurs } from './our-session.ts'
import { bagItems, liveSessions, pinMoments } from './tables.ts'

/**
 * Says what is being explained now, or with null that nothing is. The same again changes nothing and answers the same count.
 * Refuses `notFound` (session or item is not the shop's), `notNow` (nobody is on air).
 */
export async function pinItem(
  work: Work,
  ask: { shopId: ShopId; sessionId: LiveSessionId; bagItemId: BagItemId | null },
): Promise<{ pinned: BagItemId | null; seq: number }> {
  const session = await lockOurs(work, ask.shopId, ask.sessionId)
  if (ask.bagItemId !== null) {
    const [item] = await work.db
      .select({ id: bagItems.id })
      .from(bagItems)
      .where(and(eq(bagItems.id, ask.bagItemId), eq(bagItems.sessionId, ask.sessionId), eq(bagItems.inBag, true)))
    if (!item) throw refuse('notFound')
  }
  const pinned = await work.db
    .update(liveSessions)
    .set({ pinnedBagItemId: ask.bagItemId, pinSeq: sql`${liveSessions.pinSeq} + 1` })
    .where(
      and(
        eq(liveSessions.id, ask.sessionId),
        inArray(liveSessions.state, [...onAir]),
        sql`not (${liveSessions.pinnedBagItemId} <=> ${ask.bagItemId})`,
      ),
    )
  if (matched(pinned) === 0) {
    if (!(onAir as readonly string[]).includes(session.state)) throw refuse('notNow')
    return { pinned: session.pinnedBagItemId, seq: session.pinSeq }
  }
  const seq = session.pinSeq + 1
  await work.db.insert(pinMoments).values({ sessionId: ask.sessionId, seq, bagItemId: ask.bagItemId, at: work.now })
  await work.tell('session.pinned', { sessionId: ask.sessionId, shopId: ask.shopId, bagItemId: ask.bagItemId, seq })
  return { pinned: ask.bagItemId, seq }
}
