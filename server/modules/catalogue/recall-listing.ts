import { eq } from 'drizzle-orm'
import { type RevisionState, revisionFlow, type ShelfState } from '../../../shared/catalogue/flow.ts'
import type { ListingId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { advance, type Work } from '../../platform/work.ts'
import { closeCase } from '../moderation/index.ts'
import { lockOurs } from './our-listing.ts'
import { listings, revisions } from './tables.ts'
import { giveBack } from './take-grams.ts'

/** Takes a revision back from the desk, as long as nobody has decided; what it held of its batches goes back to them. Refuses `notFound`, `notNow` (not in review), `stale` (decided just now). */
export async function recallListing(
  work: Work,
  ask: { shopId: ShopId; listingId: ListingId },
): Promise<{ shelf: ShelfState; review: RevisionState }> {
  const { listing, working } = await lockOurs(work, ask.shopId, ask.listingId)
  if (working.state !== 'inReview') throw refuse('notNow')
  // the verdict may be on its way to us: then the desk was faster
  if (!(await closeCase(work, 'listing', listing.id, working.id))) throw refuse('stale')
  await advance(work, revisions, working.id, revisionFlow, 'recall', { taken: null })
  await giveBack(work, working.taken)
  await work.db.update(listings).set({ updatedAt: work.now }).where(eq(listings.id, listing.id))
  return { shelf: listing.state, review: 'draft' }
}
