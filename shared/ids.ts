/** Every id is a prefix and a ULID, branded by the noun it names, so that one cannot be passed for another. */
export const idPrefixes = {
  User: 'usr',
  Session: 'ses',
  Pairing: 'pai',
  Tenant: 'ten',
  Shop: 'shp',
  Member: 'mem',
  ShopMove: 'shm',
  Profile: 'pfl',
  Paper: 'ppr',
  Asset: 'ast',
  Payment: 'pay',
  PaymentPart: 'pap',
  Refund: 'rfd',
  ProfitShare: 'psh',
  ShareReturn: 'srt',
  Case: 'cas',
  WordRule: 'wrl',
  Plot: 'plt',
  Batch: 'bat',
  Listing: 'lst',
  Revision: 'rev',
  Sku: 'sku',
  Lot: 'lot',
  PriceVersion: 'prv',
  Reservation: 'rsv',
  LiveSession: 'liv',
  BagItem: 'bag',
  Recording: 'rec',
  Chat: 'cht',
  Measure: 'msr',
  Question: 'qst',
  Offer: 'ofr',
  Coupon: 'cpn',
  FlashSale: 'fls',
  Order: 'ord',
  SubOrder: 'sub',
  OrderLine: 'lin',
  AfterSale: 'afs',
  Review: 'rvw',
  Address: 'adr',
  Waybill: 'wbl',
  ShippingNotice: 'shn',
  LedgerEntry: 'led',
  Difference: 'dif',
  AuditRun: 'aud',
  Event: 'evt',
  Delivery: 'dlv',
} as const

export type Noun = keyof typeof idPrefixes
export type Id<N extends Noun> = string & { readonly noun: N }

export type UserId = Id<'User'>
export type SessionId = Id<'Session'>
export type PairingId = Id<'Pairing'>
export type TenantId = Id<'Tenant'>
export type ShopId = Id<'Shop'>
export type MemberId = Id<'Member'>
export type ShopMoveId = Id<'ShopMove'>
export type ProfileId = Id<'Profile'>
export type PaperId = Id<'Paper'>
export type AssetId = Id<'Asset'>
export type PaymentId = Id<'Payment'>
export type PaymentPartId = Id<'PaymentPart'>
export type RefundId = Id<'Refund'>
export type ProfitShareId = Id<'ProfitShare'>
export type ShareReturnId = Id<'ShareReturn'>
export type CaseId = Id<'Case'>
export type WordRuleId = Id<'WordRule'>
export type PlotId = Id<'Plot'>
export type BatchId = Id<'Batch'>
export type ListingId = Id<'Listing'>
export type RevisionId = Id<'Revision'>
export type SkuId = Id<'Sku'>
export type LotId = Id<'Lot'>
export type PriceVersionId = Id<'PriceVersion'>
export type ReservationId = Id<'Reservation'>
export type LiveSessionId = Id<'LiveSession'>
export type BagItemId = Id<'BagItem'>
export type RecordingId = Id<'Recording'>
export type ChatId = Id<'Chat'>
export type MeasureId = Id<'Measure'>
export type QuestionId = Id<'Question'>
export type OfferId = Id<'Offer'>
export type CouponId = Id<'Coupon'>
export type FlashSaleId = Id<'FlashSale'>
export type OrderId = Id<'Order'>
export type SubOrderId = Id<'SubOrder'>
export type OrderLineId = Id<'OrderLine'>
export type AfterSaleId = Id<'AfterSale'>
export type ReviewId = Id<'Review'>
export type AddressId = Id<'Address'>
export type ShippingNoticeId = Id<'ShippingNotice'>
export type WaybillId = Id<'Waybill'>
export type LedgerEntryId = Id<'LedgerEntry'>
export type AuditRunId = Id<'AuditRun'>
export type DifferenceId = Id<'Difference'>
export type EventId = Id<'Event'>
export type DeliveryId = Id<'Delivery'>

const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/

/** Whether `text` is an id of this noun: its prefix, an underscore and a ULID. */
export const isId = <N extends Noun>(noun: N, text: unknown): text is Id<N> =>
  typeof text === 'string' && text.length === 30 && text.startsWith(`${idPrefixes[noun]}_`) && ULID.test(text.slice(4))
