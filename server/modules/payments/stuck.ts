import { and, asc, eq, inArray, lt } from 'drizzle-orm'
import type { OrderId, ShopId } from '../../../shared/ids.ts'
import type { Fen } from '../../../shared/money.ts'
import { refundStateWords, shareStateWords } from '../../../shared/payments/flow.ts'
import { after, type Instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { STUCK_AFTER } from './share.ts'
import { paymentNotices, paymentParts, payments, profitShares, refunds } from './tables.ts'

/** Money that does not go on by itself: a person must look. */
export interface StuckMoney {
  kind: 'refund' | 'share' | 'notice'
  /** Our number at WeChat, or the notice's. */
  no: string
  words: string
  amountFen: Fen | null
  shopId: ShopId | null
  orderId: OrderId | null
  since: Instant
}

/**
 * Everything that waits for a person now, oldest first, at most a hundred of each: refunds that WeChat could not pay, shares that it has not taken for
 * days, notices that do not fit our books. Three queries.
 */
export async function stuckMoney(app: App): Promise<StuckMoney[]> {
  const [backs, shares, notices] = [
    await app.read
      .select({
        no: refunds.refundNo,
        state: refunds.state,
        amountFen: refunds.amountFen,
        shopId: paymentParts.shopId,
        orderId: refunds.orderId,
        since: refunds.askedAt,
      })
      .from(refunds)
      .innerJoin(paymentParts, eq(paymentParts.id, refunds.partId))
      .where(inArray(refunds.state, ['abnormal', 'closed']))
      .orderBy(asc(refunds.askedAt))
      .limit(100),
    await app.read
      .select({
        ...{ no: profitShares.shareNo, state: profitShares.state, amountFen: profitShares.amountFen, shopId: profitShares.shopId },
        ...{ orderId: payments.orderId, since: profitShares.plannedAt, why: profitShares.why },
      })
      .from(profitShares)
      .innerJoin(paymentParts, eq(paymentParts.id, profitShares.partId))
      .innerJoin(payments, eq(payments.id, paymentParts.paymentId))
      .where(and(inArray(profitShares.state, ['due', 'asked']), lt(profitShares.plannedAt, after(app.clock.now(), -STUCK_AFTER))))
      .orderBy(asc(profitShares.plannedAt))
      .limit(100),
    await app.read
      .select({ no: paymentNotices.id, since: paymentNotices.receivedAt })
      .from(paymentNotices)
      .where(eq(paymentNotices.state, 'quarantined'))
      .orderBy(asc(paymentNotices.receivedAt))
      .limit(100),
  ]
  return [
    ...backs.map(({ state, ...r }) => ({ kind: 'refund' as const, ...r, words: refundStateWords[state] })),
    ...shares.map(({ state, why, ...s }) => ({
      kind: 'share' as const,
      ...s,
      words: why === '' ? shareStateWords[state] : `${shareStateWords[state]}：${why}`,
    })),
    ...notices.map((n) => ({
      kind: 'notice' as const,
      ...n,
      words: '微信通知与账本对不上，没有入账',
      amountFen: null,
      shopId: null,
      orderId: null,
    })),
  ].sort((a, b) => a.since - b.since)
}
