import { and, asc, eq, inArray, lt } from 'drizzle-orm'
import type { OrderId, ShopId, SubOrderId } from '../../../shared/ids.ts'
import { subOrderFlow } from '../../../shared/orders/flow.ts'
import { refuse } from '../../../shared/refusals.ts'
import { after, DAY, type Instant } from '../../../shared/time.ts'
import { type Db, matched } from '../../platform/db.ts'
import { advance, type Work } from '../../platform/work.ts'
import { note } from './move.ts'
import { orderLineLots, orderLines, orders, subOrders } from './tables.ts'

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

/**
 * The first parcel of a part that is on its way was written down wrongly. Refuses `stale` when it is not on its way (any more); the caller has seen that it
 * is this shop's.
 */
export async function correctWaybill(
  work: Work,
  right: { shopId: ShopId; orderId: OrderId; subOrderId: SubOrderId; courier: string; trackingNo: string },
): Promise<void> {
  const { shopId, orderId, subOrderId, courier, trackingNo } = right
  const moved = await work.db
    .update(subOrders)
    .set({ courier, trackingNo })
    .where(and(eq(subOrders.id, subOrderId), eq(subOrders.shopId, shopId), eq(subOrders.state, 'shipped')))
  if (matched(moved) === 0) throw refuse('stale')
  await note(work, orderId, subOrderId, 'correct')
}

/** WeChat was told only now: the buyer's days begin with that, so that we never count a parcel as received before WeChat does. */
export async function holdReceipt(work: Work, subOrderId: SubOrderId, receiveBy: Instant): Promise<void> {
  await work.db
    .update(subOrders)
    .set({ receiveBy })
    .where(and(eq(subOrders.id, subOrderId), eq(subOrders.state, 'shipped'), lt(subOrders.receiveBy, receiveBy)))
}

/** What a parcel's papers say: to whom it goes, and what is in it. Null for a part that nobody has. One query and a list. */
export async function parcelFacts(db: Db, subOrderId: SubOrderId) {
  const [part] = await db
    .select({
      orderId: subOrders.orderId,
      buyerId: subOrders.buyerId,
      shopId: subOrders.shopId,
      state: subOrders.state,
      shipTo: orders.shipTo,
    })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .where(eq(subOrders.id, subOrderId))
  if (!part) return null
  const lines = await db
    .select({ title: orderLines.title, quantity: orderLines.quantity, returned: orderLines.returnedUnits, unit: orderLines.unit })
    .from(orderLines)
    .where(eq(orderLines.subOrderId, subOrderId))
    .orderBy(asc(orderLines.lineNo))
  const goods = lines
    .filter((l) => l.returned < l.quantity)
    .map((l) => `${l.title}×${l.quantity - l.returned}${l.unit}`)
    .join('；')
  return { orderId: part.orderId, buyerId: part.buyerId, shopId: part.shopId, state: part.state, phone: part.shipTo.phone, goods }
}

/** A part of this shop by the number that people read, or null. */
export async function subOrderOfNo(db: Db, shopId: ShopId, subOrderNo: string) {
  const [row] = await db
    .select({ id: subOrders.id, state: subOrders.state, trackingNo: subOrders.trackingNo })
    .from(subOrders)
    .where(and(eq(subOrders.subOrderNo, subOrderNo.slice(0, 28)), eq(subOrders.shopId, shopId)))
  return row ?? null
}

/** The numbers that people read, by part; one query. */
export async function subOrderNos(db: Db, ids: readonly SubOrderId[]): Promise<Map<SubOrderId, string>> {
  const rows = await db
    .select({ id: subOrders.id, no: subOrders.subOrderNo })
    .from(subOrders)
    .where(inArray(subOrders.id, [...ids]))
  return new Map(rows.map((r) => [r.id, r.no]))
}
