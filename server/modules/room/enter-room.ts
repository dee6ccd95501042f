import type { LiveSessionId, ShopId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { App } from '../../platform/app.ts'
import type { Actor } from '../../platform/work.ts'
import { sessionOf, shownSession } from '../live/index.ts'
import { roomsOf } from './rooms.ts'
import { mayTalk, standingOf } from './standing.ts'
import { issueTicket } from './tickets.ts'

export interface Entrance {
  ticket: string
  /** Where the socket is, without the origin. */
  path: string
  /** The number of the last message said so far; 0 where this node holds no socket of the room yet. */
  seq: number
  viewerKey: string
}

/**
 * Gives a ticket to the socket of a session; for a desk, of a session of this shop. Refuses `notFound`, viewers also while the shop is suspended, and
 * `blocked` whom the shop or the park keeps out.
 */
export async function enterRoom(
  app: App,
  by: Actor,
  ask: { sessionId: LiveSessionId; viewerKey: string; shopId: ShopId | null; userId: UserId | null },
): Promise<Entrance> {
  const { sessionId, viewerKey, shopId, userId } = ask
  const session = shopId === null ? await shownSession(app.read, sessionId) : await sessionOf(app.read, sessionId)
  if (!session || (shopId !== null && session.shopId !== shopId)) throw refuse('notFound')
  if (shopId === null && userId !== null) {
    const { block } = await standingOf(app.read, { sessionId, shopId: session.shopId, userId }, app.clock.now())
    mayTalk({ block, mute: null })
  }
  const ticket = await app.work(by, (work) => issueTicket(work, sessionId, viewerKey))
  return { ticket, path: `/room?ticket=${ticket}&session=${sessionId}`, seq: roomsOf(app).seqOf(sessionId), viewerKey }
}
