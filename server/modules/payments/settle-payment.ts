import { and, eq, isNull } from 'drizzle-orm'
import { paymentFlow } from '../../../shared/payments/flow.ts'
import type { App } from '../../platform/app.ts'
import { tryAdvance, type Work } from '../../platform/work.ts'
import type { PaymentFinding } from '../../ports/payment.ts'
import { paymentParts, payments } from './tables.ts'

/** What a finding that cannot be believed is wrong in; null when it fits what we asked for. */
export type Misfit = { paymentId: typeof payments.$inferSelect.id | null; why: string } | null

/**
 * Takes WeChat's word that a payment came: once, whatever came before and however often it is said. Merchant, app, payer, currency and
 * every part's amount must be what we asked for; otherwise nothing is changed and the misfit is given back.
 */
export async function settlePayment(work: Work, finding: PaymentFinding, expected: { merchant: string; appid: string }): Promise<Misfit> {
  const [payment] = await work.db.select().from(payments).where(eq(payments.paymentNo, finding.paymentNo))
  if (!payment) return { paymentId: null, why: 'unknown payment number' }
  const misfit = (why: string): Misfit => ({ paymentId: payment.id, why })
  if (finding.merchant !== expected.merchant) return misfit('another merchant')
  if (finding.appid !== expected.appid) return misfit('another app')
  if (finding.currency !== 'CNY') return misfit('another currency')
  if (finding.payerOpenid !== null && finding.payerOpenid !== payment.openid) return misfit('another payer')
  const parts = await work.db.select().from(paymentParts).where(eq(paymentParts.paymentId, payment.id))
  if (parts.length !== finding.parts.length) return misfit('another number of parts')
  for (const part of parts) {
    const found = finding.parts.find((p) => p.partNo === part.partNo)
    if (!found) return misfit('a part is missing')
    if (found.amount !== part.amountFen) return misfit('another amount')
    if (!found.transactionId) return misfit('a part without a transaction')
  }
  if (!(await tryAdvance(work, payments, payment.id, paymentFlow, 'settle', { settledAt: finding.paidAt ?? work.now }))) return null
  for (const found of finding.parts)
    await work.db
      .update(paymentParts)
      .set({ transactionId: found.transactionId })
      .where(and(eq(paymentParts.partNo, found.partNo), isNull(paymentParts.transactionId)))
  await work.tell('payment.settled', { paymentId: payment.id, orderId: payment.orderId, amountFen: payment.amountFen })
  return null
}

/** Who we are to WeChat Pay. */
export const ourselves = (app: App): { merchant: string; appid: string } => ({
  merchant: app.settings.wechat.mchid,
  appid: app.settings.wechat.appid,
})
