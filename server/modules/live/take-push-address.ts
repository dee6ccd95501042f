import { eq } from 'drizzle-orm'
import type { LiveSessionId, ShopId, UserId } from '../../../shared/ids.ts'
import { SESSION_SPAN } from '../../../shared/live/limits.ts'
import { after, type Instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import type { Actor } from '../../platform/work.ts'
import type { PushAddress } from '../../ports/media.ts'
import { lockOursOpen } from './our-session.ts'
import { mustBeReady } from './preflight.ts'
import { liveSessions } from './tables.ts'

/**
 * The address to push to, good for this session only and until twelve hours after its planned start (a session on air: from when it began).
 * The key dies earlier when the session ends, because then its stream may not be published. An owner or streamer who takes it is from then on
 * the one viewers see named. Refuses `notFound`, `sessionOver`, `notReady`
 * while the check before the broadcast finds what blocks.
 */
export async function takePushAddress(
  app: App,
  by: Actor,
  ask: { shopId: ShopId; sessionId: LiveSessionId; userId: UserId; role: string },
): Promise<PushAddress & { until: Instant }> {
  const session = await app.work(by, async (work) => {
    const row = await lockOursOpen(work, ask.shopId, ask.sessionId)
    if (row.state === 'scheduled') await mustBeReady(work.db, row.id)
    if (ask.role !== 'assistant' && row.streamerUserId !== ask.userId)
      await work.db.update(liveSessions).set({ streamerUserId: ask.userId }).where(eq(liveSessions.id, row.id))
    return row
  })
  const from = Math.max(session.startsAt, session.startedAt ?? 0) as Instant
  const until = after(from, SESSION_SPAN)
  return { ...app.ports.media.pushAddress(session.streamName, until), until }
}
