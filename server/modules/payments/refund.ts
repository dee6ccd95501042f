import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { OrderId, PaymentId, RefundId, SubOrderId } from '../../../shared/ids.ts'
import type { Fen } from '../../../shared/money.ts'
import { refundFlow } from '../../../shared/payments/flow.ts'
import { after, HOUR, MINUTE, SECOND } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { type Db, isDuplicate, matched } from '../../platform/db.ts'
import { errorFacts } from '../../platform/log.ts'
import { type Actor, newId, tryAdvance, type Work } from '../../platform/work.ts'
import type { RefundFinding } from '../../ports/payment.ts'
import { notifyUrl } from './addresses.ts'
import { fitShare, mayRefund } from './share.ts'
import { paymentParts, payments, refunds } from './tables.ts'

const clock: Actor = { kind: 'clock', job: 'payments.follow-refunds' }

/** Asks for everything of a payment back that has not been asked back yet: one refund for each part. The same cause again changes nothing. */
export async function refundAll(work: Work, paymentId: PaymentId, cause: string, reason: string): Promise<void> {
  const parts = await work.db.select().from(paymentParts).where(eq(paymentParts.paymentId, paymentId)).orderBy(asc(paymentParts.id))
  for (const part of parts) {
    const rest = (part.amountFen - part.refundedFen) as Fen
    if (rest > 0) await askRefund(work, { paymentId, partId: part.id, amountFen: rest, cause, reason })
  }
}

/**
 * Asks for some of one sub-order's money back; the same cause again changes nothing and answers false. Throws an Error for more than is left: what
 * may be asked is the caller's to know.
 */
export async function refundPart(
  work: Work,
  ask: { subOrderId: SubOrderId; amountFen: Fen; cause: string; reason: string },
): Promise<boolean> {
  const { subOrderId, ...rest } = ask
  const [part] = await work.db
    .select({ id: paymentParts.id, paymentId: paymentParts.paymentId })
    .from(paymentParts)
    .where(eq(paymentParts.subOrderId, subOrderId))
  if (!part) throw new Error('a refund for what has no payment')
  return askRefund(work, { paymentId: part.paymentId, partId: part.id, ...rest })
}

/** Notes that money is to go back; false when this cause was asked for before or the part has not that much left. */
async function askRefund(
  work: Work,
  ask: { paymentId: PaymentId; partId: typeof paymentParts.$inferSelect.id; amountFen: Fen; cause: string; reason: string },
): Promise<boolean> {
  const [part] = await work.db.select({ orderId: payments.orderId }).from(payments).where(eq(payments.id, ask.paymentId))
  if (!part) return false
  const id = newId('Refund')
  try {
    await work.db.insert(refunds).values({
      id,
      refundNo: `R${id.slice(4)}`,
      orderId: part.orderId,
      ...ask,
      state: 'asked',
      askedAt: work.now,
      checkAt: after(work.now, 20 * SECOND),
      checks: 0,
    })
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
  const took = await work.db
    .update(paymentParts)
    .set({ refundedFen: sql`${paymentParts.refundedFen} + ${ask.amountFen}` as never })
    .where(and(eq(paymentParts.id, ask.partId), sql`${paymentParts.refundedFen} + ${ask.amountFen} <= ${paymentParts.amountFen}`))
  if (matched(took) !== 1) throw new Error('a refund beyond what was paid')
  await fitShare(work, ask.partId)
  await work.tell('refund.asked', { refundId: id, paymentId: ask.paymentId, amountFen: ask.amountFen })
  return true
}

/** Sends a refund to WeChat under its own number; repeating it asks for the same refund. */
export async function sendRefund(app: App, refundId: RefundId): Promise<void> {
  const [row] = await app.read
    .select({ refund: refunds, part: paymentParts })
    .from(refunds)
    .innerJoin(paymentParts, eq(paymentParts.id, refunds.partId))
    .where(eq(refunds.id, refundId))
  if (row?.refund.state !== 'asked') return
  if (!row.part.transactionId) throw new Error('a refund for what was never paid')
  if (!(await app.work(clock, (work) => mayRefund(work, row.part.id)))) return
  const finding = await app.ports.payment.refund({
    refundNo: row.refund.refundNo,
    subMerchant: row.part.subMerchant,
    transactionId: row.part.transactionId,
    reason: row.refund.reason,
    amount: row.refund.amountFen,
    total: row.part.amountFen,
    notifyUrl: notifyUrl(app, 'refund'),
  })
  await app.work(clock, (work) => applyRefund(work, finding))
}

/** Takes WeChat's word on a refund, once; an amount that is not ours is not believed. */
export async function applyRefund(work: Work, finding: RefundFinding): Promise<string | null> {
  const [refund] = await work.db.select().from(refunds).where(eq(refunds.refundNo, finding.refundNo))
  if (!refund) return 'unknown refund number'
  if (finding.amount !== null && finding.amount !== refund.amountFen) return 'another amount'
  const act = ({ processing: 'send', done: 'finish', abnormal: 'stick', closed: 'fail', absent: null } as const)[finding.state]
  if (!act) return null
  const moved = await tryAdvance(work, refunds, refund.id, refundFlow, act, act === 'finish' ? { doneAt: finding.doneAt ?? work.now } : {})
  if (!moved) return null
  if (act === 'finish') {
    const [part] = await work.db.select().from(paymentParts).where(eq(paymentParts.id, refund.partId))
    if (part)
      await work.tell('refund.done', {
        refundId: refund.id,
        paymentId: refund.paymentId,
        orderId: refund.orderId,
        subOrderId: part.subOrderId,
        shopId: part.shopId,
        amountFen: refund.amountFen,
        commissionBp: part.commissionBp,
      })
  }
  if (act === 'stick' || act === 'fail')
    await work.tell('refund.stuck', { refundId: refund.id, orderId: refund.orderId, state: finding.state })
  return null
}

/** Follows refunds that are not at their end: those WeChat may not have heard of are sent again, the others are asked about. */
export async function followRefunds(app: App): Promise<void> {
  const now = app.clock.now()
  const due = await app.read
    .select({ refund: refunds, subMerchant: paymentParts.subMerchant })
    .from(refunds)
    .innerJoin(paymentParts, eq(paymentParts.id, refunds.partId))
    .where(and(inArray(refunds.state, ['asked', 'processing', 'abnormal']), lte(refunds.checkAt, now)))
    .orderBy(asc(refunds.checkAt))
    .limit(50)
  for (const { refund, subMerchant } of due) {
    try {
      if (refund.state === 'asked') await sendRefund(app, refund.id)
      else {
        const finding = await app.ports.payment.findRefund(refund.refundNo, subMerchant)
        await app.work(clock, (work) => applyRefund(work, finding))
      }
    } catch (error) {
      app.log('warn', 'following a refund failed', { refund: refund.id, ...errorFacts(error) })
    }
    await app.read
      .update(refunds)
      .set({ checks: refund.checks + 1, checkAt: after(app.clock.now(), Math.min(MINUTE * 2 ** refund.checks, 6 * HOUR)) })
      .where(eq(refunds.id, refund.id))
  }
}

/** The refunds of orders, oldest first. */
export async function refundsOf(db: Db, orderIds: readonly OrderId[]) {
  if (orderIds.length === 0) return []
  return db
    .select({
      orderId: refunds.orderId,
      amountFen: refunds.amountFen,
      state: refunds.state,
      at: refunds.askedAt,
      reason: refunds.reason,
      subOrderId: sql<SubOrderId>`${paymentParts.subOrderId}`,
    })
    .from(refunds)
    .innerJoin(paymentParts, eq(paymentParts.id, refunds.partId))
    .where(inArray(refunds.orderId, [...orderIds]))
    .orderBy(asc(refunds.askedAt))
}
