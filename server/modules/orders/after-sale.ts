/** What after-sale needs of orders: what may go back of a part, that nothing else happens to it meanwhile, and the money's and the wares' way back. */
import { and, asc, eq, sql } from 'drizzle-orm'
import { refundOf } from '../../../shared/after-sale/amount.ts'
import type { AfterSaleId, BatchId, OrderId, OrderLineId, ShopId, SubOrderId, UserId } from '../../../shared/ids.ts'
import { addFen, type Fen, fen } from '../../../shared/money.ts'
import { subOrderFlow } from '../../../shared/orders/flow.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { Db } from '../../platform/db.ts'
import { matched } from '../../platform/db.ts'
import { tryAdvance, type Work } from '../../platform/work.ts'
import { restock } from '../catalogue/index.ts'
import { refundPart } from '../payments/index.ts'
import { giveCouponsBack, giveFlashBack } from '../promotions/index.ts'
import { note } from './move.ts'
import { orderLineLots, orderLines, orders, subOrders } from './tables.ts'

/** A part with its lines, as a case about it needs them. */
export interface AfterSalePart {
  part: typeof subOrders.$inferSelect
  order: Pick<typeof orders.$inferSelect, 'id' | 'orderNo' | 'liveSessionId' | 'discounts' | 'placedAt' | 'shipTo'>
  lines: (typeof orderLines.$inferSelect & { batches: { batchId: BatchId; code: string }[] })[]
  /** Freight that has not gone back yet: what is payable beyond the lines, less what went back beyond them. */
  freightLeftFen: Fen
}

/** A part of an order for its buyer or its shop, or for the park (no owner named); null for anybody else. Three queries. */
export async function afterSalePart(
  db: Db,
  subOrderId: SubOrderId,
  owner: { buyerId: UserId } | { shopId: ShopId } | null,
): Promise<AfterSalePart | null> {
  const [row] = await db
    .select({ part: subOrders, order: orders })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .where(
      and(
        eq(subOrders.id, subOrderId),
        owner === null ? undefined : 'buyerId' in owner ? eq(subOrders.buyerId, owner.buyerId) : eq(subOrders.shopId, owner.shopId),
      ),
    )
  if (!row) return null
  const lines = await db.select().from(orderLines).where(eq(orderLines.subOrderId, subOrderId)).orderBy(asc(orderLines.lineNo))
  const lots = await db.select().from(orderLineLots).where(eq(orderLineLots.orderId, row.part.orderId))
  return {
    ...row,
    lines: lines.map((line) => ({
      ...line,
      batches: lots.filter((l) => l.orderLineId === line.id).map((l) => ({ batchId: l.batchId, code: l.batchCode })),
    })),
    freightLeftFen: row.part.freightRefunded ? fen(0) : row.part.freightFen,
  }
}

/** From now on the part waits for the case. Refuses `afterSaleOpen` when it waits for another already. */
export async function beginAfterSale(work: Work, subOrderId: SubOrderId, orderId: OrderId): Promise<void> {
  const took = await work.db
    .update(subOrders)
    .set({ afterSaleOpen: true })
    .where(and(eq(subOrders.id, subOrderId), eq(subOrders.afterSaleOpen, false)))
  if (matched(took) !== 1) throw refuse('afterSaleOpen')
  await note(work, orderId, subOrderId, 'afterSale')
}

/** The case is over: the part goes on. */
export async function endAfterSale(work: Work, subOrderId: SubOrderId): Promise<void> {
  await work.db.update(subOrders).set({ afterSaleOpen: false }).where(eq(subOrders.id, subOrderId))
}

/**
 * Sends back what so many units of these lines cost (and the freight, where it is asked for and still there), once for a case. Before shipping,
 * what is refunded whole stands on the shelf again, and a part of which everything went back is closed. Answers the sum. Refuses `nothingLeft`.
 */
export async function refundLines(
  work: Work,
  afterSaleId: AfterSaleId,
  subOrderId: SubOrderId,
  asked: { lines: readonly { orderLineId: OrderLineId; units: number }[]; freight: boolean; reason: string },
): Promise<Fen> {
  const found = await afterSalePart(work.db, subOrderId, null)
  if (!found) throw refuse('notFound')
  const { part, order, lines } = found
  const sums: Fen[] = []
  for (const { orderLineId, units } of asked.lines) {
    const line = lines.find((l) => l.id === orderLineId)
    if (!line || line.returnedUnits + units > line.quantity) throw refuse('nothingLeft', { title: line?.title ?? '' })
    const amountFen = refundOf(line, units)
    const took = await work.db
      .update(orderLines)
      .set({
        refundedFen: sql`${orderLines.refundedFen} + ${amountFen}` as never,
        returnedUnits: sql`${orderLines.returnedUnits} + ${units}`,
      })
      .where(
        and(
          eq(orderLines.id, orderLineId),
          eq(orderLines.returnedUnits, line.returnedUnits),
          eq(orderLines.refundedFen, line.refundedFen),
          sql`${orderLines.refundedFen} + ${amountFen} <= ${orderLines.paidFen}`,
        ),
      )
    if (matched(took) !== 1) throw refuse('stale')
    sums.push(amountFen)
  }
  const after = await work.db.select().from(orderLines).where(eq(orderLines.subOrderId, subOrderId)).orderBy(asc(orderLines.lineNo))
  const whole = after.every((l) => l.returnedUnits === l.quantity)
  const unshipped = part.state === 'toShip'
  // what was never sent costs no freight; what came back whole by the shop's fault gives it back too
  const withFreight = whole && (unshipped || asked.freight) && !part.freightRefunded && part.freightFen > 0
  if (withFreight) await work.db.update(subOrders).set({ freightRefunded: true }).where(eq(subOrders.id, subOrderId))
  const amountFen = addFen(...sums, withFreight ? part.freightFen : fen(0))
  if (amountFen > 0) await refundPart(work, { subOrderId, amountFen, cause: afterSaleId, reason: asked.reason })
  if (unshipped) {
    const gone = after.filter((l) => l.returnedUnits === l.quantity && asked.lines.some((a) => a.orderLineId === l.id)).map((l) => l.skuId)
    const stays = new Set(after.filter((l) => l.returnedUnits < l.quantity).map((l) => l.skuId))
    await restock(
      work,
      order.id,
      gone.filter((id) => !stays.has(id)),
      afterSaleId,
    )
    if (whole) await closeRefunded(work, part)
  }
  return amountFen
}

/** All of a part went back before it was sent; where all parts of the order did, its coupons are the buyer's again. */
async function closeRefunded(work: Work, part: typeof subOrders.$inferSelect): Promise<void> {
  if (!(await tryAdvance(work, subOrders, part.id, subOrderFlow, 'refund'))) throw refuse('stale')
  await note(work, part.orderId, part.id, 'refund')
  const parts = await work.db.select({ state: subOrders.state }).from(subOrders).where(eq(subOrders.orderId, part.orderId))
  if (parts.every((p) => p.state === 'closed')) {
    await giveCouponsBack(work, part.orderId)
    await giveFlashBack(work, part.orderId)
  }
  await work.tell('suborder.refunded', { subOrderId: part.id, orderId: part.orderId, shopId: part.shopId })
}
