import { and, eq, inArray, sql } from 'drizzle-orm'
import type { LiveSessionId, ShopId } from '../../../shared/ids.ts'
import { notOver, sessionFlow } from '../../../shared/live/flow.ts'
import type { EndedBecause } from '../../../shared/live/words.ts'
import { refuse } from '../../../shared/refusals.ts'
import { advance, tryAdvance, type Work } from '../../platform/work.ts'
import { lockOurs } from './our-session.ts'
import { liveSessions } from './tables.ts'

const told = (work: Work, session: { id: LiveSessionId; shopId: ShopId }, state: string) =>
  work.tell('session.changed', { sessionId: session.id, shopId: session.shopId, state })

/** Takes nobody's pin along into the end: a session that is over explains nothing. */
const over = (work: Work, because: EndedBecause) => ({
  endedAt: work.now,
  endedBecause: because,
  pinnedBagItemId: null,
  pinSeq: sql`${liveSessions.pinSeq} + 1`,
})

/** The shop ends its session. Refuses `notFound`, `stale` (it is not on air). The stream is cut by the subscriber that hears of it. */
export async function endByShop(work: Work, shopId: ShopId, sessionId: LiveSessionId): Promise<'ended'> {
  const session = await lockOurs(work, shopId, sessionId)
  await advance(work, liveSessions, sessionId, sessionFlow, 'end', over(work, 'shop'))
  await told(work, session, 'ended')
  return 'ended'
}

/** The shop takes an announcement back. Refuses `notFound`, `stale` (it has begun, or is over). */
export async function cancelByShop(work: Work, shopId: ShopId, sessionId: LiveSessionId): Promise<'cancelled'> {
  const session = await lockOurs(work, shopId, sessionId)
  await advance(work, liveSessions, sessionId, sessionFlow, 'cancel', over(work, 'shopCancelled'))
  await told(work, session, 'cancelled')
  return 'cancelled'
}

/** The park stops a session on air, or one announced; the reason is for the shop. Refuses `notFound`, `stale` (it is over). */
export async function stopByPark(work: Work, sessionId: LiveSessionId, reason: string): Promise<'ended' | 'cancelled'> {
  const [session] = await work.db.select().from(liveSessions).where(eq(liveSessions.id, sessionId)).for('update')
  if (!session) throw refuse('notFound')
  if (session.state === 'scheduled') {
    await advance(work, liveSessions, sessionId, sessionFlow, 'cancel', { ...over(work, 'parkCancelled'), stopReason: reason })
    await told(work, session, 'cancelled')
    return 'cancelled'
  }
  await advance(work, liveSessions, sessionId, sessionFlow, 'end', { ...over(work, 'park'), stopReason: reason })
  await told(work, session, 'ended')
  return 'ended'
}

/** Ends a session whose picture has been gone for too long. Refuses `stale` when the picture has come back meanwhile. */
export async function endAbandoned(work: Work, session: { id: LiveSessionId; shopId: ShopId }, goneSince: string): Promise<void> {
  await advance(
    work,
    liveSessions,
    session.id,
    sessionFlow,
    'end',
    over(work, 'abandoned'),
    sql`${liveSessions.state} = 'interrupted' and ${liveSessions.interruptedAt} <= ${goneSince}`,
  )
  await told(work, session, 'ended')
}

/** Puts away an announcement that nobody followed. Refuses `stale` when somebody has. */
export async function cancelNeverStarted(work: Work, session: { id: LiveSessionId; shopId: ShopId }): Promise<void> {
  await advance(work, liveSessions, session.id, sessionFlow, 'cancel', over(work, 'neverStarted'))
  await told(work, session, 'cancelled')
}

/** A suspended shop has no broadcasts: those on air end, those announced are cancelled. Safe to repeat; what is over stays as it ended. */
export async function endAllOf(work: Work, shopId: ShopId): Promise<void> {
  const sessions = await work.db
    .select({ id: liveSessions.id, shopId: liveSessions.shopId })
    .from(liveSessions)
    .where(and(eq(liveSessions.shopId, shopId), inArray(liveSessions.state, [...notOver])))
  for (const session of sessions) {
    if (await tryAdvance(work, liveSessions, session.id, sessionFlow, 'end', over(work, 'suspended'))) await told(work, session, 'ended')
    else if (await tryAdvance(work, liveSessions, session.id, sessionFlow, 'cancel', over(work, 'suspended')))
      await told(work, session, 'cancelled')
  }
}
