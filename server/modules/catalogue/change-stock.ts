import { and, asc, eq, gte, lte, sql } from 'drizzle-orm'
import { listingLimits } from '../../../shared/catalogue/limits.ts'
import type { BatchId, ShopId, SkuId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { matched } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { listGrams } from '../traceability/index.ts'
import { leftCount } from './shelf.ts'
import { listings, lots, offerLots, offerSkus, offers, skus, stockMoves } from './tables.ts'
import { tellStock } from './tell-stock.ts'

/**
 * Adds to a sku's stock of one batch or takes from it, by a difference in whole units of the sku: what sold meanwhile is never overwritten, and the
 * batch lists as many grams more or less. Which batch need not be said where the sku has one. The same key again changes nothing and answers with
 * what is left now. Refuses `notFound` (not this shop's, or never approved), `stockBelow`, `keyReused`, `badInput` (batch, too many),
 * `massBalance` and `batchFrozen` (traceability's).
 */
export async function changeStock(
  work: Work,
  ask: { shopId: ShopId; skuId: SkuId; batchId?: BatchId | undefined; delta: number; key: string; reason: string },
): Promise<{ left: number }> {
  const { shopId, skuId, delta, key, reason } = ask
  const sources = await work.db
    .select({ lotId: lots.id, batchId: lots.batchId, baseUnits: offerSkus.baseUnits, netGrams: offers.netGrams })
    .from(skus)
    .innerJoin(listings, eq(listings.id, skus.listingId))
    .innerJoin(offers, eq(offers.revisionId, listings.approvedRevisionId))
    .innerJoin(offerSkus, and(eq(offerSkus.revisionId, offers.revisionId), eq(offerSkus.skuId, skus.id)))
    .innerJoin(offerLots, and(eq(offerLots.revisionId, offers.revisionId), eq(offerLots.skuId, skus.id)))
    .innerJoin(lots, eq(lots.id, offerLots.lotId))
    .where(and(eq(skus.id, skuId), eq(listings.shopId, shopId)))
    .orderBy(asc(offerLots.place))
  if (sources.length === 0) throw refuse('notFound')
  const source = ask.batchId ? sources.find((s) => s.batchId === ask.batchId) : sources.length === 1 ? sources[0] : undefined
  if (!source) throw refuse('badInput', { what: '批次' }, { batchId: '这个规格从几个批次卖，请选择改哪一个批次' })
  const { lotId, baseUnits, netGrams } = source
  const units = delta * baseUnits
  // one change of a lot at a time, so that the same key twice at once is seen by the second
  const [locked] = await work.db.select({ left: lots.left }).from(lots).where(eq(lots.id, lotId)).for('update')
  const [done] = await work.db
    .select({ delta: stockMoves.delta })
    .from(stockMoves)
    .where(and(eq(stockMoves.lotId, lotId), eq(stockMoves.reason, 'change'), eq(stockMoves.ref, key)))
  if (done) {
    if (done.delta !== units) throw refuse('keyReused')
    return { left: await leftOf(work, skuId) }
  }
  const changed = await work.db
    .update(lots)
    .set({ left: sql`${lots.left} + ${units}` })
    .where(and(eq(lots.id, lotId), gte(lots.left, -units), lte(lots.left, listingLimits.lotMost - units)))
  if (matched(changed) !== 1) {
    if (delta < 0) throw refuse('stockBelow', { left: Math.floor((locked?.left ?? 0) / baseUnits) })
    throw refuse('badInput', { what: '库存' }, { delta: '库存太多了，超过上限' })
  }
  await listGrams(work, source.batchId, units * netGrams)
  await work.db.insert(stockMoves).values({ lotId, reason: 'change', ref: key, delta: units, words: reason, movedAt: work.now })
  await tellStock(work, [lotId])
  return { left: await leftOf(work, skuId) }
}

const leftOf = async (work: Work, skuId: SkuId): Promise<number> => {
  const [row] = await work.db
    .select({ left: leftCount })
    .from(offerSkus)
    .innerJoin(listings, eq(listings.approvedRevisionId, offerSkus.revisionId))
    .where(eq(offerSkus.skuId, skuId))
  return row?.left ?? 0
}
