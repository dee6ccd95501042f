/** What a farmer reads of a month, and what the park reports of a quarter: both are sums over the ledger's rows and nothing else. */
import { and, eq, gte, lt, sql } from 'drizzle-orm'
import type { ShopId } from '../../../shared/ids.ts'
import { addFen, type Fen, fen } from '../../../shared/money.ts'
import { refuse } from '../../../shared/refusals.ts'
import { periodOf } from '../../../shared/settlement/periods.ts'
import { type Account, entryWords } from '../../../shared/settlement/words.ts'
import { businessDay, type Instant, longTime } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { workbook, yuanCell } from '../../platform/xlsx.ts'
import { shopChips } from '../tenants/index.ts'
import { ledgerEntries as entries } from './tables.ts'

const within = (period: string): { from: Instant; until: Instant } => {
  const found = periodOf(period)
  if (!found) throw refuse('badInput', { what: '期间' }, { period: '请选择月份或季度' })
  return found
}

const total = sql<string | number>`sum(${entries.deltaFen})`
const own: Account[] = ['held', 'shopDue', 'shop']

/** What stood on a shop's accounts at an instant. */
async function balance(app: App, shopId: ShopId, at: Instant): Promise<Fen> {
  const rows = await app.read
    .select({ account: entries.account, sum: total })
    .from(entries)
    .where(and(eq(entries.shopId, shopId), lt(entries.at, at)))
    .groupBy(entries.account)
  return fen(rows.filter((r) => own.includes(r.account)).reduce((sum, r) => sum + Number(r.sum), 0))
}

/**
 * A shop's month on one page: what was sold, what was kept and given back, what came to its account on which day. opening + what came in − what
 * went out = closing, to the fen. Refuses `badInput` for no month.
 */
export async function statement(app: App, shopId: ShopId, month: string) {
  const { from, until } = within(month)
  const [opening, closing] = [await balance(app, shopId, from), await balance(app, shopId, until)]
  const rows = await app.read
    .select({ account: entries.account, cause: entries.cause, at: entries.at, deltaFen: entries.deltaFen })
    .from(entries)
    .where(and(eq(entries.shopId, shopId), gte(entries.at, from), lt(entries.at, until)))
    .orderBy(entries.at, entries.id)
  const sum = (fits: (r: (typeof rows)[number]) => boolean): Fen => fen(rows.filter(fits).reduce((s, r) => s + r.deltaFen, 0))
  const soldFen = sum((r) => r.account === 'held' && r.cause === 'paid')
  const freightFen = sum((r) => r.account === 'shopDue' && r.cause === 'freight')
  // a refund gives some of the fee back: what is left is what the park has
  const commissionFen = sum((r) => r.account === 'commissionDue' || r.account === 'commission')
  const channelFeeFen = sum((r) => r.account === 'channelFee')
  // money that came too late and went back was never the shop's
  const refundedFen = sum((r) => r.account === 'refunded' || (r.account === 'suspense' && r.cause === 'refunded'))
  const days = new Map<string, Fen>()
  for (const r of rows)
    if (r.account === 'shop' && r.cause === 'shared') days.set(businessDay(r.at), addFen(days.get(businessDay(r.at)) ?? fen(0), r.deltaFen))
  return {
    month,
    openingFen: opening,
    soldFen,
    /** Of what was received; part of what was sold. */
    freightFen,
    commissionFen,
    channelFeeFen,
    refundedFen,
    closingFen: closing,
    /** What came to the shop's account at WeChat, by day. */
    arrivals: [...days].map(([day, amountFen]) => ({ day, amountFen })),
    arrivedFen: addFen(...days.values()),
  }
}

/** A shop's month as a workbook: the page, and every row of its ledger behind it. */
export async function statementFile(app: App, shopId: ShopId, month: string) {
  const { from, until } = within(month)
  const page = await statement(app, shopId, month)
  const shop = (await shopChips(app.read, [shopId])).get(shopId)
  const rows = await app.read
    .select()
    .from(entries)
    .where(and(eq(entries.shopId, shopId), gte(entries.at, from), lt(entries.at, until)))
    .orderBy(entries.at, entries.id)
  const bytes = workbook([
    {
      name: `${month} 对账单`,
      widths: [28, 18],
      rows: [
        [`${shop?.name ?? ''} ${month} 对账单（元）`, ''],
        ['月初余额（待收货、结算中与已到账）', yuanCell(page.openingFen)],
        ['卖出', yuanCell(page.soldFen)],
        ['其中运费（已收货部分）', yuanCell(page.freightFen)],
        ['平台服务费', yuanCell(page.commissionFen)],
        ['微信手续费', yuanCell(page.channelFeeFen)],
        ['退给买家', yuanCell(page.refundedFen)],
        ['月末余额', yuanCell(page.closingFen)],
        ['本月到账', yuanCell(page.arrivedFen)],
        ...page.arrivals.map((a) => [`到账 ${a.day}`, yuanCell(a.amountFen)]),
      ],
    },
    {
      name: '明细',
      widths: [20, 16, 20, 34, 14],
      rows: [
        ['时间', '账户', '事由', '记账号', '金额（元）'],
        ...rows.map((r) => [longTime(r.at), r.account, entryWords[r.cause], r.booking, yuanCell(r.deltaFen)]),
      ],
    },
  ])
  return { name: `对账单-${month}.xlsx`, base64: Buffer.from(bytes).toString('base64') }
}

/**
 * What the platform reports of its tenants' income for a quarter (互联网平台企业涉税信息报送规定): identity and sums of each, which tie to the ledger.
 * Refuses `badInput` for no quarter.
 */
export async function taxReport(app: App, quarter: string) {
  const { from, until } = within(quarter)
  const rows = await app.read
    .select({
      shopId: entries.shopId,
      account: entries.account,
      cause: entries.cause,
      sum: total,
      bookings: sql<string | number>`count(distinct ${entries.subOrderId})`,
    })
    .from(entries)
    .where(and(gte(entries.at, from), lt(entries.at, until)))
    .groupBy(entries.shopId, entries.account, entries.cause)
  const ids = [...new Set(rows.map((r) => r.shopId))]
  const shops = await shopChips(app.read, ids)
  const tenants = ids.map((id) => {
    const of = (account: Account, cause?: string): number =>
      rows
        .filter((r) => r.shopId === id && r.account === account && (cause === undefined || r.cause === cause))
        .reduce((s, r) => s + Number(r.sum), 0)
    const shop = shops.get(id)
    const incomeFen = fen(of('held', 'paid'))
    const refundedFen = fen(of('refunded') + of('suspense', 'refunded'))
    return {
      shopId: id,
      shop: shop?.name ?? '',
      tenant: shop?.tenant.name ?? '',
      kind: shop?.tenant.kind ?? 'farmer',
      uscc: shop?.tenant.uscc ?? '',
      address: shop?.tenant.address ?? '',
      orders: Number(rows.find((r) => r.shopId === id && r.account === 'held' && r.cause === 'paid')?.bookings ?? 0),
      incomeFen,
      refundedFen,
      netFen: fen(incomeFen - refundedFen),
      commissionFen: fen(of('commission') + of('commissionDue')),
    }
  })
  const sorted = tenants.sort((a, b) => b.incomeFen - a.incomeFen || (a.shopId < b.shopId ? -1 : 1))
  const sum = (pick: (t: (typeof tenants)[number]) => Fen): Fen => addFen(...tenants.map(pick))
  return {
    quarter,
    tenants: sorted,
    incomeFen: sum((t) => t.incomeFen),
    refundedFen: sum((t) => t.refundedFen),
    netFen: sum((t) => t.netFen),
    commissionFen: sum((t) => t.commissionFen),
  }
}

/** The report as a workbook. */
export async function taxFile(app: App, quarter: string) {
  const report = await taxReport(app, quarter)
  const bytes = workbook([
    {
      name: `${quarter} 涉税信息`,
      widths: [34, 24, 36, 22, 10, 16, 16, 16, 16],
      rows: [
        [
          '经营者名称',
          '统一社会信用代码',
          '经营地址',
          '店铺',
          '交易笔数',
          '收入总额（元）',
          '退款（元）',
          '收入净额（元）',
          '平台服务费（元）',
        ],
        ...report.tenants.map((t) => [
          t.tenant,
          t.uscc,
          t.address,
          t.shop,
          t.orders,
          yuanCell(t.incomeFen),
          yuanCell(t.refundedFen),
          yuanCell(t.netFen),
          yuanCell(t.commissionFen),
        ]),
        [
          '合计',
          '',
          '',
          '',
          report.tenants.reduce((n, t) => n + t.orders, 0),
          yuanCell(report.incomeFen),
          yuanCell(report.refundedFen),
          yuanCell(report.netFen),
          yuanCell(report.commissionFen),
        ],
      ],
    },
  ])
  return { name: `涉税信息-${quarter}.xlsx`, base64: Buffer.from(bytes).toString('base64') }
}
