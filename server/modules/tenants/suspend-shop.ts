import { eq } from 'drizzle-orm'
import type { ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { type ShopAct, type ShopState, shopFlow } from '../../../shared/tenants/flow.ts'
import { advance, newId, type Work } from '../../platform/work.ts'
import { shopMoves, shops } from './tables.ts'

/**
 * The park suspends a shop: from this commit on no buyer's door shows it, takes an order for it or lets its orders be paid; what was paid is
 * shipped and received as always. The reason is for the shop. Refuses `notFound`, `stale` (it is suspended already).
 */
export async function suspendShop(work: Work, ask: { shopId: ShopId; reason: string }): Promise<ShopState> {
  await move(work, ask, 'suspend')
  await work.tell('shop.suspended', { shopId: ask.shopId })
  return 'suspended'
}

/** The park lets a shop open again; announcements and broadcasts that its suspension ended stay ended. Refuses `notFound`, `stale` (it is open). */
export async function reopenShop(work: Work, ask: { shopId: ShopId; reason: string }): Promise<ShopState> {
  await move(work, ask, 'reopen')
  await work.tell('shop.reopened', { shopId: ask.shopId })
  return 'open'
}

async function move(work: Work, { shopId, reason }: { shopId: ShopId; reason: string }, act: ShopAct): Promise<void> {
  const [shop] = await work.db.select({ id: shops.id }).from(shops).where(eq(shops.id, shopId))
  if (!shop) throw refuse('notFound')
  await advance(work, shops, shopId, shopFlow, act)
  await work.db.insert(shopMoves).values({ id: newId('ShopMove'), shopId, act, reason, actor: work.by, at: work.now })
}
