import { asc, eq } from 'drizzle-orm'
import type { BatchId, OrderId, OrderLineId, ShopId, SubOrderId, UserId } from '../../../shared/ids.ts'
import type { SubOrderState } from '../../../shared/orders/flow.ts'
import type { Db } from '../../platform/db.ts'
import { orderLineLots, orderLines, subOrders } from './tables.ts'

/** Somebody who bought of a batch: which line, of which part, and where that stands. */
export interface BatchBuyer {
  buyerId: UserId
  shopId: ShopId
  orderId: OrderId
  subOrderId: SubOrderId
  orderLineId: OrderLineId
  state: SubOrderState
  /** Base units of the batch in it. */
  baseUnits: number
}

/** Everybody who ordered of a batch, also what was closed since (its state says so), oldest order first: one query, for a recall. */
export const buyersOfBatch = (db: Db, batchId: BatchId): Promise<BatchBuyer[]> =>
  db
    .select({
      buyerId: subOrders.buyerId,
      shopId: subOrders.shopId,
      orderId: subOrders.orderId,
      subOrderId: subOrders.id,
      orderLineId: orderLineLots.orderLineId,
      state: subOrders.state,
      baseUnits: orderLineLots.baseUnits,
    })
    .from(orderLineLots)
    .innerJoin(orderLines, eq(orderLines.id, orderLineLots.orderLineId))
    .innerJoin(subOrders, eq(subOrders.id, orderLines.subOrderId))
    .where(eq(orderLineLots.batchId, batchId))
    .orderBy(asc(subOrders.placedAt), asc(subOrders.id), asc(orderLines.lineNo))
