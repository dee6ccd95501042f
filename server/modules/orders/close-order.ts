import { and, asc, eq, lte } from 'drizzle-orm'
import type { OrderId, UserId } from '../../../shared/ids.ts'
import { orderFlow, subOrderFlow } from '../../../shared/orders/flow.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { App } from '../../platform/app.ts'
import { tryAdvance, type Work } from '../../platform/work.ts'
import { release } from '../catalogue/index.ts'
import { giveCouponsBack, giveFlashBack } from '../promotions/index.ts'
import { giveLimited, giveOpen } from './allowances.ts'
import { note } from './move.ts'
import { orders, subOrders } from './tables.ts'

/** Closes an unpaid order and gives its stock back; false when somebody was faster. */
async function close(work: Work, orderId: OrderId, act: 'cancel' | 'expire'): Promise<boolean> {
  const closedBecause = act === 'cancel' ? 'cancelled' : 'expired'
  const still = act === 'expire' ? lte(orders.dueAt, work.now) : undefined
  if (!(await tryAdvance(work, orders, orderId, orderFlow, act, { closedAt: work.now, closedBecause }, still))) return false
  const parts = await work.db.select({ id: subOrders.id }).from(subOrders).where(eq(subOrders.orderId, orderId)).orderBy(asc(subOrders.id))
  for (const part of parts) await tryAdvance(work, subOrders, part.id, subOrderFlow, 'close')
  await release(work, orderId)
  await giveCouponsBack(work, orderId)
  await giveFlashBack(work, orderId)
  await giveLimited(work, orderId)
  await note(work, orderId, orderId, act)
  const [order] = await work.db
    .select({ buyerId: orders.buyerId, paymentId: orders.paymentId, liveSessionId: orders.liveSessionId })
    .from(orders)
    .where(eq(orders.id, orderId))
  if (order) await giveOpen(work, order.buyerId, order.liveSessionId)
  if (order) await work.tell('order.closed', { orderId, buyerId: order.buyerId, because: closedBecause, paymentId: order.paymentId })
  return true
}

/** The buyer cancels. Refuses `notFound`, and `alreadyPaid` or `orderClosed` when it is too late. */
export async function cancelOrder(app: App, buyerId: UserId, orderId: OrderId): Promise<{ state: 'closed' }> {
  return app.work({ kind: 'buyer', userId: buyerId }, async (work) => {
    const [order] = await work.db
      .select({ id: orders.id })
      .from(orders)
      .where(and(eq(orders.id, orderId), eq(orders.buyerId, buyerId)))
    if (!order) throw refuse('notFound')
    if (await close(work, orderId, 'cancel')) return { state: 'closed' as const }
    const [now] = await work.db.select({ state: orders.state }).from(orders).where(eq(orders.id, orderId))
    if (now?.state === 'closed') return { state: 'closed' as const }
    throw refuse('alreadyPaid')
  })
}

/** Closes what was not paid in time, each order in a work of its own. */
export async function closeUnpaid(app: App): Promise<void> {
  for (;;) {
    const due = await app.read
      .select({ id: orders.id })
      .from(orders)
      .where(and(eq(orders.state, 'unpaid'), lte(orders.dueAt, app.clock.now())))
      .orderBy(asc(orders.dueAt))
      .limit(100)
    for (const { id } of due) await app.work({ kind: 'clock', job: 'orders.close-unpaid' }, (work) => close(work, id, 'expire'))
    if (due.length < 100) return
  }
}
