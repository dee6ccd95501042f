import { and, asc, eq } from 'drizzle-orm'
import type { Known, KnownBatch } from '../../../shared/catalogue/complete.ts'
import type { ListingDraft } from '../../../shared/catalogue/draft.ts'
import { type PricePoint, struckProof } from '../../../shared/catalogue/price.ts'
import type { BatchId, ListingId, ShopId } from '../../../shared/ids.ts'
import type { Fen } from '../../../shared/money.ts'
import type { Instant } from '../../../shared/time.ts'
import type { Db } from '../../platform/db.ts'
import { batchesOf, newestBatches } from '../traceability/index.ts'
import { listings, priceVersions, revisions, skus } from './tables.ts'

/** The keys of the skus of a listing that have been opened. */
export const openedKeys = async (db: Db, listingId: ListingId): Promise<string[]> =>
  (await db.select({ key: skus.key }).from(skus).where(eq(skus.listingId, listingId))).map((s) => s.key)

/** The prices that a listing's skus have had, by key, in the order of time. */
export async function pricesOf(db: Db, listingId: ListingId): Promise<Map<string, PricePoint[]>> {
  const rows = await db
    .select({ key: skus.key, priceFen: priceVersions.priceFen, fromAt: priceVersions.fromAt })
    .from(skus)
    .innerJoin(priceVersions, eq(priceVersions.skuId, skus.id))
    .where(eq(skus.listingId, listingId))
    .orderBy(asc(priceVersions.skuId), asc(priceVersions.no))
  const prices = new Map<string, PricePoint[]>()
  for (const { key, ...point } of rows) prices.set(key, [...(prices.get(key) ?? []), point])
  return prices
}

/** What the server knows of a draft beyond its words (of batches: the shop's newest, and those that the draft names): five queries. */
export async function knownOf(db: Db, shopId: ShopId, listingId: ListingId, draft: ListingDraft, now: Instant): Promise<Required<Known>> {
  const named = [...new Set(draft.skus.flatMap((s) => s.batchIds))]
  const [ours, facts, prices, opened, [approved]] = await Promise.all([
    newestBatches(db, shopId),
    batchesOf(db, named),
    pricesOf(db, listingId),
    openedKeys(db, listingId),
    db
      .select({ draft: revisions.draft })
      .from(revisions)
      .innerJoin(listings, eq(listings.approvedRevisionId, revisions.id))
      .where(and(eq(listings.id, listingId), eq(listings.shopId, shopId))),
  ])
  const struck: Record<string, Fen | null> = {}
  for (const { key, priceFen } of draft.skus)
    struck[key] = priceFen === null ? null : (struckProof(prices.get(key) ?? [], priceFen, now)?.priceFen ?? null)
  const batches = new Map<BatchId, KnownBatch>(ours.map((b) => [b.id, b]))
  for (const { id, shopId: owner, code, productClass, state } of facts.values())
    if (owner === shopId) batches.set(id, { id, code, productClass, state })
  return { batches: [...batches.values()], struck, opened, approved: approved?.draft ?? null }
}
