import { and, asc, eq } from 'drizzle-orm'
import type { BatchId, ShopId } from '../../../shared/ids.ts'
import type { Instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { orderLineLots, orderLines, subOrders } from './tables.ts'

interface Pick {
  title: string
  skuName: string
  unit: string
  /** Units to be taken of this batch for all orders together; null where a line is split inside a unit, then count base units. */
  units: number | null
  baseUnits: number
  orders: { subOrderNo: string; units: number | null; baseUnits: number }[]
}

/**
 * What a shop has to take from its shelves now, batch by batch: all parts that wait to be sent and for no after-sale case, without what was refunded.
 * One query.
 */
export async function pickList(app: App, shopId: ShopId) {
  const rows = await app.read
    .select({
      batchId: orderLineLots.batchId,
      batchCode: orderLineLots.batchCode,
      baseUnits: orderLineLots.baseUnits,
      lineId: orderLines.id,
      skuId: orderLines.skuId,
      title: orderLines.title,
      skuName: orderLines.skuName,
      unit: orderLines.unit,
      quantity: orderLines.quantity,
      returned: orderLines.returnedUnits,
      subOrderNo: subOrders.subOrderNo,
      shipBy: subOrders.shipBy,
    })
    .from(subOrders)
    .innerJoin(orderLines, eq(orderLines.subOrderId, subOrders.id))
    .innerJoin(orderLineLots, eq(orderLineLots.orderLineId, orderLines.id))
    .where(and(eq(subOrders.shopId, shopId), eq(subOrders.state, 'toShip'), eq(subOrders.afterSaleOpen, false)))
    .orderBy(asc(orderLineLots.batchCode), asc(orderLines.title), asc(subOrders.subOrderNo))
    .limit(2_000)
  const whole = new Map<string, number>()
  for (const r of rows) whole.set(r.lineId, (whole.get(r.lineId) ?? 0) + r.baseUnits)
  const batches = new Map<BatchId, { code: string; picks: Map<string, Pick> }>()
  for (const r of rows) {
    if (r.returned >= r.quantity) continue
    const perUnit = (whole.get(r.lineId) ?? r.baseUnits) / r.quantity
    const units = r.baseUnits % perUnit === 0 ? r.baseUnits / perUnit : null
    const batch = batches.get(r.batchId) ?? { code: r.batchCode, picks: new Map<string, Pick>() }
    const pick = batch.picks.get(r.skuId) ?? { title: r.title, skuName: r.skuName, unit: r.unit, units: 0, baseUnits: 0, orders: [] }
    pick.units = pick.units === null || units === null ? null : pick.units + units
    pick.baseUnits += r.baseUnits
    pick.orders.push({ subOrderNo: r.subOrderNo, units, baseUnits: r.baseUnits })
    batch.picks.set(r.skuId, pick)
    batches.set(r.batchId, batch)
  }
  return {
    orders: new Set(rows.map((r) => r.subOrderNo)).size,
    /** The first that is due. */
    shipBy: rows.reduce<Instant | null>((least, r) => (r.shipBy !== null && (least === null || r.shipBy < least) ? r.shipBy : least), null),
    batches: [...batches].map(([batchId, { code, picks }]) => ({ batchId, code, picks: [...picks.values()] })),
  }
}
