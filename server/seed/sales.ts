/** Buys, pays, packs and receives: the orders of the demonstration. */
import { createHash } from 'node:crypto'
import { and, asc, eq, inArray } from 'drizzle-orm'
import type { LiveSessionId, OrderId, SkuId, UserId } from '../../shared/ids.ts'
import { fen } from '../../shared/money.ts'
import { after, businessDay, DAY, HOUR, type Instant, instant, MINUTE } from '../../shared/time.ts'
import { sellables } from '../modules/catalogue/index.ts'
import { cancelOrder, closeUnpaid } from '../modules/orders/close-order.ts'
import { placeOrder } from '../modules/orders/place-order.ts'
import { receiveParcel } from '../modules/orders/receive-parcel.ts'
import { orderLines, orders, subOrders } from '../modules/orders/tables.ts'
import { paidBetween } from '../modules/payments/index.ts'
import { ourselves, settlePayment } from '../modules/payments/settle-payment.ts'
import { takeShare } from '../modules/payments/share.ts'
import { paymentParts, payments, profitShares } from '../modules/payments/tables.ts'
import { takeBill } from '../modules/settlement/read-bill.ts'
import { billLines } from '../modules/settlement/tables.ts'
import { ship } from '../modules/shipping/index.ts'
import { shippingNotices } from '../modules/shipping/tables.ts'
import type { App } from '../platform/app.ts'
import { buyers } from './data/people.ts'
import type { DemoOrder } from './data/sales.ts'
import { addressOf } from './people.ts'
import type { DemoShop } from './shops.ts'
import { firstDay, type Story } from './story.ts'

/** What the seed knows of a shop by now. */
export interface Stocked {
  shop: DemoShop
  /** In the order of its list of teas. */
  skuIds: readonly (SkuId | null)[]
}

const numberFrom = (text: string, digits: number): string =>
  (BigInt(`0x${createHash('sha256').update(text).digest('hex')}`) % 10n ** BigInt(digits)).toString().padStart(digits, '0')

/** One order, from the tap to where it ends. What has happened already is not repeated. */
export async function tellOrder(
  story: Story,
  shops: ReadonlyMap<string, Stocked>,
  people: ReadonlyMap<string, UserId>,
  order: DemoOrder,
  at: Instant,
  liveSessionId: LiveSessionId | null,
): Promise<void> {
  const { app } = story
  const buyer = buyers[order.buyer]
  const buyerId = buyer && people.get(buyer.key)
  if (!buyer || !buyerId) throw new Error(`order ${order.key} has no buyer`)
  story.to(order.ends === 'unpaid' ? null : at)
  const orderId = await place(app, shops, order, buyerId, await addressOf(app, buyerId, buyer.to), liveSessionId)
  if (order.ends === 'unpaid') return story.hear()
  if (order.ends === 'cancelled' || order.ends === 'expired') {
    if ((await orderState(app, orderId)) === 'unpaid') {
      story.to(after(at, order.ends === 'expired' ? (app.settings.unpaidMinutes + 1) * MINUTE : 4 * MINUTE))
      if (order.ends === 'cancelled') await cancelOrder(app, buyerId, orderId)
      else await closeUnpaid(app)
    }
    return story.hear()
  }
  story.to(after(at, MINUTE))
  if ((await orderState(app, orderId)) === 'unpaid') await paid(app, orderId)
  await story.hear()
  if (order.ends === 'toShip') return
  const packedAt = Math.min(at + 20 * HOUR, story.told - HOUR) as Instant
  for (const [i, part] of (await partsOf(app, orderId)).entries()) {
    story.to(packedAt)
    if (part.state === 'toShip') await pack(app, shops, part, `${order.key}-${i}`)
  }
  await story.hear()
  if (order.ends === 'shipped') return
  story.to(after(at, 4 * DAY))
  for (const part of await partsOf(app, orderId)) if (part.state === 'shipped') await receiveParcel(app, buyerId, part.id)
  await story.hear()
  story.to(after(at, 4 * DAY + HOUR))
  await split(app, orderId)
  await story.hear()
}

/** The channel's word that the park's fee was split off: said here, for the played WeChat knows nothing of these payments. */
async function split(app: App, orderId: OrderId): Promise<void> {
  const due = await app.read
    .select({ id: profitShares.id, shareNo: profitShares.shareNo })
    .from(profitShares)
    .innerJoin(subOrders, eq(subOrders.id, profitShares.subOrderId))
    .where(and(eq(subOrders.orderId, orderId), inArray(profitShares.state, ['due', 'asked'])))
  for (const { id, shareNo } of due) {
    await app.read.update(profitShares).set({ state: 'asked' }).where(eq(profitShares.id, id))
    await takeShare(app, id, { shareNo, state: 'done', why: null })
  }
  const parts = (await partsOf(app, orderId)).map((part) => part.id)
  await app.read
    .update(shippingNotices)
    .set({ state: 'settled', settledAt: app.clock.now() })
    .where(inArray(shippingNotices.subOrderId, parts))
}

/** WeChat Pay's usual fee, as its bills name it: 0.6 %, half a fen upwards. */
const CARRIED = 60

/** The channel's bills of the days of the story, in which everything agrees; today's payments are confirmed too, the day itself is not over. */
export async function confirmBills(story: Story): Promise<void> {
  const { app } = story
  story.to(null)
  const today = businessDay(app.clock.now())
  const from = firstDay(story)
  for (let at = from; ; at = after(at, DAY)) {
    const day = businessDay(at)
    const start = instant(Date.parse(`${day}T00:00:00+08:00`))
    const paid = await paidBetween(app.read, start, after(start, DAY))
    const lines = paid.map((line, i) => ({
      kind: 'payment' as const,
      partNo: line.no,
      transactionId: `4200${numberFrom(line.no, 24)}`,
      subMerchant: line.subMerchant,
      amount: line.amountFen,
      fee: fen(Math.floor((line.amountFen * CARRIED + 5000) / 10_000)),
      at: after(start, i),
    }))
    if (day >= today) {
      if (lines.length > 0)
        await app.read
          .insert(billLines)
          .ignore()
          .values(lines.map((l) => ({ line: l.kind, no: l.partNo, day, amountFen: l.amount, feeFen: l.fee })))
      return
    }
    if (lines.length > 0) await takeBill(app, day, lines)
  }
}

const orderState = async (app: App, orderId: OrderId) => {
  const [row] = await app.read.select({ state: orders.state }).from(orders).where(eq(orders.id, orderId))
  return row?.state
}

const partsOf = (app: App, orderId: OrderId) =>
  app.read
    .select({ id: subOrders.id, shopId: subOrders.shopId, state: subOrders.state })
    .from(subOrders)
    .where(eq(subOrders.orderId, orderId))
    .orderBy(asc(subOrders.subOrderNo))

async function place(
  app: App,
  shops: ReadonlyMap<string, Stocked>,
  order: DemoOrder,
  buyerId: UserId,
  addressId: Awaited<ReturnType<typeof addressOf>>,
  liveSessionId: LiveSessionId | null,
): Promise<OrderId> {
  const [have] = await app.read
    .select({ id: orders.id })
    .from(orders)
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .where(eq(orders.requestKey, order.key))
    .limit(1)
  if (have) return have.id
  const wanted = order.lines.map(([shop, tea, quantity]) => {
    const skuId = shops.get(shop)?.skuIds[tea]
    if (!skuId) throw new Error(`order ${order.key} asks for a tea that ${shop} does not have`)
    return { skuId, quantity }
  })
  const wares = await sellables(
    app.read,
    wanted.map((w) => w.skuId),
  )
  const lines = wanted.map(({ skuId, quantity }) => {
    const ware = wares.get(skuId)
    if (!ware) throw new Error(`order ${order.key} asks for a tea that is not sold`)
    return { skuId, quantity, revisionId: ware.revisionId, priceFen: ware.priceFen }
  })
  const ask = { key: order.key, lines, addressId, liveSessionId, note: order.note ?? '' }
  return (await placeOrder(app, { kind: 'buyer', userId: buyerId }, buyerId, '127.0.0.1', ask)).orderId
}

/** The channel's word that the money came: said here, because nobody taps a sheet; believed by the same check as any other. */
async function paid(app: App, orderId: OrderId): Promise<void> {
  const [payment] = await app.read.select().from(payments).where(eq(payments.orderId, orderId))
  if (!payment) throw new Error('an order without its payment')
  const parts = await app.read.select().from(paymentParts).where(eq(paymentParts.paymentId, payment.id))
  const misfit = await app.work({ kind: 'outside', system: 'wechat-pay' }, (work) =>
    settlePayment(
      work,
      {
        paymentNo: payment.paymentNo,
        state: 'paid',
        ...ourselves(app),
        payerOpenid: payment.openid,
        currency: 'CNY',
        parts: parts.map((part) => ({
          partNo: part.partNo,
          transactionId: `4200${numberFrom(part.partNo, 24)}`,
          state: 'paid',
          amount: part.amountFen,
        })),
        paidAt: work.now,
      },
      ourselves(app),
    ),
  )
  if (misfit) throw new Error(`a payment of the seed does not fit: ${misfit.why}`)
}

async function pack(
  app: App,
  shops: ReadonlyMap<string, Stocked>,
  part: Awaited<ReturnType<typeof partsOf>>[number],
  name: string,
): Promise<void> {
  const found = [...shops.values()].find(({ shop }) => shop.shopId === part.shopId)
  if (!found) throw new Error('a parcel of a shop that the seed does not know')
  const { shopId, ownerId, owner } = found.shop
  const [courier, trackingNo] = found.shop.place % 2 === 0 ? ['SF', `SF${numberFrom(name, 13)}`] : ['YTO', `YT${numberFrom(name, 13)}`]
  await ship(app, owner, { shopId, userId: ownerId, subOrderId: part.id, courier, trackingNo })
  // that WeChat heard of it is said here as well: it would be told again and again of a payment that it does not know
  const now = app.clock.now()
  await app.read
    .update(shippingNotices)
    .set({ state: 'told', toldAt: now, checkAt: after(now, app.settings.receiveDays * DAY) })
    .where(and(eq(shippingNotices.subOrderId, part.id), eq(shippingNotices.state, 'due')))
}
