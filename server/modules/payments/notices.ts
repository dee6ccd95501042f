import { and, eq } from 'drizzle-orm'
import type { App } from '../../platform/app.ts'
import { isDuplicate } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { ForgedNotice, type PaymentNotice, type RawNotice } from '../../ports/payment.ts'
import { applyRefund } from './refund.ts'
import { settlePayment } from './settle-payment.ts'
import { paymentNotices } from './tables.ts'

/** Takes a notice in: verified, written down once, and left to the worker. Throws ForgedNotice for what is not WeChat's own word. */
export async function receiveNotice(app: App, raw: RawNotice): Promise<void> {
  let notice: PaymentNotice
  try {
    notice = app.ports.payment.readNotice(raw, app.clock.now())
  } catch (error) {
    if (error instanceof ForgedNotice) app.log('warn', 'a forged notice was refused', { why: error.message })
    throw error
  }
  try {
    await app.work({ kind: 'outside', system: 'wechat-pay' }, async (work) => {
      await work.db.insert(paymentNotices).values({ id: notice.id, notice, receivedAt: work.now, state: 'waiting' })
      await work.tell('payment.noticed', { noticeId: notice.id })
    })
  } catch (error) {
    // the same notice again: it stands in the book already
    if (!isDuplicate(error)) throw error
  }
}

/** Applies a notice that was written down; what does not fit our books is set aside for a person and changes nothing. */
export async function applyNotice(work: Work, noticeId: string, expected: { merchant: string; appid: string }): Promise<void> {
  const [row] = await work.db
    .select()
    .from(paymentNotices)
    .where(and(eq(paymentNotices.id, noticeId), eq(paymentNotices.state, 'waiting')))
  if (!row) return
  const { notice } = row
  let why: string | null = null
  let paymentId: NonNullable<Awaited<ReturnType<typeof settlePayment>>>['paymentId'] = null
  if (notice.about === 'payment') {
    if (notice.finding.state === 'paid') {
      const misfit = await settlePayment(work, notice.finding, expected)
      why = misfit?.why ?? null
      paymentId = misfit?.paymentId ?? null
    }
  } else why = await applyRefund(work, notice.finding)
  await work.db
    .update(paymentNotices)
    .set({ state: why ? 'quarantined' : 'applied' })
    .where(eq(paymentNotices.id, noticeId))
  if (why) await work.tell('payment.quarantined', { noticeId, paymentId, why })
}
