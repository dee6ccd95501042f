import { and, asc, eq, inArray } from 'drizzle-orm'
import type { AssetId, BatchId, ListingId, OrderId, OrderLineId, ShopId, SkuId, UserId } from '../../../shared/ids.ts'
import type { SubOrderState } from '../../../shared/orders/flow.ts'
import type { Instant } from '../../../shared/time.ts'
import type { Db } from '../../platform/db.ts'
import { orderLineLots, orderLines, subOrders } from './tables.ts'

/** A line as its buyer bought it, and how far its parcel has come. */
export interface Bought {
  orderLineId: OrderLineId
  orderId: OrderId
  shopId: ShopId
  listingId: ListingId
  skuId: SkuId
  title: string
  skuName: string
  pictureId: AssetId | null
  state: SubOrderState
  completedAt: Instant | null
  batches: { batchId: BatchId; code: string }[]
}

/** Lines of this buyer, of one order or by themselves, in their order; somebody else's are left out. Two queries. */
export async function boughtLines(db: Db, buyerId: UserId, which: { orderId: OrderId } | { orderLineId: OrderLineId }): Promise<Bought[]> {
  const rows = await db
    .select({
      orderLineId: orderLines.id,
      orderId: orderLines.orderId,
      shopId: orderLines.shopId,
      listingId: orderLines.listingId,
      skuId: orderLines.skuId,
      title: orderLines.title,
      skuName: orderLines.skuName,
      pictureId: orderLines.pictureId,
      state: subOrders.state,
      completedAt: subOrders.completedAt,
    })
    .from(orderLines)
    .innerJoin(subOrders, eq(subOrders.id, orderLines.subOrderId))
    .where(
      and(
        'orderId' in which ? eq(orderLines.orderId, which.orderId) : eq(orderLines.id, which.orderLineId),
        eq(subOrders.buyerId, buyerId),
      ),
    )
    .orderBy(asc(orderLines.lineNo))
  if (rows.length === 0) return []
  const lots = await db
    .select({ orderLineId: orderLineLots.orderLineId, batchId: orderLineLots.batchId, code: orderLineLots.batchCode })
    .from(orderLineLots)
    .where(
      inArray(
        orderLineLots.orderLineId,
        rows.map((r) => r.orderLineId),
      ),
    )
    .orderBy(asc(orderLineLots.batchCode))
  return rows.map((row) => ({
    ...row,
    batches: lots.filter((l) => l.orderLineId === row.orderLineId).map(({ batchId, code }) => ({ batchId, code })),
  }))
}
