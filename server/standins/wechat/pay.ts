import { isIP } from 'node:net'
import { beijing, makeId, readTime } from './crypto.ts'
import { answer, type Routes } from './http.ts'
import { openPurse, release } from './ledger.ts'
import { sendNotice } from './notify.ts'
import {
  badField,
  bodyObject,
  checkNotifyUrl,
  type Fields,
  fieldsOf,
  invalid,
  markOf,
  noOrder,
  orderClosed,
  orderPaid,
  PayError,
} from './pay-errors.ts'
import type { CombineOrder, SubOrder } from './state.ts'
import type { World } from './world.ts'

const PREPAY_LIFE_MS = 2 * 3600_000
const ORDER_LIFE_MS = 7 * 86_400_000
const FROZEN_AT_MOST_MS = 180 * 86_400_000
const MOST_FEN = 1_000_000_000
const NUMBER = /^[0-9A-Za-z_\-|*]+$/

const freshSub = (
  order: Omit<SubOrder, 'transactionId' | 'refundedOnce' | 'settledAt' | 'sharingFinished' | 'shipment' | 'purse'>,
): SubOrder => ({
  ...order,
  transactionId: null,
  refundedOnce: false,
  settledAt: null,
  sharingFinished: false,
  shipment: {
    orderState: 1,
    logisticsType: 0,
    deliveryMode: 0,
    parcels: [],
    finished: false,
    finishCount: 0,
    lastUploadAt: 0,
    shippedAt: null,
    receivedAt: null,
    receiveMethod: null,
    reminded: false,
  },
  purse: { paid: 0, frozen: 0, shared: 0, released: 0, refunded: 0, fee: 0, toppedUp: 0 },
})

const readSub = (world: World, fields: Fields, at: string): SubOrder => {
  const { options, state } = world
  if (fields.text('mchid', { max: 32 }) !== options.mchid)
    throw badField(`${at}/mchid`, '子单商户号应与合单发起方商户号一致', fields.raw.mchid)
  const subMchid = fields.textOr('sub_mchid', { max: 32, like: /^\d{8,10}$/ })
  if (options.family === 'ecommerce' && !subMchid)
    throw new PayError(400, 'PARAM_ERROR', '缺少二级商户号sub_mchid', { location: 'body', field: `${at}/sub_mchid` }, 268443704)
  if (options.family === 'direct' && subMchid)
    throw new PayError(400, 'PARAM_ERROR', '商户号与二级商户号无受理关系', { location: 'body', field: `${at}/sub_mchid` }, 268443701)
  if (subMchid === options.mchid)
    throw new PayError(400, 'PARAM_ERROR', '二级商户号不能与平台商户号相同', { location: 'body', field: `${at}/sub_mchid` }, 268443705)
  const amount = fields.object('amount')
  const total = amount.whole('total_amount', 1, MOST_FEN)
  amount.text('currency', { like: /^CNY$/ })
  const sub = freshSub({
    outTradeNo: fields.text('out_trade_no', { min: 6, max: 32, like: NUMBER }),
    subMchid: subMchid ?? options.mchid,
    description: fields.text('description', { max: 127 }),
    attach: fields.text('attach', { max: 128 }),
    amount: total,
    profitSharing: fields.objectOr('settle_info')?.flag('profit_sharing') ?? false,
  })
  if (state.shops[sub.subMchid]?.suspended)
    throw new PayError(403, 'NO_AUTH', `二级商户${sub.subMchid}的支付权限已被限制`, {
      location: 'body',
      field: `${at}/sub_mchid`,
      value: sub.subMchid,
    })
  return sub
}

/** Checks an order request field by field (wechat.md §6.3) and makes the order it asks for. */
const readOrder = (world: World, body: Record<string, unknown>): CombineOrder => {
  const { options, state } = world
  const fields = fieldsOf(body)
  const number = fields.text('combine_out_trade_no', { min: 2, max: 32, like: NUMBER })
  if (fields.text('combine_appid', { max: 32 }) !== options.appid)
    throw new PayError(400, 'APPID_MCHID_NOT_MATCH', '商户号和appid没有绑定关系', undefined, 268445527)
  if (fields.text('combine_mchid', { max: 32 }) !== options.mchid)
    throw new PayError(400, 'MCH_NOT_EXISTS', '合单商户号与签名商户号不一致', { location: 'body', field: '/combine_mchid' })
  const openid = fields.object('combine_payer_info').text('openid', { max: 128 })
  if (!state.users[openid])
    throw new PayError(
      400,
      'PARAM_ERROR',
      '无效的openid',
      { location: 'body', field: '/combine_payer_info/openid', value: openid },
      268501013,
    )
  const scene = fields.objectOr('scene_info')
  const payerIp = scene?.text('payer_client_ip', { max: 45 }) ?? null
  if (payerIp !== null && isIP(payerIp) === 0) throw badField('/scene_info/payer_client_ip', 'IP地址格式不正确', payerIp)
  const notifyUrl = checkNotifyUrl('/notify_url', fields.text('notify_url', { max: 255 }))
  const now = world.now()
  let expireAt = now + ORDER_LIFE_MS
  const wished = fields.textOr('time_expire', { max: 32 })
  if (wished !== null) {
    const at = readTime(wished)
    if (at === null) throw badField('/time_expire', 'time_expire 应为rfc3339格式', wished)
    expireAt = at
  }
  const subs = fields.list('sub_orders', 1, 50).map((sub, i) => readSub(world, sub, `/sub_orders/${i}`))
  if (new Set(subs.map((sub) => sub.outTradeNo)).size !== subs.length) throw badField('/sub_orders', '子单商户订单号重复')
  return {
    number,
    mark: markOf(body),
    openid,
    notifyUrl,
    deviceId: scene?.textOr('device_id', { max: 32 }) ?? null,
    payerIp,
    state: 'NOTPAY',
    createdAt: now,
    expireAt,
    paidAt: null,
    subs,
  }
}

const newPrepay = (world: World, number: string): string => {
  const id = makeId.prepay(world.now())
  world.state.prepays[id] = { number, expiresAt: world.now() + PREPAY_LIFE_MS }
  world.changed()
  return id
}

/** An order whose time has run out is closed whoever looks first. */
const lapse = (world: World, order: CombineOrder): CombineOrder => {
  if (order.state === 'NOTPAY' && world.now() >= order.expireAt) order.state = 'CLOSED'
  return order
}

const placeOrder = (world: World, body: Record<string, unknown>): { prepay_id: string } => {
  const { state } = world
  const wanted = readOrder(world, body)
  const known = state.orders[wanted.number]
  if (known) {
    lapse(world, known)
    if (known.state === 'SUCCESS') throw orderPaid()
    if (known.state === 'CLOSED') throw orderClosed()
    if (known.mark !== wanted.mark)
      throw new PayError(400, 'INVALID_REQUEST', '请求重入时，参数与首次请求时不一致，请核对参数后再试', undefined, 268498688)
    return { prepay_id: newPrepay(world, known.number) }
  }
  if (wanted.expireAt < world.now() + 60_000) throw badField('/time_expire', '订单失效时间须晚于当前时间1分钟', body.time_expire)
  for (const sub of wanted.subs)
    if (state.outTradeNos[sub.outTradeNo]) throw new PayError(403, 'OUT_TRADE_NO_USED', `商户订单号${sub.outTradeNo}重复`)
  state.orders[wanted.number] = wanted
  wanted.subs.forEach((sub, index) => {
    state.outTradeNos[sub.outTradeNo] = { number: wanted.number, index }
  })
  world.plan('expire', wanted.number, wanted.expireAt)
  return { prepay_id: newPrepay(world, wanted.number) }
}

/** The order as the query and the callback tell it; unpaid orders lack all that payment brings. */
const describe = (world: World, order: CombineOrder): Record<string, unknown> => ({
  combine_appid: world.options.appid,
  combine_mchid: world.options.mchid,
  combine_out_trade_no: order.number,
  combine_payer_info: { openid: order.openid },
  scene_info: order.deviceId ? { device_id: order.deviceId } : {},
  sub_orders: order.subs.map((sub) => ({
    mchid: world.options.mchid,
    ...(world.options.family === 'ecommerce' ? { sub_mchid: sub.subMchid } : {}),
    out_trade_no: sub.outTradeNo,
    attach: sub.attach,
    trade_state: order.state === 'SUCCESS' && sub.refundedOnce ? 'REFUND' : order.state,
    amount: {
      total_amount: sub.amount,
      currency: 'CNY',
      ...(order.state === 'SUCCESS' ? { payer_amount: sub.amount, payer_currency: 'CNY' } : {}),
    },
    ...(order.state === 'SUCCESS'
      ? { transaction_id: sub.transactionId, trade_type: 'JSAPI', bank_type: 'OTHERS', success_time: beijing(order.paidAt!) }
      : {}),
  })),
})

const closeOrder = (world: World, number: string, body: Record<string, unknown>): void => {
  const order = world.state.orders[number]
  if (!order) throw noOrder()
  const fields = fieldsOf(body)
  if (fields.text('combine_appid', { max: 32 }) !== world.options.appid)
    throw new PayError(400, 'APPID_MCHID_NOT_MATCH', '商户号和appid没有绑定关系', undefined, 268445527)
  const given = fields
    .list('sub_orders', 1, 50)
    .map((sub) => `${sub.text('mchid')} ${sub.textOr('sub_mchid') ?? world.options.mchid} ${sub.text('out_trade_no')}`)
  const own = order.subs.map((sub) => `${world.options.mchid} ${sub.subMchid} ${sub.outTradeNo}`)
  if (given.sort().join() !== own.sort().join()) throw invalid('关单的子单信息与下单时不一致')
  if (order.state === 'SUCCESS') throw orderPaid()
  order.state = 'CLOSED'
  world.unplan('expire', number)
  world.changed()
}

/** Why a payment cannot go through, in the words the WeChat client shows; null when it can. */
export const payObstacle = (world: World, prepayId: string): string | null => {
  const prepay = world.state.prepays[prepayId]
  const order = prepay && world.state.orders[prepay.number]
  if (!order) return '支付订单不存在'
  lapse(world, order)
  if (order.state === 'SUCCESS') return '该订单已支付'
  if (order.state === 'CLOSED') return '该订单已关闭'
  if (world.now() >= prepay.expiresAt) return '该订单已过期，请重新下单'
  return null
}

/** The order of a prepay id, if there is one. */
export const orderOfPrepay = (world: World, prepayId: string): CombineOrder | null => {
  const prepay = world.state.prepays[prepayId]
  return (prepay && world.state.orders[prepay.number]) ?? null
}

/**
 * The payer confirms. Checks and commits in one breath, so that of a payment and a close exactly one wins; the callback follows.
 * Returns the obstacle's words, or null when paid.
 */
export const payOrder = (world: World, prepayId: string): string | null => {
  const obstacle = payObstacle(world, prepayId)
  const order = orderOfPrepay(world, prepayId)
  if (obstacle || !order) return obstacle
  const now = world.now()
  order.state = 'SUCCESS'
  order.paidAt = now
  order.subs.forEach((sub, index) => {
    sub.transactionId = makeId.transaction(now)
    sub.purse = openPurse(sub.amount, world.state.rules.feeBp)
    world.state.transactions[sub.transactionId] = { number: order.number, index }
    world.plan('thaw', sub.transactionId, now + FROZEN_AT_MOST_MS)
  })
  world.unplan('expire', order.number)
  sendNotice(world, {
    url: order.notifyUrl,
    eventType: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    originalType: 'transaction',
    plaintext: describe(world, order),
  })
  world.changed()
  return null
}

/** The paid sub-order of a transaction id. */
export const findTrade = (world: World, transactionId: string): { order: CombineOrder; sub: SubOrder } | null => {
  const place = world.state.transactions[transactionId]
  const order = place && world.state.orders[place.number]
  const sub = order?.subs[place!.index]
  return order && sub ? { order, sub } : null
}

/** The paid sub-order of a merchant's number. */
export const findByOutTradeNo = (world: World, outTradeNo: string): { order: CombineOrder; sub: SubOrder } | null => {
  const place = world.state.outTradeNos[outTradeNo]
  const order = place && world.state.orders[place.number]
  const sub = order?.subs[place!.index]
  return order && sub ? { order, sub } : null
}

/** Orders lapse, and money is not frozen longer than 180 days. */
export const payTasks = (world: World): void => {
  world.on('expire', (number) => {
    const order = world.state.orders[number]
    if (order) lapse(world, order)
  })
  world.on('thaw', (transactionId) => {
    const trade = findTrade(world, transactionId)
    if (!trade || trade.sub.purse.frozen === 0) return
    trade.sub.sharingFinished = true
    trade.sub.settledAt ??= world.now()
    release(world, trade.sub)
  })
}

/** Combined orders: place, query, close (wechat.md §6.3). */
export const payRoutes = (world: World): Routes => ({
  'POST /v3/combine-transactions/jsapi': (call) => answer(200, placeOrder(world, bodyObject(call.body))),
  'GET /v3/combine-transactions/out-trade-no/{number}': (call) => {
    const order = world.state.orders[call.params.number!]
    if (!order) throw noOrder()
    return answer(200, describe(world, lapse(world, order)))
  },
  'POST /v3/combine-transactions/out-trade-no/{number}/close': (call) => {
    closeOrder(world, call.params.number!, bodyObject(call.body))
    return answer(204, null)
  },
})
