import { and, eq } from 'drizzle-orm'
import type { OrderId, UserId } from '../../../shared/ids.ts'
import type { OrderState } from '../../../shared/orders/flow.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { App } from '../../platform/app.ts'
import type { PaymentSheet } from '../../ports/payment.ts'
import { openSheet, syncPayment } from '../payments/index.ts'
import { shopSigns } from '../tenants/index.ts'
import { orders, subOrders } from './tables.ts'

const own = async (app: App, buyerId: UserId, orderId: OrderId) => {
  const [order] = await app.read
    .select()
    .from(orders)
    .where(and(eq(orders.id, orderId), eq(orders.buyerId, buyerId)))
  if (!order?.paymentId) throw refuse('notFound')
  return { ...order, paymentId: order.paymentId }
}

/**
 * What the phone needs to show WeChat's sheet. Refuses `notFound`, `alreadyPaid`, `orderClosed`, `shopPaused` (a shop in it has been suspended
 * since: nobody shall pay for what may not be sold); throws OutsideTrouble.
 */
export async function payOrder(app: App, buyerId: UserId, orderId: OrderId): Promise<PaymentSheet> {
  const order = await own(app, buyerId, orderId)
  if (order.state === 'paid') throw refuse('alreadyPaid')
  if (order.state === 'closed' || order.dueAt <= app.clock.now()) throw refuse('orderClosed')
  const parts = await app.read.selectDistinct({ shopId: subOrders.shopId }).from(subOrders).where(eq(subOrders.orderId, orderId))
  const shops = await shopSigns(
    app.read,
    parts.map((p) => p.shopId),
  )
  for (const shop of shops.values()) if (shop.state !== 'open') throw refuse('shopPaused', { shop: shop.name })
  return openSheet(app, { kind: 'buyer', userId: buyerId }, order.paymentId)
}

/** How an order stands; while it is unpaid, WeChat is asked. What the phone believes of its own sheet decides nothing. */
export async function syncOrder(app: App, buyerId: UserId, orderId: OrderId): Promise<{ state: OrderState }> {
  const order = await own(app, buyerId, orderId)
  if (order.state !== 'unpaid') return { state: order.state }
  await syncPayment(app, order.paymentId)
  return { state: (await own(app, buyerId, orderId)).state }
}
