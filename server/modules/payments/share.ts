import { and, desc, eq, inArray, lte, ne, type SQL } from 'drizzle-orm'
import type { PaymentPartId, ProfitShareId, SubOrderId } from '../../../shared/ids.ts'
import { addFen, type Fen, fen, rateOf } from '../../../shared/money.ts'
import { shareFlow, shareReturnFlow } from '../../../shared/payments/flow.ts'
import { after, DAY, HOUR, MINUTE, SECOND } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { errorFacts } from '../../platform/log.ts'
import { type Actor, newId, tryAdvance, type Work } from '../../platform/work.ts'
import type { ShareFinding } from '../../ports/payment.ts'
import { OutsideTrouble } from '../../ports/trouble.ts'
import { paymentParts, profitShares, shareReturns } from './tables.ts'

const clock: Actor = { kind: 'clock', job: 'payments.follow-shares' }
/** WeChat shares no sooner than a minute after the payment, and after the receipt has reached it. */
const FIRST_ASK = MINUTE
/** A share that was put back is asked for again after this, twice as long each time. */
const AGAIN = 10 * MINUTE
const MOST_WAIT = 6 * HOUR
/** After so long without success a person is told; WeChat freezes for 180 days. */
export const STUCK_AFTER = 10 * DAY

type Share = typeof profitShares.$inferSelect

/** The park's fee of a part: of what was paid and is not asked back. */
const feeOf = (part: { amountFen: Fen; refundedFen: Fen; commissionBp: Parameters<typeof rateOf>[1] }): Fen =>
  rateOf(fen(part.amountFen - part.refundedFen), part.commissionBp)

const lockPart = async (work: Work, where: SQL) => {
  const [part] = await work.db.select().from(paymentParts).where(where).for('update')
  return part
}

const latestShare = async (work: Work, partId: PaymentPartId): Promise<Share | undefined> => {
  const [share] = await work.db
    .select()
    .from(profitShares)
    .where(eq(profitShares.partId, partId))
    .orderBy(desc(profitShares.attempt))
    .limit(1)
  return share
}

const insertShare = (work: Work, part: typeof paymentParts.$inferSelect, attempt: number, wait: number) => {
  const id = newId('ProfitShare')
  return work.db.insert(profitShares).values({
    id,
    partId: part.id,
    subOrderId: part.subOrderId,
    shopId: part.shopId,
    attempt,
    shareNo: `H${id.slice(4)}`,
    amountFen: feeOf(part),
    state: 'due',
    plannedAt: work.now,
    checkAt: after(work.now, wait),
    checks: 0,
    why: '',
  })
}

/** Plans the park's fee of a sub-order that its buyer has received; a second time changes nothing. */
export async function planShare(work: Work, subOrderId: SubOrderId): Promise<void> {
  const part = await lockPart(work, eq(paymentParts.subOrderId, subOrderId))
  if (!part?.transactionId || (await latestShare(work, part.id))) return
  await insertShare(work, part, 1, FIRST_ASK)
}

/** WeChat has let a part's money go: a share that waited for that is asked for now. */
export async function hastenShare(work: Work, subOrderId: SubOrderId): Promise<void> {
  const [part] = await work.db.select({ id: paymentParts.id }).from(paymentParts).where(eq(paymentParts.subOrderId, subOrderId))
  if (!part) return
  await work.db
    .update(profitShares)
    .set({ checkAt: work.now })
    .where(and(eq(profitShares.partId, part.id), eq(profitShares.state, 'due')))
}

/** A share that is planned but not asked for follows what is asked back meanwhile. The part's row is held by the caller's update. */
export async function fitShare(work: Work, partId: PaymentPartId): Promise<void> {
  const [part] = await work.db.select().from(paymentParts).where(eq(paymentParts.id, partId))
  if (!part) return
  await work.db
    .update(profitShares)
    .set({ amountFen: feeOf(part) })
    .where(and(eq(profitShares.partId, partId), eq(profitShares.state, 'due')))
}

/**
 * Whether a refund of this part may be sent now: while its share is on the way it waits, and what was shared too much goes back to the shop
 * first (return before refund, wechat.md §6.4). Answers false as long as something is to be waited for.
 */
export async function mayRefund(work: Work, partId: PaymentPartId): Promise<boolean> {
  const part = await lockPart(work, eq(paymentParts.id, partId))
  const share = part && (await latestShare(work, partId))
  if (!share || share.state === 'due' || share.state === 'ended') return true
  if (share.state !== 'done') return false
  const back = await work.db
    .select()
    .from(shareReturns)
    .where(and(eq(shareReturns.shareId, share.id), ne(shareReturns.state, 'failed')))
  const owed = share.amountFen - feeOf(part) - addFen(...back.map((r) => r.amountFen))
  if (owed > 0) await insertReturn(work, share.id, fen(owed))
  return owed <= 0 && back.every((r) => r.state === 'done')
}

const insertReturn = (work: Work, shareId: ProfitShareId, amountFen: Fen) => {
  const id = newId('ShareReturn')
  return work.db
    .insert(shareReturns)
    .values({ id, shareId, returnNo: `B${id.slice(4)}`, amountFen, state: 'due', checkAt: work.now, checks: 0, why: '' })
}

const wait = (checks: number, first: number): number => Math.min(first * 2 ** Math.min(checks, 10), MOST_WAIT)

/** Asks for shares that are due and follows those under way; safe to repeat, a share in doubt is asked about before anything else. */
export async function followShares(app: App): Promise<void> {
  const due = await app.read
    .select({ share: profitShares, subMerchant: paymentParts.subMerchant, transactionId: paymentParts.transactionId })
    .from(profitShares)
    .innerJoin(paymentParts, eq(paymentParts.id, profitShares.partId))
    .where(and(inArray(profitShares.state, ['due', 'asked']), lte(profitShares.checkAt, app.clock.now())))
    .orderBy(profitShares.checkAt)
    .limit(100)
  for (const { share, subMerchant, transactionId } of due) {
    try {
      const at = { subMerchant, transactionId: transactionId ?? '' }
      if (share.state === 'asked') await takeShare(app, share.id, await app.ports.payment.findShare({ shareNo: share.shareNo, ...at }))
      else await askShare(app, share.id, at)
    } catch (error) {
      app.log('warn', 'a share was not taken', { share: share.id, ...errorFacts(error) })
    }
  }
}

/** One share, from due to asked; a definite no puts it back for later. */
async function askShare(app: App, shareId: ProfitShareId, at: { subMerchant: string; transactionId: string }): Promise<void> {
  const asked = await app.work(clock, async (work) => {
    const [share] = await work.db.select().from(profitShares).where(eq(profitShares.id, shareId)).for('update')
    if (share?.state !== 'due') return null
    if (share.amountFen > 0) await tryAdvance(work, profitShares, shareId, shareFlow, 'ask', { checkAt: after(work.now, 30 * SECOND) })
    else
      await work.db
        .update(profitShares)
        .set({ checkAt: after(work.now, wait(share.checks, AGAIN)), checks: share.checks + 1 })
        .where(eq(profitShares.id, shareId))
    return share
  })
  if (!asked) return
  if (asked.amountFen === 0) return endWithoutShare(app, asked, at)
  const description = '园区平台服务费'
  try {
    await takeShare(app, shareId, await app.ports.payment.share({ shareNo: asked.shareNo, ...at, amount: asked.amountFen, description }))
  } catch (error) {
    if (error instanceof OutsideTrouble && !error.unknown) await putBack(app, asked, error.code)
    throw error
  }
}

/**
 * There is no fee: the sharing is ended, so that the shop's money is free. The number is new at each try, for a used one would answer success and free
 * nothing; only what WeChat says is left counts.
 */
async function endWithoutShare(app: App, share: Share, at: { subMerchant: string; transactionId: string }): Promise<void> {
  const left = await app.ports.payment.unshared(at.transactionId)
  if (left > 0) {
    await app.ports.payment.endSharing({ endNo: `E${share.id.slice(4)}-${share.checks}`, ...at, description: '无服务费，解冻' })
    if ((await app.ports.payment.unshared(at.transactionId)) > 0) return
  }
  await app.work(clock, async (work) => {
    if (await tryAdvance(work, profitShares, share.id, shareFlow, 'end', { doneAt: work.now }))
      await work.tell('share.done', { subOrderId: share.subOrderId, shopId: share.shopId, amountFen: fen(0) })
  })
}

const putBack = (app: App, share: Share, why: string): Promise<void> =>
  app.work(clock, async (work) => {
    const checks = share.checks + 1
    if (
      !(await tryAdvance(work, profitShares, share.id, shareFlow, 'putBack', {
        checks,
        checkAt: after(work.now, wait(share.checks, AGAIN)),
        why,
      }))
    )
      return
    await fitShare(work, share.partId)
    // told once, when the patience ends
    const waited = work.now - share.plannedAt
    if (waited >= STUCK_AFTER && waited < STUCK_AFTER + MOST_WAIT)
      await work.tell('share.stuck', { subOrderId: share.subOrderId, shopId: share.shopId, why })
  })

/** Takes WeChat's word on a share, once. */
export async function takeShare(app: App, shareId: ProfitShareId, finding: ShareFinding): Promise<void> {
  await app.work(clock, async (work) => {
    const [share] = await work.db.select().from(profitShares).where(eq(profitShares.id, shareId)).for('update')
    if (share?.state !== 'asked') return
    if (finding.state === 'processing')
      await work.db
        .update(profitShares)
        .set({ checks: share.checks + 1, checkAt: after(work.now, wait(share.checks, 30 * SECOND)) })
        .where(eq(profitShares.id, shareId))
    if (finding.state === 'absent' && (await tryAdvance(work, profitShares, shareId, shareFlow, 'putBack', { checkAt: work.now })))
      await fitShare(work, share.partId)
    if (finding.state === 'done' && (await tryAdvance(work, profitShares, shareId, shareFlow, 'finish', { doneAt: work.now })))
      await work.tell('share.done', { subOrderId: share.subOrderId, shopId: share.shopId, amountFen: share.amountFen })
    if (finding.state === 'failed' && (await tryAdvance(work, profitShares, shareId, shareFlow, 'fail', { why: finding.why ?? '' }))) {
      const part = await lockPart(work, eq(paymentParts.id, share.partId))
      if (part) await insertShare(work, part, share.attempt + 1, wait(share.attempt, AGAIN))
      if (share.attempt % 10 === 0)
        await work.tell('share.stuck', { subOrderId: share.subOrderId, shopId: share.shopId, why: finding.why ?? '' })
    }
  })
}

/** Asks for returns that are due and follows those under way. One that failed makes room for another when its refund is tried again. */
export async function followReturns(app: App): Promise<void> {
  const due = await app.read
    .select({ back: shareReturns, shareNo: profitShares.shareNo, subMerchant: paymentParts.subMerchant })
    .from(shareReturns)
    .innerJoin(profitShares, eq(profitShares.id, shareReturns.shareId))
    .innerJoin(paymentParts, eq(paymentParts.id, profitShares.partId))
    .where(and(inArray(shareReturns.state, ['due', 'asked']), lte(shareReturns.checkAt, app.clock.now())))
    .orderBy(shareReturns.checkAt)
    .limit(100)
  for (const { back, shareNo, subMerchant } of due) {
    const ask = { returnNo: back.returnNo, shareNo, subMerchant, amount: back.amountFen, description: '退款前分账回退' }
    const move = (act: 'ask' | 'putBack' | 'finish' | 'fail', more: Record<string, unknown> = {}) =>
      app.work(clock, (work) =>
        tryAdvance(work, shareReturns, back.id, shareReturnFlow, act, {
          checks: back.checks + 1,
          checkAt: after(work.now, wait(back.checks, 15 * SECOND)),
          ...more,
        }),
      )
    try {
      if (back.state === 'due' && !(await move('ask'))) continue
      const finding = back.state === 'due' ? await app.ports.payment.returnShare(ask) : await app.ports.payment.findReturn(ask)
      if (finding.state === 'done') await move('finish')
      else if (finding.state === 'failed') await move('fail', { why: finding.why ?? '' })
      else if (finding.state === 'absent') await move('putBack')
    } catch (error) {
      app.log('warn', 'a share was not returned', { share: back.shareId, ...errorFacts(error) })
      if (error instanceof OutsideTrouble && !error.unknown) await move('fail', { why: error.code })
    }
  }
}
