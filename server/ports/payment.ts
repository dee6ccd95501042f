/** Payment 支付: one payment by one buyer over several shops. Owner: the payments module. */
import type { Fen } from '../../shared/money.ts'
import type { Instant } from '../../shared/time.ts'

/** One shop's part of a payment. */
export interface PaymentAskPart {
  /** Our number of this part, unique for ever. */
  partNo: string
  /** The shop's sub-merchant number. */
  subMerchant: string
  description: string
  amount: Fen
}

/** What we ask the channel to open. Repeating the same ask gives the same payment; the channel refuses another ask under the same number. */
export interface PaymentAsk {
  paymentNo: string
  buyerOpenid: string
  buyerAddress: string
  parts: PaymentAskPart[]
  expiresAt: Instant
  /** Where the channel tells us of success. */
  notifyUrl: string
}

/** What the phone needs to show WeChat's payment sheet (wx.requestPayment). */
export interface PaymentSheet {
  appId: string
  timeStamp: string
  nonceStr: string
  package: string
  signType: 'RSA'
  paySign: string
}

/** What the channel knows of a payment part. */
export interface PaidPart {
  partNo: string
  transactionId: string | null
  state: 'unpaid' | 'paid' | 'closed' | 'refunded'
  amount: Fen
}

/** What a notice or a query says of a payment. */
export interface PaymentFinding {
  paymentNo: string
  state: 'unpaid' | 'paid' | 'closed' | 'absent'
  merchant: string
  appid: string
  payerOpenid: string | null
  currency: string
  parts: PaidPart[]
  paidAt: Instant | null
}

export interface RefundAsk {
  refundNo: string
  subMerchant: string
  transactionId: string
  reason: string
  amount: Fen
  total: Fen
  notifyUrl: string
}

export interface RefundFinding {
  refundNo: string
  state: 'processing' | 'done' | 'abnormal' | 'closed' | 'absent'
  amount: Fen | null
  doneAt: Instant | null
}

/** A verified notice of the channel. `id` is the channel's own, equal on every resend. */
export type PaymentNotice =
  | { id: string; about: 'payment'; finding: PaymentFinding }
  | { id: string; about: 'refund'; finding: RefundFinding }

/** The raw form of a notice: exactly the bytes that came. */
export interface RawNotice {
  headers: Record<string, string | undefined>
  body: string
}

/** Thrown by `readNotice` for anything that is not provably the channel's own word. */
export class ForgedNotice extends Error {
  override name = 'ForgedNotice'
}

export interface PaymentPort {
  /** Opens a payment; gives the channel's prepay id. OutsideTrouble when it has no answer, with `unknown: true` where the outcome is open. */
  open(ask: PaymentAsk): Promise<{ prepayId: string }>
  /** Signs the sheet for an opened payment. Pure computation. */
  sheet(prepayId: string, now: Instant): PaymentSheet
  /** Asks the channel what became of a payment. */
  find(paymentNo: string): Promise<PaymentFinding>
  /** Closes an unpaid payment. `paid` when the buyer was faster. */
  close(paymentNo: string, parts: { partNo: string; subMerchant: string }[]): Promise<'closed' | 'paid'>
  /** Asks for a refund; the same refundNo asks for the same refund. */
  refund(ask: RefundAsk): Promise<RefundFinding>
  findRefund(refundNo: string, subMerchant: string): Promise<RefundFinding>
  /** Verifies and decrypts a notice; throws ForgedNotice. */
  readNotice(raw: RawNotice, now: Instant): PaymentNotice
}
