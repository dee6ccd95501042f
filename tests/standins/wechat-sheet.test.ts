import { generateKeyPairSync } from 'node:crypto'
import { JSDOM } from 'jsdom'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Standin } from '../../server/standins/wechat/index.ts'
import { combineOrder, type Ear, type Merchant, openEar, openStandin, requestPaymentFields, START } from './wechat-kit.ts'

let standin: Standin
let merchant: Merchant
let openid: string
let ear: Ear

beforeAll(async () => {
  ear = await openEar()
  ;({ standin, merchant, openid } = await openStandin())
  await merchant.sim('shops', { sub_mchid: '1900000100', name: '云上<b>茶舍' })
  await merchant.sim('shops', { sub_mchid: '1900000101', name: '老班章合作社' })
})
afterAll(async () => {
  await standin.stop()
  await ear.close()
})

const prepay = async () => {
  const order = combineOrder(openid, ear.url)
  const { json } = await merchant.post('/v3/combine-transactions/jsapi', order)
  return { order, id: json.prepay_id as string }
}
const sheetUrl = (fields: Record<string, string>) => `${standin.sim}/__sim/sheet?${new URLSearchParams(fields)}`
const read = async (fields: Record<string, string>) => (await fetch(sheetUrl(fields))).text()

interface Told {
  source: string
  prepay_id: string
  result: string
  errMsg: string
}

/** Opens the sheet as an H5 page would, in a frame, and gathers what it tells its parent. */
const openSheet = async (fields: Record<string, string>) => {
  const html = await read(fields)
  const told: Told[] = []
  const dom = new JSDOM(html, {
    url: sheetUrl(fields),
    runScripts: 'dangerously',
    beforeParse: (window) => {
      window.fetch = ((path: string, init: RequestInit) => fetch(new URL(path, window.location.href), init)) as typeof window.fetch
      Object.defineProperty(window, 'parent', { value: { postMessage: (message: Told) => told.push(message) } })
    },
  })
  return { document: dom.window.document, told, tap: (id: string) => dom.window.document.getElementById(id)!.click() }
}

test('the sheet shows every shop and the sum, pays on a tap and tells the page', async () => {
  const { order, id } = await prepay()
  const sheet = await openSheet(requestPaymentFields(id, START))
  expect(sheet.document.getElementById('amount')!.textContent).toBe('200.00')
  expect(sheet.document.querySelector('.payee')!.textContent).toBe('云上<b>茶舍等2家店铺')
  expect([...sheet.document.querySelectorAll('li')].map((line) => line.textContent)).toEqual([
    '云上<b>茶舍 · 普洱熟茶饼 357g 1号¥168.00',
    '老班章合作社 · 普洱熟茶饼 357g 2号¥32.00',
  ])
  sheet.tap('pay')
  await expect.poll(() => sheet.told).toEqual([{ source: 'wechat-pay-sheet', prepay_id: id, result: 'ok', errMsg: 'requestPayment:ok' }])
  const asked = await merchant.get(`/v3/combine-transactions/out-trade-no/${order.combine_out_trade_no}`)
  expect(asked.json.sub_orders[0].trade_state).toBe('SUCCESS')
})

test('cancelling pays nothing and the order can still be paid', async () => {
  const { id } = await prepay()
  const fields = requestPaymentFields(id, START)
  const sheet = await openSheet(fields)
  sheet.tap('cancel')
  await expect
    .poll(() => sheet.told)
    .toEqual([{ source: 'wechat-pay-sheet', prepay_id: id, result: 'cancel', errMsg: 'requestPayment:fail cancel' }])
  const again = await openSheet(fields)
  again.tap('pay')
  await expect.poll(() => again.told[0]?.result).toBe('ok')
})

test('of two open sheets of one order the second fails', async () => {
  const { id } = await prepay()
  const [first, second] = [await openSheet(requestPaymentFields(id, START)), await openSheet(requestPaymentFields(id, START))]
  first.tap('pay')
  await expect.poll(() => first.told[0]?.result).toBe('ok')
  second.tap('pay')
  await expect.poll(() => second.told[0]).toMatchObject({ result: 'fail', errMsg: 'requestPayment:fail 该订单已支付' })
})

describe('the sheet refuses', () => {
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const wrongSign = '支付验证签名失败'
  const cases: Record<string, [(fields: Record<string, string>, id: string) => Record<string, string>, string]> = {
    'another merchant’s paySign': [(_fields, id) => requestPaymentFields(id, START, stranger), wrongSign],
    'a changed nonce': [(fields) => ({ ...fields, nonceStr: 'other' }), wrongSign],
    'a changed time': [(fields) => ({ ...fields, timeStamp: String(START / 1000 + 1) }), wrongSign],
    'another app': [(fields) => ({ ...fields, appId: 'wx0000000000000000' }), wrongSign],
    'another kind of signature': [(fields) => ({ ...fields, signType: 'MD5' }), wrongSign],
    'a signature that is none': [(fields) => ({ ...fields, paySign: 'AAAA' }), wrongSign],
    'no signature': [({ paySign: _none, ...fields }) => fields, '调用支付JSAPI缺少参数'],
    'a bare prepay id': [(_fields, id) => ({ prepay_id: id }), '调用支付JSAPI缺少参数'],
    'an unknown prepay id': [() => requestPaymentFields('wx00000000000000000000000000000000ab', START), '支付订单不存在'],
    'another person’s order': [(fields) => ({ ...fields, userKey: 'someone' }), '下单账号与支付账号不一致，请核实后再支付'],
  }
  for (const [name, [change, words]] of Object.entries(cases))
    test(`${name}: ${words}`, async () => {
      const { id } = await prepay()
      const html = await read(change(requestPaymentFields(id, START), id))
      expect(html).toContain(words)
      expect(html).not.toContain('id="pay"')
    })

  test('a prepay id swapped under a good signature', async () => {
    const [mine, other] = [await prepay(), await prepay()]
    expect(await read({ ...requestPaymentFields(mine.id, START), package: `prepay_id=${other.id}` })).toContain(wrongSign)
  })

  test('what is paid, closed or too late, and reports the failure when left', async () => {
    const [paid, closed, late] = [await prepay(), await prepay(), await prepay()]
    await merchant.sim('pay', { prepay_id: paid.id })
    const { order } = closed
    await merchant.post(`/v3/combine-transactions/out-trade-no/${order.combine_out_trade_no}/close`, {
      combine_appid: order.combine_appid,
      sub_orders: order.sub_orders.map(({ mchid, sub_mchid, out_trade_no }) => ({ mchid, sub_mchid, out_trade_no })),
    })
    const sheet = await openSheet(requestPaymentFields(paid.id, START))
    expect(sheet.document.getElementById('refusal')!.textContent).toBe('该订单已支付')
    sheet.tap('back')
    expect(sheet.told).toEqual([
      { source: 'wechat-pay-sheet', prepay_id: paid.id, result: 'fail', errMsg: 'requestPayment:fail 该订单已支付' },
    ])
    expect(await read(requestPaymentFields(closed.id, START))).toContain('该订单已关闭')
    const long = combineOrder(openid, ear.url, [100], { time_expire: '2026-03-02T18:00:00+08:00' })
    const { json } = await merchant.post('/v3/combine-transactions/jsapi', long)
    await standin.advance(2 * 3600_000)
    expect(await read(requestPaymentFields(json.prepay_id, START))).toContain('该订单已过期，请重新下单')
    expect(await read(requestPaymentFields(late.id, START))).toContain('该订单已关闭')
  })
})

test('nobody pays without a sheet: a made-up sheet token is refused', async () => {
  expect(await merchant.sim('sheet/pay', { token: 'made-up' })).toMatchObject({ result: 'fail' })
})

test('only the allowed origins may call or frame it', async () => {
  const { id } = await prepay()
  const page = await fetch(sheetUrl(requestPaymentFields(id, START)))
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'self' http://h5.test")
  const login = (origin: string) => fetch(`${standin.sim}/__sim/login`, { method: 'POST', body: '{}', headers: { origin } })
  const good = await login('http://h5.test')
  expect([good.status, good.headers.get('access-control-allow-origin')]).toEqual([200, 'http://h5.test'])
  const bad = await login('http://elsewhere.test')
  expect([bad.status, bad.headers.get('access-control-allow-origin')]).toEqual([403, null])
  const preflight = await fetch(`${standin.sim}/__sim/login`, {
    method: 'OPTIONS',
    headers: { origin: 'http://h5.test', 'access-control-request-method': 'POST' },
  })
  expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, 'content-type'])
})
