import { and, eq } from 'drizzle-orm'
import type { ShopId, SubOrderId } from '../../../shared/ids.ts'
import { subOrderFlow } from '../../../shared/orders/flow.ts'
import { refuse } from '../../../shared/refusals.ts'
import { after, DAY } from '../../../shared/time.ts'
import { advance, type Work } from '../../platform/work.ts'
import { note } from './move.ts'
import { subOrders } from './tables.ts'

/** The shop has handed the parcel over. Refuses `notFound` for another shop's, `afterSaleOpen`, `stale` when it is not to be shipped (any more). */
export async function markShipped(
  work: Work,
  shipped: { shopId: ShopId; subOrderId: SubOrderId; courier: string; trackingNo: string; receiveDays: number },
): Promise<void> {
  const { shopId, subOrderId, courier, trackingNo, receiveDays } = shipped
  const own = and(eq(subOrders.id, subOrderId), eq(subOrders.shopId, shopId))
  const [row] = await work.db.select({ orderId: subOrders.orderId, afterSaleOpen: subOrders.afterSaleOpen }).from(subOrders).where(own)
  if (!row) throw refuse('notFound')
  if (row.afterSaleOpen) throw refuse('afterSaleOpen')
  await advance(
    work,
    subOrders,
    subOrderId,
    subOrderFlow,
    'ship',
    { shippedAt: work.now, courier, trackingNo, receiveBy: after(work.now, receiveDays * DAY) },
    and(eq(subOrders.shopId, shopId), eq(subOrders.afterSaleOpen, false)),
  )
  await note(work, row.orderId, subOrderId, 'ship')
  await work.tell('suborder.shipped', { subOrderId, orderId: row.orderId, shopId })
}
