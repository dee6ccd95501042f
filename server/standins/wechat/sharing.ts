import { beijing, makeId } from './crypto.ts'
import { answer, type Routes } from './http.ts'
import { release, share, unshare } from './ledger.ts'
import { findTrade } from './pay.ts'
import { badField, bodyObject, fieldsOf, invalid, markOf, noResource, PayError } from './pay-errors.ts'
import type { CombineOrder, ShareOrder, ShareReturn, SubOrder } from './state.ts'
import type { World } from './world.ts'

const MINUTE_MS = 60_000
const RETURN_WITHIN_MS = 180 * 86_400_000
const MOST_REQUESTS = 50
const SHARE_NUMBER = /^[0-9A-Za-z_\-|*@]+$/

const ordersOf = (world: World, transactionId: string): ShareOrder[] =>
  Object.values(world.state.shares).filter((order) => order.transactionId === transactionId)

/** Fen of a transaction that shares being worked on will take. */
export const reservedFor = (world: World, transactionId: string): number =>
  ordersOf(world, transactionId)
    .flatMap((order) => order.receivers)
    .filter((receiver) => receiver.result === 'PENDING')
    .reduce((sum, receiver) => sum + receiver.amount, 0)

const tradeFor = (world: World, transactionId: string, subMchid: string | null): { order: CombineOrder; sub: SubOrder } => {
  const trade = findTrade(world, transactionId)
  if (!trade || (subMchid !== null && trade.sub.subMchid !== subMchid)) throw noResource('订单不存在')
  return trade
}

/** Whether an order's money may be shared now; the texts ask to wait, as the real ones do (wechat.md §6.4). */
const mayShare = (world: World, { order, sub }: { order: CombineOrder; sub: SubOrder }): void => {
  if (!sub.profitSharing) throw new PayError(403, 'RULE_LIMIT', '非分账订单不支持分账')
  if (world.now() - order.paidAt! < MINUTE_MS) throw invalid('订单处理中，暂时无法分账，请稍后再试')
  if (sub.settledAt === null && !world.state.rules.shareBeforeSettlement)
    throw invalid('订单资金未结算，请等待用户确认收货或结算周期结束后再发起分账')
  if (sub.sharingFinished) throw invalid('订单已完结分账')
}

/** Asks for a share; money moves when it is executed a moment later. */
const placeShare = (world: World, body: Record<string, unknown>): ShareOrder => {
  const { state, options } = world
  const fields = fieldsOf(body)
  if (fields.text('appid', { max: 32 }) !== options.appid)
    throw new PayError(400, 'APPID_MCHID_NOT_MATCH', '商户号和appid没有绑定关系', undefined, 268445527)
  const outOrderNo = fields.text('out_order_no', { max: 64, like: SHARE_NUMBER })
  const trade = tradeFor(world, fields.text('transaction_id', { max: 32 }), fields.text('sub_mchid', { max: 32 }))
  const { sub } = trade
  const finish = fields.flag('finish')
  const receivers = fields.list('receivers', 1, 50).map((receiver) => ({
    type: receiver.text('type', { like: /^(MERCHANT_ID|PERSONAL_OPENID)$/ }),
    account: receiver.text('receiver_account', { max: 64 }),
    amount: receiver.whole('amount', 1, 1_000_000_000),
    description: receiver.text('description', { max: 80 }),
  }))
  const known = state.shares[outOrderNo]
  if (known) {
    if (known.mark !== markOf(body)) throw invalid('分账单号重入时，参数与首次请求时不一致')
    return known
  }
  mayShare(world, trade)
  const transactionId = sub.transactionId!
  const earlier = ordersOf(world, transactionId)
  if (earlier.length >= MOST_REQUESTS) throw new PayError(403, 'RULE_LIMIT', '订单分账次数已达上限')
  const sum = receivers.reduce((fen, receiver) => fen + receiver.amount, 0)
  const before = earlier
    .flatMap((order) => order.receivers)
    .filter((receiver) => receiver.result !== 'CLOSED')
    .reduce((fen, receiver) => fen + receiver.amount, 0)
  if ((sum + before) * 10_000 > sub.amount * state.rules.shareLimitBp)
    throw new PayError(403, 'RULE_LIMIT', '分账金额超过最大分账比例，请确认分账比例')
  if (sum > sub.purse.frozen - reservedFor(world, transactionId)) throw new PayError(403, 'NOT_ENOUGH', '分账金额大于订单剩余待分金额')
  const placed: ShareOrder = {
    orderId: makeId.share(world.now()),
    outOrderNo,
    transactionId,
    status: 'PROCESSING',
    finish,
    mark: markOf(body),
    receivers: receivers.map((receiver) => ({
      ...receiver,
      detailId: makeId.share(world.now()),
      result: 'PENDING',
      failReason: null,
      finishAt: null,
      returned: 0,
    })),
  }
  state.shares[outOrderNo] = placed
  world.plan('share', outOrderNo, world.scaled(state.rules.shareSettleMs))
  return placed
}

/** Executes a share: each receiver on its own. A receiver that fails keeps its fen frozen, and the order open. */
const executeShare = (world: World, order: ShareOrder): void => {
  const trade = findTrade(world, order.transactionId)
  if (!trade || order.status === 'FINISHED') return
  for (const receiver of order.receivers) {
    const reason =
      world.state.rules.failShare ??
      (world.state.receivers[receiver.account]
        ? receiver.amount > trade.sub.purse.frozen
          ? 'PAYER_ACCOUNT_ABNORMAL'
          : null
        : 'NO_RELATION')
    receiver.finishAt = world.now()
    receiver.failReason = reason
    receiver.result = reason ? 'CLOSED' : 'SUCCESS'
    if (!reason) share(world, trade.sub, receiver.amount)
  }
  order.status = 'FINISHED'
  if (order.finish && order.receivers.every((receiver) => receiver.result === 'SUCCESS')) {
    trade.sub.sharingFinished = true
    release(world, trade.sub)
  }
  world.changed()
}

/** Ends sharing and frees the rest. A number used before answers success and frees nothing. */
const finish = (world: World, body: Record<string, unknown>): Record<string, unknown> => {
  const { state } = world
  const fields = fieldsOf(body)
  const subMchid = fields.text('sub_mchid', { max: 32 })
  const trade = tradeFor(world, fields.text('transaction_id', { max: 32 }), subMchid)
  const outOrderNo = fields.text('out_order_no', { max: 64, like: SHARE_NUMBER })
  fields.text('description', { max: 80 })
  const transactionId = trade.sub.transactionId!
  const reply = (orderId: string) => ({ sub_mchid: subMchid, transaction_id: transactionId, out_order_no: outOrderNo, order_id: orderId })
  const used = state.finishes[outOrderNo] ?? state.shares[outOrderNo]
  if (used) return reply(used.orderId)
  mayShare(world, trade)
  if (reservedFor(world, transactionId) > 0) throw invalid('存在处理中的分账单，请稍后再试')
  const orderId = makeId.share(world.now())
  state.finishes[outOrderNo] = { orderId, transactionId }
  trade.sub.sharingFinished = true
  release(world, trade.sub)
  world.changed()
  return reply(orderId)
}

/** Asks a receiver's share back to the seller. */
const placeReturn = (world: World, body: Record<string, unknown>): ShareReturn => {
  const { state } = world
  const fields = fieldsOf(body)
  const subMchid = fields.text('sub_mchid', { max: 32 })
  const orderId = fields.textOr('order_id', { max: 64 })
  const outOrderNo = fields.textOr('out_order_no', { max: 64 })
  const outReturnNo = fields.text('out_return_no', { max: 64, like: SHARE_NUMBER })
  const mchid = fields.text('return_mchid', { max: 32 })
  const amount = fields.whole('amount', 1, 1_000_000_000)
  const description = fields.text('description', { max: 80 })
  const order = Object.values(state.shares).find((known) => known.orderId === orderId || known.outOrderNo === outOrderNo)
  if (!order) throw noResource('分账单不存在')
  const { order: paid } = tradeFor(world, order.transactionId, subMchid)
  const transactionId = fields.textOr('transaction_id', { max: 32 })
  if (transactionId && transactionId !== order.transactionId) throw noResource('订单不存在')
  const known = state.returns[outReturnNo]
  if (known) {
    if (known.orderId !== order.orderId || known.amount !== amount || known.receiver !== mchid)
      throw invalid('回退单号重入时，参数与首次请求时不一致')
    return known
  }
  if (world.now() - paid.paidAt! > RETURN_WITHIN_MS) throw invalid('订单已超过可回退的期限')
  const receiver = order.receivers.find((one) => one.account === mchid && one.type === 'MERCHANT_ID' && one.result === 'SUCCESS')
  if (!receiver) throw invalid('回退方不是该分账单的商户接收方')
  if (receiver.returned + amount > receiver.amount) throw new PayError(403, 'NOT_ENOUGH', '回退金额大于可回退金额')
  receiver.returned += amount
  const placed: ShareReturn = {
    returnNo: makeId.share(world.now()),
    outReturnNo,
    orderId: order.orderId,
    receiver: mchid,
    amount,
    description,
    result: 'PROCESSING',
    failReason: null,
    createdAt: world.now(),
    finishAt: null,
  }
  state.returns[outReturnNo] = placed
  world.plan('return', outReturnNo, world.scaled(state.rules.shareSettleMs))
  return placed
}

const executeReturn = (world: World, back: ShareReturn): void => {
  const order = Object.values(world.state.shares).find((known) => known.orderId === back.orderId)
  const trade = order && findTrade(world, order.transactionId)
  if (!order || !trade || back.result !== 'PROCESSING') return
  back.finishAt = world.now()
  if (world.state.rules.failShare) {
    back.result = 'FAILED'
    back.failReason = 'ACCOUNT_ABNORMAL'
    const receiver = order.receivers.find((one) => one.account === back.receiver && one.result === 'SUCCESS')
    if (receiver) receiver.returned -= back.amount
  } else {
    back.result = 'SUCCESS'
    unshare(world, trade.sub, back.amount)
  }
  world.changed()
}

const describeShare = (world: World, order: ShareOrder): Record<string, unknown> => ({
  sub_mchid: findTrade(world, order.transactionId)!.sub.subMchid,
  transaction_id: order.transactionId,
  out_order_no: order.outOrderNo,
  order_id: order.orderId,
  status: order.status,
  receivers: order.receivers.map((receiver) => ({
    type: receiver.type,
    receiver_account: receiver.account,
    amount: receiver.amount,
    description: receiver.description,
    result: receiver.result,
    detail_id: receiver.detailId,
    ...(receiver.finishAt ? { finish_time: beijing(receiver.finishAt) } : {}),
    ...(receiver.failReason ? { fail_reason: receiver.failReason } : {}),
  })),
})

const describeReturn = (world: World, back: ShareReturn, subMchid: string): Record<string, unknown> => ({
  sub_mchid: subMchid,
  order_id: back.orderId,
  out_order_no: Object.values(world.state.shares).find((order) => order.orderId === back.orderId)?.outOrderNo,
  out_return_no: back.outReturnNo,
  return_no: back.returnNo,
  return_mchid: back.receiver,
  amount: back.amount,
  result: back.result,
  ...(back.failReason ? { fail_reason: back.failReason } : {}),
  ...(back.finishAt ? { finish_time: beijing(back.finishAt) } : {}),
})

/** Shares and returns are executed a moment after they were asked for. */
export const sharingTasks = (world: World): void => {
  world.on('share', (outOrderNo) => {
    const order = world.state.shares[outOrderNo]
    if (order) executeShare(world, order)
  })
  world.on('return', (outReturnNo) => {
    const back = world.state.returns[outReturnNo]
    if (back) executeReturn(world, back)
  })
}

/** Commission of the platform family (wechat.md §6.4). */
export const sharingRoutes = (world: World): Routes => ({
  'POST /v3/ecommerce/profitsharing/receivers/add': (call) => {
    const fields = fieldsOf(bodyObject(call.body))
    if (fields.text('appid', { max: 32 }) !== world.options.appid)
      throw new PayError(400, 'APPID_MCHID_NOT_MATCH', '商户号和appid没有绑定关系', undefined, 268445527)
    const type = fields.text('type', { like: /^(MERCHANT_ID|PERSONAL_OPENID)$/ })
    const account = fields.text('account', { max: 64 })
    const relation = fields.text('relation_type', { like: /^(SUPPLIER|DISTRIBUTOR|SERVICE_PROVIDER|PLATFORM|OTHERS)$/ })
    if (type === 'MERCHANT_ID') fields.text('name', { max: 256 })
    world.state.receivers[account] = { type, relation }
    world.changed()
    return answer(200, { type, account, relation_type: relation })
  },
  'POST /v3/ecommerce/profitsharing/orders': (call) => answer(200, describeShare(world, placeShare(world, bodyObject(call.body)))),
  'GET /v3/ecommerce/profitsharing/orders': (call) => {
    const order = world.state.shares[call.query.get('out_order_no') ?? '']
    if (!call.query.get('sub_mchid')) throw badField('query:sub_mchid', '缺少必填字段 sub_mchid')
    if (!order || order.transactionId !== call.query.get('transaction_id')) throw noResource('分账单不存在')
    tradeFor(world, order.transactionId, call.query.get('sub_mchid'))
    return answer(200, describeShare(world, order))
  },
  'POST /v3/ecommerce/profitsharing/finish-order': (call) => answer(200, finish(world, bodyObject(call.body))),
  'GET /v3/ecommerce/profitsharing/orders/{id}/amounts': (call) => {
    const { sub } = tradeFor(world, call.params.id!, null)
    return answer(200, { transaction_id: sub.transactionId, unsplit_amount: sub.purse.frozen - reservedFor(world, sub.transactionId!) })
  },
  'POST /v3/ecommerce/profitsharing/returnorders': (call) => {
    const body = bodyObject(call.body)
    return answer(200, describeReturn(world, placeReturn(world, body), String(body.sub_mchid)))
  },
  'GET /v3/ecommerce/profitsharing/returnorders': (call) => {
    const back = world.state.returns[call.query.get('out_return_no') ?? '']
    const subMchid = call.query.get('sub_mchid')
    if (!subMchid) throw badField('query:sub_mchid', '缺少必填字段 sub_mchid')
    if (!back) throw noResource('回退单不存在')
    return answer(200, describeReturn(world, back, subMchid))
  },
})
