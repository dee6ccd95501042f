import { eq } from 'drizzle-orm'
import { onlyOfClass } from '../../../shared/catalogue/classes.ts'
import { missing } from '../../../shared/catalogue/complete.ts'
import { revisionFlow } from '../../../shared/catalogue/flow.ts'
import { type WholeListing, wholeOf } from '../../../shared/catalogue/legal.ts'
import { papersNeeded } from '../../../shared/catalogue/paper-needs.ts'
import { gramsAt, per100g } from '../../../shared/catalogue/units.ts'
import type { ListingId, ShopId } from '../../../shared/ids.ts'
import type { Risk } from '../../../shared/moderation/risk.ts'
import { refuse } from '../../../shared/refusals.ts'
import { businessDay } from '../../../shared/time.ts'
import { advance, type Work } from '../../platform/work.ts'
import { openCase } from '../moderation/index.ts'
import { mustBeOpen, mustHold } from '../tenants/index.ts'
import { knownOf } from './known.ts'
import { lockOurs } from './our-listing.ts'
import { batchesNamed, claimFactsOf, codesOf, sheetOf } from './sheet.ts'
import { listings, revisions } from './tables.ts'
import { takeGrams } from './take-grams.ts'

/**
 * Hands the working revision to the desk, without what its class does not ask for, and takes from its batches what its new skus will open with:
 * so that nobody can list the same tea twice while both wait. Refuses `notFound`, `incomplete` (with what is missing, by path), `inReviewAlready`,
 * `notNow` (nothing new to review), `massBalance` and `batchFrozen` (traceability's), `paperMissing` (a paper that such a tea needs is not verified).
 */
export async function submitListing(work: Work, ask: { shopId: ShopId; listingId: ListingId }): Promise<{ state: 'inReview' }> {
  await mustBeOpen(work, ask.shopId)
  const { listing, working } = await lockOurs(work, ask.shopId, ask.listingId)
  if (working.state === 'inReview') throw refuse('inReviewAlready')
  if (working.state !== 'draft') throw refuse('notNow')
  const draft = onlyOfClass(working.draft)
  const known = await knownOf(work.db, ask.shopId, listing.id, draft, work.now)
  const lacks = missing(draft, businessDay(work.now), known)
  if (lacks.length > 0) {
    const fields: Record<string, string> = {}
    for (const { path, words } of lacks) fields[path] ??= words
    throw refuse('incomplete', { count: lacks.length }, fields)
  }
  const { needs, scope } = papersNeeded(draft)
  await mustHold(work, ask.shopId, needs, scope, businessDay(work.now))
  const taken = await takeGrams(work, wholeOf(draft), new Set(known.opened))
  await advance(work, revisions, working.id, revisionFlow, 'submit', {
    submittedAt: working.submittedAt ?? work.now,
    draft,
    taken,
  })
  await work.db.update(listings).set({ updatedAt: work.now }).where(eq(listings.id, listing.id))
  const [before] = listing.approvedRevisionId
    ? await work.db
        .select({ id: revisions.id, no: revisions.no, draft: revisions.draft })
        .from(revisions)
        .where(eq(revisions.id, listing.approvedRevisionId))
    : []
  const batches = await batchesNamed(work.db, [draft, before?.draft])
  const codes = codesOf(batches)
  await openCase(work, {
    subject: 'listing',
    subjectId: listing.id,
    revision: working.id,
    shopId: ask.shopId,
    title: working.title,
    pictureId: draft.pictures[0] ?? null,
    now: sheetOf({ ...working, draft }, codes),
    before: before ? sheetOf(before, codes) : null,
    risks: risksOf(wholeOf(draft)),
    facts: claimFactsOf(draft, batches, work.now),
  })
  await work.tell('listing.submitted', { listingId: listing.id, revisionId: working.id, shopId: ask.shopId })
  return { state: 'inReview' }
}

/** From this price on for 100 g, in fen, a tea is dear enough to be read twice. */
const DEAR = 50_000

/** What makes a listing want care that only the catalogue can know. */
const risksOf = (listing: WholeListing): Risk[] => {
  const dear = listing.skus.some((sku) => per100g(sku.priceFen, gramsAt(listing, sku.level) ?? listing.netGrams) >= DEAR)
  return [
    ...(listing.productClass === 'dish' ? [{ points: 15, why: '鲜食菜品' }] : []),
    ...(listing.treeClass === 'ancient' ? [{ points: 20, why: '标明古树' }] : []),
    ...(dear ? [{ points: 15, why: '每 100 克 500 元以上' }] : []),
  ]
}
