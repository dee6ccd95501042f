import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { PaymentId } from '../../../shared/ids.ts'
import { paymentFlow } from '../../../shared/payments/flow.ts'
import { refuse } from '../../../shared/refusals.ts'
import { after, HOUR, MINUTE, SECOND } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { type Actor, tryAdvance } from '../../platform/work.ts'
import type { PaymentSheet } from '../../ports/payment.ts'
import { notifyUrl } from './addresses.ts'
import { paymentParts, payments } from './tables.ts'

/** WeChat keeps a prepay id for two hours; a little less is safe. */
const PREPAY_LASTS = 2 * HOUR - 10 * MINUTE

/**
 * Opens the payment at WeChat, or takes up the one that is open, and signs what the phone needs for its sheet. The intent is noted first:
 * if we die after asking, the follow-up job asks WeChat what became of it. Refuses `notFound`, `alreadyPaid`, `orderClosed`; throws
 * OutsideTrouble when WeChat does not answer.
 */
export async function openSheet(app: App, by: Actor, paymentId: PaymentId): Promise<PaymentSheet> {
  const [payment] = await app.read.select().from(payments).where(eq(payments.id, paymentId))
  if (!payment) throw refuse('notFound')
  const now = app.clock.now()
  if (payment.state === 'settled') throw refuse('alreadyPaid')
  if (payment.state === 'closed' || payment.expiresAt <= now) throw refuse('orderClosed')
  if (payment.prepayId && payment.prepaidAt && after(payment.prepaidAt, PREPAY_LASTS) > now)
    return app.ports.payment.sheet(payment.prepayId, now)
  await app.work(by, (work) =>
    work.db
      .update(payments)
      .set({ askedAt: work.now, checkAt: after(work.now, 5 * SECOND) })
      .where(and(eq(payments.id, paymentId), isNull(payments.askedAt))),
  )
  const parts = await app.read.select().from(paymentParts).where(eq(paymentParts.paymentId, paymentId)).orderBy(asc(paymentParts.id))
  const { prepayId } = await app.ports.payment.open({
    paymentNo: payment.paymentNo,
    buyerOpenid: payment.openid,
    buyerAddress: payment.address,
    parts: parts.map((p) => ({ partNo: p.partNo, subMerchant: p.subMerchant, description: p.description, amount: p.amountFen })),
    expiresAt: payment.expiresAt,
    notifyUrl: notifyUrl(app, 'transaction'),
  })
  const open = await app.work(by, async (work) => {
    const kept = { prepayId, prepaidAt: work.now, checkAt: after(work.now, 5 * SECOND), checks: 0 }
    if (await tryAdvance(work, payments, paymentId, paymentFlow, 'open', kept)) return true
    const [row] = await work.db
      .select({ id: payments.id })
      .from(payments)
      .where(and(eq(payments.id, paymentId), inArray(payments.state, ['open'])))
    if (row) await work.db.update(payments).set(kept).where(eq(payments.id, paymentId))
    return row !== undefined
  })
  if (!open) throw refuse('orderClosed')
  return app.ports.payment.sheet(prepayId, now)
}
