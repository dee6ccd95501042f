/** Reads of after-sale, shaped as the screens want them. */
import { createHash } from 'node:crypto'
import { and, asc, count, desc, eq, inArray } from 'drizzle-orm'
import { refundOf } from '../../../shared/after-sale/amount.ts'
import { type AfterSaleState, afterSaleFlow } from '../../../shared/after-sale/flow.ts'
import { FAULT_DAYS, NO_REASON_DAYS } from '../../../shared/after-sale/limits.ts'
import { type AfterSaleReason, afterSaleKindWords, afterSaleReasons, afterSaleStateWords } from '../../../shared/after-sale/words.ts'
import type { AfterSaleId, ShopId, SubOrderId, UserId } from '../../../shared/ids.ts'
import { addFen, fen } from '../../../shared/money.ts'
import { refuse } from '../../../shared/refusals.ts'
import { couriers } from '../../../shared/shipping/couriers.ts'
import { after, DAY, longTime } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { afterCursor, cut, type Page } from '../../platform/page.ts'
import { pictures } from '../assets/index.ts'
import { people } from '../identity/index.ts'
import { type AfterSalePart, afterSalePart } from '../orders/index.ts'
import { shopSigns } from '../tenants/index.ts'
import { stepWords } from './move-case.ts'
import { afterSaleMoves, afterSales } from './tables.ts'

type Row = typeof afterSales.$inferSelect

/** What a buyer may ask for of a part now, and what would go back for each line. Refuses `notFound`. */
export async function askable(app: App, buyerId: UserId, subOrderId: SubOrderId) {
  const found = await afterSalePart(app.read, subOrderId, { buyerId })
  if (!found) throw refuse('notFound')
  const { part, lines } = found
  const now = app.clock.now()
  const unshipped = part.state === 'toShip'
  const within = (days: number): boolean => part.completedAt === null || now <= after(part.completedAt, days * DAY)
  const reasons = (Object.keys(afterSaleReasons) as AfterSaleReason[]).filter((reason) =>
    unshipped
      ? afterSaleReasons[reason].unshipped
      : !afterSaleReasons[reason].unshipped &&
        (part.state === 'shipped' || part.state === 'completed') &&
        within(reason === 'noReason' ? NO_REASON_DAYS : FAULT_DAYS) &&
        (reason !== 'noReason' || lines.some((l) => l.noReasonReturn)),
  )
  const shown = await pictures(
    app.read,
    app.ports.storage.url,
    lines.map((l) => l.pictureId),
  )
  return {
    subOrderId,
    orderId: part.orderId,
    unshipped,
    open: part.afterSaleOpen,
    reasons: reasons.map((reason) => ({ reason, words: afterSaleReasons[reason].words })),
    freightFen: found.freightLeftFen,
    lines: lines.map((l) => ({
      id: l.id,
      title: l.title,
      skuName: l.skuName,
      unit: l.unit,
      picture: (l.pictureId && shown.get(l.pictureId)) || null,
      left: l.quantity - l.returnedUnits,
      noReasonReturn: l.noReasonReturn,
      /** What goes back for one unit, two, and so on. */
      backFen: Array.from({ length: l.quantity - l.returnedUnits }, (_, i) => refundOf(l, i + 1)),
    })),
  }
}

const wouldGoBack = (one: Row, found: AfterSalePart) =>
  addFen(
    ...one.lines.map(({ orderLineId, units }) => {
      const line = found.lines.find((l) => l.id === orderLineId)
      return line && line.returnedUnits + units <= line.quantity ? refundOf(line, units) : fen(0)
    }),
  )

/** One case whole, for those whom it concerns. */
async function dress(app: App, one: Row, as: 'buyer' | 'shop' | 'staff') {
  const found = await afterSalePart(app.read, one.subOrderId, null)
  if (!found) throw refuse('notFound')
  const moves = await app.read.select().from(afterSaleMoves).where(eq(afterSaleMoves.afterSaleId, one.id)).orderBy(asc(afterSaleMoves.no))
  const shown = await pictures(app.read, app.ports.storage.url, [
    ...found.lines.map((l) => l.pictureId),
    ...moves.flatMap((m) => m.pictureIds),
  ])
  const shop = (await shopSigns(app.read, [one.shopId])).get(one.shopId)
  const buyer = (await people(app.read, [one.buyerId])).get(one.buyerId)
  const parcel = (courier: string | null, no: string | null) =>
    courier && no ? { courierName: couriers[courier as keyof typeof couriers] ?? courier, trackingNo: no } : null
  return {
    id: one.id,
    orderId: one.orderId,
    subOrderId: one.subOrderId,
    subOrderNo: found.part.subOrderNo,
    shop: { id: one.shopId, name: shop?.name ?? '' },
    buyerNickname: buyer?.nickname ?? '',
    kind: one.kind,
    kindWords: afterSaleKindWords[one.kind],
    reason: afterSaleReasons[one.reason].words,
    state: one.state,
    stateWords: afterSaleStateWords[one.state],
    unshipped: one.unshipped,
    openedAt: one.openedAt,
    dueAt: one.dueAt,
    askedFen: one.state === 'refunded' ? one.refundedFen : wouldGoBack(one, found),
    refundedFen: one.refundedFen,
    returned: parcel(one.returnCourier, one.returnNo),
    reshipped: parcel(one.reshipCourier, one.reshipNo),
    lines: one.lines.flatMap(({ orderLineId, units }) => {
      const line = found.lines.find((l) => l.id === orderLineId)
      return line
        ? [
            {
              id: line.id,
              title: line.title,
              skuName: line.skuName,
              unit: line.unit,
              units,
              quantity: line.quantity,
              paidFen: line.paidFen,
              batches: line.batches.map((b) => b.code),
              picture: (line.pictureId && shown.get(line.pictureId)) || null,
            },
          ]
        : []
    }),
    steps: moves.map((m) => ({
      no: m.no,
      at: m.at,
      who: m.actor.kind === 'buyer' ? '买家' : m.actor.kind === 'member' ? '店铺' : m.actor.kind === 'staff' ? '园区' : '系统',
      act: stepWords(m.act),
      words: m.words,
      pictures: m.pictureIds.flatMap((id) => shown.get(id) ?? []),
    })),
    acts: afterSaleFlow.acts(one.state, as),
  }
}

/** A buyer's case. Refuses `notFound`. */
export async function caseOfBuyer(app: App, buyerId: UserId, id: AfterSaleId) {
  const [one] = await app.read
    .select()
    .from(afterSales)
    .where(and(eq(afterSales.id, id), eq(afterSales.buyerId, buyerId)))
  if (!one) throw refuse('notFound')
  return dress(app, one, 'buyer')
}

/** A shop's case. Refuses `notFound`. */
export async function caseOfShop(app: App, shopId: ShopId, id: AfterSaleId) {
  const [one] = await app.read
    .select()
    .from(afterSales)
    .where(and(eq(afterSales.id, id), eq(afterSales.shopId, shopId)))
  if (!one) throw refuse('notFound')
  return dress(app, one, 'shop')
}

/** Any case, for the park. Refuses `notFound`. */
export async function caseOfPark(app: App, id: AfterSaleId) {
  const [one] = await app.read.select().from(afterSales).where(eq(afterSales.id, id))
  if (!one) throw refuse('notFound')
  return dress(app, one, 'staff')
}

const row = (one: Row, shop: string, buyer: string) => ({
  id: one.id,
  subOrderId: one.subOrderId,
  kindWords: afterSaleKindWords[one.kind],
  reason: afterSaleReasons[one.reason].words,
  state: one.state,
  stateWords: afterSaleStateWords[one.state],
  openedAt: one.openedAt,
  dueAt: one.dueAt,
  refundedFen: one.refundedFen,
  shopName: shop,
  buyerNickname: buyer,
})

export type CaseFilter = 'ours' | 'theirs' | 'park' | 'over'
const filtered: Record<CaseFilter, AfterSaleState[]> = {
  ours: ['asked', 'returning', 'toReship'],
  theirs: ['declined', 'toReturn'],
  park: ['atPark'],
  over: ['refunded', 'reshipped', 'ended', 'withdrawn'],
}

/** Cases of a shop, or (null) of all, newest first, with how many wait for whom. Three queries. */
export async function cases(app: App, shopId: ShopId | null, filter: CaseFilter, page: Page) {
  const rows = await app.read
    .select()
    .from(afterSales)
    .where(
      and(
        shopId ? eq(afterSales.shopId, shopId) : undefined,
        inArray(afterSales.state, filtered[filter]),
        afterCursor(page, afterSales.openedAt, afterSales.id),
      ),
    )
    .orderBy(desc(afterSales.openedAt), desc(afterSales.id))
    .limit(page.limit + 1)
  const kept = cut(page, rows, (r) => ({ at: r.openedAt, id: r.id }))
  const shops = await shopSigns(
    app.read,
    kept.rows.map((r) => r.shopId),
  )
  const buyers = await people(
    app.read,
    kept.rows.map((r) => r.buyerId),
  )
  const counted = page.cursor
    ? []
    : await app.read
        .select({ state: afterSales.state, n: count() })
        .from(afterSales)
        .where(
          and(
            shopId ? eq(afterSales.shopId, shopId) : undefined,
            inArray(afterSales.state, [...filtered.ours, ...filtered.theirs, ...filtered.park]),
          ),
        )
        .groupBy(afterSales.state)
  const of = (name: CaseFilter) => counted.filter((c) => filtered[name].includes(c.state)).reduce((sum, c) => sum + Number(c.n), 0)
  return {
    rows: kept.rows.map((r) => row(r, shops.get(r.shopId)?.name ?? '', buyers.get(r.buyerId)?.nickname ?? '')),
    next: kept.next,
    counts: page.cursor ? null : { ours: of('ours'), theirs: of('theirs'), park: of('park') },
  }
}

/** The cases about one part of an order, newest first, for its buyer. */
export async function casesOfPart(app: App, buyerId: UserId, subOrderId: SubOrderId) {
  const rows = await app.read
    .select()
    .from(afterSales)
    .where(and(eq(afterSales.subOrderId, subOrderId), eq(afterSales.buyerId, buyerId)))
    .orderBy(desc(afterSales.openedAt))
  return rows.map((r) => row(r, '', ''))
}

/**
 * The evidence of a case in one file, for whoever has to judge it outside: the order as it was shown and priced, its batches, the parcels, every
 * step with its words and pictures, and a SHA-256 over all of it. Refuses `notFound`.
 */
export async function evidence(app: App, id: AfterSaleId) {
  const one = await caseOfPark(app, id)
  const found = await afterSalePart(app.read, one.subOrderId, null)
  if (!found) throw refuse('notFound')
  const pack = {
    made: longTime(app.clock.now()),
    case: { ...one, acts: undefined },
    order: {
      orderNo: found.order.orderNo,
      placedAt: longTime(found.order.placedAt),
      liveSessionId: found.order.liveSessionId,
      discounts: found.order.discounts,
      part: {
        subOrderNo: found.part.subOrderNo,
        goodsFen: found.part.goodsFen,
        discountFen: found.part.discountFen,
        freightFen: found.part.freightFen,
        freightWhy: found.part.freightWhy,
        payableFen: found.part.payableFen,
        paidAt: found.part.paidAt && longTime(found.part.paidAt),
        shippedAt: found.part.shippedAt && longTime(found.part.shippedAt),
        courier: found.part.courier,
        trackingNo: found.part.trackingNo,
        completedAt: found.part.completedAt && longTime(found.part.completedAt),
      },
      lines: found.lines.map((l) => ({
        title: l.title,
        skuName: l.skuName,
        revisionId: l.revisionId,
        priceVersionId: l.priceVersionId,
        priceFen: l.priceFen,
        quantity: l.quantity,
        paidFen: l.paidFen,
        refundedFen: l.refundedFen,
        batches: l.batches.map((b) => b.code),
        noReasonReturn: l.noReasonReturn,
      })),
    },
  }
  const text = JSON.stringify(pack, null, 2)
  return { name: `证据-${found.part.subOrderNo}.json`, text, sha256: createHash('sha256').update(text).digest('hex') }
}
