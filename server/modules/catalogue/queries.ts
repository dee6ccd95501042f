/** Reads of the catalogue for a shop's own people. */
import { and, asc, count, desc, eq, inArray } from 'drizzle-orm'
import { missing } from '../../../shared/catalogue/complete.ts'
import type { ListingDraft } from '../../../shared/catalogue/draft.ts'
import { listingFlow, type RevisionState, revisionFlow, type ShelfState } from '../../../shared/catalogue/flow.ts'
import { packUnitWords, type ShopAct } from '../../../shared/catalogue/words.ts'
import type { BatchId, ListingId, RevisionId, ShopId, SkuId } from '../../../shared/ids.ts'
import type { Fen } from '../../../shared/money.ts'
import { refuse } from '../../../shared/refusals.ts'
import { businessDay } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import type { Db } from '../../platform/db.ts'
import { afterCursor, cut, type Page } from '../../platform/page.ts'
import { pictures } from '../assets/index.ts'
import { knownOf } from './known.ts'
import { leftCount } from './shelf.ts'
import { listings, lots, offerLots, offerSkus, revisions, skus } from './tables.ts'

/** What may be done with a listing now; the names are those of the procedures. */
const actsOn = (shelf: ShelfState, review: RevisionState, approved: RevisionId | null): ShopAct[] => [
  ...(review === 'inReview' ? [] : (['saveDraft'] as const)),
  ...(revisionFlow.acts(review, 'shop') as ShopAct[]),
  ...(listingFlow.acts(shelf, 'shop') as ShopAct[]),
  ...(approved === null ? [] : (['changeStock'] as const)),
]

/** The newest revision's state as a list shows it: a working revision is never superseded. */
type Review = Exclude<RevisionState, 'superseded'>

/** A sku as its shop counts it. */
export interface OurSku {
  id: SkuId
  key: string
  name: string
  unit: string
  priceFen: Fen
  left: number
  /** The batches it is sold from, in order, with the base units left of each. */
  batches: { batchId: BatchId; code: string; left: number; frozen: boolean }[]
  baseUnits: number
}

/** The skus of these wordings, in the order of the form; two queries. */
async function skusOf(db: Db, revisionIds: readonly (RevisionId | null)[]): Promise<Map<RevisionId, OurSku[]>> {
  const ids = revisionIds.filter((id) => id !== null)
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({
      revisionId: offerSkus.revisionId,
      id: offerSkus.skuId,
      key: skus.key,
      name: offerSkus.name,
      unit: offerSkus.unit,
      priceFen: offerSkus.priceFen,
      baseUnits: offerSkus.baseUnits,
      left: leftCount,
    })
    .from(offerSkus)
    .innerJoin(skus, eq(skus.id, offerSkus.skuId))
    .where(inArray(offerSkus.revisionId, ids))
    .orderBy(asc(offerSkus.place))
  const from = await db
    .select({
      revisionId: offerLots.revisionId,
      skuId: offerLots.skuId,
      batchId: lots.batchId,
      code: lots.batchCode,
      left: lots.left,
      frozen: lots.frozen,
    })
    .from(offerLots)
    .innerJoin(lots, eq(lots.id, offerLots.lotId))
    .where(inArray(offerLots.revisionId, ids))
    .orderBy(asc(offerLots.place))
  const found = new Map<RevisionId, OurSku[]>(ids.map((id) => [id, []]))
  for (const { revisionId, unit, ...row } of rows) {
    const batches = from
      .filter((f) => f.revisionId === revisionId && f.skuId === row.id)
      .map(({ batchId, code, left, frozen }) => ({ batchId, code, left, frozen }))
    found.get(revisionId)?.push({ ...row, unit: packUnitWords[unit], batches })
  }
  return found
}

/** A shop's listings, newest first, with counts by shelf; five queries, whatever the number. */
export async function listOurs(app: App, shopId: ShopId, shelf: ShelfState | undefined, page: Page) {
  const found = await app.read
    .select({
      id: listings.id,
      shelf: listings.state,
      createdAt: listings.createdAt,
      updatedAt: listings.updatedAt,
      offBecause: listings.offBecause,
      review: revisions.state,
      draft: revisions.draft,
      reasons: revisions.reasons,
      approved: listings.approvedRevisionId,
    })
    .from(listings)
    .innerJoin(revisions, eq(revisions.id, listings.workingRevisionId))
    .where(and(eq(listings.shopId, shopId), shelf && eq(listings.state, shelf), afterCursor(page, listings.createdAt, listings.id)))
    .orderBy(desc(listings.createdAt), desc(listings.id))
    .limit(page.limit + 1)
  const { rows, next } = cut(page, found, (r) => ({ at: r.createdAt, id: r.id }))
  const shown = await pictures(
    app.read,
    app.ports.storage.url,
    rows.map((r) => r.draft.pictures[0] ?? null),
  )
  const ours = await skusOf(
    app.read,
    rows.map((r) => r.approved),
  )
  const counted = await app.read
    .select({ shelf: listings.state, review: revisions.state, n: count() })
    .from(listings)
    .innerJoin(revisions, eq(revisions.id, listings.workingRevisionId))
    .where(eq(listings.shopId, shopId))
    .groupBy(listings.state, revisions.state)
  const countOf = (is: (c: (typeof counted)[number]) => boolean) => counted.filter(is).reduce((sum, c) => sum + c.n, 0)
  return {
    rows: rows.map((r) => {
      const [first] = r.draft.pictures
      return {
        id: r.id,
        productClass: r.draft.productClass,
        title: r.draft.title,
        picture: first ? (shown.get(first) ?? null) : null,
        shelf: r.shelf,
        offBecause: r.offBecause,
        review: r.review as Review,
        /** The lowest price written, if any is. */
        priceFen: lowest(r.draft),
        /** What is sold now; empty before the first approval. */
        skus: (r.approved && ours.get(r.approved)) ?? [],
        updatedAt: r.updatedAt,
        reasons: r.reasons === '' ? null : r.reasons,
        acts: actsOn(r.shelf, r.review, r.approved),
      }
    }),
    next,
    counts: {
      draft: countOf((c) => c.shelf === 'draft'),
      onShelf: countOf((c) => c.shelf === 'onShelf'),
      offShelf: countOf((c) => c.shelf === 'offShelf'),
      inReview: countOf((c) => c.review === 'inReview'),
    },
  }
}

const lowest = (draft: ListingDraft): Fen | null => {
  const prices = draft.skus.flatMap((s) => (s.priceFen === null ? [] : [s.priceFen]))
  return prices.reduce<Fen | null>((low, price) => (low === null || price < low ? price : low), null)
}

/** One listing of the shop with its newest wording and what that still lacks; twelve queries at most. Refuses `notFound`. */
export async function getOurs(app: App, shopId: ShopId, listingId: ListingId) {
  const [row] = await app.read
    .select({ listing: listings, revision: revisions })
    .from(listings)
    .innerJoin(revisions, eq(revisions.id, listings.workingRevisionId))
    .where(and(eq(listings.id, listingId), eq(listings.shopId, shopId)))
  if (!row) throw refuse('notFound')
  const { listing, revision } = row
  const { draft } = revision
  const [approved] = listing.approvedRevisionId
    ? await app.read.select({ id: revisions.id, no: revisions.no }).from(revisions).where(eq(revisions.id, listing.approvedRevisionId))
    : []
  const shown = await pictures(app.read, app.ports.storage.url, [...draft.pictures, draft.labelPicture])
  const known = await knownOf(app.read, shopId, listingId, draft, app.clock.now())
  const ours = await skusOf(app.read, [listing.approvedRevisionId])
  return {
    id: listing.id,
    shelf: listing.state,
    revision: {
      id: revision.id,
      no: revision.no,
      state: revision.state as Review,
      draft,
      reasons: revision.reasons === '' ? null : revision.reasons,
    },
    approved: approved ?? null,
    /** The draft's pictures, so that the form can show them. */
    pictures: [...shown.values()],
    /** What the form needs to know to find the same faults as the server. */
    known,
    missing: missing(draft, businessDay(app.clock.now()), known),
    /** What is sold now; empty before the first approval. */
    skus: (listing.approvedRevisionId && ours.get(listing.approvedRevisionId)) ?? [],
    acts: actsOn(listing.state, revision.state, listing.approvedRevisionId),
  }
}
