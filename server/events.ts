/** The notice-board: every domain event's name and the facts it carries. Facts are ids and sums, never names, phones or addresses. */
import type {
  AfterSaleId,
  AssetId,
  BagItemId,
  BatchId,
  CaseId,
  FlashSaleId,
  ListingId,
  LiveSessionId,
  MeasureId,
  OrderId,
  PaperId,
  PaymentId,
  PlotId,
  RefundId,
  ReviewId,
  RevisionId,
  ShopId,
  SkuId,
  SubOrderId,
  TenantId,
  UserId,
  WaybillId,
} from '../shared/ids.ts'
import type { Bp, Fen } from '../shared/money.ts'

export interface Events {
  'user.signedUp': { userId: UserId }
  'shop.suspended': { shopId: ShopId }
  'shop.reopened': { shopId: ShopId }
  /** What buyers read of a shop has changed: its story, its photos, its sign. */
  'shop.changed': { shopId: ShopId }
  'paper.submitted': { paperId: PaperId; tenantId: TenantId; shopId: ShopId }
  'paper.verified': { paperId: PaperId; tenantId: TenantId; shopId: ShopId }
  'paper.rejected': { paperId: PaperId; tenantId: TenantId; shopId: ShopId; reasons: string }
  /** It ends in this many days; told once for each step of expiryNotices. */
  'paper.expiring': { paperId: PaperId; tenantId: TenantId; shopId: ShopId; days: number }
  'paper.expired': { paperId: PaperId; tenantId: TenantId; shopId: ShopId }
  /** The park has found that it does not hold. */
  'paper.withdrawn': { paperId: PaperId; tenantId: TenantId; shopId: ShopId; reasons: string }
  /** What sending a shop's parcels costs has changed. */
  'freight.changed': { shopId: ShopId }
  'asset.stored': { assetId: AssetId; shopId: ShopId | null }
  'listing.submitted': { listingId: ListingId; revisionId: RevisionId; shopId: ShopId }
  'listing.approved': { listingId: ListingId; revisionId: RevisionId; shopId: ShopId }
  'listing.rejected': { listingId: ListingId; revisionId: RevisionId; shopId: ShopId; reasons: string }
  'listing.offShelf': { listingId: ListingId; shopId: ShopId }
  'listing.onShelf': { listingId: ListingId; shopId: ShopId }
  /** A listing is found otherwise than before, or no longer. */
  'search.changed': { listingId: ListingId; shopId: ShopId }
  'stock.changed': { skuId: SkuId; listingId: ListingId; shopId: ShopId; left: number }
  'moderation.opened': { caseId: CaseId; subject: string; subjectId: string }
  'moderation.decided': {
    caseId: CaseId
    subject: string
    subjectId: string
    revision: string
    verdict: 'approved' | 'rejected'
    reasons: string
  }
  'plot.verified': { plotId: PlotId; shopId: ShopId }
  /** Sent back, or a verification taken back. */
  'plot.rejected': { plotId: PlotId; shopId: ShopId; reasons: string }
  'batch.verified': { batchId: BatchId; shopId: ShopId }
  'batch.rejected': { batchId: BatchId; shopId: ShopId; reasons: string }
  /** Nothing more of it may be listed or blended: whoever sells it must stop. */
  'batch.frozen': { batchId: BatchId; shopId: ShopId }
  'batch.thawed': { batchId: BatchId; shopId: ShopId }
  'session.scheduled': { sessionId: LiveSessionId; shopId: ShopId }
  'session.changed': { sessionId: LiveSessionId; shopId: ShopId; state: string }
  /** Something was done about words or people in a room, or taken back: its sockets must know. */
  'room.measured': { measureId: MeasureId; sessionId: LiveSessionId }
  /** Somebody asks the park whether that was right. */
  'room.appealed': { measureId: MeasureId; shopId: ShopId }
  'session.pinned': { sessionId: LiveSessionId; shopId: ShopId; bagItemId: BagItemId | null; seq: number }
  /** The park lets it go on air with what the check before found. */
  'session.allowed': { sessionId: LiveSessionId; shopId: ShopId }
  /** A flash sale of a room has begun, was stopped, is sold out or has units again. */
  'flash.changed': { flashSaleId: FlashSaleId; sessionId: LiveSessionId }
  /** A film of it can be seen. */
  'session.replayable': { sessionId: LiveSessionId }
  'bag.changed': { sessionId: LiveSessionId; shopId: ShopId }
  'order.placed': { orderId: OrderId; buyerId: UserId; totalFen: Fen; skuIds: SkuId[]; liveSessionId: LiveSessionId | null }
  'order.paid': {
    orderId: OrderId
    buyerId: UserId
    totalFen: Fen
    skuIds: SkuId[]
    subOrders: { subOrderId: SubOrderId; shopId: ShopId; payableFen: Fen }[]
    liveSessionId: LiveSessionId | null
  }
  /** Money came for an order that was closed: it is nobody's until it is back with the buyer. */
  'order.paidLate': { orderId: OrderId; subOrders: { subOrderId: SubOrderId; shopId: ShopId; payableFen: Fen }[] }
  'order.closed': { orderId: OrderId; buyerId: UserId; because: string; paymentId: PaymentId | null }
  'payment.settled': { paymentId: PaymentId; orderId: OrderId; amountFen: Fen }
  'payment.closed': { paymentId: PaymentId; orderId: OrderId }
  'payment.noticed': { noticeId: string }
  /** A notice that is WeChat's own word but does not fit what we asked for: nobody counts as paid, a person must look. */
  'payment.quarantined': { noticeId: string; paymentId: PaymentId | null; why: string }
  'refund.asked': { refundId: RefundId; paymentId: PaymentId; amountFen: Fen }
  'refund.done': {
    refundId: RefundId
    paymentId: PaymentId
    orderId: OrderId
    subOrderId: SubOrderId
    shopId: ShopId
    amountFen: Fen
    commissionBp: Bp
  }
  /** The park has its fee of a part, and the shop the rest. */
  'share.done': { subOrderId: SubOrderId; shopId: ShopId; amountFen: Fen }
  /** WeChat has not taken a share for days, while the shop's money stays frozen: a person must look. */
  'share.stuck': { subOrderId: SubOrderId; shopId: ShopId; why: string }
  /** WeChat could not return the money: a person must look. */
  'refund.stuck': { refundId: RefundId; orderId: OrderId; state: string }
  /** A presale that was not shipped by its promised day: closed, its money is on the way back. */
  'suborder.lapsed': { subOrderId: SubOrderId; orderId: OrderId; shopId: ShopId; payableFen: Fen }
  /** A case was opened, or has moved on. */
  'aftersale.moved': { afterSaleId: AfterSaleId; orderId: OrderId; shopId: ShopId; state: string }
  /** All of a part went back before it was sent. */
  'suborder.refunded': { subOrderId: SubOrderId; orderId: OrderId; shopId: ShopId }
  'suborder.shipped': { subOrderId: SubOrderId; orderId: OrderId; shopId: ShopId }
  /** WeChat would not hear of a parcel, so the shop's money stays frozen: a person must look. */
  'shipping.refused': { subOrderId: SubOrderId; shopId: ShopId; why: string }
  /** A parcel was signed for, says its courier. */
  'parcel.signed': { waybillId: WaybillId; subOrderId: SubOrderId }
  'review.written': { reviewId: ReviewId; shopId: ShopId }
  /** It is shown, answered or gone: what buyers read of the tea has changed. */
  'review.changed': { reviewId: ReviewId; listingId: ListingId; shopId: ShopId }
  'suborder.completed': { subOrderId: SubOrderId; orderId: OrderId; shopId: ShopId; payableFen: Fen; freightFen: Fen; commissionBp: Bp }
}

export type EventName = keyof Events
