import { eq } from 'drizzle-orm'
import { type Missing, missing } from '../../../shared/catalogue/complete.ts'
import type { ListingDraft } from '../../../shared/catalogue/draft.ts'
import { revisionFlow } from '../../../shared/catalogue/flow.ts'
import type { ListingId, RevisionId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { businessDay } from '../../../shared/time.ts'
import { advance, newId, type Work } from '../../platform/work.ts'
import { mustBeOurs } from '../assets/index.ts'
import { mustOwn } from '../traceability/index.ts'
import { knownOf, openedKeys } from './known.ts'
import { lockOurs } from './our-listing.ts'
import { listings, revisions } from './tables.ts'

export interface Saved {
  listingId: ListingId
  revisionId: RevisionId
  missing: Missing[]
}

/**
 * Saves what a shop has written so far, complete or not: a new listing, the working revision, or, where that was submitted once, a new revision
 * beside it, while the approved one goes on being sold. Refuses `notFound` (listing, picture or batch is not the shop's), `inReviewAlready`.
 */
export async function saveDraft(
  work: Work,
  ask: { shopId: ShopId; listingId?: ListingId | undefined; draft: ListingDraft },
): Promise<Saved> {
  const { shopId } = ask
  const draft = { ...ask.draft, captions: ask.draft.pictures.map((_, i) => ask.draft.captions[i] ?? '') }
  await mustBeOurs(work, shopId, [...draft.pictures, draft.labelPicture])
  await mustOwn(work, shopId, [...new Set(draft.skus.flatMap((s) => s.batchIds))])
  const saved = ask.listingId ? await edit(work, shopId, ask.listingId, draft) : await create(work, shopId, draft)
  return {
    ...saved,
    missing: missing(saved.draft, businessDay(work.now), await knownOf(work.db, shopId, saved.listingId, saved.draft, work.now)),
  }
}

const create = async (work: Work, shopId: ShopId, draft: ListingDraft) => {
  const listingId = newId('Listing')
  const revisionId = newId('Revision')
  await work.db
    .insert(listings)
    .values({ id: listingId, shopId, state: 'draft', workingRevisionId: revisionId, createdAt: work.now, updatedAt: work.now })
  await insertRevision(work, { id: revisionId, listingId, no: 1, draft })
  return { listingId, revisionId, draft }
}

const edit = async (work: Work, shopId: ShopId, listingId: ListingId, written: ListingDraft) => {
  const { working } = await lockOurs(work, shopId, listingId)
  if (working.state === 'inReview') throw refuse('inReviewAlready')
  // once a sku is open its stock is changed by differences; the form's number is history
  const opened = new Set(await openedKeys(work.db, listingId))
  const stockWas = new Map(working.draft.skus.map((s) => [s.key, s.stock]))
  const draft = { ...written, skus: written.skus.map((s) => (opened.has(s.key) ? { ...s, stock: stockWas.get(s.key) ?? null } : s)) }
  const fresh = working.state === 'draft' && working.submittedAt === null
  const revisionId = fresh ? working.id : newId('Revision')
  if (fresh) await work.db.update(revisions).set({ draft, title: draft.title }).where(eq(revisions.id, working.id))
  else {
    if (working.state === 'draft') await advance(work, revisions, working.id, revisionFlow, 'supersede')
    await insertRevision(work, { id: revisionId, listingId, no: working.no + 1, draft })
  }
  await work.db.update(listings).set({ workingRevisionId: revisionId, updatedAt: work.now }).where(eq(listings.id, listingId))
  return { listingId, revisionId, draft }
}

const insertRevision = (work: Work, revision: { id: RevisionId; listingId: ListingId; no: number; draft: ListingDraft }) =>
  work.db.insert(revisions).values({ ...revision, state: 'draft', title: revision.draft.title, reasons: '', createdAt: work.now })
