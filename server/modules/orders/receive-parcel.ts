import { and, asc, eq, lte } from 'drizzle-orm'
import type { SubOrderId, UserId } from '../../../shared/ids.ts'
import { subOrderFlow } from '../../../shared/orders/flow.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { App } from '../../platform/app.ts'
import { tryAdvance, type Work } from '../../platform/work.ts'
import { note } from './move.ts'
import { subOrders } from './tables.ts'

async function receive(work: Work, subOrderId: SubOrderId): Promise<boolean> {
  if (
    !(await tryAdvance(work, subOrders, subOrderId, subOrderFlow, 'receive', { completedAt: work.now }, eq(subOrders.afterSaleOpen, false)))
  )
    return false
  const [part] = await work.db.select().from(subOrders).where(eq(subOrders.id, subOrderId))
  if (!part) return false
  await note(work, part.orderId, subOrderId, 'receive')
  await work.tell('suborder.completed', {
    subOrderId,
    orderId: part.orderId,
    shopId: part.shopId,
    payableFen: part.payableFen,
    freightFen: part.freightFen,
    commissionBp: part.commissionBp,
  })
  return true
}

/** The buyer has it. Refuses `notFound`, `afterSaleOpen`, and `notNow` when it was not shipped; a second time changes nothing. */
export async function receiveParcel(app: App, buyerId: UserId, subOrderId: SubOrderId): Promise<{ state: 'completed' }> {
  return app.work({ kind: 'buyer', userId: buyerId }, async (work) => {
    const own = and(eq(subOrders.id, subOrderId), eq(subOrders.buyerId, buyerId))
    const [part] = await work.db.select({ id: subOrders.id }).from(subOrders).where(own)
    if (!part) throw refuse('notFound')
    if (await receive(work, subOrderId)) return { state: 'completed' as const }
    const [now] = await work.db.select({ state: subOrders.state, afterSaleOpen: subOrders.afterSaleOpen }).from(subOrders).where(own)
    if (now?.state === 'completed') return { state: 'completed' as const }
    if (now?.afterSaleOpen) throw refuse('afterSaleOpen')
    throw refuse('notNow')
  })
}

/** WeChat counts the sale as received, by the buyer's hand there or by time. What is not on its way, or in dispute, stays as it is. */
export const receiveByChannel = (app: App, subOrderId: SubOrderId): Promise<boolean> =>
  app.work({ kind: 'outside', system: 'wechat' }, (work) => receive(work, subOrderId))

/** Counts as received what has been on its way for so long. */
export async function receiveOverdue(app: App): Promise<void> {
  for (;;) {
    const due = await app.read
      .select({ id: subOrders.id })
      .from(subOrders)
      .where(and(eq(subOrders.state, 'shipped'), eq(subOrders.afterSaleOpen, false), lte(subOrders.receiveBy, app.clock.now())))
      .orderBy(asc(subOrders.receiveBy))
      .limit(100)
    for (const { id } of due) await app.work({ kind: 'clock', job: 'orders.receive-overdue' }, (work) => receive(work, id))
    if (due.length < 100) return
  }
}
