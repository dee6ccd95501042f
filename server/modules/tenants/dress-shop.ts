import { eq } from 'drizzle-orm'
import type { AssetId, ShopId } from '../../../shared/ids.ts'
import type { Work } from '../../platform/work.ts'
import { shops } from './tables.ts'

/** Gives a shop the words and pictures that were approved for it; tells `shop.changed`. */
export async function dressShop(
  work: Work,
  shopId: ShopId,
  dress: { story: string; avatarId: AssetId | null; pictureIds: AssetId[] },
): Promise<void> {
  await work.db.update(shops).set(dress).where(eq(shops.id, shopId))
  await work.tell('shop.changed', { shopId })
}
