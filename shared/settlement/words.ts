/** The accounts of the ledger, and the words for what moves between them. Signs: what stands to the credit of an account is positive. */
export const accounts = {
  /** All that ever came in, negative: the other side of everything below. */
  channel: '微信支付',
  /** Paid, and the buyer does not have the goods yet. */
  held: '待收货',
  /** Received; WeChat has not split it yet. */
  shopDue: '结算中',
  /** The shop's own, at its sub-merchant account. */
  shop: '店铺收入',
  commissionDue: '应收服务费',
  commission: '平台服务费',
  /** What WeChat kept for carrying the money. */
  channelFee: '微信手续费',
  refunded: '已退买家',
  /** Came for an order that was closed: the buyer's, until it is back. */
  suspense: '待退买家',
} as const
export type Account = keyof typeof accounts

export const entryWords = {
  paid: '买家付款',
  paidLate: '订单关闭后的付款',
  completed: '确认收货',
  freight: '运费',
  commission: '平台服务费',
  shared: '微信分账完成，到账',
  channelFee: '微信支付手续费',
  refunded: '退款给买家',
} as const
export type EntryCause = keyof typeof entryWords

/** How the bill of a day differs from our books. */
export const differenceWords = {
  missingAtChannel: '我们有，微信账单没有',
  missingHere: '微信账单有，我们没有',
  otherAmount: '金额不一致',
  otherShop: '特约商户号不一致',
  twiceAtChannel: '微信账单重复',
} as const
export type DifferenceKind = keyof typeof differenceWords
