/** How somebody stands in a room: kept silent, kept out, and how often people may speak there. */
import { and, desc, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import type { LiveSessionId, ShopId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { PACES, roomReasons } from '../../../shared/room/moderation.ts'
import { dayAndTime, type Instant } from '../../../shared/time.ts'
import type { Db } from '../../platform/db.ts'
import { roomMeasures } from './tables.ts'

type Measure = typeof roomMeasures.$inferSelect

/** What keeps a person silent in this session, and out of this shop's rooms; the one that lasts longest. One query. */
export async function standingOf(
  db: Db,
  of: { sessionId: LiveSessionId; shopId: ShopId; userId: UserId },
  now: Instant,
): Promise<{ mute: Measure | null; block: Measure | null }> {
  const rows = await db
    .select()
    .from(roomMeasures)
    .where(
      and(
        eq(roomMeasures.userId, of.userId),
        eq(roomMeasures.shopId, of.shopId),
        eq(roomMeasures.state, 'inForce'),
        inArray(roomMeasures.measure, ['mute', 'block']),
        or(isNull(roomMeasures.endsAt), gt(roomMeasures.endsAt, now)),
      ),
    )
  const longest = (of: Measure[]): Measure | null =>
    of.sort((a, b) => (b.endsAt ?? Number.MAX_SAFE_INTEGER) - (a.endsAt ?? Number.MAX_SAFE_INTEGER))[0] ?? null
  return {
    mute: longest(rows.filter((r) => r.measure === 'mute' && r.sessionId === of.sessionId)),
    block: longest(rows.filter((r) => r.measure === 'block')),
  }
}

const why = (measure: Measure): string => measure.words || roomReasons[measure.reason]

/** Refuses `blocked` for whoever is kept out, and `muted` for whoever is kept silent. */
export function mayTalk({ mute, block }: { mute: Measure | null; block: Measure | null }): void {
  if (block) throw refuse('blocked', { reason: why(block) })
  if (mute) throw refuse('muted', { until: mute.endsAt ? `${dayAndTime(mute.endsAt)} 后恢复` : '本场直播内有效', reason: why(mute) })
}

/** Seconds between two chats of one person in this session. One query. */
export async function paceOf(db: Db, sessionId: LiveSessionId): Promise<number> {
  const [slow] = await db
    .select({ pace: roomMeasures.pace })
    .from(roomMeasures)
    .where(and(eq(roomMeasures.sessionId, sessionId), eq(roomMeasures.measure, 'slow'), eq(roomMeasures.state, 'inForce')))
    .orderBy(desc(roomMeasures.id))
    .limit(1)
  return slow?.pace ?? PACES[0]
}
