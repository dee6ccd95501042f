import { z } from 'zod'
import { fen } from '../../../shared/money.ts'
import { type Instant, instant, rfc3339 } from '../../../shared/time.ts'
import {
  ForgedNotice,
  type PaidPart,
  type PaymentAsk,
  type PaymentFinding,
  type PaymentNotice,
  type PaymentPort,
  type RawNotice,
  type RefundFinding,
} from '../../ports/payment.ts'
import { OutsideTrouble } from '../../ports/trouble.ts'
import { createBills } from './bills.ts'
import {
  makeNonce,
  openSealed,
  readApiV3Key,
  readPlatformKeys,
  readPrivateKey,
  seconds,
  sheetMessage,
  signatureFault,
  signText,
} from './crypto.ts'
import { type Clock, type Log, readJson } from './outside.ts'
import { createPayTransport } from './payTransport.ts'
import { createSharing } from './sharing.ts'

/** Everything WeChat Pay must know of us, and how to reach it. */
export interface WechatPaymentOptions {
  payBase: string
  appid: string
  mchid: string
  merchantName: string
  merchantSerial: string
  merchantKeyPem: string
  /** Exactly 32 bytes. */
  apiV3Key: string
  /** WeChat Pay's public keys (PEM) by serial. */
  platformKeys: Readonly<Record<string, string>>
  /** How long one try may take, milliseconds. */
  timeoutMs: number
  /** Multiplies the waits between tries (1 s, 2 s); 1 unless a test is in a hurry. */
  backoffScale?: number
  clock: Clock
  log: Log
}

const whole = z.number().int().min(0)
/** WeChat leaves a field out or sends it empty while it has no value. */
const maybe = z
  .string()
  .nullish()
  .transform((text) => text || null)
const maybeTime = z
  .union([z.literal(''), z.iso.datetime({ offset: true })])
  .nullish()
  .transform((text) => (text ? instant(Date.parse(text)) : null))

/** A combined order as the query answers it and as the notice holds it (wechat.md §6.3, §14.1). */
const combined = z.object({
  combine_appid: z.string(),
  combine_mchid: z.string(),
  combine_out_trade_no: z.string(),
  combine_payer_info: z.object({ openid: maybe }).nullish(),
  sub_orders: z
    .array(
      z.object({
        mchid: z.string(),
        out_trade_no: z.string(),
        transaction_id: maybe,
        trade_state: z.enum(['SUCCESS', 'REFUND', 'NOTPAY', 'USERPAYING', 'ACCEPT', 'PAYERROR', 'CLOSED', 'REVOKED']),
        amount: z.object({ total_amount: whole, currency: z.string() }).nullish(),
        success_time: maybeTime,
      }),
    )
    .min(1),
})
type SubOrder = z.infer<typeof combined>['sub_orders'][number]

const partStates: Record<SubOrder['trade_state'], PaidPart['state']> = {
  SUCCESS: 'paid',
  REFUND: 'refunded',
  NOTPAY: 'unpaid',
  USERPAYING: 'unpaid',
  ACCEPT: 'unpaid',
  PAYERROR: 'unpaid',
  CLOSED: 'closed',
  REVOKED: 'closed',
}

/** Refund states under all the names WeChat Pay gives them (wechat.md §5.10, §6.5). */
const refundStates = {
  SUCCESS: 'done',
  PROCESSING: 'processing',
  ABNORMAL: 'abnormal',
  CLOSE: 'closed',
  CLOSED: 'closed',
  REFUNDCLOSE: 'closed',
} as const
const refundStatus = z.enum(['SUCCESS', 'PROCESSING', 'ABNORMAL', 'CLOSE', 'CLOSED', 'REFUNDCLOSE'])

const opened = z.object({ prepay_id: z.string().min(1) })
const refundTaken = z.object({ out_refund_no: z.string(), amount: z.object({ refund: whole }) })
const refundFound = z.object({
  out_refund_no: z.string(),
  status: refundStatus,
  success_time: maybeTime,
  amount: z.object({ refund: whole }),
})
const refundNotice = z.object({
  sp_mchid: z.string(),
  out_refund_no: z.string(),
  refund_status: refundStatus,
  success_time: maybeTime,
  amount: z.object({ refund: whole }),
})
const envelope = z.object({
  id: z.string().min(1),
  event_type: z.string(),
  resource_type: z.literal('encrypt-resource'),
  resource: z.object({
    original_type: z.string(),
    algorithm: z.literal('AEAD_AES_256_GCM'),
    ciphertext: z.string(),
    nonce: z.string(),
    associated_data: z.string().optional(),
  }),
})
const refundEvents: Record<string, RefundFinding['state']> = {
  'REFUND.SUCCESS': 'done',
  'REFUND.ABNORMAL': 'abnormal',
  'REFUND.CLOSED': 'closed',
}

/** RESOURCE_NOT_EXISTS also says that an address is wrong, so no order is called absent by it; repeating a refund under its number is harmless. */
const NO_ORDER = new Set(['ORDER_NOT_EXIST', 'ORDER_NOT_EXISTS', 'ORDERNOTEXIST'])
const NO_REFUND = new Set(['RESOURCE_NOT_EXISTS', 'RESOURCE_NOT_EXIST', 'REFUND_NOT_EXISTS', ...NO_ORDER])
const PAID = new Set(['ORDERPAID', 'ORDER_PAID', 'ORDER_HAS_PAID'])
const CLOSED = new Set(['ORDER_CLOSED', 'ORDERCLOSED', ...NO_ORDER])

/** WeChat Pay cuts nothing off: it refuses a description above 127 characters, a refund's reason above 80. */
const cut = (text: string, most: number): string => {
  let kept = ''
  for (const sign of text) {
    if (kept.length + sign.length > most) break
    kept += sign
  }
  return kept
}

/** Several values where there should be one stay visible as such, so that no comparison with ours succeeds. */
const oneOf = (values: readonly string[]): string => [...new Set(values)].join('+')

const part = (sub: SubOrder): PaidPart => ({
  partNo: sub.out_trade_no,
  transactionId: sub.transaction_id,
  state: partStates[sub.trade_state],
  amount: fen(sub.amount?.total_amount ?? 0),
})

/** Translates a combined order; null when it contradicts itself: a combined order is paid as a whole or not at all. */
const findingOf = (order: z.infer<typeof combined>): PaymentFinding | null => {
  const parts = order.sub_orders.map(part)
  const states = new Set(parts.map((p) => (p.state === 'refunded' ? 'paid' : p.state)))
  const [state] = states
  if (states.size !== 1 || !state) return null
  const isPaid = state === 'paid'
  if (isPaid && order.sub_orders.some((sub) => !sub.amount || !sub.transaction_id || sub.success_time === null)) return null
  return {
    paymentNo: order.combine_out_trade_no,
    state,
    merchant: oneOf([order.combine_mchid, ...order.sub_orders.map((sub) => sub.mchid)]),
    appid: order.combine_appid,
    payerOpenid: order.combine_payer_info?.openid ?? null,
    currency: oneOf(order.sub_orders.flatMap((sub) => (sub.amount ? [sub.amount.currency] : []))),
    parts,
    paidAt: isPaid ? instant(Math.max(...order.sub_orders.map((sub) => sub.success_time ?? 0))) : null,
  }
}

const refundFinding = (
  refundNo: string,
  state: RefundFinding['state'],
  amount: number | null,
  doneAt: Instant | null = null,
): RefundFinding => ({
  refundNo,
  state,
  amount: amount === null ? null : fen(amount),
  doneAt: state === 'done' ? doneAt : null,
})

/**
 * WeChat Pay for a park of many shops: one combined order over the shops' sub-merchants (wechat.md §6.3), refunds of the e-commerce family
 * (§6.5). Throws a RangeError for keys that cannot work; its calls throw OutsideTrouble with WeChat Pay's code.
 */
export const createWechatPayment = (options: WechatPaymentOptions): PaymentPort => {
  const { appid, mchid, clock, log } = options
  const apiV3Key = readApiV3Key(options.apiV3Key)
  const platformKeys = readPlatformKeys(options.platformKeys)
  const merchant = { mchid, serial: options.merchantSerial, key: readPrivateKey(options.merchantKeyPem) }
  const pay = createPayTransport({
    payBase: options.payBase,
    merchant,
    platformKeys,
    timeoutMs: options.timeoutMs,
    backoffScale: options.backoffScale ?? 1,
    clock,
    log,
  })

  /** The same ask gives the same bytes: WeChat Pay refuses a repeated number with anything else in it (wechat.md §5.4). */
  const orderBody = (ask: PaymentAsk): string =>
    JSON.stringify({
      combine_appid: appid,
      combine_mchid: mchid,
      combine_out_trade_no: ask.paymentNo,
      combine_payer_info: { openid: ask.buyerOpenid },
      scene_info: { payer_client_ip: ask.buyerAddress },
      time_expire: rfc3339(ask.expiresAt),
      notify_url: ask.notifyUrl,
      sub_orders: ask.parts.map((p) => ({
        mchid,
        sub_mchid: p.subMerchant,
        out_trade_no: p.partNo,
        description: cut(p.description, 127),
        attach: p.partNo,
        amount: { total_amount: p.amount, currency: 'CNY' },
        settle_info: { profit_sharing: true },
      })),
    })

  const orderPath = (paymentNo: string): string => `/v3/combine-transactions/out-trade-no/${encodeURIComponent(paymentNo)}`
  const malformed = (what: string): OutsideTrouble => new OutsideTrouble('wechat-pay', 'MALFORMED', what)

  /** The `code` of a trouble that WeChat Pay itself answered, or null. */
  const codeOf = (error: unknown): string | null => (error instanceof OutsideTrouble ? error.code : null)

  const readWords = (body: string): z.infer<typeof envelope> => {
    const read = envelope.safeParse(readJson(body))
    if (!read.success) throw new ForgedNotice('not the envelope of a notice')
    return read.data
  }
  const open = (resource: z.infer<typeof envelope>['resource']): unknown => {
    try {
      return JSON.parse(openSealed(apiV3Key, resource)) as unknown
    } catch {
      throw new ForgedNotice('sealed with another key or broken')
    }
  }

  const readNotice = (raw: RawNotice, now: Instant): PaymentNotice => {
    const headers = new Map(Object.entries(raw.headers).map(([name, value]) => [name.toLowerCase(), value]))
    const fault = signatureFault(platformKeys, (name) => headers.get(name), raw.body, now)
    if (fault) {
      log(fault === 'probe' ? 'info' : 'warn', 'a payment notice was refused', { fault })
      throw new ForgedNotice(`signature: ${fault}`)
    }
    const { id, event_type: event, resource } = readWords(raw.body)
    const plain = open(resource)
    if (event === 'TRANSACTION.SUCCESS' && resource.original_type === 'transaction') {
      const read = combined.safeParse(plain)
      const finding = read.success ? findingOf(read.data) : null
      if (finding?.state !== 'paid') throw new ForgedNotice('a payment notice that does not speak of a paid combined order')
      return { id, about: 'payment', finding }
    }
    const state = refundEvents[event]
    if (state && resource.original_type === 'refund') {
      const read = refundNotice.safeParse(plain)
      // A refund's finding carries no merchant, so it is compared here.
      if (!read.success || read.data.sp_mchid !== mchid || refundStates[read.data.refund_status] !== state)
        throw new ForgedNotice('a refund notice that does not speak of a refund of ours')
      return {
        id,
        about: 'refund',
        finding: refundFinding(read.data.out_refund_no, state, read.data.amount.refund, read.data.success_time),
      }
    }
    throw new ForgedNotice(`a notice of another kind: ${event} of ${resource.original_type}`)
  }

  return {
    open: async (ask) => {
      const answer = await pay.call({
        name: 'open',
        method: 'POST',
        path: '/v3/combine-transactions/jsapi',
        body: orderBody(ask),
        answer: opened,
      })
      return { prepayId: answer.prepay_id }
    },

    sheet: (prepayId, now) => {
      const timeStamp = seconds(now)
      const nonceStr = makeNonce()
      const pack = `prepay_id=${prepayId}`
      const paySign = signText(sheetMessage(appid, timeStamp, nonceStr, pack), merchant.key)
      return { appId: appid, timeStamp, nonceStr, package: pack, signType: 'RSA', paySign }
    },

    find: async (paymentNo) => {
      try {
        const order = await pay.call({ name: 'find', method: 'GET', path: orderPath(paymentNo), answer: combined })
        const finding = findingOf(order)
        if (finding?.paymentNo !== paymentNo) throw malformed('find: an order that contradicts itself, or another order')
        return finding
      } catch (error) {
        if (!NO_ORDER.has(codeOf(error) ?? '')) throw error
        return { paymentNo, state: 'absent', merchant: mchid, appid, payerOpenid: null, currency: '', parts: [], paidAt: null }
      }
    },

    // Closing what WeChat Pay never had is closing too: without a prepay id nobody can pay it.
    close: async (paymentNo, parts) => {
      const sub_orders = parts.map((p) => ({ mchid, sub_mchid: p.subMerchant, out_trade_no: p.partNo }))
      try {
        await pay.call({
          name: 'close',
          method: 'POST',
          path: `${orderPath(paymentNo)}/close`,
          body: JSON.stringify({ combine_appid: appid, sub_orders }),
          answer: null,
        })
        return 'closed'
      } catch (error) {
        const code = codeOf(error) ?? ''
        if (PAID.has(code)) return 'paid'
        if (CLOSED.has(code)) return 'closed'
        throw error
      }
    },

    // The answer names no state (wechat.md §6.5), so a refund that was taken is `processing` until a query or a notice says more.
    refund: async (ask) => {
      const taken = await pay.call({
        name: 'refund',
        method: 'POST',
        path: '/v3/ecommerce/refunds/apply',
        body: JSON.stringify({
          sub_mchid: ask.subMerchant,
          sp_appid: appid,
          transaction_id: ask.transactionId,
          out_refund_no: ask.refundNo,
          reason: cut(ask.reason, 80),
          amount: { refund: ask.amount, total: ask.total, currency: 'CNY' },
          notify_url: ask.notifyUrl,
        }),
        answer: refundTaken,
      })
      if (taken.out_refund_no !== ask.refundNo) throw malformed('refund: the answer speaks of another refund')
      return refundFinding(ask.refundNo, 'processing', taken.amount.refund)
    },

    findRefund: async (refundNo, subMerchant) => {
      try {
        const found = await pay.call({
          name: 'findRefund',
          method: 'GET',
          path: `/v3/ecommerce/refunds/out-refund-no/${encodeURIComponent(refundNo)}?sub_mchid=${encodeURIComponent(subMerchant)}`,
          answer: refundFound,
        })
        if (found.out_refund_no !== refundNo) throw malformed('findRefund: the answer speaks of another refund')
        return refundFinding(refundNo, refundStates[found.status], found.amount.refund, found.success_time)
      } catch (error) {
        if (!NO_REFUND.has(codeOf(error) ?? '')) throw error
        return refundFinding(refundNo, 'absent', null)
      }
    },

    ...createSharing(pay, { appid, mchid, merchantName: options.merchantName }),
    ...createBills(pay, options.payBase),
    readNotice,
  }
}
