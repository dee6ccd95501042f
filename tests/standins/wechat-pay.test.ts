import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Standin } from '../../server/standins/wechat/index.ts'
import {
  combineOrder,
  type Ear,
  keys,
  type Merchant,
  openEar,
  openSealed,
  openStandin,
  paidOrder,
  START,
  signedByPlatform,
} from './wechat-kit.ts'

const JSAPI = '/v3/combine-transactions/jsapi'
const orderPath = (number: string) => `/v3/combine-transactions/out-trade-no/${number}`
const closing = (order: ReturnType<typeof combineOrder>) => ({
  combine_appid: order.combine_appid,
  sub_orders: order.sub_orders.map(({ mchid, sub_mchid, out_trade_no }) => ({ mchid, sub_mchid, out_trade_no })),
})

let standin: Standin
let merchant: Merchant
let openid: string
let ear: Ear

beforeAll(async () => {
  ear = await openEar()
  ;({ standin, merchant, openid } = await openStandin())
})
afterAll(async () => {
  await standin.stop()
  await ear.close()
})

describe('who may ask', () => {
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const cases = {
    'signed with another key': { key: stranger },
    'with another certificate serial': { serial: '0123456789ABCDEF0123456789ABCDEF01234567' },
    'for another merchant': { mchid: '1900000000' },
    'five minutes and a second late': { at: START - 301_000 },
    'five minutes and a second early': { at: START + 301_000 },
    'whose body was changed after signing': { sentBody: '{"combine_appid":"wx"}' },
    'signed over another path': { signedPath: '/v3/combine-transactions/app' },
  }
  for (const [name, slant] of Object.entries(cases))
    test(`a request ${name} is refused with a signed 401`, async () => {
      const said = await merchant.call('POST', JSAPI, combineOrder(openid, ear.url), slant)
      expect([said.status, said.json.code]).toEqual([401, 'SIGN_ERROR'])
      expect(signedByPlatform(said.headers, said.text)).toBe(true)
    })

  test('a request without Authorization is refused', async () => {
    const said = await fetch(standin.pay + JSAPI, { method: 'POST', body: '{}' })
    expect(said.status).toBe(401)
  })

  test('a query string is part of what is signed', async () => {
    const path = '/v3/ecommerce/refunds/out-refund-no/none?sub_mchid=1900000100'
    expect((await merchant.get(path)).status).toBe(404)
    expect((await merchant.call('GET', path, undefined, { signedPath: path.split('?')[0] })).status).toBe(401)
  })
})

describe('a combined order', () => {
  test('is placed, asked for while unpaid, paid, and asked for again', async () => {
    const order = combineOrder(openid, ear.url)
    const placed = await merchant.post(JSAPI, order)
    expect(placed.status).toBe(200)
    expect(placed.json.prepay_id).toMatch(/^wx[0-9a-z]{34}$/)
    expect(placed.headers.get('wechatpay-serial')).toBe(keys.platformPublicKeyId)
    expect(signedByPlatform(placed.headers, placed.text)).toBe(true)

    const unpaid = await merchant.get(orderPath(order.combine_out_trade_no))
    expect(unpaid.json.sub_orders.map((sub: { trade_state: string }) => sub.trade_state)).toEqual(['NOTPAY', 'NOTPAY'])
    expect(unpaid.json.sub_orders[0]).not.toHaveProperty('transaction_id')

    expect(await merchant.sim('pay', placed.json)).toEqual({ result: 'ok', errMsg: 'requestPayment:ok' })
    const paid = await merchant.get(orderPath(order.combine_out_trade_no))
    expect(paid.json).toMatchObject({ combine_out_trade_no: order.combine_out_trade_no, combine_payer_info: { openid } })
    for (const [i, sub] of paid.json.sub_orders.entries()) {
      expect(sub).toMatchObject({ trade_state: 'SUCCESS', trade_type: 'JSAPI', sub_mchid: `190000010${i}`, attach: `o:${i}` })
      expect(sub.transaction_id).toMatch(/^4200\d{24}$/)
      expect(sub.amount.payer_amount).toBe(order.sub_orders[i]!.amount.total_amount)
    }
    expect((await merchant.sim('pay', placed.json)).errMsg).toBe('requestPayment:fail 该订单已支付')
    const again = await merchant.post(JSAPI, order)
    expect([again.status, again.json.code]).toEqual([400, 'ORDERPAID'])
  })

  test('asked for again in the same words gets a new prepay id, in other words a mismatch', async () => {
    const order = combineOrder(openid, ear.url)
    const first = await merchant.post(JSAPI, order)
    const { notify_url, ...others } = order
    const second = await merchant.post(JSAPI, { notify_url, ...others })
    expect(second.status).toBe(200)
    expect(second.json.prepay_id).not.toBe(first.json.prepay_id)
    const third = await merchant.post(JSAPI, { ...order, notify_url: `${ear.url}/2` })
    expect([third.status, third.json.code]).toEqual([400, 'INVALID_REQUEST'])
    expect(third.headers.get('request-id')).toMatch(/-268498688$/)
    expect(signedByPlatform(third.headers, third.text)).toBe(true)
  })

  test('that does not exist is 404, and closing it too', async () => {
    for (const said of [
      await merchant.get(orderPath('P404')),
      await merchant.post(`${orderPath('P404')}/close`, closing(combineOrder(openid, ear.url))),
    ])
      expect([said.status, said.json.code]).toEqual([404, 'ORDER_NOT_EXIST'])
  })

  test('is closed with a signed 204, twice without harm, and never paid after', async () => {
    const order = combineOrder(openid, ear.url)
    const { json: prepay } = await merchant.post(JSAPI, order)
    const wrong = await merchant.post(`${orderPath(order.combine_out_trade_no)}/close`, {
      ...closing(order),
      sub_orders: closing(order).sub_orders.slice(1),
    })
    expect([wrong.status, wrong.json.code]).toEqual([400, 'INVALID_REQUEST'])
    for (const _time of [1, 2]) {
      const closed = await merchant.post(`${orderPath(order.combine_out_trade_no)}/close`, closing(order))
      expect([closed.status, closed.text]).toEqual([204, ''])
      expect(signedByPlatform(closed.headers, '')).toBe(true)
    }
    expect((await merchant.sim('pay', prepay)).errMsg).toBe('requestPayment:fail 该订单已关闭')
    expect((await merchant.post(JSAPI, order)).json.code).toBe('ORDER_CLOSED')
    expect((await merchant.get(orderPath(order.combine_out_trade_no))).json.sub_orders[0].trade_state).toBe('CLOSED')
  })

  test('that is paid cannot be closed', async () => {
    const { order } = await paidOrder(merchant, openid, ear)
    const said = await merchant.post(`${orderPath(order.combine_out_trade_no)}/close`, closing(order))
    expect([said.status, said.json.code]).toEqual([400, 'ORDERPAID'])
  })

  test('paid and closed at the same moment has exactly one end', async () => {
    const ends = { paid: 0, closed: 0 }
    for (let round = 0; round < 40; round += 1) {
      const order = combineOrder(openid, ear.url, [100])
      const { json: prepay } = await merchant.post(JSAPI, order)
      const pay = () => merchant.sim('pay', prepay)
      const close = () => merchant.post(`${orderPath(order.combine_out_trade_no)}/close`, closing(order))
      const [paid, closed] = round % 2 ? await Promise.all([pay(), close()]) : await Promise.all([close(), pay()]).then(([b, a]) => [a, b])
      expect((paid.result === 'ok') !== (closed!.status === 204)).toBe(true)
      const { json } = await merchant.get(orderPath(order.combine_out_trade_no))
      expect(json.sub_orders[0].trade_state).toBe(paid.result === 'ok' ? 'SUCCESS' : 'CLOSED')
      ends[paid.result === 'ok' ? 'paid' : 'closed'] += 1
    }
    expect(ends.paid + ends.closed).toBe(40)
  })
})

describe('a wrong field', () => {
  const sub = (change: Record<string, unknown>) => (order: ReturnType<typeof combineOrder>) => ({
    ...order,
    sub_orders: [{ ...order.sub_orders[0], ...change }],
  })
  type Change = (order: ReturnType<typeof combineOrder>) => Record<string, unknown>
  const cases: Record<string, [Change, number, string]> = {
    'another appid': [(o) => ({ ...o, combine_appid: 'wx0000000000000000' }), 400, 'APPID_MCHID_NOT_MATCH'],
    'another merchant': [(o) => ({ ...o, combine_mchid: '1900000000' }), 400, 'MCH_NOT_EXISTS'],
    'an unknown openid': [(o) => ({ ...o, combine_payer_info: { openid: 'oNobody' } }), 400, 'PARAM_ERROR'],
    'a number of 33 characters': [(o) => ({ ...o, combine_out_trade_no: 'P'.repeat(33) }), 400, 'PARAM_ERROR'],
    'a notify address with a query': [(o) => ({ ...o, notify_url: `${o.notify_url}?a=1` }), 400, 'PARAM_ERROR'],
    'a notify address over plain http elsewhere': [(o) => ({ ...o, notify_url: 'http://example.cn/n' }), 400, 'PARAM_ERROR'],
    'an end half a minute away': [(o) => ({ ...o, time_expire: '2026-03-02T09:00:30+08:00' }), 400, 'PARAM_ERROR'],
    'an end without an offset': [(o) => ({ ...o, time_expire: '2026-03-02T10:00:00' }), 400, 'PARAM_ERROR'],
    'no sub-order': [(o) => ({ ...o, sub_orders: [] }), 400, 'PARAM_ERROR'],
    '51 sub-orders': [(o) => ({ ...o, sub_orders: Array(51).fill(o.sub_orders[0]) }), 400, 'PARAM_ERROR'],
    'a sub-order number twice': [(o) => ({ ...o, sub_orders: [o.sub_orders[0], o.sub_orders[0]] }), 400, 'PARAM_ERROR'],
    'no attach': [sub({ attach: undefined }), 400, 'PARAM_ERROR'],
    'no seller': [sub({ sub_mchid: undefined }), 400, 'PARAM_ERROR'],
    'the platform as seller': [sub({ sub_mchid: keys.mchid }), 400, 'PARAM_ERROR'],
    'no money': [sub({ amount: { total_amount: 0, currency: 'CNY' } }), 400, 'PARAM_ERROR'],
    'yuan with decimals': [sub({ amount: { total_amount: 1.5, currency: 'CNY' } }), 400, 'PARAM_ERROR'],
    'money as text': [sub({ amount: { total_amount: '100', currency: 'CNY' } }), 400, 'PARAM_ERROR'],
    dollars: [sub({ amount: { total_amount: 100, currency: 'USD' } }), 400, 'PARAM_ERROR'],
    'a description of 128 characters': [sub({ description: '茶'.repeat(128) }), 400, 'PARAM_ERROR'],
  }
  for (const [name, [change, status, code]] of Object.entries(cases))
    test(`${name} is refused as ${code}`, async () => {
      const said = await merchant.post(JSAPI, change(combineOrder(openid, ear.url)))
      expect([said.status, said.json.code]).toEqual([status, code])
    })

  test('a seller whose payments are stopped fails the whole order and is named', async () => {
    await merchant.sim('shops', { sub_mchid: '1900000101', name: '云上茶舍', suspended: true })
    const said = await merchant.post(JSAPI, combineOrder(openid, ear.url))
    expect([said.status, said.json.code, said.json.detail.value]).toEqual([403, 'NO_AUTH', '1900000101'])
    await merchant.sim('shops', { sub_mchid: '1900000101', suspended: false })
  })

  test('a sub-order number of another order is refused', async () => {
    const first = combineOrder(openid, ear.url)
    await merchant.post(JSAPI, first)
    const said = await merchant.post(JSAPI, { ...combineOrder(openid, ear.url), sub_orders: first.sub_orders })
    expect([said.status, said.json.code]).toEqual([403, 'OUT_TRADE_NO_USED'])
  })
})

test('a prepay id holds two hours, an order no longer than its time', async () => {
  const long = combineOrder(openid, ear.url, [100], { time_expire: '2026-03-02T18:00:00+08:00' })
  const short = combineOrder(openid, ear.url, [100])
  const { json: longPrepay } = await merchant.post(JSAPI, long)
  const { json: shortPrepay } = await merchant.post(JSAPI, short)
  await standin.advance(2 * 3600_000)
  expect((await merchant.sim('pay', longPrepay)).errMsg).toBe('requestPayment:fail 该订单已过期，请重新下单')
  expect((await merchant.sim('pay', shortPrepay)).errMsg).toBe('requestPayment:fail 该订单已关闭')
  expect((await merchant.get(orderPath(short.combine_out_trade_no))).json.sub_orders[0].trade_state).toBe('CLOSED')
  const { json: fresh } = await merchant.post(JSAPI, long)
  expect((await merchant.sim('pay', fresh)).result).toBe('ok')
})

test('platform certificates are there after a rotation, and answers may be signed with them', async () => {
  expect((await merchant.get('/v3/certificates')).status).toBe(404)
  const { serial_no } = await merchant.sim('certificates/rotate')
  await merchant.sim('rules', { signWith: 'certificate' })
  const said = await merchant.get('/v3/certificates')
  const [entry] = said.json.data
  const certificate = new X509Certificate(openSealed(entry.encrypt_certificate))
  expect(entry.serial_no).toBe(serial_no)
  expect(certificate.serialNumber).toBe(serial_no)
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(said.headers.get('wechatpay-serial')).toBe(serial_no)
  const publicPem = certificate.publicKey.export({ type: 'spki', format: 'pem' }) as string
  expect(signedByPlatform(said.headers, said.text, publicPem)).toBe(true)
  expect(signedByPlatform(said.headers, said.text)).toBe(false)
  await merchant.sim('rules', { signWith: 'public-key' })
})

test('no money rule was broken', async () => {
  expect(await merchant.sim('violations')).toEqual([])
})
