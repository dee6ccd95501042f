import { index, int, mysqlTable, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { Bp } from '../../../shared/money.ts'
import type { PaymentState, RefundState, ShareReturnState, ShareState } from '../../../shared/payments/flow.ts'
import { code, fenColumn, idOf, instantColumn, jsonColumn, stateOf, words } from '../../platform/columns.ts'
import type { PaymentNotice } from '../../ports/payment.ts'

/** One payment by one buyer for one order, over all its shops. */
export const payments = mysqlTable(
  'payments',
  {
    id: idOf('Payment', 'id').primaryKey(),
    /** Our number at WeChat (combine_out_trade_no). */
    paymentNo: code('payment_no', 32).notNull(),
    orderId: idOf('Order', 'order_id').notNull(),
    buyerId: idOf('User', 'buyer_id').notNull(),
    openid: code('openid', 64).notNull(),
    /** From where the buyer ordered; WeChat wants to know, and wants the same again when it is asked again. */
    address: code('address', 64).notNull(),
    state: stateOf<PaymentState>('state').notNull(),
    amountFen: fenColumn('amount_fen').notNull(),
    expiresAt: instantColumn('expires_at').notNull(),
    /** When WeChat was first asked: from then on it may know of this payment, whatever it answered. */
    askedAt: instantColumn('asked_at'),
    prepayId: code('prepay_id', 64),
    prepaidAt: instantColumn('prepaid_at'),
    settledAt: instantColumn('settled_at'),
    /** When WeChat is next asked what became of it. */
    checkAt: instantColumn('check_at').notNull(),
    checks: int('checks').notNull(),
  },
  (t) => [
    uniqueIndex('payments_no').on(t.paymentNo),
    uniqueIndex('payments_order').on(t.orderId),
    index('payments_check').on(t.state, t.checkAt),
    index('payments_settled').on(t.state, t.settledAt),
  ],
)

/** One shop's part of a payment. */
export const paymentParts = mysqlTable(
  'payment_parts',
  {
    id: idOf('PaymentPart', 'id').primaryKey(),
    /** Our number of the part at WeChat (out_trade_no). */
    partNo: code('part_no', 32).notNull(),
    paymentId: idOf('Payment', 'payment_id')
      .notNull()
      .references(() => payments.id),
    subOrderId: idOf('SubOrder', 'sub_order_id').notNull(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    subMerchant: code('sub_merchant', 16).notNull(),
    description: words('description', 127).notNull(),
    amountFen: fenColumn('amount_fen').notNull(),
    /** The park's fee as it was agreed when the order was placed; it is taken of what is not refunded. */
    commissionBp: int('commission_bp').$type<Bp>().notNull(),
    /** Asked back so far; never above the amount. */
    refundedFen: fenColumn('refunded_fen').notNull(),
    transactionId: code('transaction_id', 64),
  },
  (t) => [
    uniqueIndex('payment_parts_no').on(t.partNo),
    index('payment_parts_payment').on(t.paymentId),
    uniqueIndex('payment_parts_sub').on(t.subOrderId),
  ],
)

/** Money on its way back to a buyer. */
export const refunds = mysqlTable(
  'refunds',
  {
    id: idOf('Refund', 'id').primaryKey(),
    refundNo: code('refund_no', 64).notNull(),
    paymentId: idOf('Payment', 'payment_id')
      .notNull()
      .references(() => payments.id),
    partId: idOf('PaymentPart', 'part_id')
      .notNull()
      .references(() => paymentParts.id),
    orderId: idOf('Order', 'order_id').notNull(),
    /** What it is for, once for each part: asking again for the same reason is the same refund. */
    cause: code('cause', 60).notNull(),
    reason: words('reason', 80).notNull(),
    amountFen: fenColumn('amount_fen').notNull(),
    state: stateOf<RefundState>('state').notNull(),
    askedAt: instantColumn('asked_at').notNull(),
    checkAt: instantColumn('check_at').notNull(),
    checks: int('checks').notNull(),
    doneAt: instantColumn('done_at'),
  },
  (t) => [
    uniqueIndex('refunds_no').on(t.refundNo),
    uniqueIndex('refunds_cause').on(t.partId, t.cause),
    index('refunds_order').on(t.orderId),
    index('refunds_check').on(t.state, t.checkAt),
    index('refunds_asked').on(t.state, t.askedAt),
  ],
)

/** The park's fee of a part, asked for once the buyer has it; of one part at most one is neither failed nor put aside. */
export const profitShares = mysqlTable(
  'profit_shares',
  {
    id: idOf('ProfitShare', 'id').primaryKey(),
    partId: idOf('PaymentPart', 'part_id')
      .notNull()
      .references(() => paymentParts.id),
    subOrderId: idOf('SubOrder', 'sub_order_id').notNull(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    /** 1, and one more for each that failed. */
    attempt: int('attempt').notNull(),
    /** Our number at WeChat (out_order_no). */
    shareNo: code('share_no', 64).notNull(),
    amountFen: fenColumn('amount_fen').notNull(),
    state: stateOf<ShareState>('state').notNull(),
    plannedAt: instantColumn('planned_at').notNull(),
    checkAt: instantColumn('check_at').notNull(),
    checks: int('checks').notNull(),
    doneAt: instantColumn('done_at'),
    /** WeChat's reason, where it did not take or pay it. */
    why: words('why', 120).notNull(),
  },
  (t) => [
    uniqueIndex('profit_shares_no').on(t.shareNo),
    uniqueIndex('profit_shares_part').on(t.partId, t.attempt),
    index('profit_shares_check').on(t.state, t.checkAt),
  ],
)

/** What of a share goes back to the shop, because its buyer is refunded. */
export const shareReturns = mysqlTable(
  'share_returns',
  {
    id: idOf('ShareReturn', 'id').primaryKey(),
    shareId: idOf('ProfitShare', 'share_id')
      .notNull()
      .references(() => profitShares.id),
    /** Our number at WeChat (out_return_no). */
    returnNo: code('return_no', 64).notNull(),
    amountFen: fenColumn('amount_fen').notNull(),
    state: stateOf<ShareReturnState>('state').notNull(),
    checkAt: instantColumn('check_at').notNull(),
    checks: int('checks').notNull(),
    why: words('why', 120).notNull(),
  },
  (t) => [
    uniqueIndex('share_returns_no').on(t.returnNo),
    index('share_returns_share').on(t.shareId),
    index('share_returns_check').on(t.state, t.checkAt),
  ],
)

/** WeChat's notices as they came, verified, once each. */
export const paymentNotices = mysqlTable(
  'payment_notices',
  {
    id: code('id', 64).primaryKey(),
    notice: jsonColumn<PaymentNotice>('notice').notNull(),
    receivedAt: instantColumn('received_at').notNull(),
    state: stateOf<'waiting' | 'applied' | 'quarantined'>('state').notNull(),
  },
  (t) => [index('payment_notices_state').on(t.state, t.receivedAt)],
)
