import { and, eq } from 'drizzle-orm'
import { sessionFlow } from '../../../shared/live/flow.ts'
import { EARLY_START, SESSION_SPAN } from '../../../shared/live/limits.ts'
import type { Instant } from '../../../shared/time.ts'
import type { Db } from '../../platform/db.ts'
import { tryAdvance, type Work } from '../../platform/work.ts'
import { shopChips } from '../tenants/index.ts'
import { preflightOf } from './preflight.ts'
import { liveSessions } from './tables.ts'

/**
 * Whether this stream may go on air now: an announced session from two hours before its time, one on air at any time, none that is over, and
 * none of a shop that is suspended; and none that the check before a broadcast keeps back.
 */
export async function mayPublish(db: Db, now: Instant, stream: string): Promise<boolean> {
  const [session] = await db
    .select({ id: liveSessions.id, state: liveSessions.state, startsAt: liveSessions.startsAt, shopId: liveSessions.shopId })
    .from(liveSessions)
    .where(eq(liveSessions.streamName, stream))
  if (!session) return false
  if (session.state === 'ended' || session.state === 'cancelled') return false
  if (session.state === 'scheduled' && (now < session.startsAt - EARLY_START || now > session.startsAt + SESSION_SPAN)) return false
  if ((await shopChips(db, [session.shopId])).get(session.shopId)?.state !== 'open') return false
  // the address may have been taken before a paper ran out or a tea was taken off the shelf
  return session.state !== 'scheduled' || !(await preflightOf(db, session.id)).blocked
}

/** A push has begun: the session is live. Answers whether it may go on; false when the session ended between the asking and now. */
export async function streamBegan(work: Work, stream: string, publisherId: string): Promise<boolean> {
  const [session] = await work.db.select().from(liveSessions).where(eq(liveSessions.streamName, stream)).for('update')
  if (!session) return false
  const push = { publisherId, publishedAt: work.now, interruptedAt: null }
  const moved =
    session.state === 'scheduled'
      ? await tryAdvance(work, liveSessions, session.id, sessionFlow, 'stream', { ...push, startedAt: work.now })
      : await tryAdvance(work, liveSessions, session.id, sessionFlow, 'resume', push)
  if (moved) {
    await work.tell('session.changed', { sessionId: session.id, shopId: session.shopId, state: 'live' })
    return true
  }
  if (session.state !== 'live') return false
  // a phone that changed its network: the new push has taken over before the old one was given up
  await work.db.update(liveSessions).set({ publisherId, publishedAt: work.now }).where(eq(liveSessions.id, session.id))
  return true
}

/** A push has stopped: the session is interrupted, if it was this push that was on air. Answers whether it was. */
export async function streamStopped(work: Work, stream: string, publisherId: string): Promise<boolean> {
  return move(work, stream, publisherId, 'drop', { interruptedAt: work.now })
}

/** The push that was thought to have stopped goes on after all: the session is live again. Answers whether it is. */
export async function streamGoesOn(work: Work, stream: string, publisherId: string): Promise<boolean> {
  return move(work, stream, publisherId, 'resume', { interruptedAt: null })
}

/** Moves a session only while this very push is the one it is on air by. */
async function move(
  work: Work,
  stream: string,
  publisherId: string,
  act: 'drop' | 'resume',
  extra: { interruptedAt: Instant | null },
): Promise<boolean> {
  const [session] = await work.db
    .select({ id: liveSessions.id, shopId: liveSessions.shopId })
    .from(liveSessions)
    .where(and(eq(liveSessions.streamName, stream), eq(liveSessions.publisherId, publisherId)))
  if (!session) return false
  const moved = await tryAdvance(work, liveSessions, session.id, sessionFlow, act, extra, eq(liveSessions.publisherId, publisherId))
  if (moved)
    await work.tell('session.changed', { sessionId: session.id, shopId: session.shopId, state: act === 'drop' ? 'interrupted' : 'live' })
  return moved
}
