import type { ListingId, ShopId, SkuId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { Db } from '../../platform/db.ts'
import { listingCards } from '../catalogue/index.ts'

/**
 * These listings with their skus, in the order asked, all on the shelf of this shop.
 * Refuses `notFound` (another shop's), `notOnSale` (not on any shelf now).
 */
export async function offered(db: Db, shopId: ShopId, listingIds: readonly ListingId[]): Promise<{ listingId: ListingId; skuId: SkuId }[]> {
  // pictures are looked up for nothing here; their addresses are not wanted
  const cards = await listingCards(db, () => '', { listingIds, limit: listingIds.length })
  if (cards.some((c) => c.shop.id !== shopId)) throw refuse('notFound')
  if (cards.length < listingIds.length) throw refuse('notOnSale', { title: '所选商品' })
  return cards.map((c) => ({ listingId: c.id, skuId: c.skuId }))
}
