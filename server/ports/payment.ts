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

/** The park's fee of one part, moved at the channel (分账). The same number asks for the same share; one that failed wants a new number. */
export interface ShareAsk {
  shareNo: string
  subMerchant: string
  transactionId: string
  amount: Fen
  description: string
}

/** What became of a share: the channel's FINISHED is not success, so the receiver's own result is what counts here. */
export interface ShareFinding {
  shareNo: string
  state: 'processing' | 'done' | 'failed' | 'absent'
  /** The channel's reason of a failure. */
  why: string | null
}

/** A share given back to the shop before its buyer is refunded. */
export interface ShareReturnAsk {
  returnNo: string
  shareNo: string
  subMerchant: string
  amount: Fen
  description: string
}

/** One line of the channel's daily bill: a payment that came or a refund that was asked for. */
export type BillLine =
  | { kind: 'payment'; partNo: string; transactionId: string; subMerchant: string; amount: Fen; fee: Fen; at: Instant }
  | { kind: 'refund'; partNo: string; transactionId: string; subMerchant: string; refundNo: string; amount: Fen; fee: Fen; at: Instant }

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
  /** Names the park as one that may receive shares; saying it again is harmless. */
  nameReceiver(): Promise<void>
  /** Asks for a share and ends the sharing of that part with it: what the shop keeps is free for it once the share is done. */
  share(ask: ShareAsk): Promise<ShareFinding>
  findShare(ask: Pick<ShareAsk, 'shareNo' | 'subMerchant' | 'transactionId'>): Promise<ShareFinding>
  /** Ends the sharing of a part without a share, or after one that failed. The number must never have been used for anything. */
  endSharing(ask: { endNo: string; subMerchant: string; transactionId: string; description: string }): Promise<void>
  /** What of a part has not been shared or freed yet. */
  unshared(transactionId: string): Promise<Fen>
  returnShare(ask: ShareReturnAsk): Promise<ShareFinding>
  findReturn(ask: Pick<ShareReturnAsk, 'returnNo' | 'shareNo' | 'subMerchant'>): Promise<ShareFinding>
  /** The bill of a day (YYYY-MM-DD in Shanghai) once it is made, from 10:00 on the next; `notYet` before. Its sum is checked against the channel's. */
  bill(day: string): Promise<BillLine[] | 'notYet'>
  /** Verifies and decrypts a notice; throws ForgedNotice. */
  readNotice(raw: RawNotice, now: Instant): PaymentNotice
}
