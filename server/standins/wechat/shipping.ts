import { ApiError, apiBody, ok, textOf } from './api-errors.ts'
import { readTime } from './crypto.ts'
import { isObject, type Routes } from './http.ts'
import { release } from './ledger.ts'
import { findByOutTradeNo, findTrade } from './pay.ts'
import type { CombineOrder, Shipment, SubOrder } from './state.ts'
import type { World } from './world.ts'

const DAY_MS = 86_400_000
const AUTO_RECEIPT_DAYS = 10
const AUTO_RECEIPT_DAYS_OTHERWISE = 2
const SETTLE_AFTER_MS = 1000

interface Trade {
  order: CombineOrder
  sub: SubOrder
}

/** A payment reaches shipping management about a minute after it was made; until then it is not known there. */
const visible = (world: World, trade: Trade | null): Trade => {
  const paidAt = trade?.order.paidAt
  if (!trade || !paidAt || world.now() - paidAt < world.state.rules.shippingDelayMs) throw new ApiError(10060001, '支付单不存在')
  return trade
}

/** The sub-order an `order_key` names. With numbers, the merchant is the seller's own. */
const byKey = (world: World, key: unknown): Trade => {
  if (!isObject(key)) throw new ApiError(268485194, 'order_key 不能为空')
  if (key.order_number_type === 2) {
    if (!textOf(key.transaction_id)) throw new ApiError(268485195, 'transaction_id 不能为空')
    return visible(world, findTrade(world, textOf(key.transaction_id)))
  }
  if (key.order_number_type !== 1) throw new ApiError(268485194, 'order_number_type 不合法')
  if (!textOf(key.mchid)) throw new ApiError(268485196, 'mchid 不能为空')
  if (!textOf(key.out_trade_no)) throw new ApiError(268485197, 'out_trade_no 不能为空')
  const trade = findByOutTradeNo(world, textOf(key.out_trade_no))
  return visible(world, trade?.sub.subMchid === key.mchid ? trade : null)
}

const size = (text: string): number => [...text].length

const readParcels = (body: Record<string, unknown>, uploadAt: number): Shipment['parcels'] => {
  const { logistics_type: type, delivery_mode: mode, shipping_list: list } = body
  if (typeof type !== 'number' || ![1, 2, 3, 4].includes(type)) throw new ApiError(10060005, '物流类型有误')
  if (mode !== 1 && mode !== 2) throw new ApiError(268485224, 'delivery_mode 不合法')
  if (mode === 2 && type !== 1) throw new ApiError(10060006, '非快递发货时不允许分拆发货')
  if (mode === 2 && typeof body.is_all_delivered !== 'boolean') throw new ApiError(10060007, '分拆发货模式下必须填写 is_all_delivered 字段')
  if (!Array.isArray(list) || list.length === 0) throw new ApiError(10060014, '参数错误: shipping_list')
  if (list.length > 15) throw new ApiError(10060024, 'shipping_list 长度超出 15')
  if (mode === 1 && list.length !== 1) throw new ApiError(268485228, '统一发货模式下 shipping_list 长度必须为 1')
  return list.map((item: unknown) => {
    if (!isObject(item)) throw new ApiError(10060014, '参数错误: shipping_list')
    const [number, company, goods] = [textOf(item.tracking_no), textOf(item.express_company), textOf(item.item_desc)]
    if (type === 1 && !number) throw new ApiError(268485226, '快递单号不能为空')
    if (type === 1 && !company) throw new ApiError(268485227, '快递公司不能为空')
    if (size(number) > 128) throw new ApiError(10060025, 'tracking_no 太长')
    if (size(company) > 128) throw new ApiError(10060026, 'express_company 太长')
    if (!goods) throw new ApiError(10060008, 'item_desc 不能为空')
    if (size(goods) > 120) throw new ApiError(10060009, 'item_desc 太长')
    const contact = isObject(item.contact) ? item.contact : null
    if (type === 1 && company === 'SF' && !contact?.consignor_contact && !contact?.receiver_contact)
      throw new ApiError(10060014, '参数错误: 顺丰快递必须填写联系方式')
    return { tracking_no: number, express_company: company, item_desc: goods, contact, upload_time: uploadAt }
  })
}

const sameParcels = (a: Shipment['parcels'], b: Shipment['parcels']): boolean =>
  JSON.stringify(a.map((parcel) => ({ ...parcel, upload_time: 0 }))) === JSON.stringify(b.map((parcel) => ({ ...parcel, upload_time: 0 })))

/** Records what was shipped (wechat.md §7.1): split parcels add up, a finished shipment may be told anew once. */
const upload = (world: World, trade: Trade, body: Record<string, unknown>, uploadAt: number): void => {
  const { shipment } = trade.sub
  const parcels = readParcels(body, uploadAt)
  const [type, mode] = [body.logistics_type as number, body.delivery_mode as number]
  if (shipment.orderState === 5) throw new ApiError(10060004, '支付单处于不可发货的状态')
  if (shipment.orderState > 2) throw new ApiError(10060002, '支付单已完成发货，无法继续发货')
  if (uploadAt <= shipment.lastUploadAt) throw new ApiError(268485216, 'upload_time 必须晚于上一次')
  const sameWay = shipment.logisticsType === type && shipment.deliveryMode === mode
  const again = shipment.parcels.length > 0 && (shipment.finished || !sameWay)
  const all = mode === 1 || body.is_all_delivered === true
  if (shipment.parcels.length > 0 && sameWay && shipment.finished === all) {
    const tail = again ? shipment.parcels : shipment.parcels.slice(-parcels.length)
    if (sameParcels(tail, parcels)) throw new ApiError(10060023, '发货信息未更新')
  }
  if (again && shipment.finishCount >= 2) throw new ApiError(10060003, '支付单已使用重新发货机会')
  if (!again && shipment.parcels.length + parcels.length > 15) throw new ApiError(10060024, 'shipping_list 长度超出 15')
  shipment.parcels = again ? parcels : [...shipment.parcels, ...parcels]
  shipment.logisticsType = type
  shipment.deliveryMode = mode
  shipment.lastUploadAt = uploadAt
  if (again && !shipment.finished) shipment.finishCount += 1
  shipment.finished = all
  if (all) {
    shipment.finishCount += 1
    shipment.orderState = 2
    shipment.shippedAt = world.now()
    world.unplan('receipt', trade.sub.transactionId!)
    const days = type === 1 ? AUTO_RECEIPT_DAYS : AUTO_RECEIPT_DAYS_OTHERWISE
    world.plan('receipt', trade.sub.transactionId!, world.now() + days * DAY_MS)
  }
  world.changed()
}

const timeAndPayer = (body: Record<string, unknown>, order: CombineOrder): number => {
  const at = readTime(body.upload_time)
  if (at === null) throw new ApiError(268485216, 'upload_time 格式不正确')
  if (!isObject(body.payer) || body.payer.openid !== order.openid) throw new ApiError(10060031, '该笔支付单不属于 openid 所指定的用户')
  return at
}

/** Sub-orders of one combined payment, told in one call. */
const uploadCombined = (world: World, body: Record<string, unknown>): void => {
  const key = isObject(body.order_key) ? body.order_key : {}
  const order =
    key.order_number_type === 1 ? world.state.orders[textOf(key.out_trade_no)] : findTrade(world, textOf(key.transaction_id))?.order
  const first = visible(world, order?.paidAt ? { order, sub: order.subs[0]! } : null)
  const at = timeAndPayer(body, first.order)
  if (!Array.isArray(body.sub_orders) || body.sub_orders.length === 0) throw new ApiError(10060014, '参数错误: sub_orders')
  const told = body.sub_orders.map((item: unknown) => {
    if (!isObject(item)) throw new ApiError(10060014, '参数错误: sub_orders')
    const trade = byKey(world, item.order_key)
    if (trade.order !== first.order) throw new ApiError(10060001, '支付单不存在')
    return { trade, item }
  })
  for (const { trade, item } of told) upload(world, trade, item, at)
}

/** The buyer has the goods, by hand (1) or by time (2); a moment later the money is settled. False when it was not on its way. */
export const receive = (world: World, transactionId: string, method: 1 | 2): boolean => {
  const trade = findTrade(world, transactionId)
  if (trade?.sub.shipment.orderState !== 2) return false
  const { shipment } = trade.sub
  shipment.orderState = 3
  shipment.receivedAt = world.now()
  shipment.receiveMethod = method
  world.unplan('receipt', transactionId)
  world.plan('settle', transactionId, world.scaled(SETTLE_AFTER_MS))
  world.changed()
  return true
}

/** Ends the wait for the money: shareable orders may now be shared, others are the seller's at once. */
export const settle = (world: World, transactionId: string): boolean => {
  const trade = findTrade(world, transactionId)
  if (!trade || trade.sub.settledAt !== null) return false
  trade.sub.settledAt = world.now()
  if (trade.sub.shipment.orderState !== 5) trade.sub.shipment.orderState = 4
  if (!trade.sub.profitSharing) release(world, trade.sub)
  world.changed()
  return true
}

const describe = (world: World, { order, sub }: Trade): Record<string, unknown> => ({
  transaction_id: sub.transactionId,
  merchant_id: world.options.mchid,
  sub_merchant_id: world.options.family === 'ecommerce' ? sub.subMchid : '',
  merchant_trade_no: sub.outTradeNo,
  description: sub.description,
  paid_amount: sub.amount,
  openid: order.openid,
  trade_create_time: Math.floor(order.createdAt / 1000),
  pay_time: Math.floor(order.paidAt! / 1000),
  order_state: sub.shipment.orderState,
  in_complaint: false,
  shipping: {
    delivery_mode: sub.shipment.deliveryMode,
    logistics_type: sub.shipment.logisticsType,
    finish_shipping: sub.shipment.finished,
    finish_shipping_count: sub.shipment.finishCount,
    goods_desc: sub.shipment.parcels.map((parcel) => parcel.item_desc).join('；'),
    shipping_list: sub.shipment.parcels.map(({ item_desc, upload_time, ...parcel }) => ({
      ...parcel,
      goods_desc: item_desc,
      upload_time: Math.floor(upload_time / 1000),
    })),
  },
})

const byNames = (world: World, body: Record<string, unknown>): Trade => {
  if (textOf(body.transaction_id)) return visible(world, findTrade(world, textOf(body.transaction_id)))
  const trade = findByOutTradeNo(world, textOf(body.merchant_trade_no))
  const seller = textOf(body.sub_merchant_id) || textOf(body.merchant_id)
  return visible(world, trade?.sub.subMchid === seller ? trade : null)
}

const listOrders = (world: World, body: Record<string, unknown>): Record<string, unknown> => {
  const range = isObject(body.pay_time_range) ? body.pay_time_range : {}
  const [from, to] = [Number(range.begin_time ?? 0) * 1000, Number(range.end_time ?? Number.MAX_SAFE_INTEGER) * 1000]
  const count = Math.min(Math.max(1, Number(body.page_size ?? 100)), 100)
  const start = Number(textOf(body.last_index) || 0)
  const all = Object.values(world.state.orders)
    .filter((order) => order.paidAt !== null && order.paidAt >= from && order.paidAt <= to)
    .filter((order) => !body.openid || order.openid === body.openid)
    .flatMap((order) => order.subs.map((sub) => ({ order, sub })))
    .filter(({ sub }) => body.order_state === undefined || sub.shipment.orderState === body.order_state)
  const page = all.slice(start, start + count)
  return {
    order_list: page.map((trade) => describe(world, trade)),
    last_index: String(start + page.length),
    has_more: start + page.length < all.length,
  }
}

/** Automatic receipt after T+10 (express) or T+2, and settlement after a receipt. */
export const shippingTasks = (world: World): void => {
  world.on('receipt', (transactionId) => void receive(world, transactionId, 2))
  world.on('settle', (transactionId) => void settle(world, transactionId))
}

/** Shipping information management (wechat.md §7). */
export const shippingRoutes = (world: World): Routes => ({
  'POST /wxa/sec/order/upload_shipping_info': (call) => {
    const body = apiBody(call)
    const trade = byKey(world, body.order_key)
    if (world.state.rules.combinedShippingOnly) throw new ApiError(10060001, '支付单不存在')
    upload(world, trade, body, timeAndPayer(body, trade.order))
    return ok()
  },
  'POST /wxa/sec/order/upload_combined_shipping_info': (call) => {
    uploadCombined(world, apiBody(call))
    return ok()
  },
  'POST /wxa/sec/order/get_order': (call) => ok({ order: describe(world, byNames(world, apiBody(call))) }),
  'POST /wxa/sec/order/get_order_list': (call) => ok(listOrders(world, apiBody(call))),
  'POST /wxa/sec/order/notify_confirm_receive': (call) => {
    const body = apiBody(call)
    const { sub } = byNames(world, body)
    const { shipment } = sub
    if (shipment.orderState !== 2 || shipment.logisticsType !== 1) throw new ApiError(10060004, '支付单处于不可提醒确认收货的状态')
    if (shipment.reminded) throw new ApiError(10060014, '参数错误: 该支付单已提醒过')
    if (Number(body.received_time) * 1000 < shipment.shippedAt! - 1000) throw new ApiError(10060014, '参数错误: received_time 早于发货时间')
    shipment.reminded = true
    world.changed()
    return ok()
  },
})
