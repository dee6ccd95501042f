import type { LiveSessionId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { LIKES_BURST, LIKES_PER_SECOND } from '../../../shared/room/limits.ts'
import { SECOND } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { shownSession, talks } from '../live/index.ts'
import { roomsOf } from './rooms.ts'

const MOST_KEPT = 50_000
const buckets = new WeakMap<App, Map<string, { left: number; at: number }>>()

/** How many of these likes count: a thumb taps ten times a second, a script does not make a room warmer. */
function allowed(app: App, who: string, wanted: number): number {
  const mine = buckets.get(app) ?? new Map<string, { left: number; at: number }>()
  buckets.set(app, mine)
  if (mine.size > MOST_KEPT) mine.clear()
  const now = app.clock.now()
  const bucket = mine.get(who) ?? { left: LIKES_BURST, at: now }
  const left = Math.min(LIKES_BURST, bucket.left + ((now - bucket.at) / SECOND) * LIKES_PER_SECOND)
  const count = Math.min(wanted, Math.floor(left))
  mine.set(who, { left: left - count, at: now })
  return count
}

/**
 * Likes a session. Gathered in memory and written once a second, so a crash may lose a second of likes; more from one person than a thumb can
 * do are not counted. Refuses `notFound`, `notNow`, `sessionOver`.
 */
export async function like(app: App, ask: { sessionId: LiveSessionId; count: number; who: string }): Promise<void> {
  const session = await shownSession(app.read, ask.sessionId)
  if (!session) throw refuse('notFound')
  if (!talks(session.state)) throw refuse(session.state === 'scheduled' ? 'notNow' : 'sessionOver')
  const likes = allowed(app, `${ask.sessionId} ${ask.who}`, ask.count)
  if (likes > 0) roomsOf(app).count(ask.sessionId, { likes })
}
