import { randomBytes } from 'node:crypto'
import type { AssetId, LiveSessionId, ShopId, UserId } from '../../../shared/ids.ts'
import { SCHEDULE_AHEAD, SCHEDULE_GRACE } from '../../../shared/live/limits.ts'
import { fen } from '../../../shared/money.ts'
import { refuse } from '../../../shared/refusals.ts'
import { type Instant, instant } from '../../../shared/time.ts'
import { newId, type Work } from '../../platform/work.ts'
import { mustBeOurs } from '../assets/index.ts'
import { doubtsIn, readingNow } from '../moderation/index.ts'
import { mustBeOpen } from '../tenants/index.ts'
import { liveSessions, sessionTotals } from './tables.ts'

/**
 * Announces a session. Its stream gets a name of 128 random bits.
 * Refuses `notFound` (the shop is not open, the cover is not the shop's), `sessionTime`, `wordsRefused`.
 */
export async function scheduleSession(
  work: Work,
  ask: { shopId: ShopId; title: string; startsAt: Instant; coverId: AssetId | null; streamer: UserId; aiHost?: boolean },
): Promise<LiveSessionId> {
  if (ask.startsAt < work.now - SCHEDULE_GRACE || ask.startsAt > work.now + SCHEDULE_AHEAD) throw refuse('sessionTime')
  if (doubtsIn(await readingNow(work.db), ask.title).length > 0) throw refuse('wordsRefused')
  await mustBeOpen(work, ask.shopId)
  if (ask.coverId) await mustBeOurs(work, ask.shopId, [ask.coverId])
  const id = newId('LiveSession')
  await work.db.insert(liveSessions).values({
    id,
    shopId: ask.shopId,
    state: 'scheduled',
    title: ask.title,
    coverId: ask.coverId,
    aiHost: ask.aiHost ?? false,
    startsAt: ask.startsAt,
    createdAt: work.now,
    streamName: `s${randomBytes(16).toString('hex')}`,
    streamerUserId: ask.streamer,
    pinSeq: 0,
    lastNumber: 0,
  })
  await work.db
    .insert(sessionTotals)
    .values({ sessionId: id, likes: 0, orders: 0, paidFen: fen(0), viewers: 0, viewersAt: instant(work.now) })
  await work.tell('session.scheduled', { sessionId: id, shopId: ask.shopId })
  return id
}
