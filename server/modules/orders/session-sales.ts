import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { LiveSessionId, ShopId, SkuId } from '../../../shared/ids.ts'
import { addFen, type Fen, fen } from '../../../shared/money.ts'
import type { Sale, Total } from '../../../shared/orders/after-show.ts'
import type { Instant } from '../../../shared/time.ts'
import type { Db } from '../../platform/db.ts'
import { orderLines, orders, subOrders } from './tables.ts'

/** What was paid for in a session, of this shop: by sku, and in all. Read from the orders themselves, so that it agrees with them to the fen. Two queries. */
export async function sessionSales(db: Db, sessionId: LiveSessionId, shopId: ShopId): Promise<{ sales: Sale[]; total: Total }> {
  const paid = and(eq(orders.liveSessionId, sessionId), eq(subOrders.shopId, shopId), isNotNull(subOrders.paidAt))
  const [parts, lines] = await Promise.all([
    db
      .select({
        payableFen: subOrders.payableFen,
        freightFen: subOrders.freightFen,
        freightRefunded: subOrders.freightRefunded,
        state: subOrders.state,
        completedAt: subOrders.completedAt,
      })
      .from(subOrders)
      .innerJoin(orders, eq(orders.id, subOrders.orderId))
      .where(paid),
    db
      .select({
        skuId: orderLines.skuId,
        listingId: orderLines.listingId,
        title: sql<string>`max(${orderLines.title})`,
        unit: sql<string>`max(${orderLines.unit})`,
        orders: sql<number>`count(distinct ${orderLines.subOrderId})`.mapWith(Number),
        units: sql<number>`sum(${orderLines.quantity})`.mapWith(Number),
        paidFen: sql<number>`sum(${orderLines.paidFen})`.mapWith(Number),
        refundedFen: sql<number>`sum(${orderLines.refundedFen})`.mapWith(Number),
        returnedUnits: sql<number>`sum(${orderLines.returnedUnits})`.mapWith(Number),
      })
      .from(orderLines)
      .innerJoin(subOrders, eq(subOrders.id, orderLines.subOrderId))
      .innerJoin(orders, eq(orders.id, subOrders.orderId))
      .where(paid)
      .groupBy(orderLines.skuId, orderLines.listingId),
  ])
  const sum = (of: (part: (typeof parts)[number]) => Fen): Fen => parts.reduce((all, part) => addFen(all, of(part)), fen(0))
  return {
    sales: lines.map((line) => ({ ...line, skuId: line.skuId as SkuId, paidFen: fen(line.paidFen), refundedFen: fen(line.refundedFen) })),
    total: {
      orders: parts.length,
      payableFen: sum((p) => p.payableFen),
      freightFen: sum((p) => p.freightFen),
      freightRefundedFen: sum((p) => (p.freightRefunded ? p.freightFen : fen(0))),
      underway: parts.filter((p) => p.state === 'toShip' || p.state === 'shipped').length,
      lastReceivedAt: parts.reduce<Instant | null>(
        (last, p) => (p.completedAt && (!last || p.completedAt > last) ? p.completedAt : last),
        null,
      ),
    },
  }
}
