import type { PlatformCertificate } from './certificate.ts'

/** Someone with WeChat on their phone. Times are business milliseconds throughout this file; money is whole fen. */
export interface User {
  key: string
  openid: string
  unionid: string
  nickname: string
  phone: string
  sessionKey: string
  logins: number
  lastVisitAt: number
  blocked: boolean
}

/** A login code or phone code: single use, five minutes. */
export interface OneTimeCode {
  openid: string
  expiresAt: number
  used: boolean
}

export interface Token {
  value: string
  expiresAt: number
}

/** What became of the goods (wechat.md §7): 1 to ship, 2 shipped, 3 received, 4 finished, 5 refunded. */
export interface Shipment {
  orderState: 1 | 2 | 3 | 4 | 5
  logisticsType: number
  deliveryMode: number
  parcels: { tracking_no: string; express_company: string; item_desc: string; contact: unknown; upload_time: number }[]
  finished: boolean
  finishCount: number
  lastUploadAt: number
  shippedAt: number | null
  receivedAt: number | null
  receiveMethod: 1 | 2 | null
  reminded: boolean
}

/** Where the fen of one sub-order are. frozen + shared + released + refunded + fee = paid + toppedUp, always. */
export interface Purse {
  paid: number
  frozen: number
  shared: number
  released: number
  refunded: number
  fee: number
  /** Other money of the seller, or the platform's advance, that a refund needed. */
  toppedUp: number
}

export interface SubOrder {
  outTradeNo: string
  subMchid: string
  description: string
  attach: string
  amount: number
  profitSharing: boolean
  transactionId: string | null
  refundedOnce: boolean
  settledAt: number | null
  sharingFinished: boolean
  shipment: Shipment
  purse: Purse
}

export type TradeState = 'NOTPAY' | 'SUCCESS' | 'CLOSED'

export interface CombineOrder {
  number: string
  mark: string
  openid: string
  notifyUrl: string
  deviceId: string | null
  payerIp: string | null
  state: TradeState
  createdAt: number
  expireAt: number
  paidAt: number | null
  subs: SubOrder[]
}

export type RefundStatus = 'PROCESSING' | 'SUCCESS' | 'CLOSED' | 'ABNORMAL'

export interface Refund {
  refundId: string
  outRefundNo: string
  transactionId: string
  amount: number
  reason: string
  notifyUrl: string | null
  account: string
  status: RefundStatus
  createdAt: number
  successAt: number | null
  /** Which API family asked: it decides the words of answers and callbacks. */
  family: 'ecommerce' | 'direct'
  taken: { frozen: number; released: number; fee: number; toppedUp: number; balance: number }
}

export interface ShareReceiver {
  type: string
  account: string
  amount: number
  description: string
  detailId: string
  result: 'PENDING' | 'SUCCESS' | 'CLOSED'
  failReason: string | null
  finishAt: number | null
  returned: number
}

export interface ShareOrder {
  orderId: string
  outOrderNo: string
  transactionId: string
  status: 'PROCESSING' | 'FINISHED'
  finish: boolean
  mark: string
  receivers: ShareReceiver[]
}

export interface ShareReturn {
  returnNo: string
  outReturnNo: string
  orderId: string
  receiver: string
  amount: number
  description: string
  result: 'PROCESSING' | 'SUCCESS' | 'FAILED'
  failReason: string | null
  createdAt: number
  finishAt: number | null
}

/** How a callback is spoilt on its way; see `notify.ts`. */
export const forgeries = ['signature', 'key', 'serial', 'timestamp', 'truncated', 'ciphertext', 'signtest'] as const
export type Forgery = (typeof forgeries)[number]

export interface CallbackRules {
  /** Never send. */
  silent: boolean
  /** Keep until released, in any order. */
  hold: boolean
  delayMs: number
  /** Extra copies sent at the same time. */
  duplicates: number
  /** Deliver before the answer to the call that caused it (refunds). */
  beforeResponse: boolean
  forge: Forgery | null
  /** How many attempts are spoilt before the right one. */
  forgeAttempts: number
  /** Replaces fields of the plaintext: amounts and ids as WeChat would have got them wrong. */
  wrong: { amount?: number; mchid?: string; appid?: string; openid?: string; currency?: string; outTradeNo?: string } | null
  /** For how many events these rules stand; null until changed. */
  times: number | null
}

export interface Delivery {
  id: string
  url: string
  eventType: string
  summary: string
  originalType: string
  plaintext: string
  createdAt: number
  attempts: { at: number; status: number | null; forged: Forgery | null; accepted: boolean }[]
  state: 'waiting' | 'held' | 'silent' | 'acknowledged' | 'given-up' | 'wrongly-accepted'
  rules: CallbackRules
}

export type FaultKind =
  | 'latency'
  | 'lost'
  | 'rate'
  | 'system-error'
  | 'bad-gateway'
  | 'malformed'
  | 'bad-signature'
  | 'signtest'
  | 'unknown-serial'
  | 'errcode'

export interface Fault {
  id: string
  /** `POST /v3/ecommerce/refunds/apply`, a prefix of it, or `*`. */
  on: string
  kind: FaultKind
  ms: number
  errcode: number
  errmsg: string
  /** How many calls it still hits; null until cleared. */
  times: number | null
}

export interface Verdict {
  /** Source of a regular expression, tried case-insensitively. */
  pattern: string
  suggest: 'pass' | 'review' | 'risky'
  label: number
}

/** Switches and measures that the control plane may turn. Times in business milliseconds. */
export interface Rules {
  refunds: 'auto' | 'hold' | 'ABNORMAL' | 'CLOSED'
  refundSettleMs: number
  refundSpacingMs: number
  shareSettleMs: number
  /** Basis points of an order that may be shared in all. */
  shareLimitBp: number
  shareBeforeSettlement: boolean
  failShare: string | null
  feeBp: number
  /** How long after payment the order is still unknown to shipping management. */
  shippingDelayMs: number
  combinedShippingOnly: boolean
  /** 61010 for people who were not in the mini-program for two hours. */
  visitRule: boolean
  /** Pages of the published version; null accepts any. */
  pages: string[] | null
  signWith: 'public-key' | 'certificate'
}

export type BillEdit =
  | { day: string; kind: 'missing'; transactionId: string }
  | { day: string; kind: 'amount'; transactionId: string; fen: number }
  | { day: string; kind: 'extra'; transactionId: string; outTradeNo: string; subMchid: string; fen: number }

export type TaskKind = 'notify' | 'refund' | 'share' | 'return' | 'receipt' | 'settle' | 'expire' | 'thaw'
export interface Task {
  kind: TaskKind
  id: string
  dueAt: number
}

/** All that the stand-in remembers. */
export interface State {
  clockOffsetMs: number
  users: Record<string, User>
  keys: Record<string, string>
  loginCodes: Record<string, OneTimeCode>
  phoneCodes: Record<string, OneTimeCode>
  tokens: Token[]
  revoked: string[]
  forcedAt: number[]
  credits: Record<string, number>
  templates: Record<string, Record<string, string[] | null>>
  messages: { at: number; openid: string; templateId: string; page: string; data: Record<string, string> }[]
  verdicts: Verdict[]
  shops: Record<string, { name: string; suspended: boolean }>
  orders: Record<string, CombineOrder>
  prepays: Record<string, { number: string; expiresAt: number }>
  transactions: Record<string, { number: string; index: number }>
  outTradeNos: Record<string, { number: string; index: number }>
  refunds: Record<string, Refund>
  receivers: Record<string, { type: string; relation: string }>
  shares: Record<string, ShareOrder>
  finishes: Record<string, { orderId: string; transactionId: string }>
  returns: Record<string, ShareReturn>
  balances: Record<string, number>
  deliveries: Record<string, Delivery>
  callbacks: CallbackRules
  faults: Fault[]
  rules: Rules
  bills: BillEdit[]
  certificates: PlatformCertificate[]
  tasks: Task[]
}

export const plainCallbacks = (): CallbackRules => ({
  silent: false,
  hold: false,
  delayMs: 0,
  duplicates: 0,
  beforeResponse: false,
  forge: null,
  forgeAttempts: 1,
  wrong: null,
  times: null,
})

/** A world in which nothing has happened. */
export const emptyState = (): State => ({
  clockOffsetMs: 0,
  users: {},
  keys: {},
  loginCodes: {},
  phoneCodes: {},
  tokens: [],
  revoked: [],
  forcedAt: [],
  credits: {},
  templates: {},
  messages: [],
  verdicts: [
    { pattern: '加微信|加我微信|加[vV]信|微信号|加薇', suggest: 'risky', label: 10001 },
    { pattern: '赌博|博彩|百家乐|下注', suggest: 'risky', label: 20006 },
    { pattern: '包治|根治|抗癌|治百病', suggest: 'review', label: 10001 },
  ],
  shops: {},
  orders: {},
  prepays: {},
  transactions: {},
  outTradeNos: {},
  refunds: {},
  receivers: {},
  shares: {},
  finishes: {},
  returns: {},
  balances: {},
  deliveries: {},
  callbacks: plainCallbacks(),
  faults: [],
  rules: {
    refunds: 'auto',
    refundSettleMs: 3000,
    refundSpacingMs: 60_000,
    shareSettleMs: 1000,
    shareLimitBp: 3000,
    shareBeforeSettlement: false,
    failShare: null,
    feeBp: 60,
    shippingDelayMs: 60_000,
    combinedShippingOnly: false,
    visitRule: false,
    pages: null,
    signWith: 'public-key',
  },
  bills: [],
  certificates: [],
  tasks: [],
})
