import { and, eq, lt } from 'drizzle-orm'
import type { ShopId, SubOrderId } from '../../../shared/ids.ts'
import { subOrderFlow } from '../../../shared/orders/flow.ts'
import { refuse } from '../../../shared/refusals.ts'
import { after, DAY } from '../../../shared/time.ts'
import type { Db } from '../../platform/db.ts'
import { advance, type Work } from '../../platform/work.ts'
import { note } from './move.ts'
import { orderLineLots, orderLines, subOrders } from './tables.ts'

/** The shop has handed the parcel over. Refuses `notFound` for another shop's, `afterSaleOpen`, `wrongBatch`, `stale` when it is not to be shipped (any more). */
export async function markShipped(
  work: Work,
  shipped: {
    shopId: ShopId
    subOrderId: SubOrderId
    courier: string
    trackingNo: string
    receiveDays: number
    /** The batches that were scanned while packing; null: nobody scanned. */
    scanned: readonly string[] | null
  },
): Promise<void> {
  const { shopId, subOrderId, courier, trackingNo, receiveDays, scanned } = shipped
  const own = and(eq(subOrders.id, subOrderId), eq(subOrders.shopId, shopId))
  const [row] = await work.db.select({ orderId: subOrders.orderId, afterSaleOpen: subOrders.afterSaleOpen }).from(subOrders).where(own)
  if (!row) throw refuse('notFound')
  if (row.afterSaleOpen) throw refuse('afterSaleOpen')
  if (scanned) {
    const lots = await work.db
      .selectDistinct({ code: orderLineLots.batchCode })
      .from(orderLineLots)
      .innerJoin(orderLines, eq(orderLines.id, orderLineLots.orderLineId))
      .where(and(eq(orderLines.subOrderId, subOrderId), lt(orderLines.returnedUnits, orderLines.quantity)))
    const wanted = new Set(lots.map((l) => l.code))
    const strange = scanned.find((code) => !wanted.has(code))
    const missing = [...wanted].find((code) => !scanned.includes(code))
    if (strange !== undefined || missing !== undefined)
      throw refuse('wrongBatch', { scanned: strange ?? '（没有扫到）', wanted: [...wanted].join('、') })
  }
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

/** A part of this shop by the number that people read, or null. */
export async function subOrderOfNo(db: Db, shopId: ShopId, subOrderNo: string) {
  const [row] = await db
    .select({ id: subOrders.id, state: subOrders.state, trackingNo: subOrders.trackingNo })
    .from(subOrders)
    .where(and(eq(subOrders.subOrderNo, subOrderNo.slice(0, 28)), eq(subOrders.shopId, shopId)))
  return row ?? null
}
