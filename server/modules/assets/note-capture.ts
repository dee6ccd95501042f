import { and, eq, gte } from 'drizzle-orm'
import type { AssetId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { after, type Instant, MINUTE } from '../../../shared/time.ts'
import { matched } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { assets } from './tables.ts'

/** How long after it came in a photo may be said to have been taken in the app. */
const SAID_WITHIN = 10 * MINUTE

/**
 * Notes that a photo was taken in the app, when and (with consent) where: what the phone says, kept to a hundredth of a degree, told beside the
 * moment at which it came in, which the house knows. Once, within ten minutes of the upload; the same word again changes nothing. Refuses
 * `notFound` (not this shop's), `notNow` (too late, or said otherwise before).
 */
export async function noteCapture(
  work: Work,
  said: { shopId: ShopId; assetId: AssetId; takenAt: Instant; place: { latitude: number; longitude: number } | null },
): Promise<{ source: 'camera' }> {
  const { shopId, assetId, takenAt, place } = said
  const ours = and(eq(assets.id, assetId), eq(assets.shopId, shopId))
  const noted = await work.db
    .update(assets)
    .set({
      source: 'camera',
      takenAt,
      latitudeE2: place && Math.round(place.latitude * 100),
      longitudeE2: place && Math.round(place.longitude * 100),
    })
    .where(and(ours, eq(assets.source, 'album'), gte(assets.storedAt, after(work.now, -SAID_WITHIN))))
  if (matched(noted) === 1) return { source: 'camera' }
  const [have] = await work.db.select({ takenAt: assets.takenAt }).from(assets).where(ours)
  if (!have) throw refuse('notFound')
  if (have.takenAt !== takenAt) throw refuse('notNow')
  return { source: 'camera' }
}
