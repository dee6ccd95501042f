/** How long each tea of a bag was explained. */
import { asc, eq } from 'drizzle-orm'
import type { BagItemId, LiveSessionId } from '../../../shared/ids.ts'
import type { Instant } from '../../../shared/time.ts'
import type { Db } from '../../platform/db.ts'
import { type BagFacts, sessionOf } from './facts.ts'
import { bagItems, pinMoments } from './tables.ts'

/** Every item that ever was in the bag, by its number, with the time for which it was pinned: until the next pin, the end, or now. Three queries. */
export async function explainedIn(db: Db, sessionId: LiveSessionId, now: Instant): Promise<(BagFacts & { ms: number })[]> {
  const [session, items, pins] = await Promise.all([
    sessionOf(db, sessionId),
    db
      .select({ id: bagItems.id, number: bagItems.number, listingId: bagItems.listingId, skuId: bagItems.skuId })
      .from(bagItems)
      .where(eq(bagItems.sessionId, sessionId))
      .orderBy(asc(bagItems.number)),
    db
      .select({ bagItemId: pinMoments.bagItemId, at: pinMoments.at })
      .from(pinMoments)
      .where(eq(pinMoments.sessionId, sessionId))
      .orderBy(asc(pinMoments.seq)),
  ])
  const end = session?.endedAt ?? now
  const spent = new Map<BagItemId, number>()
  for (const [i, { bagItemId, at }] of pins.entries())
    if (bagItemId) spent.set(bagItemId, (spent.get(bagItemId) ?? 0) + Math.max(0, (pins[i + 1]?.at ?? end) - at))
  return items.map((item) => ({ ...item, ms: spent.get(item.id) ?? 0 }))
}
