import { asc, eq, inArray } from 'drizzle-orm'
import type { SkuId } from '../../../shared/ids.ts'
import type { Work } from '../../platform/work.ts'
import { listings, skus } from './tables.ts'

/** Tells how much is left of each of these skus, as this work sees it. */
export async function tellStock(work: Work, skuIds: readonly SkuId[]): Promise<void> {
  if (skuIds.length === 0) return
  const rows = await work.db
    .select({ skuId: skus.id, listingId: listings.id, shopId: listings.shopId, left: skus.left })
    .from(skus)
    .innerJoin(listings, eq(listings.id, skus.listingId))
    .where(inArray(skus.id, [...skuIds]))
    .orderBy(asc(skus.id))
  for (const row of rows) await work.tell('stock.changed', row)
}
