import { and, asc, eq, inArray } from 'drizzle-orm'
import type { LotId } from '../../../shared/ids.ts'
import type { Work } from '../../platform/work.ts'
import { leftCount } from './shelf.ts'
import { listings, offerLots, offerSkus } from './tables.ts'

/** Tells how much is left of each sku that is sold from these lots, as this work sees it. */
export async function tellStock(work: Work, lotIds: readonly LotId[]): Promise<void> {
  if (lotIds.length === 0) return
  const rows = await work.db
    .selectDistinct({ skuId: offerSkus.skuId, listingId: listings.id, shopId: listings.shopId, left: leftCount })
    .from(offerLots)
    .innerJoin(listings, eq(listings.approvedRevisionId, offerLots.revisionId))
    .innerJoin(offerSkus, and(eq(offerSkus.revisionId, offerLots.revisionId), eq(offerSkus.skuId, offerLots.skuId)))
    .where(inArray(offerLots.lotId, [...lotIds]))
    .orderBy(asc(offerSkus.skuId))
  for (const row of rows) await work.tell('stock.changed', row)
}
