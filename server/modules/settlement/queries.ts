/** Reads of the ledger. Sums come back from the database as text and are made fen again. */
import { and, count, desc, eq, ne, sql } from 'drizzle-orm'
import type { ShopId } from '../../../shared/ids.ts'
import { addFen, type Fen, fen } from '../../../shared/money.ts'
import { type Account, entryWords } from '../../../shared/settlement/words.ts'
import type { App } from '../../platform/app.ts'
import { deliveryCounts } from '../../platform/deliver.ts'
import { afterCursor, cut, type Page } from '../../platform/page.ts'
import { stuckMoney } from '../payments/index.ts'
import { shopChips } from '../tenants/index.ts'
import { billDays, billDifferences, ledgerEntries } from './tables.ts'

export interface Sums {
  /** All that buyers ever paid: always the sum of the others. */
  paidFen: Fen
  heldFen: Fen
  /** Received, and not split by WeChat yet. */
  dueFen: Fen
  earnedFen: Fen
  /** The park's fee, whether it has it already or not. */
  commissionFen: Fen
  channelFeeFen: Fen
  refundedFen: Fen
  /** Came for closed orders and is on its way back. */
  suspenseFen: Fen
}

const sumsOf = (rows: { account: Account; sum: string | number }[]): Sums => {
  const of = (account: Account): Fen => fen(rows.filter((r) => r.account === account).reduce((a, r) => a + Number(r.sum), 0))
  return {
    paidFen: fen(0 - of('channel')),
    heldFen: of('held'),
    dueFen: of('shopDue'),
    earnedFen: of('shop'),
    commissionFen: addFen(of('commission'), of('commissionDue')),
    channelFeeFen: of('channelFee'),
    refundedFen: of('refunded'),
    suspenseFen: of('suspense'),
  }
}

const total = sql<string | number>`sum(${ledgerEntries.deltaFen})`

/** How a shop stands. */
export async function summary(app: App, shopId: ShopId): Promise<Sums> {
  const rows = await app.read
    .select({ account: ledgerEntries.account, sum: total })
    .from(ledgerEntries)
    .where(eq(ledgerEntries.shopId, shopId))
    .groupBy(ledgerEntries.account)
  return sumsOf(rows)
}

/** What moved on a shop's accounts, newest first. */
export async function entries(app: App, shopId: ShopId, page: Page) {
  const rows = await app.read
    .select()
    .from(ledgerEntries)
    .where(
      and(eq(ledgerEntries.shopId, shopId), ne(ledgerEntries.account, 'channel'), afterCursor(page, ledgerEntries.at, ledgerEntries.id)),
    )
    .orderBy(desc(ledgerEntries.at), desc(ledgerEntries.id))
    .limit(page.limit + 1)
  const cutRows = cut(page, rows, (r) => ({ at: r.at, id: r.id }))
  return {
    rows: cutRows.rows.map((r) => ({
      id: r.id,
      at: r.at,
      subOrderId: r.subOrderId,
      booking: r.booking,
      account: r.account,
      words: entryWords[r.cause],
      deltaFen: r.deltaFen,
    })),
    next: cutRows.next,
  }
}

/** How the park stands: in all and by shop, the largest first. */
export async function overview(app: App) {
  const rows = await app.read
    .select({ shopId: ledgerEntries.shopId, account: ledgerEntries.account, sum: total })
    .from(ledgerEntries)
    .groupBy(ledgerEntries.shopId, ledgerEntries.account)
  const ids = [...new Set(rows.map((r) => r.shopId))]
  const shops = await shopChips(app.read, ids)
  const byShop = ids
    .map((id) => ({ shop: { id, name: shops.get(id)?.name ?? '' }, ...sumsOf(rows.filter((r) => r.shopId === id)) }))
    .sort((a, b) => b.paidFen - a.paidFen)
  return { ...sumsOf(rows), byShop }
}

/** What waits to be heard and what was given up. */
export async function houseState(app: App) {
  const { waiting, parked } = await deliveryCounts(app)
  return { deliveriesWaiting: waiting, deliveriesParked: parked }
}

/** The bills of the last days, newest first, each with the differences that are still open; two queries. */
export async function listBillDays(app: App) {
  const days = await app.read.select().from(billDays).orderBy(desc(billDays.day)).limit(31)
  const open = await app.read
    .select({ day: billDifferences.day, n: count() })
    .from(billDifferences)
    .where(eq(billDifferences.state, 'open'))
    .groupBy(billDifferences.day)
  return days.map((d) => ({ ...d, open: Number(open.find((o) => o.day === d.day)?.n ?? 0) }))
}

/** Differences between our books and the bills, newest first; three queries. */
export async function listDifferences(app: App, state: 'open' | 'explained', page: Page) {
  const rows = await app.read
    .select()
    .from(billDifferences)
    .where(and(eq(billDifferences.state, state), afterCursor(page, billDifferences.foundAt, billDifferences.id)))
    .orderBy(desc(billDifferences.foundAt), desc(billDifferences.id))
    .limit(page.limit + 1)
  const kept = cut(page, rows, (r) => ({ at: r.foundAt, id: r.id }))
  const shops = await shopChips(
    app.read,
    kept.rows.flatMap((r) => r.shopId ?? []),
  )
  return {
    rows: kept.rows.map(({ shopId, explainedBy: _, ...row }) => ({
      ...row,
      shop: shopId ? { id: shopId, name: shops.get(shopId)?.name ?? '' } : null,
    })),
    next: kept.next,
  }
}

/** Money that waits for a person, with the names of its shops. */
export async function stuck(app: App) {
  const rows = await stuckMoney(app)
  const shops = await shopChips(
    app.read,
    rows.flatMap((r) => r.shopId ?? []),
  )
  return rows.map(({ shopId, ...row }) => ({ ...row, shop: shopId ? (shops.get(shopId)?.name ?? '') : null }))
}
