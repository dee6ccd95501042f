/** What search knows of listings: the facts they are found and narrowed by, never a draft's. */
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { per100g } from '../../../shared/catalogue/units.ts'
import type { ListingId, ShopId } from '../../../shared/ids.ts'
import type { Fen } from '../../../shared/money.ts'
import type { Instant } from '../../../shared/time.ts'
import type { Db } from '../../platform/db.ts'
import { batchesOf } from '../traceability/index.ts'
import { sold } from './shelf.ts'
import { listings, lots, offerSkus, reservations, revisions } from './tables.ts'

/** A listing as search keeps it. Facets come from what the park has verified, never from the title. */
export interface Searchable {
  listingId: ListingId
  shopId: ShopId
  onShelf: boolean
  title: string
  maker: string
  productClass: string | null
  kind: string | null
  form: string | null
  year: number | null
  hill: string | null
  season: string | null
  treeClass: string | null
  /** Of the cheapest that can be bought. */
  per100gFen: Fen
  /** Of the sku of which most is left. */
  left: number
  /** Base units sold so far. */
  sold: number
  /** When it first stood on the shelf. */
  listedAt: Instant
}

/** What there is to find of these listings in their approved wording; four queries. What was never approved is left out. */
export async function searchables(db: Db, ids: readonly ListingId[]): Promise<Map<ListingId, Searchable>> {
  if (ids.length === 0) return new Map()
  const rows = await sold(db, inArray(listings.id, [...ids])).orderBy(asc(offerSkus.place))
  const found = [...new Set(rows.map((r) => r.listingId))]
  if (found.length === 0) return new Map()
  const wordings = await db
    .select({ listingId: listings.id, draft: revisions.draft, createdAt: listings.createdAt, shelvedAt: listings.shelvedAt })
    .from(revisions)
    .innerJoin(listings, eq(listings.approvedRevisionId, revisions.id))
    .where(inArray(listings.id, found))
  const counted = await db
    .select({ listingId: lots.listingId, n: sql<number | string>`sum(${reservations.baseUnits})` })
    .from(reservations)
    .innerJoin(lots, eq(lots.id, reservations.lotId))
    .where(and(inArray(lots.listingId, found), eq(reservations.state, 'sold')))
    .groupBy(lots.listingId)
  const made = await batchesOf(
    db,
    rows.flatMap((r) => r.batches.map((b) => b.batchId)),
  )
  const soldOf = new Map(counted.map((c) => [c.listingId, Number(c.n)]))
  return new Map(
    wordings.flatMap(({ listingId, draft, createdAt, shelvedAt }) => {
      const skus = rows.filter((r) => r.listingId === listingId)
      const [face] = skus
      if (!face) return []
      const verified = skus
        .flatMap((s) => s.batches.flatMap(({ batchId }) => made.get(batchId) ?? []))
        .filter((b) => b.state === 'verified')
      const proven = <K extends 'kind' | 'materialYear' | 'hill' | 'season' | 'treeClass'>(fact: K) => {
        const values = new Set(verified.map((b) => b[fact]))
        return values.size === 1 ? (verified[0]?.[fact] ?? null) : null
      }
      const open = skus.filter((s) => s.left > 0)
      const per100 = (open.length > 0 ? open : skus).map((s) => per100g(s.priceFen, s.netGrams))
      const one: Searchable = {
        listingId,
        shopId: face.shopId,
        onShelf: face.state === 'onShelf',
        title: face.title,
        maker: draft.makerName,
        productClass: face.productClass,
        kind: proven('kind'),
        form: face.form,
        year: proven('materialYear'),
        hill: proven('hill'),
        season: proven('season'),
        treeClass: proven('treeClass'),
        per100gFen: per100.reduce((low, price) => (price < low ? price : low)),
        left: skus.reduce((most, s) => Math.max(most, s.left), 0),
        sold: soldOf.get(listingId) ?? 0,
        listedAt: shelvedAt ?? createdAt,
      }
      return [[listingId, one] as const]
    }),
  )
}

/** Ids of all listings in the order of ids, after one of them; one query. */
export async function listingIdsAfter(db: Db, after: ListingId | null, limit: number): Promise<ListingId[]> {
  const rows = await db
    .select({ id: listings.id })
    .from(listings)
    .where(after === null ? undefined : gt(listings.id, after))
    .orderBy(asc(listings.id))
    .limit(limit)
  return rows.map((r) => r.id)
}
