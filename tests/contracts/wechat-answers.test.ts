/** Answers that a well-behaved WeChat never gives: each is made by hand, signed by an independent library, and must not be believed. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Formatter, Rsa } from 'wechatpay-axios-plugin'
import { createWechatApi } from '../../server/adapters/wechat/apiTransport.ts'
import { createWechatLogin } from '../../server/adapters/wechat/login.ts'
import { createWechatPayment } from '../../server/adapters/wechat/payment.ts'
import type { PaymentPort } from '../../server/ports/payment.ts'
import { fen } from '../../shared/money.ts'
import { instant } from '../../shared/time.ts'
import { keys, listen, START } from './wechat-world.ts'

const now = instant(START)
const clock = { now: () => now }

interface Given {
  status?: number
  body: string | object
  headers?: Record<string, string>
  /** Who signs; null leaves it unsigned. */
  key?: string | null
}
let given: Given
let heard: string[] = []
let server: Awaited<ReturnType<typeof listen>>
let payment: PaymentPort

beforeAll(async () => {
  server = await listen((_body, url, _headers, response) => {
    heard.push(url)
    const body = typeof given.body === 'string' ? given.body : JSON.stringify(given.body)
    const timestamp = String(Math.floor(now / 1000))
    const key = given.key === undefined ? keys.platformPrivateKeyPem : given.key
    const signature = key === null ? null : Rsa.sign(Formatter.response(timestamp, 'nonce', body), key)
    response.writeHead(given.status ?? 200, {
      'content-type': 'application/json',
      ...given.headers,
      ...(signature
        ? {
            'wechatpay-timestamp': timestamp,
            'wechatpay-nonce': 'nonce',
            'wechatpay-serial': keys.platformPublicKeyId,
            'wechatpay-signature': signature,
          }
        : {}),
    })
    response.end(body)
  })
  payment = createWechatPayment({
    payBase: server.origin,
    appid: keys.appid,
    mchid: keys.mchid,
    merchantName: '墨江茶山园区运营有限公司',
    merchantSerial: keys.merchantSerial,
    merchantKeyPem: keys.merchantPrivateKeyPem,
    apiV3Key: keys.apiV3Key,
    platformKeys: { [keys.platformPublicKeyId]: keys.platformPublicKeyPem },
    timeoutMs: 2000,
    backoffScale: 0.001,
    clock,
    log: () => {},
  })
})
afterAll(() => server.close())
beforeEach(() => {
  heard = []
})

const sub = {
  mchid: keys.mchid,
  sub_mchid: '1900000109',
  out_trade_no: 'S1',
  trade_state: 'NOTPAY',
  attach: 'S1',
  amount: { total_amount: 100, currency: 'CNY' },
}
const order = {
  combine_appid: keys.appid,
  combine_mchid: keys.mchid,
  combine_out_trade_no: 'P1',
  combine_payer_info: { openid: 'o' },
  sub_orders: [sub],
}
const refundAsk = {
  refundNo: 'R1',
  subMerchant: '1900000109',
  transactionId: '4200000000202601010000000001',
  reason: '退款',
  amount: fen(1),
  total: fen(100),
  notifyUrl: 'https://shop.example.cn/wxpay/refund',
}

describe('WeChat Pay', () => {
  test('a rightly signed answer is believed', async () => {
    given = { body: order }
    expect(await payment.find('P1')).toMatchObject({ paymentNo: 'P1', state: 'unpaid', parts: [{ partNo: 'S1', amount: 100 }] })
  })

  test('an unpaid order may lack what only payment brings', async () => {
    const { amount: _amount, ...bare } = sub
    given = { body: { ...order, combine_payer_info: undefined, sub_orders: [{ ...bare, transaction_id: '', success_time: '' }] } }
    expect(await payment.find('P1')).toMatchObject({ state: 'unpaid', payerOpenid: null, paidAt: null, parts: [{ transactionId: null }] })
  })

  test('an answer about another number is not an answer to us', async () => {
    given = { body: { ...order, combine_out_trade_no: 'P2' } }
    await expect(payment.find('P1')).rejects.toMatchObject({ code: 'MALFORMED' })
    given = { body: { out_refund_no: 'R2', amount: { refund: 1 } } }
    await expect(payment.refund(refundAsk)).rejects.toMatchObject({ code: 'MALFORMED' })
    given = { body: { out_refund_no: 'R2', status: 'SUCCESS', success_time: '2026-01-01T12:00:00+08:00', amount: { refund: 1 } } }
    await expect(payment.findRefund('R1', '1900000109')).rejects.toMatchObject({ code: 'MALFORMED' })
  })

  test('an order that is paid in part contradicts itself', async () => {
    const paid = { ...sub, out_trade_no: 'S2', trade_state: 'SUCCESS', transaction_id: '42', success_time: '2026-01-01T12:00:00+08:00' }
    given = { body: { ...order, sub_orders: [sub, paid] } }
    await expect(payment.find('P1')).rejects.toMatchObject({ code: 'MALFORMED' })
  })

  test('a refund that is not done has no time of being done', async () => {
    given = { body: { out_refund_no: 'R1', status: 'ABNORMAL', success_time: '2026-01-01T12:00:00+08:00', amount: { refund: 1 } } }
    expect(await payment.findRefund('R1', '1900000109')).toEqual({ refundNo: 'R1', state: 'abnormal', amount: 1, doneAt: null })
  })

  test('an address that does not exist does not make a payment absent', async () => {
    given = { status: 404, body: { code: 'RESOURCE_NOT_EXISTS', message: '接口不存在' } }
    await expect(payment.find('P1')).rejects.toMatchObject({ code: 'RESOURCE_NOT_EXISTS' })
    await expect(payment.close('P1', [{ partNo: 'S1', subMerchant: '1900000109' }])).rejects.toMatchObject({ code: 'RESOURCE_NOT_EXISTS' })
    expect((await payment.findRefund('R1', '1900000109')).state).toBe('absent')
  })

  test("another spelling of 'already paid', under whatever status, is understood when closing", async () => {
    for (const [status, code] of [
      [403, 'ORDER_PAID'],
      [400, 'ORDERPAID'],
    ] as const) {
      given = { status, body: { code, message: '该订单已支付' } }
      expect(await payment.close('P1', [{ partNo: 'S1', subMerchant: '1900000109' }])).toBe('paid')
    }
  })

  test('an unsigned success is nobody’s word, and is not asked for again', async () => {
    given = { body: { out_refund_no: 'R1', amount: { refund: 1 } }, key: null }
    await expect(payment.refund(refundAsk)).rejects.toMatchObject({ code: 'WRONG_SIGNATURE', unknown: true })
    expect(heard).toHaveLength(1)
  })

  test('a failure that a stranger signed is an alarm, not a busy gateway', async () => {
    given = { status: 503, body: { code: 'SYSTEM_ERROR', message: '' }, key: keys.merchantPrivateKeyPem }
    await expect(payment.find('P1')).rejects.toMatchObject({ code: 'WRONG_SIGNATURE' })
    expect(heard).toHaveLength(1)
  })

  test('a bank that did not answer leaves the outcome open, a wrong payer does not', async () => {
    given = { status: 500, body: { code: 'BANK_ERROR', message: '银行系统异常' } }
    await expect(payment.refund(refundAsk)).rejects.toMatchObject({ code: 'BANK_ERROR', unknown: true })
    given = { status: 500, body: { code: 'OPENID_MISMATCH', message: 'openid和appid不匹配' } }
    await expect(payment.refund(refundAsk)).rejects.toMatchObject({ code: 'OPENID_MISMATCH', unknown: false })
    expect(heard).toHaveLength(2)
  })

  test('a redirect is not followed: the signature is for one address', async () => {
    const elsewhere: string[] = []
    const other = await listen((_body, url, _headers, response) => {
      elsewhere.push(url)
      response.end('{}')
    })
    given = { status: 307, headers: { location: `${other.origin}/v3/elsewhere` }, body: '' }
    await expect(payment.find('P1')).rejects.toMatchObject({ name: 'OutsideTrouble', code: 'HTTP_307' })
    await other.close()
    expect(elsewhere).toEqual([])
  })
})

describe('api.weixin.qq.com', () => {
  const login = () => {
    const options = { apiBase: server.origin, appid: keys.appid, appsecret: keys.appsecret, timeoutMs: 2000, clock, log: () => {} }
    return createWechatLogin({ api: createWechatApi(options), log: () => {} })
  }

  test('a redirect is not followed: the query holds our secret', async () => {
    const elsewhere: string[] = []
    const other = await listen((_body, url, _headers, response) => {
      elsewhere.push(url)
      response.end('{"openid":"o"}')
    })
    given = { status: 302, headers: { location: `${other.origin}/sns/jscode2session` }, body: '', key: null }
    await expect(login().whoIs('code')).rejects.toMatchObject({ code: 'HTTP_302' })
    await other.close()
    expect(elsewhere).toEqual([])
  })

  test('a list, a number or nothing at all is trouble', async () => {
    for (const body of ['[]', '1', '', 'null', '{"errcode":"x"}']) {
      given = { body, key: null }
      await expect(login().whoIs('code')).rejects.toMatchObject({ name: 'OutsideTrouble', code: 'MALFORMED' })
    }
  })
})
