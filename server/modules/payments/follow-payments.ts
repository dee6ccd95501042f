import { and, asc, eq, inArray, isNotNull, lte } from 'drizzle-orm'
import type { PaymentId } from '../../../shared/ids.ts'
import { paymentFlow } from '../../../shared/payments/flow.ts'
import { after, MINUTE, SECOND } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { errorFacts } from '../../platform/log.ts'
import { type Actor, tryAdvance } from '../../platform/work.ts'
import { ourselves, settlePayment } from './settle-payment.ts'
import { paymentParts, payments } from './tables.ts'

/** When WeChat is asked after opening: notices are not guaranteed, questions are answered. */
const SCHEDULE = [5 * SECOND, 30 * SECOND, MINUTE, 3 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE]
const clock: Actor = { kind: 'clock', job: 'payments.follow' }

/** Asks WeChat what became of a payment and takes its word. Throws OutsideTrouble when it does not answer. */
export async function syncPayment(app: App, paymentId: PaymentId): Promise<void> {
  const [payment] = await app.read.select().from(payments).where(eq(payments.id, paymentId))
  if (!payment?.askedAt || payment.state === 'settled') return
  const finding = await app.ports.payment.find(payment.paymentNo)
  if (finding.state !== 'paid') return
  const misfit = await app.work(clock, async (work) => {
    const found = await settlePayment(work, finding, ourselves(app))
    if (found) await work.tell('payment.quarantined', { noticeId: `query:${payment.paymentNo}`, paymentId, why: found.why })
    return found
  })
  if (misfit) app.log('error', 'a payment does not fit', { payment: paymentId, why: misfit.why })
}

/** Follows what is open and due. */
export async function followOpenPayments(app: App): Promise<void> {
  const now = app.clock.now()
  const due = await app.read
    .select({ id: payments.id, checks: payments.checks })
    .from(payments)
    .where(and(inArray(payments.state, ['opening', 'open']), lte(payments.checkAt, now), isNotNull(payments.askedAt)))
    .orderBy(asc(payments.checkAt))
    .limit(100)
  for (const { id, checks } of due) {
    try {
      await syncPayment(app, id)
    } catch (error) {
      app.log('warn', 'asking about a payment failed', { payment: id, ...errorFacts(error) })
    }
    await app.read
      .update(payments)
      .set({ checks: checks + 1, checkAt: after(app.clock.now(), SCHEDULE[Math.min(checks + 1, SCHEDULE.length - 1)] ?? 30 * MINUTE) })
      .where(eq(payments.id, id))
  }
}

/**
 * Closes a payment whose order was closed. Where WeChat was asked before, it is told; when it says that the buyer was faster, its word is
 * taken, and the order's end of the matter asks for the refund. Throws OutsideTrouble; repeating it is safe.
 */
export async function closePayment(app: App, by: Actor, paymentId: PaymentId): Promise<void> {
  const [payment] = await app.read.select().from(payments).where(eq(payments.id, paymentId))
  if (!payment || payment.state === 'settled') return
  if (payment.askedAt) {
    const parts = await app.read
      .select({ partNo: paymentParts.partNo, subMerchant: paymentParts.subMerchant })
      .from(paymentParts)
      .where(eq(paymentParts.paymentId, paymentId))
      .orderBy(asc(paymentParts.id))
    if ((await app.ports.payment.find(payment.paymentNo)).state === 'absent') {
      // WeChat never heard of it: there is nothing to close there
    } else if ((await app.ports.payment.close(payment.paymentNo, parts)) === 'paid') return syncPayment(app, paymentId)
  }
  await app.work(by, async (work) => {
    if (await tryAdvance(work, payments, paymentId, paymentFlow, 'close'))
      await work.tell('payment.closed', { paymentId, orderId: payment.orderId })
  })
}
