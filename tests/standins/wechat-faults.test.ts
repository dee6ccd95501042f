import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Standin } from '../../server/standins/wechat/index.ts'
import { combineOrder, type Ear, keys, type Merchant, openEar, openStandin, paidOrder, signedByPlatform } from './wechat-kit.ts'

const JSAPI = '/v3/combine-transactions/jsapi'
let standin: Standin
let merchant: Merchant
let openid: string
let ear: Ear

beforeAll(async () => {
  ear = await openEar()
  ;({ standin, merchant, openid } = await openStandin())
})
afterEach(() => merchant.sim('faults/clear'))
afterAll(async () => {
  await standin.stop()
  await ear.close()
})

test('a lost answer leaves the order placed; the same call again gets its prepay id', async () => {
  await merchant.sim('faults', { on: `POST ${JSAPI}`, kind: 'lost', times: 1 })
  const order = combineOrder(openid, ear.url)
  await expect(merchant.post(JSAPI, order)).rejects.toThrow()
  const asked = await merchant.get(`/v3/combine-transactions/out-trade-no/${order.combine_out_trade_no}`)
  expect(asked.json.sub_orders[0].trade_state).toBe('NOTPAY')
  expect((await merchant.post(JSAPI, order)).status).toBe(200)
})

test('a lost answer to a refund is one refund', async () => {
  const { subs } = await paidOrder(merchant, openid, ear, [1000])
  await merchant.sim('faults', { on: 'POST /v3/ecommerce/refunds', kind: 'lost', times: 1 })
  const wish = {
    sub_mchid: '1900000100',
    sp_appid: keys.appid,
    transaction_id: subs[0]!.transaction_id,
    out_refund_no: 'RLOST1',
    amount: { refund: 1000, total: 1000, currency: 'CNY' },
  }
  await expect(merchant.post('/v3/ecommerce/refunds/apply', wish)).rejects.toThrow()
  expect((await merchant.post('/v3/ecommerce/refunds/apply', wish)).status).toBe(200)
  expect(await merchant.sim('refunds')).toHaveLength(1)
})

test('before anything happens: 429, 500 and 502; the first two are signed, the gateway is not', async () => {
  for (const [kind, status, code] of [
    ['rate', 429, 'FREQUENCY_LIMITED'],
    ['system-error', 500, 'SYSTEM_ERROR'],
    ['bad-gateway', 502, undefined],
  ] as const) {
    await merchant.sim('faults', { on: `POST ${JSAPI}`, kind, times: 1 })
    const order = combineOrder(openid, ear.url)
    const said = await merchant.post(JSAPI, order)
    expect([said.status, said.json?.code]).toEqual([status, code])
    expect(said.headers.has('wechatpay-signature')).toBe(status !== 502)
    if (status !== 502) expect(signedByPlatform(said.headers, said.text)).toBe(true)
    expect((await merchant.get(`/v3/combine-transactions/out-trade-no/${order.combine_out_trade_no}`)).status).toBe(404)
  }
})

test('garbled: malformed JSON rightly signed, a wrong signature, a probe, an unknown serial', async () => {
  const ask = async (kind: string) => {
    await merchant.sim('faults', { on: `POST ${JSAPI}`, kind, times: 1 })
    return merchant.post(JSAPI, combineOrder(openid, ear.url))
  }
  const malformed = await ask('malformed')
  expect([malformed.status, malformed.json, signedByPlatform(malformed.headers, malformed.text)]).toEqual([200, null, true])
  const wrong = await ask('bad-signature')
  expect([wrong.status, signedByPlatform(wrong.headers, wrong.text)]).toEqual([200, false])
  const probe = await ask('signtest')
  expect(probe.headers.get('wechatpay-signature')).toMatch(/^WECHATPAY\/SIGNTEST\//)
  const serial = await ask('unknown-serial')
  expect(serial.headers.get('wechatpay-serial')).not.toBe(keys.platformPublicKeyId)
  expect((await merchant.post(JSAPI, combineOrder(openid, ear.url))).headers.get('wechatpay-serial')).toBe(keys.platformPublicKeyId)
})

test('an errcode is said as often as asked, then no more', async () => {
  await merchant.sim('faults', { on: 'POST /cgi-bin/stable_token', kind: 'errcode', errcode: 40164, errmsg: 'invalid ip', times: 2 })
  const ask = async () =>
    (await merchant.api('/cgi-bin/stable_token', { grant_type: 'client_credential', appid: keys.appid, secret: keys.appsecret })).json
  expect([(await ask()).errcode, (await ask()).errcode, (await ask()).errcode]).toEqual([40164, 40164, undefined])
})

test('latency holds one endpoint and no other', async () => {
  await merchant.sim('faults', { on: 'GET /v3/combine', kind: 'latency', ms: 120 })
  const timed = async (work: Promise<unknown>) => {
    const from = performance.now()
    await work
    return performance.now() - from
  }
  expect(await timed(merchant.get('/v3/combine-transactions/out-trade-no/none'))).toBeGreaterThanOrEqual(115)
  expect(await timed(merchant.get('/v3/ecommerce/refunds/id/none?sub_mchid=1900000100'))).toBeLessThan(100)
})

test('an unknown switch, rule or callback field is refused by name', async () => {
  await expect(merchant.sim('rules', { refund: 'auto' })).rejects.toThrow('no such switch: refund')
  await expect(merchant.sim('callbacks', { forge: 'all' })).rejects.toThrow('forge is one of')
  await expect(merchant.sim('faults', { kind: 'fire' })).rejects.toThrow('kind is one of')
})

test('the families of Pay do not mix', async () => {
  const path = '/v3/profitsharing/orders'
  expect((await merchant.post(path, {})).json.message).toBe('电商商户不允许调用非电商分账API')
  const direct = await openStandin({ family: 'direct' })
  try {
    const said = await direct.merchant.post('/v3/ecommerce/refunds/apply', {})
    expect([said.status, said.json.message]).toEqual([403, '非电商商户暂不支持调用此API'])
    const order = combineOrder(direct.openid, ear.url)
    for (const sub of order.sub_orders) delete (sub as { sub_mchid?: string }).sub_mchid
    expect((await direct.merchant.post(JSAPI, order)).status).toBe(200)
  } finally {
    await direct.standin.stop()
  }
})
