import { createHash, randomInt } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { classForms } from '../../../shared/catalogue/classes.ts'
import type { AddressId, CouponId, LiveSessionId, OrderId, OrderLineId, RevisionId, ShopId, SkuId, UserId } from '../../../shared/ids.ts'
import { type Fen, fen, timesFen, yuan } from '../../../shared/money.ts'
import type { Choice } from '../../../shared/promotions/price.ts'
import { refuse } from '../../../shared/refusals.ts'
import { after, businessDay, type Instant, MINUTE } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { isDuplicate } from '../../platform/db.ts'
import { type Actor, newId, type Work } from '../../platform/work.ts'
import { type Allocation, reserve, type Sellable, sellables } from '../catalogue/index.ts'
import { openidOf } from '../identity/index.ts'
import { sessionForOrder } from '../live/index.ts'
import { preparePayment } from '../payments/index.ts'
import { spendCoupon, takeFlash } from '../promotions/index.ts'
import { shopChips } from '../tenants/index.ts'
import { takeLimited, takeOpen } from './allowances.ts'
import { couponsIn, priceBasket } from './basket.ts'
import { takeFromCart } from './cart.ts'
import { addresses, orderLineLots, orderLines, orderMoves, orders, type PostalAddress, subOrders } from './tables.ts'

export interface OrderAsk {
  /** The phone's request key: the same key places one order, however often it is sent. */
  key: string
  lines: { skuId: SkuId; quantity: number; revisionId: RevisionId; priceFen: Fen }[]
  addressId: AddressId
  liveSessionId: LiveSessionId | null
  note: string
  /** Which coupons; what is not named is chosen for the buyer. */
  choice?: Choice
  /** What the buyer was shown to pay; anything else is refused. */
  shownFen?: Fen | null
  /** The lines come from the cart and leave it. */
  fromCart?: boolean
  /** The buyer has ticked that what is perishable does not come back without a reason. */
  ticked?: boolean
}

export interface Placed {
  orderId: OrderId
  orderNo: string
  payableFen: Fen
  dueAt: Instant
}

/**
 * Places an order: one work from the check of the price to the last row. Refuses `keyReused`, `addressNeeded`, `tooManyUnpaid`,
 * `tickNeeded`, `notOnSale`, `priceChanged`, `totalChanged`, `noShip`, `overLimit`, `couponGone`, `flashOver`, `soldOut`, `notEnough`; after a refusal nothing has happened. The same key again gives the same order.
 */
export async function placeOrder(app: App, by: Actor, buyerId: UserId, networkAddress: string, ask: OrderAsk): Promise<Placed> {
  const hash = fingerprint(ask)
  const before = await placedBefore(app, buyerId, ask.key, hash)
  if (before) return before
  try {
    return await app.work(by, (work) => place(app, work, buyerId, networkAddress, ask, hash))
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const other = await placedBefore(app, buyerId, ask.key, hash)
    if (!other) throw error
    return other
  }
}

/** The same request, whatever the order in which its fields came. */
const fingerprint = (ask: OrderAsk): string => {
  const lines = ask.lines.map((l) => [l.skuId, l.quantity, l.revisionId, l.priceFen])
  return createHash('sha256')
    .update(
      JSON.stringify([
        lines,
        ask.addressId,
        ask.liveSessionId,
        ask.note,
        ...(ask.choice && Object.keys(ask.choice).length > 0 ? [ask.choice] : []),
      ]),
    )
    .digest('hex')
}

async function placedBefore(app: App, buyerId: UserId, key: string, hash: string): Promise<Placed | null> {
  const [row] = await app.read
    .select({ orderId: orders.id, orderNo: orders.orderNo, payableFen: orders.payableFen, dueAt: orders.dueAt, hash: orders.requestHash })
    .from(orders)
    .where(and(eq(orders.buyerId, buyerId), eq(orders.requestKey, key)))
  if (!row) return null
  if (row.hash !== hash) throw refuse('keyReused')
  const { hash: _, ...placed } = row
  return placed
}

async function place(app: App, work: Work, buyerId: UserId, networkAddress: string, ask: OrderAsk, hash: string): Promise<Placed> {
  const shipTo = await addressOf(work, buyerId, ask.addressId)
  const wares = await sellables(
    work.db,
    ask.lines.map((l) => l.skuId),
  )
  const lines = ask.lines.map((line) => ({ ...line, ware: asShown(wares.get(line.skuId), line, businessDay(work.now)) }))
  const shops = await shopChips(
    work.db,
    lines.map((l) => l.ware.shopId),
  )
  if (ask.liveSessionId) await sessionForOrder(work.db, ask.liveSessionId)
  const perishable = lines.find((l) => !returnable(l.ware))
  if (perishable && !ask.ticked) throw refuse('tickNeeded', { title: perishable.ware.title })
  const { price, flashes } = await priceBasket(work.db, {
    now: work.now,
    userId: buyerId,
    lines,
    province: shipTo.province,
    choice: ask.choice ?? {},
    liveSessionId: ask.liveSessionId,
  })
  const nowhere = price.shops.find((p) => !p.canShip)
  if (nowhere) throw refuse('noShip', { shop: shops.get(nowhere.shopId as ShopId)?.name ?? '', province: shipTo.province })
  if (ask.shownFen != null && ask.shownFen !== price.payableFen)
    throw refuse('totalChanged', { was: yuan(ask.shownFen), now: yuan(price.payableFen) })
  const orderId = newId('Order')
  const orderNo = `${businessDay(work.now).replaceAll('-', '')}${String(randomInt(1e10)).padStart(10, '0')}`
  const dueAt = after(work.now, app.settings.unpaidMinutes * MINUTE)
  // the order's row comes first: a second try under the same key stops here, before it touches the stock
  await work.db.insert(orders).values({
    id: orderId,
    orderNo,
    buyerId,
    requestKey: ask.key,
    requestHash: hash,
    state: 'unpaid',
    goodsFen: price.goodsFen,
    discountFen: price.discountFen,
    freightFen: price.freightFen,
    payableFen: price.payableFen,
    discounts: price.discounts,
    shipTo,
    note: ask.note,
    liveSessionId: ask.liveSessionId,
    placedAt: work.now,
    dueAt,
  })
  // whoever has enough open, or has had enough of a limited tea, stops here; the order's row above has stopped the second tap before
  await takeOpen(work, buyerId, ask.liveSessionId)
  const limited = await takeLimited(
    work,
    buyerId,
    shipTo,
    lines.map((l) => ({ listingId: l.ware.listingId, title: l.ware.title, quantity: l.quantity })),
  )
  for (const couponId of couponsIn(price)) await spendCoupon(work, buyerId, couponId as CouponId, orderId)
  if (ask.fromCart)
    await takeFromCart(
      work,
      buyerId,
      lines.map((l) => l.skuId),
    )
  const parts = price.shops.map((p, i) => {
    const shop = shops.get(p.shopId as ShopId)
    if (shop?.state !== 'open') throw refuse('notOnSale', { title: lines.find((l) => l.ware.shopId === p.shopId)?.ware.title ?? '' })
    return { ...p, shop, subOrderId: newId('SubOrder'), subOrderNo: `${orderNo}-${i + 1}` }
  })
  await work.db.insert(subOrders).values(
    parts.map((p) => ({
      id: p.subOrderId,
      subOrderNo: p.subOrderNo,
      orderId,
      shopId: p.shop.id,
      buyerId,
      state: 'unpaid' as const,
      goodsFen: p.goodsFen,
      discountFen: p.discountFen,
      freightFen: p.freightFen,
      freightWhy: p.freightWhy,
      payableFen: p.payableFen,
      commissionBp: p.shop.commissionBp,
      promisedDay: promisedDay(lines.flatMap((l) => (l.ware.shopId === p.shop.id && l.ware.shipBy) || [])),
      placedAt: work.now,
    })),
  )
  const lineIds = lines.map(() => newId('OrderLine'))
  await work.db.insert(orderLines).values(
    lines.map(({ ware, quantity }, i) => ({
      id: lineIds[i] as OrderLineId,
      orderId,
      lineNo: i + 1,
      subOrderId: (parts.find((p) => p.shop.id === ware.shopId) as (typeof parts)[number]).subOrderId,
      shopId: ware.shopId,
      skuId: ware.skuId,
      listingId: ware.listingId,
      revisionId: ware.revisionId,
      title: ware.title,
      skuName: ware.skuName,
      priceVersionId: ware.priceVersionId,
      pictureId: ware.pictureId,
      unit: ware.unit,
      netGrams: ware.netGrams,
      priceFen: ware.priceFen,
      quantity,
      lineFen: timesFen(ware.priceFen, quantity),
      paidFen: price.lines[i]?.paidFen ?? fen(0),
      limited: limited.has(ware.listingId),
      noReasonReturn: returnable(ware),
    })),
  )
  await work.db.insert(orderMoves).values({ orderId, subjectId: orderId, act: 'place', actor: work.by, at: work.now })
  const paymentId = await preparePayment(work, {
    orderId,
    buyerId,
    openid: await openidOf(work.db, buyerId),
    address: networkAddress,
    parts: parts.map((p) => ({
      subOrderId: p.subOrderId,
      shopId: p.shop.id,
      subMerchant: p.shop.subMerchant,
      description: `${p.shop.name} ${lines.find((l) => l.ware.shopId === p.shop.id)?.ware.title ?? ''}`,
      amountFen: p.payableFen,
      commissionBp: p.shop.commissionBp,
    })),
    // WeChat wants at least a minute's life even when the buyer pays in the last second
    expiresAt: after(dueAt, MINUTE),
  })
  await work.db.update(orders).set({ paymentId }).where(eq(orders.id, orderId))
  await work.tell('order.placed', {
    orderId,
    buyerId,
    totalFen: price.payableFen,
    skuIds: lines.map((l) => l.skuId),
    liveSessionId: ask.liveSessionId,
  })
  // a flash sale's row is as much waited for as the stock's
  for (const flash of flashes)
    await takeFlash(work, { ...flash, orderId, userId: buyerId, title: lines.find((l) => l.skuId === flash.skuId)?.ware.title ?? '' })
  // the stock last: its row is what everyone waits for, and it is held no longer than the commit takes
  const held = await reserve(
    work,
    orderId,
    lines.map((l) => ({ skuId: l.skuId, quantity: l.quantity })),
  )
  const perLine = lines.map((l, i) => ({ id: lineIds[i] as OrderLineId, skuId: l.skuId, baseUnits: l.quantity * l.ware.baseUnits }))
  await work.db.insert(orderLineLots).values(shareOut(perLine, held).map((row) => ({ ...row, orderId })))
  return { orderId, orderNo, payableFen: price.payableFen, dueAt }
}

/** Whether it may come back within seven days without a reason. */
const returnable = (ware: Sellable): boolean => classForms[ware.productClass].returnRule === 'sevenDays'

/** A part goes out whole: when its last presale does. Null where everything is in stock. */
const promisedDay = (days: readonly string[]): string | null => [...days].sort().at(-1) ?? null

/** Which line gets what of each batch: lines of one sku take it one after the other. */
const shareOut = (lines: readonly { id: OrderLineId; skuId: SkuId; baseUnits: number }[], held: readonly Allocation[]) => {
  const rest = held.map((a) => ({ ...a }))
  return lines.flatMap(({ id: orderLineId, skuId, baseUnits }) => {
    let wants = baseUnits
    return rest.flatMap((part) => {
      const takes = part.skuId === skuId ? Math.min(wants, part.baseUnits) : 0
      part.baseUnits -= takes
      wants -= takes
      return takes === 0 ? [] : [{ orderLineId, batchId: part.batchId, batchCode: part.batchCode, baseUnits: takes }]
    })
  })
}

async function addressOf(work: Work, buyerId: UserId, addressId: AddressId): Promise<PostalAddress> {
  const [row] = await work.db
    .select()
    .from(addresses)
    .where(and(eq(addresses.id, addressId), eq(addresses.buyerId, buyerId)))
  if (!row) throw refuse('addressNeeded')
  const { name, phone, province, city, county, detail } = row
  return { name, phone, province, city, county, detail }
}

/** What is sold must be what was shown: this revision at this price. */
function asShown(ware: Sellable | undefined, line: OrderAsk['lines'][number], today: string): Sellable {
  if (!ware) throw refuse('notFound')
  // a presale whose day is over can promise nobody anything any more
  if (!ware.onSale || (ware.shipBy !== null && ware.shipBy < today)) throw refuse('notOnSale', { title: ware.title })
  if (ware.priceFen !== line.priceFen)
    throw refuse('priceChanged', { title: ware.title, was: yuan(line.priceFen), now: yuan(ware.priceFen) })
  if (ware.revisionId !== line.revisionId) throw refuse('stale')
  // who comes too late is told so before he stands in the queue for the stock's row; who comes in time is judged there
  if (ware.left === 0) throw refuse('soldOut', { title: ware.title })
  if (ware.left < line.quantity) throw refuse('notEnough', { title: ware.title, left: ware.left })
  return ware
}
