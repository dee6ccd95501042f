import { asc, eq } from 'drizzle-orm'
import type { OrderId, PaymentId } from '../../../shared/ids.ts'
import { orderFlow, subOrderFlow } from '../../../shared/orders/flow.ts'
import { SHIP_HOURS } from '../../../shared/orders/limits.ts'
import { after, endOfDay, HOUR } from '../../../shared/time.ts'
import { tryAdvance, type Work } from '../../platform/work.ts'
import { sell } from '../catalogue/index.ts'
import { refundAll } from '../payments/index.ts'
import { giveOpen } from './allowances.ts'
import { note } from './move.ts'
import { orderLines, orders, subOrders } from './tables.ts'

/**
 * The money for an order has come. In time: the order is paid, its parts are to be shipped, its reservation is sold. Too late, when the
 * order is closed and its stock may be somebody else's: everything goes back to the buyer.
 */
export async function markPaid(work: Work, orderId: OrderId, paymentId: PaymentId): Promise<void> {
  if (!(await tryAdvance(work, orders, orderId, orderFlow, 'pay', { paidAt: work.now }))) {
    const [order] = await work.db.select({ state: orders.state }).from(orders).where(eq(orders.id, orderId))
    if (order?.state === 'closed') {
      await refundAll(work, paymentId, 'paid-after-closing', '订单已关闭，款项原路退回')
      await note(work, orderId, orderId, 'refundLate')
      const late = await work.db
        .select({ subOrderId: subOrders.id, shopId: subOrders.shopId, payableFen: subOrders.payableFen })
        .from(subOrders)
        .where(eq(subOrders.orderId, orderId))
      await work.tell('order.paidLate', { orderId, subOrders: late })
    }
    return
  }
  const parts = await work.db.select().from(subOrders).where(eq(subOrders.orderId, orderId)).orderBy(asc(subOrders.id))
  for (const part of parts)
    await tryAdvance(work, subOrders, part.id, subOrderFlow, 'pay', {
      paidAt: work.now,
      shipBy: part.promisedDay ? endOfDay(part.promisedDay) : after(work.now, SHIP_HOURS * HOUR),
    })
  await sell(work, orderId)
  await note(work, orderId, orderId, 'pay')
  const [order] = await work.db.select().from(orders).where(eq(orders.id, orderId))
  if (!order) return
  await giveOpen(work, order.buyerId, order.liveSessionId)
  const lines = await work.db.select({ skuId: orderLines.skuId }).from(orderLines).where(eq(orderLines.orderId, orderId))
  await work.tell('order.paid', {
    orderId,
    buyerId: order.buyerId,
    totalFen: order.payableFen,
    skuIds: lines.map((l) => l.skuId),
    subOrders: parts.map((p) => ({ subOrderId: p.id, shopId: p.shopId, payableFen: p.payableFen })),
    liveSessionId: order.liveSessionId,
  })
}
