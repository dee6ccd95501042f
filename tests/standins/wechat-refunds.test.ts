import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Standin } from '../../server/standins/wechat/index.ts'
import { type Ear, keys, type Merchant, openEar, openSealed, openStandin, paidOrder, signedByPlatform } from './wechat-kit.ts'

let standin: Standin
let merchant: Merchant
let openid: string
let ear: Ear

beforeAll(async () => {
  ;({ standin, merchant, openid } = await openStandin())
})
afterAll(() => standin.stop())
beforeEach(async () => {
  ear = await openEar()
})
afterEach(async () => {
  await merchant.sim('callbacks')
  await merchant.sim('rules', { refunds: 'auto' })
  expect(await merchant.sim('violations')).toEqual([])
  await ear.close()
})

const APPLY = '/v3/ecommerce/refunds/apply'
const SELLER = '1900000100'
const wish = (transactionId: string, number: string, refund: number, total: number, more: Record<string, unknown> = {}) => ({
  sub_mchid: SELLER,
  sp_appid: keys.appid,
  transaction_id: transactionId,
  out_refund_no: number,
  reason: '买家退货',
  notify_url: ear.url,
  amount: { refund, total, currency: 'CNY' },
  ...more,
})
const state = async (number: string) => (await merchant.get(`/v3/ecommerce/refunds/out-refund-no/${number}?sub_mchid=${SELLER}`)).json
const refundsHeard = () => ear.heard.filter((heard) => heard.json.event_type.startsWith('REFUND'))

let count = 0
const fresh = () => {
  count += 1
  return `R2026${String(count).padStart(4, '0')}`
}

test('a refund is worked on, succeeds by itself, and is told sealed and signed', async () => {
  const { subs } = await paidOrder(merchant, openid, ear, [16_800])
  const number = fresh()
  const applied = await merchant.post(APPLY, wish(subs[0]!.transaction_id, number, 6800, 16_800))
  expect(applied.status).toBe(200)
  expect(applied.json.refund_id).toMatch(/^50\d{27}$/)
  expect(applied.json).not.toHaveProperty('status')
  expect((await state(number)).status).toBe('PROCESSING')
  await standin.advance(3000)
  expect(await state(number)).toMatchObject({
    status: 'SUCCESS',
    refund_id: applied.json.refund_id,
    amount: { refund: 6800, total: 16_800 },
  })
  const byId = await merchant.get(`/v3/ecommerce/refunds/id/${applied.json.refund_id}?sub_mchid=${SELLER}`)
  expect(byId.json.out_refund_no).toBe(number)
  const [heard] = refundsHeard()
  expect(signedByPlatform(heard!.headers, heard!.body)).toBe(true)
  expect(heard!.json.event_type).toBe('REFUND.SUCCESS')
  expect(JSON.parse(openSealed(heard!.json.resource))).toMatchObject({
    sp_mchid: keys.mchid,
    sub_mchid: SELLER,
    out_refund_no: number,
    refund_status: 'SUCCESS',
    amount: { total: 16_800, refund: 6800 },
  })
})

test('the same number is the same refund, and with another amount refused', async () => {
  const { subs } = await paidOrder(merchant, openid, ear, [1000])
  const number = fresh()
  const first = await merchant.post(APPLY, wish(subs[0]!.transaction_id, number, 300, 1000))
  const again = await merchant.post(APPLY, wish(subs[0]!.transaction_id, number, 300, 1000))
  expect(again.json.refund_id).toBe(first.json.refund_id)
  const other = await merchant.post(APPLY, wish(subs[0]!.transaction_id, number, 400, 1000))
  expect([other.status, other.json.code]).toEqual([400, 'INVALID_REQUEST'])
})

test('refunds come a minute apart and never exceed what was paid', async () => {
  const { subs } = await paidOrder(merchant, openid, ear, [1000])
  const id = subs[0]!.transaction_id
  expect((await merchant.post(APPLY, wish(id, fresh(), 600, 1000))).status).toBe(200)
  const soon = await merchant.post(APPLY, wish(id, fresh(), 100, 1000))
  expect([soon.status, soon.json.code]).toEqual([429, 'FREQUENCY_LIMITED'])
  await standin.advance(60_000)
  const over = await merchant.post(APPLY, wish(id, fresh(), 401, 1000))
  expect([over.status, over.json.code]).toEqual([400, 'INVALID_REQUEST'])
  expect((await merchant.post(APPLY, wish(id, fresh(), 400, 1000))).status).toBe(200)
  await standin.advance(60_000)
  expect((await merchant.post(APPLY, wish(id, fresh(), 1, 1000))).status).toBe(400)
})

test('the query of another seller, or none, finds nothing', async () => {
  const { subs } = await paidOrder(merchant, openid, ear, [1000])
  const number = fresh()
  await merchant.post(APPLY, wish(subs[0]!.transaction_id, number, 1000, 1000))
  const path = `/v3/ecommerce/refunds/out-refund-no/${number}`
  expect((await merchant.get(`${path}?sub_mchid=1900000199`)).status).toBe(404)
  expect((await merchant.get(path)).json.code).toBe('PARAM_ERROR')
  expect((await merchant.get(`/v3/ecommerce/refunds/out-refund-no/none?sub_mchid=${SELLER}`)).json.code).toBe('RESOURCE_NOT_EXISTS')
})

describe('a wrong refund', () => {
  const cases: Record<string, [Record<string, unknown>, number]> = {
    'of another total': [{ amount: { refund: 100, total: 999, currency: 'CNY' } }, 400],
    'of more than the order': [{ amount: { refund: 1001, total: 1000, currency: 'CNY' } }, 400],
    'of nothing': [{ amount: { refund: 0, total: 1000, currency: 'CNY' } }, 400],
    'of another app': [{ sp_appid: 'wx0000000000000000' }, 400],
    'of another seller': [{ sub_mchid: '1900000199' }, 404],
    'of an unknown transaction': [{ transaction_id: '4200009999999999999999999999' }, 404],
    'with a long reason': [{ reason: '茶'.repeat(81) }, 400],
  }
  for (const [name, [change, status]] of Object.entries(cases))
    test(`${name} is refused`, async () => {
      const { subs } = await paidOrder(merchant, openid, ear, [1000])
      const said = await merchant.post(APPLY, wish(subs[0]!.transaction_id, fresh(), 100, 1000, change))
      expect(said.status).toBe(status)
    })
})

test('a refund that is closed gives the money back and is CLOSE in the query, CLOSED in the callback', async () => {
  await merchant.sim('rules', { refunds: 'hold' })
  const { subs } = await paidOrder(merchant, openid, ear, [1000])
  const number = fresh()
  await merchant.post(APPLY, wish(subs[0]!.transaction_id, number, 1000, 1000))
  await standin.advance(3600_000)
  expect((await state(number)).status).toBe('PROCESSING')
  expect(await merchant.sim('refunds/settle', { out_refund_no: number, result: 'CLOSED' })).toEqual({ settled: true })
  expect((await state(number)).status).toBe('CLOSE')
  await standin.settled()
  expect(refundsHeard()[0]!.json.event_type).toBe('REFUND.CLOSED')
  const again = fresh()
  expect((await merchant.post(APPLY, wish(subs[0]!.transaction_id, again, 1000, 1000))).status).toBe(200)
  expect(await merchant.sim('refunds/settle', { out_refund_no: number })).toEqual({ settled: false })
})

test('an abnormal refund stays so until it is sent again under its own number', async () => {
  await merchant.sim('rules', { refunds: 'ABNORMAL' })
  const { subs } = await paidOrder(merchant, openid, ear, [1000])
  const number = fresh()
  const { json } = await merchant.post(APPLY, wish(subs[0]!.transaction_id, number, 1000, 1000))
  await standin.advance(3000)
  expect((await state(number)).status).toBe('ABNORMAL')
  await merchant.sim('rules', { refunds: 'auto' })
  const sent = await merchant.post(`/v3/ecommerce/refunds/${json.refund_id}/apply-abnormal-refund`, {
    out_refund_no: number,
    type: 'MERCHANT_BANK_CARD',
  })
  expect(sent.json.status).toBe('PROCESSING')
  await standin.advance(3000)
  expect((await state(number)).status).toBe('SUCCESS')
})

test('the callback may come before the answer', async () => {
  const { subs } = await paidOrder(merchant, openid, ear, [1000])
  await standin.settled()
  await merchant.sim('callbacks', { beforeResponse: true })
  const order: string[] = []
  ear.answer = () => {
    order.push('callback')
    return 204
  }
  await merchant.post(APPLY, wish(subs[0]!.transaction_id, fresh(), 1000, 1000))
  order.push('answer')
  expect(order).toEqual(['callback', 'answer'])
})

test('the other family of refunds answers with its status and its own callback', async () => {
  const { subs } = await paidOrder(merchant, openid, ear, [1000])
  const number = fresh()
  const body = {
    sub_mchid: SELLER,
    out_trade_no: subs[0]!.out_trade_no,
    out_refund_no: number,
    notify_url: ear.url,
    amount: { refund: 1000, total: 1000, currency: 'CNY' },
  }
  const applied = await merchant.post('/v3/refund/domestic/refunds', body)
  expect(applied.json).toMatchObject({ status: 'PROCESSING', channel: 'ORIGINAL', amount: { payer_refund: 1000 } })
  await standin.advance(3000)
  const asked = await merchant.get(`/v3/refund/domestic/refunds/${number}?sub_mchid=${SELLER}`)
  expect(asked.json.status).toBe('SUCCESS')
  expect(JSON.parse(openSealed(refundsHeard()[0]!.json.resource))).toMatchObject({ mchid: keys.mchid, refund_status: 'SUCCESS' })
})
