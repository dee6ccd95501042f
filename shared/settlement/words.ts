/** The accounts of the ledger, and the words for what moves between them. Signs: what stands to the credit of an account is positive. */
export const accounts = { channel: '微信支付', held: '待结算', shop: '店铺收入', commission: '平台服务费', refunded: '已退买家' } as const
export type Account = keyof typeof accounts

export const entryWords = {
  paid: '买家付款',
  completed: '确认收货，结算到店铺',
  commission: '平台服务费',
  refunded: '退款给买家',
} as const
export type EntryCause = keyof typeof entryWords
