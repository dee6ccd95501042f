import { and, eq } from 'drizzle-orm'
import { listingFlow } from '../../../shared/catalogue/flow.ts'
import { papersNeeded } from '../../../shared/catalogue/paper-needs.ts'
import type { ShopId } from '../../../shared/ids.ts'
import { anyOfWords, unmet } from '../../../shared/tenants/papers.ts'
import { businessDay } from '../../../shared/time.ts'
import { tryAdvance, type Work } from '../../platform/work.ts'
import { papersFor } from '../tenants/index.ts'
import { listings, revisions } from './tables.ts'

/**
 * Takes everything off the shelf of a shop for which a paper is no longer held, and notes which: from this moment nothing of it can be ordered.
 * Nothing wakes by itself: with a new paper the shop puts it on again. Safe to repeat; two reads and one update for each that falls asleep.
 */
export async function sleepListings(work: Work, shopId: ShopId): Promise<void> {
  const day = businessDay(work.now)
  const held = await papersFor(work.db, shopId, day)
  const shelved = await work.db
    .select({ id: listings.id, draft: revisions.draft })
    .from(listings)
    .innerJoin(revisions, eq(revisions.id, listings.approvedRevisionId))
    .where(and(eq(listings.shopId, shopId), eq(listings.state, 'onShelf')))
    .orderBy(listings.id)
  for (const { id, draft } of shelved) {
    const { needs, scope } = papersNeeded(draft)
    const [lack] = unmet(held, needs, scope, day)
    if (!lack) continue
    const offBecause = `没有有效的${anyOfWords(lack.anyOf)}`
    if (await tryAdvance(work, listings, id, listingFlow, 'sleep', { offBecause, updatedAt: work.now }))
      await work.tell('listing.offShelf', { listingId: id, shopId })
  }
}
