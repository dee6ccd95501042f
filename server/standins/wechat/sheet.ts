import { makeId, paySignMessage, signedBy } from './crypto.ts'
import { type Answer, answer, type Call, type Routes, readObject } from './http.ts'
import { orderOfPrepay, payObstacle, payOrder } from './pay.ts'
import { paySheet, refusalSheet } from './sheet-page.ts'
import type { World } from './world.ts'

/**
 * Why the client refuses to open the sheet, or null: the five fields of `wx.requestPayment` must be there and signed with the merchant's
 * key (wechat.md §5.5), and the order must be payable. `userKey`, when given, must be the one the order was made for.
 */
const refusal = (world: World, call: Call, prepayId: string): string | null => {
  const ask = (name: string): string => call.query.get(name) ?? ''
  const [appId, timeStamp, nonceStr, packageText, paySign] = ['appId', 'timeStamp', 'nonceStr', 'package', 'paySign'].map(ask) as [
    string,
    string,
    string,
    string,
    string,
  ]
  if (!appId || !timeStamp || !nonceStr || !packageText || !paySign) return '调用支付JSAPI缺少参数'
  if (!/^\d{10}$/.test(timeStamp) || nonceStr.length > 32 || !/^prepay_id=\S+$/.test(packageText)) return '调用支付JSAPI参数错误'
  if (ask('signType') !== 'RSA') return '支付验证签名失败'
  if (appId !== world.options.appid) return '支付验证签名失败'
  // A query turns the plus signs of base64 that were not escaped into blanks.
  const signature = paySign.replaceAll(' ', '+')
  if (!signedBy(world.options.merchantKey, paySignMessage(appId, timeStamp, nonceStr, packageText), signature)) return '支付验证签名失败'
  const obstacle = payObstacle(world, prepayId)
  if (obstacle) return obstacle
  const userKey = call.query.get('userKey')
  if (userKey && world.state.keys[userKey] !== orderOfPrepay(world, prepayId)?.openid) return '下单账号与支付账号不一致，请核实后再支付'
  return null
}

const page = (world: World, html: string, nonce: string): Answer => {
  const framers = ["'self'", ...world.options.allowedOrigins].join(' ')
  return {
    ...answer(200, html, 'text/html; charset=utf-8'),
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ${framers}`,
    },
  }
}

const open = (world: World, tokens: Map<string, string>, call: Call): Answer => {
  const prepayId = (call.query.get('package') ?? '').replace(/^prepay_id=/, '') || (call.query.get('prepay_id') ?? '')
  const nonce = makeId.opaque()
  const words = refusal(world, call, prepayId)
  const order = orderOfPrepay(world, prepayId)
  if (words || !order) return page(world, refusalSheet(prepayId, words ?? '支付订单不存在', nonce), nonce)
  const token = makeId.opaque()
  if (tokens.size > 1000) tokens.clear()
  tokens.set(token, prepayId)
  const lines = order.subs.map((sub) => ({
    shop: world.state.shops[sub.subMchid]?.name || `商户${sub.subMchid}`,
    what: sub.description,
    fen: sub.amount,
  }))
  const names = [...new Set(lines.map((line) => line.shop))]
  const payee = names.length === 1 ? names[0]! : `${names[0]}等${names.length}家店铺`
  const view = { prepayId, payee, totalFen: order.subs.reduce((sum, sub) => sum + sub.amount, 0), lines }
  return page(world, paySheet(view, token, nonce), nonce)
}

/** The payment sheet of the WeChat client: opened with the signed fields, paid or cancelled from inside it. */
export const sheetRoutes = (world: World): Routes => {
  const tokens = new Map<string, string>()
  const prepayOf = (call: Call): string | undefined => tokens.get(String(readObject(call.body)?.token ?? ''))
  return {
    'GET /__sim/sheet': (call) => open(world, tokens, call),
    'POST /__sim/sheet/pay': (call) => {
      const prepayId = prepayOf(call)
      const obstacle = prepayId ? payOrder(world, prepayId) : '支付页面已失效，请重新发起支付'
      return answer(
        200,
        obstacle ? { result: 'fail', errMsg: `requestPayment:fail ${obstacle}` } : { result: 'ok', errMsg: 'requestPayment:ok' },
      )
    },
    'POST /__sim/sheet/cancel': () => answer(200, { result: 'cancel', errMsg: 'requestPayment:fail cancel' }),
  }
}
