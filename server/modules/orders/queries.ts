/** Reads of orders, shaped as the screens want them. */
import { and, asc, count, desc, eq, exists, inArray, max, sql } from 'drizzle-orm'
import type { AssetId, BatchId, OrderId, OrderLineId, ShopId, SubOrderId, UserId } from '../../../shared/ids.ts'
import { fen } from '../../../shared/money.ts'
import { type OrderState, orderFlow, type SubOrderState, subOrderFlow } from '../../../shared/orders/flow.ts'
import { stepWords } from '../../../shared/promotions/offers.ts'
import { refuse } from '../../../shared/refusals.ts'
import { couriers } from '../../../shared/shipping/couriers.ts'
import type { App } from '../../platform/app.ts'
import type { Db } from '../../platform/db.ts'
import { afterCursor, cut, type Page } from '../../platform/page.ts'
import { type Picture, pictures } from '../assets/index.ts'
import { people } from '../identity/index.ts'
import { refundsOf } from '../payments/index.ts'
import { shopChips } from '../tenants/index.ts'
import { history } from './history.ts'
import { addressLooks, orderLineLots, orderLines, orders, subOrders } from './tables.ts'

type Order = typeof orders.$inferSelect
type Part = typeof subOrders.$inferSelect

const waybillOf = (part: Part) =>
  part.courier && part.trackingNo && part.shippedAt
    ? {
        courier: part.courier,
        courierName: couriers[part.courier as keyof typeof couriers] ?? part.courier,
        trackingNo: part.trackingNo,
        shippedAt: part.shippedAt,
      }
    : null

type BatchPart = { batchId: BatchId; code: string; baseUnits: number }

/** From which batches these orders' lines are served, by line; one query. */
async function batchesOfLines(db: Db, orderIds: readonly OrderId[]): Promise<Map<OrderLineId, BatchPart[]>> {
  const rows = await db
    .select()
    .from(orderLineLots)
    .where(inArray(orderLineLots.orderId, [...orderIds]))
    .orderBy(asc(orderLineLots.batchCode))
  const parts = new Map<OrderLineId, BatchPart[]>()
  for (const { orderLineId, batchId, batchCode: code, baseUnits } of rows)
    parts.set(orderLineId, [...(parts.get(orderLineId) ?? []), { batchId, code, baseUnits }])
  return parts
}

const lineOf = (line: typeof orderLines.$inferSelect, shown: Map<AssetId, Picture>, batches: Map<OrderLineId, BatchPart[]>) => ({
  id: line.id,
  listingId: line.listingId,
  title: line.title,
  skuName: line.skuName,
  batches: batches.get(line.id) ?? [],
  picture: (line.pictureId && shown.get(line.pictureId)) || null,
  unit: line.unit,
  quantity: line.quantity,
  priceFen: line.priceFen,
  lineFen: line.lineFen,
  /** With its share of every discount. */
  paidFen: line.paidFen,
  /** Gone back: before shipping they do not go into the parcel. */
  returnedUnits: line.returnedUnits,
})

/** The parts and lines of orders with their shops and pictures: six queries for a page, whatever its length. */
async function dress(app: App, rows: Order[]) {
  if (rows.length === 0) return []
  const ids = rows.map((r) => r.id)
  const [parts, lines, batches] = await Promise.all([
    app.read.select().from(subOrders).where(inArray(subOrders.orderId, ids)).orderBy(asc(subOrders.subOrderNo)),
    app.read.select().from(orderLines).where(inArray(orderLines.orderId, ids)).orderBy(asc(orderLines.lineNo)),
    batchesOfLines(app.read, ids),
  ])
  const shops = await shopChips(
    app.read,
    parts.map((p) => p.shopId),
  )
  const shown = await pictures(app.read, app.ports.storage.url, [
    ...lines.map((l) => l.pictureId),
    ...[...shops.values()].map((s) => s.avatarId),
  ])
  return rows.map((order) => ({
    id: order.id,
    orderNo: order.orderNo,
    state: order.state,
    placedAt: order.placedAt,
    dueAt: order.state === 'unpaid' ? order.dueAt : null,
    payableFen: order.payableFen,
    acts: orderFlow
      .acts(order.state, 'buyer')
      .concat(
        order.state === 'unpaid' && parts.every((p) => p.orderId !== order.id || shops.get(p.shopId)?.state === 'open') ? ['pay'] : [],
      ),
    subOrders: parts
      .filter((p) => p.orderId === order.id)
      .map((part) => {
        const shop = shops.get(part.shopId)
        return {
          id: part.id,
          subOrderNo: part.subOrderNo,
          state: part.state,
          shop: { id: part.shopId, name: shop?.name ?? '', avatar: (shop?.avatarId && shown.get(shop.avatarId)) || null },
          payableFen: part.payableFen,
          goodsFen: part.goodsFen,
          discountFen: part.discountFen,
          freightFen: part.freightFen,
          freightWhy: part.freightWhy,
          acts: subOrderFlow.acts(part.state, 'buyer'),
          promisedDay: part.promisedDay,
          waybill: waybillOf(part),
          lines: lines.filter((l) => l.subOrderId === part.id).map((l) => lineOf(l, shown, batches)),
        }
      }),
  }))
}

export type BuyerFilter = 'unpaid' | 'toShip' | 'shipped' | 'completed' | 'closed'

/** A buyer's orders, newest first. */
export async function myOrders(app: App, buyerId: UserId, ask: Page & { state?: BuyerFilter | undefined }) {
  const { state } = ask
  const part = state && state !== 'unpaid' && state !== 'closed' ? state : null
  const rows = await app.read
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.buyerId, buyerId),
        state && !part ? eq(orders.state, state as OrderState) : undefined,
        part
          ? exists(
              app.read
                .select({ one: sql`1` })
                .from(subOrders)
                .where(and(eq(subOrders.orderId, orders.id), eq(subOrders.state, part))),
            )
          : undefined,
        afterCursor(ask, orders.placedAt, orders.id),
      ),
    )
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(ask.limit + 1)
  const page = cut(ask, rows, (r) => ({ at: r.placedAt, id: r.id }))
  return { rows: await dress(app, page.rows), next: page.next }
}

/** One order of a buyer, whole. Refuses `notFound`. */
export async function oneOrder(app: App, buyerId: UserId, orderId: OrderId) {
  const [order] = await app.read
    .select()
    .from(orders)
    .where(and(eq(orders.id, orderId), eq(orders.buyerId, buyerId)))
  if (!order) throw refuse('notFound')
  const [[card], refunds, moves] = await Promise.all([dress(app, [order]), refundsOf(app.read, [orderId]), history(app.read, orderId)])
  if (!card) throw refuse('notFound')
  const looks = await app.read
    .select({ subOrderId: addressLooks.subOrderId, n: count(), last: max(addressLooks.at) })
    .from(addressLooks)
    .where(
      inArray(
        addressLooks.subOrderId,
        card.subOrders.map((s) => s.id),
      ),
    )
    .groupBy(addressLooks.subOrderId)
  return {
    ...card,
    closedBecause: order.closedBecause,
    paidAt: order.paidAt,
    liveSessionId: order.liveSessionId,
    note: order.note,
    address: order.shipTo,
    refunds: refunds.map(({ amountFen, state, at, reason }) => ({ amountFen, state, at, reason })),
    subOrders: card.subOrders.map((part) => ({
      ...part,
      /** How often somebody of the shop has seen the whole address, and when last. */
      addressSeen: looks.filter((l) => l.subOrderId === part.id).map((l) => ({ times: Number(l.n), last: l.last }))[0] ?? null,
      history: moves.filter((m) => m.subjectId === part.id || m.subjectId === orderId).map(({ at, words }) => ({ at, words })),
    })),
    money: [
      { label: '商品金额', fen: order.goodsFen },
      ...(order.discounts ?? []).map((d) => ({
        label: d.title ? `${stepWords[d.step]}「${d.title}」` : stepWords[d.step],
        fen: fen(0 - d.offFen),
      })),
      { label: '运费', fen: order.freightFen },
      { label: order.state === 'paid' ? '实付' : '应付', fen: order.payableFen },
    ],
  }
}

/** A shop's parts of orders, newest first, with the count of each state. */
export async function shopOrders(app: App, shopId: ShopId, ask: Page & { state?: SubOrderState | undefined }) {
  const [rows, counted] = await Promise.all([
    app.read
      .select({ part: subOrders, note: orders.note, liveSessionId: orders.liveSessionId })
      .from(subOrders)
      .innerJoin(orders, eq(orders.id, subOrders.orderId))
      .where(
        and(
          eq(subOrders.shopId, shopId),
          ask.state ? eq(subOrders.state, ask.state) : undefined,
          afterCursor(ask, subOrders.placedAt, subOrders.id),
        ),
      )
      .orderBy(desc(subOrders.placedAt), desc(subOrders.id))
      .limit(ask.limit + 1),
    app.read.select({ state: subOrders.state, n: count() }).from(subOrders).where(eq(subOrders.shopId, shopId)).groupBy(subOrders.state),
  ])
  const page = cut(ask, rows, (r) => ({ at: r.part.placedAt, id: r.part.id }))
  const counts = Object.fromEntries(subOrderFlow.states.map((s) => [s, Number(counted.find((c) => c.state === s)?.n ?? 0)])) as Record<
    SubOrderState,
    number
  >
  return { rows: await dressForShop(app, page.rows), next: page.next, counts }
}

async function dressForShop(app: App, rows: { part: Part; note: string; liveSessionId: Order['liveSessionId'] }[]) {
  if (rows.length === 0) return []
  const lines = await app.read
    .select()
    .from(orderLines)
    .where(
      inArray(
        orderLines.subOrderId,
        rows.map((r) => r.part.id),
      ),
    )
    .orderBy(asc(orderLines.lineNo))
  const batches = await batchesOfLines(app.read, [...new Set(rows.map((r) => r.part.orderId))])
  const shown = await pictures(
    app.read,
    app.ports.storage.url,
    lines.map((l) => l.pictureId),
  )
  return rows.map(({ part, note, liveSessionId }) => ({
    id: part.id,
    subOrderNo: part.subOrderNo,
    state: part.state,
    placedAt: part.placedAt,
    paidAt: part.paidAt,
    shipBy: part.shipBy,
    payableFen: part.payableFen,
    goodsFen: part.goodsFen,
    discountFen: part.discountFen,
    freightFen: part.freightFen,
    freightWhy: part.freightWhy,
    note,
    liveSessionId,
    promisedDay: part.promisedDay,
    waybill: waybillOf(part),
    acts: subOrderFlow.acts(part.state, 'shop'),
    lines: lines.filter((l) => l.subOrderId === part.id).map((l) => lineOf(l, shown, batches)),
  }))
}

/**
 * One part of an order as its shop sees it; the address is whole only while there is something to ship, for those who ship, and each look at it is
 * noted. Refuses `notFound`.
 */
export async function oneShopOrder(app: App, who: { shopId: ShopId; userId: UserId; role: string }, subOrderId: SubOrderId) {
  const { shopId } = who
  const [row] = await app.read
    .select({ part: subOrders, note: orders.note, liveSessionId: orders.liveSessionId, shipTo: orders.shipTo })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .where(and(eq(subOrders.id, subOrderId), eq(subOrders.shopId, shopId)))
  if (!row) throw refuse('notFound')
  const [[order], moves, names] = await Promise.all([
    dressForShop(app, [row]),
    history(app.read, row.part.orderId),
    people(app.read, [row.part.buyerId]),
  ])
  if (!order) throw refuse('notFound')
  const { shipTo } = row
  const open = (row.part.state === 'toShip' || row.part.state === 'shipped') && who.role !== 'streamer'
  if (open)
    await app.read.insert(addressLooks).values({ subOrderId, userId: who.userId, shopId, buyerId: row.part.buyerId, at: app.clock.now() })
  return {
    ...order,
    address: open
      ? shipTo
      : {
          ...shipTo,
          name: `${[...shipTo.name][0] ?? ''}**`,
          phone: `${shipTo.phone.slice(0, 3)}****${shipTo.phone.slice(-4)}`,
          detail: '****',
        },
    history: moves.filter((m) => m.subjectId === subOrderId || m.subjectId === row.part.orderId).map(({ at, words }) => ({ at, words })),
    buyerNickname: names.get(row.part.buyerId)?.nickname ?? '',
  }
}
