/** Trade 交易管理: what the channel must know of a sale before it lets the money go. Owner: the shipping module. */
import type { Instant } from '../../shared/time.ts'

/** The names of one shop's part of a payment at the channel. */
export interface TradeKey {
  transactionId: string
  /** Our number of the whole payment, and of this part. */
  paymentNo: string
  partNo: string
  subMerchant: string
}

export interface ShippedAsk extends TradeKey {
  buyerOpenid: string
  /** Strictly later than that of any telling before. */
  at: Instant
  /** Up to fifteen; all that there will be. */
  parcels: { courier: string; trackingNo: string; goods: string; receiverPhone: string }[]
  /** `combined`: under the number of the whole payment, for a channel that does not know its parts by themselves. */
  way: 'single' | 'combined'
}

/** How far the channel sees a sale. `unknown`: it has not heard of the payment (yet). */
export type TradeStage = 'unknown' | 'toShip' | 'shipped' | 'received' | 'settled' | 'refunded'

export interface TradePort {
  /**
   * Tells that everything of a part was handed over. The same again is as good as once. OutsideTrouble when it was not taken: `notYet` as its code
   * where the channel does not know the payment yet, `over` where there is nothing to tell any more.
   */
  tellShipped(ask: ShippedAsk): Promise<void>
  /**
   * The parcel has come: the channel reminds the buyer to say so, once for a sale. A second time is as good as once; what it will not be reminded of is
   * no trouble.
   */
  remindReceipt(ask: { transactionId: string; receivedAt: Instant }): Promise<void>
  /** Asks how far the channel sees a sale. */
  findTrade(transactionId: string): Promise<TradeStage>
}
