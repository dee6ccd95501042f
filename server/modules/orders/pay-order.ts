import { and, eq } from 'drizzle-orm'
import type { OrderId, UserId } from '../../../shared/ids.ts'
import type { OrderState } from '../../../shared/orders/flow.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { App } from '../../platform/app.ts'
import type { PaymentSheet } from '../../ports/payment.ts'
import { openSheet, syncPayment } from '../payments/index.ts'
import { orders } from './tables.ts'

const own = async (app: App, buyerId: UserId, orderId: OrderId) => {
  const [order] = await app.read
    .select()
    .from(orders)
    .where(and(eq(orders.id, orderId), eq(orders.buyerId, buyerId)))
  if (!order?.paymentId) throw refuse('notFound')
  return { ...order, paymentId: order.paymentId }
}

/** What the phone needs to show WeChat's sheet. Refuses `notFound`, `alreadyPaid`, `orderClosed`; throws OutsideTrouble. */
export async function payOrder(app: App, buyerId: UserId, orderId: OrderId): Promise<PaymentSheet> {
  const order = await own(app, buyerId, orderId)
  if (order.state === 'paid') throw refuse('alreadyPaid')
  if (order.state === 'closed' || order.dueAt <= app.clock.now()) throw refuse('orderClosed')
  return openSheet(app, { kind: 'buyer', userId: buyerId }, order.paymentId)
}

/** How an order stands; while it is unpaid, WeChat is asked. What the phone believes of its own sheet decides nothing. */
export async function syncOrder(app: App, buyerId: UserId, orderId: OrderId): Promise<{ state: OrderState }> {
  const order = await own(app, buyerId, orderId)
  if (order.state !== 'unpaid') return { state: order.state }
  await syncPayment(app, order.paymentId)
  return { state: (await own(app, buyerId, orderId)).state }
}
