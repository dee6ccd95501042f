import { beijing, makeId } from './crypto.ts'
import { answer, type Call, type Routes } from './http.ts'
import { giveBackRefund, takeRefund } from './ledger.ts'
import { sendNotice } from './notify.ts'
import { findByOutTradeNo, findTrade } from './pay.ts'
import { badField, bodyObject, checkNotifyUrl, type Fields, fieldsOf, invalid, noResource, PayError } from './pay-errors.ts'
import { reservedFor } from './sharing.ts'
import type { CombineOrder, Refund, SubOrder } from './state.ts'
import type { World } from './world.ts'

const YEAR_MS = 365 * 86_400_000
const MOST_REFUNDS = 50

/** The transaction a body or query speaks of; 404 when it was never paid or belongs to another seller. */
const findPaid = (world: World, fields: Fields, subMchid: string): { order: CombineOrder; sub: SubOrder } => {
  const transactionId = fields.textOr('transaction_id', { max: 32 })
  const outTradeNo = fields.textOr('out_trade_no', { max: 32 })
  if (!transactionId && !outTradeNo) throw badField('/transaction_id', 'transaction_id 与 out_trade_no 至少填一个')
  const found = transactionId ? findTrade(world, transactionId) : findByOutTradeNo(world, outTradeNo!)
  if (!found || found.sub.subMchid !== subMchid) throw noResource('订单不存在')
  if (outTradeNo && found.sub.outTradeNo !== outTradeNo) throw invalid('商户订单号与微信支付订单号不一致')
  if (!found.sub.transactionId) throw new PayError(403, 'TRADE_ERROR', '订单未支付，不能退款')
  return found
}

const refundsOf = (world: World, transactionId: string): Refund[] =>
  Object.values(world.state.refunds).filter((refund) => refund.transactionId === transactionId && refund.status !== 'CLOSED')

/** Applies for a refund (wechat.md §5.10, §6.5). The same number with the same wishes is the same refund; other wishes are refused. */
const apply = (world: World, body: Record<string, unknown>, family: Refund['family']): Refund => {
  const fields = fieldsOf(body)
  const { options, state } = world
  const now = world.now()
  const subMchid = fields.textOr('sub_mchid', { max: 32 }) ?? options.mchid
  if (family === 'ecommerce') {
    fields.text('sub_mchid', { max: 32 })
    if (fields.text('sp_appid', { max: 32 }) !== options.appid)
      throw new PayError(400, 'APPID_MCHID_NOT_MATCH', '商户号和appid没有绑定关系', undefined, 268445527)
  }
  const { order, sub } = findPaid(world, fields, subMchid)
  const outRefundNo = fields.text('out_refund_no', { max: 64, like: /^[0-9A-Za-z_\-|*@]+$/ })
  const reason = fields.textOr('reason', { max: 80 }) ?? ''
  const url = fields.textOr('notify_url', { max: 256 })
  const notifyUrl = url === null ? null : checkNotifyUrl('/notify_url', url)
  const money = fields.object('amount')
  const amount = money.whole('refund', 1, sub.amount)
  if (money.whole('total', 1, 1_000_000_000) !== sub.amount) throw badField('/amount/total', '订单金额与原订单不一致', money.raw.total)
  money.text('currency', { like: /^CNY$/ })
  const account =
    fields.textOr('refund_account', { like: /^REFUND_SOURCE_(SUB_MERCHANT|PARTNER_ADVANCE)$/ }) ?? 'REFUND_SOURCE_SUB_MERCHANT'

  const known = state.refunds[outRefundNo]
  if (known) {
    if (known.transactionId !== sub.transactionId || known.amount !== amount)
      throw invalid('订单金额或退款金额与之前请求不一致，请核实后再试')
    return known
  }
  if (now - order.paidAt! > YEAR_MS) throw invalid('订单已超过可退款的期限')
  const earlier = refundsOf(world, sub.transactionId!)
  if (earlier.length >= MOST_REFUNDS) throw new PayError(403, 'RULE_LIMIT', '订单退款次数已达上限')
  if (earlier.reduce((sum, refund) => sum + refund.amount, 0) + amount > sub.amount) throw invalid('申请退款金额大于订单可退金额')
  if (earlier.some((refund) => now - refund.createdAt < state.rules.refundSpacingMs))
    throw new PayError(429, 'FREQUENCY_LIMITED', '同一订单的退款间隔须大于1分钟，请稍后再试', undefined, 268447840)
  const taken = takeRefund(world, sub, amount, reservedFor(world, sub.transactionId!), account === 'REFUND_SOURCE_PARTNER_ADVANCE')
  if (!taken) throw new PayError(403, 'NOT_ENOUGH', '二级商户可用余额不足，请充值后使用原退款单号重试')

  const refund: Refund = {
    refundId: makeId.refund(now),
    outRefundNo,
    transactionId: sub.transactionId!,
    amount,
    reason,
    notifyUrl,
    account,
    status: 'PROCESSING',
    createdAt: now,
    successAt: null,
    family,
    taken,
  }
  sub.refundedOnce = true
  state.refunds[outRefundNo] = refund
  if (state.rules.refunds !== 'hold') world.plan('refund', outRefundNo, world.scaled(state.rules.refundSettleMs))
  world.changed()
  return refund
}

/** The words for a closed refund differ: CLOSE in the ecommerce query, CLOSED elsewhere. */
const statusWord = (refund: Refund): string => (refund.status === 'CLOSED' && refund.family === 'ecommerce' ? 'CLOSE' : refund.status)

const describe = (world: World, refund: Refund): Record<string, unknown> => {
  const { sub } = findTrade(world, refund.transactionId)!
  const amounts = {
    total: sub.amount,
    refund: refund.amount,
    payer_total: sub.amount,
    payer_refund: refund.amount,
    settlement_refund: refund.amount,
    settlement_total: sub.amount,
    discount_refund: 0,
    currency: 'CNY',
  }
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: refund.transactionId,
    out_trade_no: sub.outTradeNo,
    channel: 'ORIGINAL',
    user_received_account: '支付用户零钱',
    create_time: beijing(refund.createdAt),
    ...(refund.successAt ? { success_time: beijing(refund.successAt) } : {}),
    status: statusWord(refund),
    amount: amounts,
    funds_account: 'AVAILABLE',
    ...(refund.family === 'ecommerce' ? { refund_account: refund.account } : {}),
  }
}

const describeApplied = (refund: Refund): Record<string, unknown> => ({
  refund_id: refund.refundId,
  out_refund_no: refund.outRefundNo,
  create_time: beijing(refund.createdAt),
  amount: { refund: refund.amount, payer_refund: refund.amount, discount_refund: 0, currency: 'CNY' },
  refund_account: refund.account,
})

/** Ends a refund that is being worked on and tells the merchant. False when it had ended already. */
export const settleRefund = (world: World, refund: Refund, result: Exclude<Refund['status'], 'PROCESSING'>): boolean => {
  if (refund.status !== 'PROCESSING') return false
  world.unplan('refund', refund.outRefundNo)
  const { sub } = findTrade(world, refund.transactionId)!
  refund.status = result
  if (result === 'SUCCESS') refund.successAt = world.now()
  if (result === 'CLOSED') giveBackRefund(world, sub, refund.amount, refund.taken)
  const back = Object.values(world.state.refunds)
    .filter((other) => other.transactionId === refund.transactionId && other.status === 'SUCCESS')
    .reduce((sum, other) => sum + other.amount, 0)
  if (back === sub.amount) sub.shipment.orderState = 5
  if (refund.notifyUrl)
    sendNotice(world, {
      url: refund.notifyUrl,
      eventType: `REFUND.${result}`,
      summary: result === 'SUCCESS' ? '退款成功' : result === 'CLOSED' ? '退款关闭' : '退款异常',
      originalType: 'refund',
      plaintext: {
        ...(refund.family === 'ecommerce' ? { sp_mchid: world.options.mchid, sub_mchid: sub.subMchid } : { mchid: world.options.mchid }),
        transaction_id: refund.transactionId,
        out_trade_no: sub.outTradeNo,
        refund_id: refund.refundId,
        out_refund_no: refund.outRefundNo,
        refund_status: result,
        ...(refund.successAt ? { success_time: beijing(refund.successAt) } : {}),
        user_received_account: '支付用户零钱',
        amount: { total: sub.amount, refund: refund.amount, payer_total: sub.amount, payer_refund: refund.amount },
        ...(refund.family === 'ecommerce' ? { refund_account: refund.account } : {}),
      },
    })
  world.changed()
  return true
}

/** An abnormal refund is sent again (to the user's card or the merchant's account): back to work, then done. */
const retryAbnormal = (world: World, refund: Refund, outRefundNo: string): Refund => {
  if (refund.outRefundNo !== outRefundNo) throw invalid('商户退款单号与微信退款单号不一致')
  if (refund.status === 'SUCCESS' || refund.status === 'CLOSED') throw invalid('退款单状态不允许发起异常退款')
  if (refund.status === 'ABNORMAL') {
    refund.status = 'PROCESSING'
    world.plan('refund', refund.outRefundNo, world.scaled(world.state.rules.refundSettleMs))
    world.changed()
  }
  return refund
}

const byRefundId = (world: World, refundId: string): Refund => {
  const refund = Object.values(world.state.refunds).find((known) => known.refundId === refundId)
  if (!refund) throw noResource('退款单不存在')
  return refund
}

const byNumber = (world: World, outRefundNo: string): Refund => {
  const refund = world.state.refunds[outRefundNo]
  if (!refund) throw noResource('退款单不存在')
  return refund
}

/** A seller sees its own refunds only; the ecommerce query must name the seller. */
const ofSeller = (world: World, refund: Refund, call: Call, family: Refund['family']): Refund => {
  const subMchid = call.query.get('sub_mchid')
  if (family === 'ecommerce' && !subMchid) throw badField('query:sub_mchid', '缺少必填字段 sub_mchid')
  const owner = findTrade(world, refund.transactionId)!.sub.subMchid
  if (refund.family !== family || owner !== (subMchid ?? world.options.mchid)) throw noResource('退款单不存在')
  return refund
}

/** With the `beforeResponse` rule the refund is done and told before the call that asked for it is answered. */
const hasten = async (world: World, refund: Refund): Promise<void> => {
  if (!world.state.callbacks.beforeResponse || refund.status !== 'PROCESSING') return
  settleRefund(world, refund, 'SUCCESS')
  await world.settled()
}

/** Refunds end by themselves unless the rules hold them. */
export const refundTasks = (world: World): void => {
  world.on('refund', (outRefundNo) => {
    const refund = world.state.refunds[outRefundNo]
    const rule = world.state.rules.refunds
    if (refund && rule !== 'hold') settleRefund(world, refund, rule === 'auto' ? 'SUCCESS' : rule)
  })
}

/** Refunds of the platform family. */
export const ecommerceRefundRoutes = (world: World): Routes => ({
  'POST /v3/ecommerce/refunds/apply': async (call) => {
    const refund = apply(world, bodyObject(call.body), 'ecommerce')
    await hasten(world, refund)
    return answer(200, describeApplied(refund))
  },
  'GET /v3/ecommerce/refunds/out-refund-no/{number}': (call) =>
    answer(200, describe(world, ofSeller(world, byNumber(world, call.params.number!), call, 'ecommerce'))),
  'GET /v3/ecommerce/refunds/id/{id}': (call) =>
    answer(200, describe(world, ofSeller(world, byRefundId(world, call.params.id!), call, 'ecommerce'))),
  'POST /v3/ecommerce/refunds/{id}/apply-abnormal-refund': (call) => {
    const fields = fieldsOf(bodyObject(call.body))
    return answer(200, describe(world, retryAbnormal(world, byRefundId(world, call.params.id!), fields.text('out_refund_no'))))
  },
})

/** Refunds of direct merchants and ordinary partners. */
export const domesticRefundRoutes = (world: World): Routes => ({
  'POST /v3/refund/domestic/refunds': async (call) => {
    const refund = apply(world, bodyObject(call.body), 'direct')
    await hasten(world, refund)
    return answer(200, describe(world, refund))
  },
  'GET /v3/refund/domestic/refunds/{number}': (call) =>
    answer(200, describe(world, ofSeller(world, byNumber(world, call.params.number!), call, 'direct'))),
  'POST /v3/refund/domestic/refunds/{id}/apply-abnormal-refund': (call) => {
    const fields = fieldsOf(bodyObject(call.body))
    return answer(200, describe(world, retryAbnormal(world, byRefundId(world, call.params.id!), fields.text('out_refund_no'))))
  },
})
