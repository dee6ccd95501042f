/** The park's fee and the daily bills at WeChat Pay, over real sockets: what is promised beside opening, finding and refunding. */
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { billFen, readBill } from '../../server/adapters/wechat/bills.ts'
import type { PaymentPort } from '../../server/ports/payment.ts'
import { fen } from '../../shared/money.ts'
import { businessDay, DAY, HOUR, after as later, MINUTE } from '../../shared/time.ts'
import { keys, listen, openWechat, type WechatWorld } from './wechat-world.ts'

let wechat: WechatWorld
let payment: PaymentPort
let ear: Awaited<ReturnType<typeof listen>>
let openid: string
let made = 0

beforeAll(async () => {
  wechat = await openWechat()
  payment = wechat.payment()
  ear = await listen((_body, _url, _headers, response) => void response.writeHead(204).end())
  openid = (await wechat.sim<{ openid: string }>('users', { key: 'buyer' })).openid
  await payment.nameReceiver()
})
afterAll(async () => {
  await wechat.close()
  await ear.close()
})
beforeEach(async () => {
  await wechat.calm()
  await wechat.sim('rules', { failShare: null, shareBeforeSettlement: false })
})

const SHOP = '1900001000'

/** A part of 168.00 that was paid, and received where `settled`. */
const paidPart = async (settled = true) => {
  made++
  const paymentNo = `P20260302${String(made).padStart(6, '0')}`
  const partNo = `S20260302${String(made).padStart(6, '0')}`
  const parts = [{ partNo, subMerchant: SHOP, description: '生茶饼', amount: fen(16_800) }]
  const expiresAt = later(wechat.clock.now(), 16 * MINUTE)
  const { prepayId } = await payment.open({
    paymentNo,
    buyerOpenid: openid,
    buyerAddress: '203.0.113.9',
    parts,
    expiresAt,
    notifyUrl: ear.origin,
  })
  await wechat.sim('pay', { prepay_id: prepayId })
  const transactionId = (await payment.find(paymentNo)).parts[0]?.transactionId ?? ''
  await wechat.advance(2 * MINUTE)
  if (settled) await wechat.sim('settle', { transaction_id: transactionId })
  return { paymentNo, partNo, transactionId, subMerchant: SHOP }
}

const shareOf = (part: { transactionId: string }, shareNo: string, amount = 840) => ({
  shareNo,
  subMerchant: SHOP,
  transactionId: part.transactionId,
  amount: fen(amount),
  description: '平台服务费',
})

describe('a share', () => {
  test('is worked on, then done, and frees the rest for the shop; the same number again is the same share', async () => {
    const part = await paidPart()
    expect(await payment.unshared(part.transactionId)).toBeGreaterThan(16_000)
    expect(await payment.share(shareOf(part, 'H1'))).toEqual({ shareNo: 'H1', state: 'processing', why: null })
    expect((await payment.share(shareOf(part, 'H1'))).shareNo).toBe('H1')
    await wechat.advance(MINUTE)
    expect(await payment.findShare(shareOf(part, 'H1'))).toEqual({ shareNo: 'H1', state: 'done', why: null })
    expect(await payment.unshared(part.transactionId)).toBe(0)
  })

  test('that is finished but was not taken has failed, and a new number succeeds', async () => {
    const part = await paidPart()
    await wechat.sim('rules', { failShare: 'RECEIVER_HIGH_RISK' })
    await payment.share(shareOf(part, 'H2'))
    await wechat.advance(MINUTE)
    expect(await payment.findShare(shareOf(part, 'H2'))).toEqual({ shareNo: 'H2', state: 'failed', why: 'RECEIVER_HIGH_RISK' })
    await wechat.sim('rules', { failShare: null })
    await payment.share(shareOf(part, 'H2b'))
    await wechat.advance(MINUTE)
    expect((await payment.findShare(shareOf(part, 'H2b'))).state).toBe('done')
  })

  test('before the receipt is refused in WeChat’s words, and nobody’s share is absent', async () => {
    const part = await paidPart(false)
    await expect(payment.share(shareOf(part, 'H3'))).rejects.toMatchObject({ code: 'INVALID_REQUEST', unknown: false })
    expect((await payment.findShare(shareOf(part, 'H3'))).state).toBe('absent')
  })

  test('whose answer was lost is there when asked for', async () => {
    const part = await paidPart()
    await wechat.fault('POST /v3/ecommerce/profitsharing/orders', 'lost', { times: 3 })
    await expect(payment.share(shareOf(part, 'H4'))).rejects.toMatchObject({ unknown: true })
    await wechat.calm()
    await wechat.advance(MINUTE)
    expect((await payment.findShare(shareOf(part, 'H4'))).state).toBe('done')
  })

  test('can be given back once it is done, and no more than it was', async () => {
    const part = await paidPart()
    await payment.share(shareOf(part, 'H5'))
    await wechat.advance(MINUTE)
    const back = { returnNo: 'B5', shareNo: 'H5', subMerchant: SHOP, amount: fen(840), description: '退款' }
    expect((await payment.returnShare(back)).state).toBe('processing')
    await wechat.advance(MINUTE)
    expect((await payment.findReturn(back)).state).toBe('done')
    await expect(payment.returnShare({ ...back, returnNo: 'B5b', amount: fen(1) })).rejects.toMatchObject({ code: 'NOT_ENOUGH' })
    expect((await payment.findReturn({ ...back, returnNo: 'nobody' })).state).toBe('absent')
  })

  test('of nothing is an end without a share', async () => {
    const part = await paidPart()
    await payment.endSharing({ endNo: 'E6', subMerchant: SHOP, transactionId: part.transactionId, description: '无服务费' })
    expect(await payment.unshared(part.transactionId)).toBe(0)
  })
})

describe('a bill', () => {
  test('is not there before ten the next morning, then names every payment and refund in fen, and agrees with itself', async () => {
    await wechat.advance(2 * DAY)
    const part = await paidPart()
    const other = await paidPart()
    await payment.refund({
      refundNo: 'R7',
      subMerchant: SHOP,
      transactionId: part.transactionId,
      reason: '退款',
      amount: fen(1_234),
      total: fen(16_800),
      notifyUrl: ear.origin,
    })
    const day = businessDay(wechat.clock.now())
    expect(await payment.bill(day)).toBe('notYet')
    await wechat.advance(DAY + 2 * HOUR)
    const lines = await payment.bill(day)
    if (lines === 'notYet') throw new Error('still not there')
    expect(lines.map((l) => [l.kind, l.partNo, l.amount, l.subMerchant]).sort()).toEqual(
      [
        ['payment', part.partNo, 16_800, SHOP],
        ['payment', other.partNo, 16_800, SHOP],
        ['refund', part.partNo, 1_234, SHOP],
      ].sort(),
    )
    expect(lines.find((l) => l.kind === 'refund')).toMatchObject({ refundNo: 'R7', transactionId: part.transactionId })
    expect(lines.find((l) => l.kind === 'payment')?.fee).toBeGreaterThan(0)
    expect(businessDay(lines[0]?.at as never)).toBe(day)
  })

  test('of a day without trade is empty', async () => {
    await wechat.advance(5 * DAY)
    expect(await payment.bill(businessDay(later(wechat.clock.now(), -2 * DAY)))).toEqual([])
  })

  test('whose file is another one than was promised is not believed', async () => {
    const part = await paidPart()
    const day = businessDay(wechat.clock.now())
    await wechat.advance(DAY + 3 * HOUR)
    await wechat.fault('GET /v3/billdownload/file', 'malformed', { times: 1 })
    await expect(payment.bill(day)).rejects.toMatchObject({ name: 'OutsideTrouble', code: 'MALFORMED' })
    expect(await payment.bill(day)).toMatchObject([{ partNo: part.partNo }])
  })

  test('whose file lies at another address is not fetched: the signed request is for WeChat Pay alone', async () => {
    await paidPart()
    const day = businessDay(wechat.clock.now())
    await wechat.advance(DAY + 3 * HOUR)
    // somebody between us makes WeChat name a foreign host
    const between = createServer((request, response) => {
      const on = httpRequest(`${wechat.standin.pay}${request.url}`, {
        method: request.method ?? 'GET',
        headers: { ...request.headers, host: 'files.example' },
      })
      on.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      })
      request.pipe(on)
    })
    await new Promise<void>((done) => between.listen(0, '127.0.0.1', done))
    try {
      const strange = wechat.payment({ payBase: `http://127.0.0.1:${(between.address() as AddressInfo).port}` })
      await expect(strange.bill(day)).rejects.toThrow(/lies elsewhere/)
    } finally {
      between.close()
      between.closeAllConnections()
    }
  })
})

describe('yuan in a bill', () => {
  test('become fen by their text', () => {
    expect([billFen('168.00'), billFen('0.01'), billFen('1.00000'), billFen('-0.10000'), billFen('90071992547.40')]).toEqual([
      16_800, 1, 100, -10, 9_007_199_254_740,
    ])
    for (const wrong of ['', '1,000.00', '1e3', '0.001', 'NaN', '１.00']) expect(() => billFen(wrong)).toThrow()
  })

  test('that do not add up are refused', () => {
    const head =
      '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注'
    const row = (amount: string) =>
      `\`2026-03-02 10:00:00,\`wx,\`1,\`${SHOP},\`,\`4200,\`S1,\`o,\`JSAPI,\`SUCCESS,\`OTHERS,\`CNY,\`${amount},\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`茶,\`S1,\`1.01000,\`0.60%,\`${amount},\`0.00,\``
    const end = (count: number, sum: string) =>
      `总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n\`${count},\`${sum},\`0.00,\`0.00,\`1.01000,\`${sum},\`0.00`
    const file = (...lines: string[]) => `\uFEFF${lines.join('\r\n')}\r\n`
    expect(readBill(file(head, row('168.00'), end(1, '168.00')))).toHaveLength(1)
    expect(() => readBill(file(head, row('168.00'), end(1, '168.01')))).toThrow(/sum of payments/)
    expect(() => readBill(file(head, row('168.00'), end(2, '168.00')))).toThrow(/count/)
    expect(() => readBill(file(head, row('168.00')))).toThrow(/summary/)
    expect(() => readBill(file(head.replace('订单金额,申请', '金额,申请'), row('168.00'), end(1, '168.00')))).toThrow(/column/)
  })
})

test('nothing was asked for that WeChat would not have understood', async () => {
  expect(await wechat.sim('violations')).toEqual([])
  expect(wechat.logged.join('\n')).not.toContain(keys.apiV3Key)
})
