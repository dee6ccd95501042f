import { and, eq, isNull, sql } from 'drizzle-orm'
import { listingFlow, revisionFlow } from '../../../shared/catalogue/flow.ts'
import { wholeOf } from '../../../shared/catalogue/legal.ts'
import type { ListingId, RevisionId } from '../../../shared/ids.ts'
import type { Verdict } from '../../../shared/moderation/flow.ts'
import { advance, tryAdvance, type Work } from '../../platform/work.ts'
import { sleepListings } from './sleep-listings.ts'
import { listings, offers, revisions, skus } from './tables.ts'
import { tellStock } from './tell-stock.ts'

/**
 * Does what the desk decided, if it is still the revision in review: approved becomes the wording that is sold (and stands on the shelf, the first
 * time), the one before is superseded; rejected keeps the reasons. Heard twice, it happens once.
 */
export async function settleReview(
  work: Work,
  decided: { listingId: ListingId; revisionId: RevisionId; verdict: Verdict; reasons: string },
): Promise<void> {
  const { listingId, revisionId, verdict, reasons } = decided
  const [listing] = await work.db.select().from(listings).where(eq(listings.id, listingId)).for('update')
  if (listing?.workingRevisionId !== revisionId) return
  const { shopId } = listing
  if (verdict === 'rejected') {
    if (!(await tryAdvance(work, revisions, revisionId, revisionFlow, 'reject', { decidedAt: work.now, reasons }))) return
    await touch(work, listingId)
    await work.tell('listing.rejected', { listingId, revisionId, shopId, reasons })
    return
  }
  if (!(await tryAdvance(work, revisions, revisionId, revisionFlow, 'approve', { decidedAt: work.now }))) return
  const [approved] = await work.db.select({ draft: revisions.draft }).from(revisions).where(eq(revisions.id, revisionId))
  if (!approved) return
  const whole = wholeOf(approved.draft)
  await work.db.insert(offers).values({
    revisionId,
    title: whole.title,
    pictureId: whole.pictures[0],
    kind: whole.kind,
    form: whole.form,
    season: whole.season,
    materialYear: whole.materialYear,
    hill: whole.hill,
    netGrams: whole.netGrams,
    priceFen: whole.priceFen,
  })
  if (listing.approvedRevisionId) await advance(work, revisions, listing.approvedRevisionId, revisionFlow, 'supersede')
  await work.db.update(listings).set({ approvedRevisionId: revisionId }).where(eq(listings.id, listingId))
  await touch(work, listingId)
  await openStock(work, listingId, whole.stock)
  if (await tryAdvance(work, listings, listingId, listingFlow, 'shelve', { shelvedAt: work.now }))
    await work.tell('listing.onShelf', { listingId, shopId })
  await work.tell('listing.approved', { listingId, revisionId, shopId })
  // a paper may have ended while the revision waited
  await sleepListings(work, shopId)
}

const touch = (work: Work, listingId: ListingId) => work.db.update(listings).set({ updatedAt: work.now }).where(eq(listings.id, listingId))

/** The first approval fills the shelf, once. */
const openStock = async (work: Work, listingId: ListingId, stock: number) => {
  const [sku] = await work.db
    .select({ id: skus.id })
    .from(skus)
    .where(and(eq(skus.listingId, listingId), isNull(skus.openedAt)))
  if (!sku) return
  await work.db
    .update(skus)
    .set({ openingStock: stock, left: sql`${skus.left} + ${stock}`, openedAt: work.now })
    .where(and(eq(skus.id, sku.id), isNull(skus.openedAt)))
  await tellStock(work, [sku.id])
}
