/** What search knows of listings: the facts they are found and narrowed by, never a draft's. */
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { isFarmProduce } from '../../../shared/catalogue/draft.ts'
import { per100g } from '../../../shared/catalogue/units.ts'
import type { ListingId, ShopId } from '../../../shared/ids.ts'
import type { Fen } from '../../../shared/money.ts'
import type { Instant } from '../../../shared/time.ts'
import type { Db } from '../../platform/db.ts'
import { sold } from './shelf.ts'
import { listings, reservations, revisions } from './tables.ts'

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
  left: number
  /** Units sold so far. */
  sold: number
  /** When it first stood on the shelf. */
  listedAt: Instant
}

/** What there is to find of these listings in their approved wording; three queries. What was never approved is left out. */
export async function searchables(db: Db, ids: readonly ListingId[]): Promise<Map<ListingId, Searchable>> {
  if (ids.length === 0) return new Map()
  const rows = await sold(db, inArray(listings.id, [...ids]))
  if (rows.length === 0) return new Map()
  const wordings = await db
    .select({ id: revisions.id, draft: revisions.draft, createdAt: listings.createdAt, shelvedAt: listings.shelvedAt })
    .from(revisions)
    .innerJoin(listings, eq(listings.approvedRevisionId, revisions.id))
    .where(
      inArray(
        listings.id,
        rows.map((r) => r.listingId),
      ),
    )
  const counted = await db
    .select({ skuId: reservations.skuId, n: sql<number | string>`sum(${reservations.quantity})` })
    .from(reservations)
    .where(
      and(
        inArray(
          reservations.skuId,
          rows.map((r) => r.skuId),
        ),
        eq(reservations.state, 'sold'),
      ),
    )
    .groupBy(reservations.skuId)
  const wordingOf = new Map(wordings.map((w) => [w.id, w]))
  const soldOf = new Map(counted.map((c) => [c.skuId, Number(c.n)]))
  return new Map(
    rows.flatMap((row) => {
      const wording = wordingOf.get(row.revisionId)
      if (!wording) return []
      const { listingId, shopId, title, kind, form, hill, season, left } = row
      const one: Searchable = {
        ...{ listingId, shopId, title, kind, form, hill, season, left },
        onShelf: row.state === 'onShelf',
        maker: wording.draft.makerName,
        productClass: isFarmProduce(wording.draft) ? 'maocha' : 'puer',
        year: row.materialYear,
        treeClass: null,
        per100gFen: per100g(row.priceFen, row.netGrams),
        sold: soldOf.get(row.skuId) ?? 0,
        listedAt: wording.shelvedAt ?? wording.createdAt,
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
