/** The sheet after a show 场后复盘: what each tea took of the time and what it brought, to the fen, and what to do otherwise next time. */
import type { BagItemId, ListingId, SkuId } from '../ids.ts'
import { addFen, type Fen, fen } from '../money.ts'
import { DAY, type Instant, MINUTE } from '../time.ts'

/** Refunds are possible for so long after the parcel came; until then the numbers are provisional (J2). */
export const KEEP_WINDOW = 15 * DAY

/** What was sold of one sku in a show. */
export interface Sale {
  skuId: SkuId
  listingId: ListingId
  title: string
  unit: string
  orders: number
  units: number
  /** After every discount. */
  paidFen: Fen
  refundedFen: Fen
  returnedUnits: number
}

/** What the show's orders come to, read from the orders themselves. */
export interface Total {
  orders: number
  payableFen: Fen
  freightFen: Fen
  freightRefundedFen: Fen
  /** Parts that are paid and neither received nor refunded yet. */
  underway: number
  lastReceivedAt: Instant | null
}

export interface Explained {
  bagItemId: BagItemId
  number: number
  skuId: SkuId
  listingId: ListingId
  title: string
  ms: number
  questions: number
  unanswered: number
  left: number
}

export interface AfterShowRow {
  /** Null: sold in the show, but not out of its bag. */
  number: number | null
  listingId: ListingId
  title: string
  ms: number
  orders: number
  units: number
  unit: string
  paidFen: Fen
  refundedFen: Fen
  questions: number
  /** What a minute of explaining brought; null where nothing was explained. */
  perMinuteFen: Fen | null
}

export interface AfterShow {
  rows: AfterShowRow[]
  orders: number
  paidFen: Fen
  freightFen: Fen
  refundedFen: Fen
  /** Paid less refunded: what stays. */
  keptFen: Fen
  /** Kept of paid, in basis points; null where nothing was paid. */
  keptBp: number | null
  /** Whether the rows and the freight add up to what the orders say. Anything else is a fault of ours, and shown. */
  agrees: boolean
  /** Null: refunds may still come, and some parcel is not received. Else from when the numbers stand. */
  settledFrom: Instant | null
  advice: string[]
}

const MUCH = 5 * MINUTE
const MANY_BACK = 1_000

/** Puts the sheet together. Pure. */
export function afterShow(given: { explained: readonly Explained[]; sales: readonly Sale[]; total: Total }): AfterShow {
  const { explained, sales, total } = given
  const soldOf = new Map(sales.map((sale) => [sale.skuId, sale]))
  const inBag = new Set(explained.map((e) => e.skuId))
  const row = (sale: Sale | undefined, e: Explained | null): AfterShowRow => ({
    number: e?.number ?? null,
    listingId: (e?.listingId ?? sale?.listingId) as ListingId,
    title: e?.title || sale?.title || '',
    ms: e?.ms ?? 0,
    orders: sale?.orders ?? 0,
    units: sale?.units ?? 0,
    unit: sale?.unit ?? '',
    paidFen: sale?.paidFen ?? fen(0),
    refundedFen: sale?.refundedFen ?? fen(0),
    questions: e?.questions ?? 0,
    perMinuteFen: e && e.ms > 0 ? fen(Math.round(((sale?.paidFen ?? 0) * MINUTE) / e.ms)) : null,
  })
  const rows = [
    ...explained.map((e) => row(soldOf.get(e.skuId), e)),
    ...sales.filter((sale) => !inBag.has(sale.skuId)).map((sale) => row(sale, null)),
  ]
  const sum = (of: (r: AfterShowRow) => Fen): Fen => rows.reduce((all, r) => addFen(all, of(r)), fen(0))
  const goods = sum((r) => r.paidFen)
  const refundedFen = addFen(
    sum((r) => r.refundedFen),
    total.freightRefundedFen,
  )
  const keptFen = fen(total.payableFen - refundedFen)
  return {
    rows,
    orders: total.orders,
    paidFen: total.payableFen,
    freightFen: total.freightFen,
    refundedFen,
    keptFen,
    keptBp: total.payableFen === 0 ? null : Math.round((keptFen * 10_000) / total.payableFen),
    agrees: addFen(goods, total.freightFen) === total.payableFen,
    settledFrom: total.underway > 0 || total.lastReceivedAt === null ? null : ((total.lastReceivedAt + KEEP_WINDOW) as Instant),
    advice: adviceFor(explained, rows),
  }
}

/** What the numbers say to do otherwise, each with the number it rests on. */
function adviceFor(explained: readonly Explained[], rows: readonly AfterShowRow[]): string[] {
  const name = (r: { number: number | null; title: string }) => (r.number === null ? `「${r.title}」` : `${r.number} 号「${r.title}」`)
  const minutes = (ms: number) => Math.round(ms / MINUTE)
  const best = [...rows]
    .filter((r) => r.perMinuteFen !== null && r.orders > 0)
    .sort((a, b) => (b.perMinuteFen ?? 0) - (a.perMinuteFen ?? 0))[0]
  return [
    ...(best ? [`${name(best)} 每讲一分钟成交最多，下场可以早讲、多讲`] : []),
    ...rows
      .filter((r) => r.ms >= MUCH && r.orders === 0)
      .map((r) => `${name(r)} 讲了 ${minutes(r.ms)} 分钟没有成交，下场先讲清价格和规格，或缩短`),
    ...rows.filter((r) => r.ms === 0 && r.orders > 0).map((r) => `${name(r)} 没有讲解也卖出 ${r.units} ${r.unit}，下场值得一讲`),
    ...explained.filter((e) => e.left === 0).map((e) => `${name(e)} 已卖完，下场前补货`),
    ...explained.filter((e) => e.unanswered > 0).map((e) => `讲 ${name(e)} 时有 ${e.unanswered} 个问题没有回答，下场先准备好`),
    ...rows
      .filter((r) => r.paidFen > 0 && r.refundedFen * 10_000 >= r.paidFen * MANY_BACK)
      .map((r) => `${name(r)} 退款达到成交的 ${Math.round((r.refundedFen * 100) / r.paidFen)}%，看看退款原因`),
  ]
}
