import { afterAll, beforeAll, expect, test } from 'vitest'
import { Wechatpay } from 'wechatpay-axios-plugin'
import type { Standin } from '../../server/standins/wechat/index.ts'
import { combineOrder, type Ear, keys, type Merchant, openEar, openStandin } from './wechat-kit.ts'

/** A client by others, in public-key mode: what it accepts, the stand-in says as WeChat does. Its clock is the real one. */
let standin: Standin
let merchant: Merchant
let openid: string
let ear: Ear
// biome-ignore lint/suspicious/noExplicitAny: the package types its chains as any path
let client: any

beforeAll(async () => {
  ear = await openEar()
  ;({ standin, merchant, openid } = await openStandin({ clock: Date.now, retryScale: 0.001 }))
  client = new Wechatpay({
    mchid: keys.mchid,
    serial: keys.merchantSerial,
    privateKey: keys.merchantPrivateKeyPem,
    certs: { [keys.platformPublicKeyId]: keys.platformPublicKeyPem },
    baseURL: `${standin.pay}/`,
    proxy: false,
  } as ConstructorParameters<typeof Wechatpay>[0])
})
afterAll(async () => {
  await standin.stop()
  await ear.close()
})

const order = (fen: readonly number[] = [16_800]) =>
  combineOrder(openid, ear.url, fen, { time_expire: new Date(Date.now() + 1800_000).toISOString() })
const refused = async (work: Promise<unknown>): Promise<{ status: number; code: string }> => {
  try {
    await work
  } catch (error) {
    const { response } = error as { response?: { status: number; data: { code: string } } }
    if (response) return { status: response.status, code: response.data.code }
    throw error
  }
  throw new Error('it was accepted')
}

test('it orders, asks, sees the re-entry mismatch and the 404, closes, and refunds', async () => {
  const first = order()
  const placed = await client.v3.combineTransactions.jsapi.post(first)
  expect(placed.data.prepay_id).toMatch(/^wx/)
  expect(await refused(client.v3.combineTransactions.jsapi.post({ ...first, notify_url: `${ear.url}2` }))).toEqual({
    status: 400,
    code: 'INVALID_REQUEST',
  })
  const number = { combine_out_trade_no: first.combine_out_trade_no }
  const path = client.v3.combineTransactions.outTradeNo._combine_out_trade_no_
  expect((await path.get(number)).data.sub_orders[0].trade_state).toBe('NOTPAY')
  expect(await refused(path.get({ combine_out_trade_no: 'P404' }))).toEqual({ status: 404, code: 'ORDER_NOT_EXIST' })
  const closing = {
    combine_appid: first.combine_appid,
    sub_orders: first.sub_orders.map(({ mchid, sub_mchid, out_trade_no }) => ({ mchid, sub_mchid, out_trade_no })),
  }
  expect((await path.close.post(closing, number)).status).toBe(204)

  const second = order()
  const { data } = await client.v3.combineTransactions.jsapi.post(second)
  await merchant.sim('pay', data)
  const paid = await path.get({ combine_out_trade_no: second.combine_out_trade_no })
  const [sub] = paid.data.sub_orders
  expect(sub.trade_state).toBe('SUCCESS')
  const applied = await client.v3.ecommerce.refunds.apply.post({
    sub_mchid: sub.sub_mchid,
    sp_appid: keys.appid,
    transaction_id: sub.transaction_id,
    out_refund_no: 'RAX1',
    amount: { refund: 800, total: 16_800, currency: 'CNY' },
  })
  expect(applied.data.amount.refund).toBe(800)
  const state = () => client.v3.ecommerce.refunds.outRefundNo._n_.get({ n: 'RAX1', params: { sub_mchid: sub.sub_mchid } })
  await expect.poll(async () => (await state()).data.status, { timeout: 3000 }).toBe('SUCCESS')
})

test('it rejects an answer with a wrong signature', async () => {
  for (const kind of ['bad-signature', 'unknown-serial', 'signtest']) {
    await merchant.sim('faults', { on: 'POST /v3/combine-transactions/jsapi', kind, times: 1 })
    await expect(client.v3.combineTransactions.jsapi.post(order())).rejects.toThrow(/EV3_RES|Verify|serial/i)
  }
})
