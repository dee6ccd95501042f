import { and, asc, eq, isNotNull, lt } from 'drizzle-orm'
import type { SubOrderId } from '../../../shared/ids.ts'
import { subOrderFlow } from '../../../shared/orders/flow.ts'
import { businessDay } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { tryAdvance, type Work } from '../../platform/work.ts'
import { refundPart } from '../payments/index.ts'
import { note } from './move.ts'
import { subOrders } from './tables.ts'

/** The promised day is over and nothing was shipped: the part is closed and its money goes back; false when the shop was faster. */
async function lapse(work: Work, subOrderId: SubOrderId): Promise<boolean> {
  const overdue = and(lt(subOrders.promisedDay, businessDay(work.now)), eq(subOrders.afterSaleOpen, false))
  if (!(await tryAdvance(work, subOrders, subOrderId, subOrderFlow, 'lapse', {}, overdue))) return false
  const [part] = await work.db.select().from(subOrders).where(eq(subOrders.id, subOrderId))
  if (!part) return false
  await refundPart(work, { subOrderId, amountFen: part.payableFen, cause: 'presale-lapsed', reason: '预售逾期未发货，款项原路退回' })
  await note(work, part.orderId, subOrderId, 'lapse')
  await work.tell('suborder.lapsed', { subOrderId, orderId: part.orderId, shopId: part.shopId, payableFen: part.payableFen })
  return true
}

/** Gives the money of presales back whose promised day is over, each part in a work of its own. */
export async function lapsePresales(app: App): Promise<void> {
  for (;;) {
    const due = await app.read
      .select({ id: subOrders.id })
      .from(subOrders)
      .where(
        and(
          eq(subOrders.state, 'toShip'),
          isNotNull(subOrders.promisedDay),
          eq(subOrders.afterSaleOpen, false),
          lt(subOrders.promisedDay, businessDay(app.clock.now())),
        ),
      )
      .orderBy(asc(subOrders.promisedDay))
      .limit(100)
    for (const { id } of due) await app.work({ kind: 'clock', job: 'orders.lapse-presales' }, (work) => lapse(work, id))
    if (due.length < 100) return
  }
}
