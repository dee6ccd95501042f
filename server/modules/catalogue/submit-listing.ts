import { eq } from 'drizzle-orm'
import { missing } from '../../../shared/catalogue/complete.ts'
import { revisionFlow } from '../../../shared/catalogue/flow.ts'
import { papersNeeded } from '../../../shared/catalogue/paper-needs.ts'
import type { ListingId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { businessDay } from '../../../shared/time.ts'
import { advance, type Work } from '../../platform/work.ts'
import { openCase } from '../moderation/index.ts'
import { mustBeOpen, mustHold } from '../tenants/index.ts'
import { lockOurs } from './our-listing.ts'
import { sheetOf } from './sheet.ts'
import { listings, revisions } from './tables.ts'

/**
 * Hands the working revision to the desk. Refuses `notFound`, `incomplete` (with what is missing, by field), `inReviewAlready`,
 * `notNow` (nothing new to review), `paperMissing` (a paper that such a tea needs is not verified).
 */
export async function submitListing(work: Work, ask: { shopId: ShopId; listingId: ListingId }): Promise<{ state: 'inReview' }> {
  await mustBeOpen(work, ask.shopId)
  const { listing, working } = await lockOurs(work, ask.shopId, ask.listingId)
  if (working.state === 'inReview') throw refuse('inReviewAlready')
  if (working.state !== 'draft') throw refuse('notNow')
  const lacks = missing(working.draft, businessDay(work.now))
  if (lacks.length > 0) {
    const fields: Record<string, string> = {}
    for (const { field, words } of lacks) fields[field] ??= words
    throw refuse('incomplete', { count: lacks.length }, fields)
  }
  const { needs, scope } = papersNeeded(working.draft)
  await mustHold(work, ask.shopId, needs, scope, businessDay(work.now))
  await advance(work, revisions, working.id, revisionFlow, 'submit', { submittedAt: working.submittedAt ?? work.now })
  await work.db.update(listings).set({ updatedAt: work.now }).where(eq(listings.id, listing.id))
  const [before] = listing.approvedRevisionId
    ? await work.db
        .select({ id: revisions.id, no: revisions.no, draft: revisions.draft })
        .from(revisions)
        .where(eq(revisions.id, listing.approvedRevisionId))
    : []
  await openCase(work, {
    subject: 'listing',
    subjectId: listing.id,
    revision: working.id,
    shopId: ask.shopId,
    title: working.title,
    pictureId: working.draft.pictures[0] ?? null,
    now: sheetOf(working),
    before: before ? sheetOf(before) : null,
  })
  await work.tell('listing.submitted', { listingId: listing.id, revisionId: working.id, shopId: ask.shopId })
  return { state: 'inReview' }
}
