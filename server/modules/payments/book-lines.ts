/** What payments knows for the comparison with the channel's bills. */
import { and, eq, gte, inArray, isNotNull, lt } from 'drizzle-orm'
import type { ShopId, SubOrderId } from '../../../shared/ids.ts'
import type { BookLine } from '../../../shared/settlement/reconcile.ts'
import type { Instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import type { Db } from '../../platform/db.ts'
import type { BillLine } from '../../ports/payment.ts'
import { paymentParts, payments, refunds } from './tables.ts'

/** A line of ours, and whose it is. */
export interface OwnLine extends BookLine {
  shopId: ShopId
  subOrderId: SubOrderId
}

/** The channel's bill of a day (YYYY-MM-DD), or `notYet`. Throws OutsideTrouble. */
export const billOf = (app: App, day: string): Promise<BillLine[] | 'notYet'> => app.ports.payment.bill(day)

const part = { subMerchant: paymentParts.subMerchant, shopId: paymentParts.shopId, subOrderId: paymentParts.subOrderId }

/** Parts that the channel says were paid from `from` until before `to`; one query. */
export async function paidBetween(db: Db, from: Instant, to: Instant): Promise<OwnLine[]> {
  const rows = await db
    .select({ no: paymentParts.partNo, amountFen: paymentParts.amountFen, ...part })
    .from(payments)
    .innerJoin(paymentParts, eq(paymentParts.paymentId, payments.id))
    .where(
      and(eq(payments.state, 'settled'), gte(payments.settledAt, from), lt(payments.settledAt, to), isNotNull(paymentParts.transactionId)),
    )
  return rows.map((r) => ({ kind: 'payment', ...r }))
}

/** Refunds that the channel took, asked for from `from` until before `to`; one query. */
export async function refundsBetween(db: Db, from: Instant, to: Instant): Promise<OwnLine[]> {
  const rows = await db
    .select({ no: refunds.refundNo, amountFen: refunds.amountFen, ...part })
    .from(refunds)
    .innerJoin(paymentParts, eq(paymentParts.id, refunds.partId))
    .where(and(inArray(refunds.state, ['processing', 'done', 'abnormal']), gte(refunds.askedAt, from), lt(refunds.askedAt, to)))
  return rows.map((r) => ({ kind: 'refund', ...r }))
}

/** Lines of ours by their numbers, whatever their day; two queries. */
export async function linesByNo(db: Db, partNos: readonly string[], refundNos: readonly string[]): Promise<OwnLine[]> {
  const paid = partNos.length
    ? await db
        .select({ no: paymentParts.partNo, amountFen: paymentParts.amountFen, ...part })
        .from(paymentParts)
        .where(and(inArray(paymentParts.partNo, [...partNos]), isNotNull(paymentParts.transactionId)))
    : []
  const back = refundNos.length
    ? await db
        .select({ no: refunds.refundNo, amountFen: refunds.amountFen, ...part })
        .from(refunds)
        .innerJoin(paymentParts, eq(paymentParts.id, refunds.partId))
        .where(inArray(refunds.refundNo, [...refundNos]))
    : []
  return [...paid.map((r) => ({ kind: 'payment' as const, ...r })), ...back.map((r) => ({ kind: 'refund' as const, ...r }))]
}
