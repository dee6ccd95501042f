import { and, eq, gte, isNotNull, lte, sql } from 'drizzle-orm'
import { listingLimits } from '../../../shared/catalogue/limits.ts'
import type { ShopId, SkuId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { matched } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { listings, skus, stockMoves } from './tables.ts'
import { tellStock } from './tell-stock.ts'

/**
 * Adds to the stock or takes from it, by a difference: what sold meanwhile is never overwritten. The same key again changes nothing and answers
 * with what is left now. Refuses `notFound` (not this shop's), `notNow` (before the first approval), `stockBelow`, `keyReused`, `badInput` (too many).
 */
export async function changeStock(
  work: Work,
  ask: { shopId: ShopId; skuId: SkuId; delta: number; key: string; reason: string },
): Promise<{ left: number }> {
  const { shopId, skuId, delta, key, reason } = ask
  const [sku] = await work.db
    .select({ openedAt: skus.openedAt })
    .from(skus)
    .innerJoin(listings, eq(listings.id, skus.listingId))
    .where(and(eq(skus.id, skuId), eq(listings.shopId, shopId)))
  if (!sku) throw refuse('notFound')
  if (sku.openedAt === null) throw refuse('notNow')
  // one change of a sku at a time, so that the same key twice at once is seen by the second
  const [locked] = await work.db.select({ left: skus.left }).from(skus).where(eq(skus.id, skuId)).for('update')
  const left = locked?.left ?? 0
  const [done] = await work.db
    .select({ delta: stockMoves.delta })
    .from(stockMoves)
    .where(and(eq(stockMoves.skuId, skuId), eq(stockMoves.reason, 'change'), eq(stockMoves.ref, key)))
  if (done) {
    if (done.delta !== delta) throw refuse('keyReused')
    return { left }
  }
  const changed = await work.db
    .update(skus)
    .set({ left: sql`${skus.left} + ${delta}` })
    .where(and(eq(skus.id, skuId), isNotNull(skus.openedAt), gte(skus.left, -delta), lte(skus.left, listingLimits.stockMost - delta)))
  if (matched(changed) !== 1) {
    if (delta < 0) throw refuse('stockBelow', { left })
    throw refuse('badInput', { what: '库存' }, { delta: `库存最多 ${listingLimits.stockMost} 件` })
  }
  await work.db.insert(stockMoves).values({ skuId, reason: 'change', ref: key, delta, words: reason, movedAt: work.now })
  await tellStock(work, [skuId])
  return { left: left + delta }
}
