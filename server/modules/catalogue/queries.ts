/** Reads of the catalogue for a shop's own people. */
import { and, count, desc, eq } from 'drizzle-orm'
import { missing } from '../../../shared/catalogue/complete.ts'
import { listingFlow, type RevisionState, revisionFlow, type ShelfState } from '../../../shared/catalogue/flow.ts'
import type { ShopAct } from '../../../shared/catalogue/words.ts'
import type { ListingId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { businessDay, type Instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { afterCursor, cut, type Page } from '../../platform/page.ts'
import { pictures } from '../assets/index.ts'
import { listings, revisions, skus } from './tables.ts'

/** What may be done with a listing now; the names are those of the procedures. */
const actsOn = (shelf: ShelfState, review: RevisionState, openedAt: Instant | null): ShopAct[] => [
  ...(review === 'inReview' ? [] : (['saveDraft'] as const)),
  ...(revisionFlow.acts(review, 'shop') as ShopAct[]),
  ...(listingFlow.acts(shelf, 'shop') as ShopAct[]),
  ...(openedAt === null ? [] : (['changeStock'] as const)),
]

/** The newest revision's state as a list shows it: a working revision is never superseded. */
type Review = Exclude<RevisionState, 'superseded'>

/** A shop's listings, newest first, with counts by shelf; three queries, whatever the number. */
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
      left: skus.left,
      skuId: skus.id,
      openedAt: skus.openedAt,
    })
    .from(listings)
    .innerJoin(revisions, eq(revisions.id, listings.workingRevisionId))
    .innerJoin(skus, eq(skus.listingId, listings.id))
    .where(and(eq(listings.shopId, shopId), shelf && eq(listings.state, shelf), afterCursor(page, listings.createdAt, listings.id)))
    .orderBy(desc(listings.createdAt), desc(listings.id))
    .limit(page.limit + 1)
  const { rows, next } = cut(page, found, (r) => ({ at: r.createdAt, id: r.id }))
  const shown = await pictures(
    app.read,
    app.ports.storage.url,
    rows.map((r) => r.draft.pictures[0] ?? null),
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
        skuId: r.skuId,
        title: r.draft.title,
        picture: first ? (shown.get(first) ?? null) : null,
        shelf: r.shelf,
        offBecause: r.offBecause,
        review: r.review as Review,
        priceFen: r.draft.priceFen,
        left: r.left,
        updatedAt: r.updatedAt,
        reasons: r.reasons === '' ? null : r.reasons,
        acts: actsOn(r.shelf, r.review, r.openedAt),
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

/** One listing of the shop with its newest wording and what that still lacks. Refuses `notFound`. */
export async function getOurs(app: App, shopId: ShopId, listingId: ListingId) {
  const [row] = await app.read
    .select({ listing: listings, revision: revisions, sku: { id: skus.id, left: skus.left }, openedAt: skus.openedAt })
    .from(listings)
    .innerJoin(revisions, eq(revisions.id, listings.workingRevisionId))
    .innerJoin(skus, eq(skus.listingId, listings.id))
    .where(and(eq(listings.id, listingId), eq(listings.shopId, shopId)))
  if (!row) throw refuse('notFound')
  const { listing, revision, sku, openedAt } = row
  const { draft } = revision
  const [approved] = listing.approvedRevisionId
    ? await app.read.select({ id: revisions.id, no: revisions.no }).from(revisions).where(eq(revisions.id, listing.approvedRevisionId))
    : []
  const shown = await pictures(app.read, app.ports.storage.url, [...draft.pictures, draft.labelPicture])
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
    missing: missing(draft, businessDay(app.clock.now())),
    sku,
    acts: actsOn(listing.state, revision.state, openedAt),
  }
}
