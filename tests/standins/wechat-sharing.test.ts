import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Standin } from '../../server/standins/wechat/index.ts'
import { type Ear, keys, type Merchant, openEar, openStandin, paidOrder } from './wechat-kit.ts'

let standin: Standin
let merchant: Merchant
let openid: string
let ear: Ear

beforeAll(async () => {
  ear = await openEar()
  ;({ standin, merchant, openid } = await openStandin())
  const added = await merchant.post('/v3/ecommerce/profitsharing/receivers/add', {
    appid: keys.appid,
    type: 'MERCHANT_ID',
    account: keys.mchid,
    name: '茶山园区',
    relation_type: 'PLATFORM',
  })
  expect(added.json).toEqual({ type: 'MERCHANT_ID', account: keys.mchid, relation_type: 'PLATFORM' })
})
afterAll(async () => {
  await standin.stop()
  await ear.close()
})
afterEach(async () => {
  await merchant.sim('rules', { failShare: null, combinedShippingOnly: false })
  expect(await merchant.sim('violations')).toEqual([])
})

const SELLER = '1900000100'
const SHARES = '/v3/ecommerce/profitsharing/orders'
let count = 0
const fresh = (stem: string) => {
  count += 1
  return `${stem}${String(count).padStart(6, '0')}`
}
const shareWish = (transaction_id: string, amount: number, more: Record<string, unknown> = {}) => ({
  appid: keys.appid,
  sub_mchid: SELLER,
  transaction_id,
  out_order_no: fresh('D'),
  receivers: [{ type: 'MERCHANT_ID', receiver_account: keys.mchid, amount, description: '平台服务费' }],
  finish: true,
  ...more,
})
const paid = async (fen = 10_000, more?: Record<string, unknown>) => {
  const { subs, order } = await paidOrder(merchant, openid, ear, [fen], more)
  return { id: subs[0]!.transaction_id, outTradeNo: subs[0]!.out_trade_no, order }
}
const settled = async (fen = 10_000) => {
  const trade = await paid(fen)
  await standin.advance(61_000)
  await merchant.sim('settle', { transaction_id: trade.id })
  return trade
}
const unsplit = async (id: string) => (await merchant.get(`${SHARES}/${id}/amounts`)).json.unsplit_amount
const purse = async (id: string) => {
  const orders = (await merchant.sim('orders')) as { subs: { transactionId: string; purse: Record<string, number> }[] }[]
  return orders.flatMap((order) => order.subs).find((sub) => sub.transactionId === id)!.purse
}
const token = async () =>
  (await merchant.api('/cgi-bin/stable_token', { grant_type: 'client_credential', appid: keys.appid, secret: keys.appsecret })).json
    .access_token
const sec = async (act: string, body: unknown) => (await merchant.api(`/wxa/sec/order/${act}?access_token=${await token()}`, body)).json
const shipWish = (id: string, more: Record<string, unknown> = {}) => ({
  order_key: { order_number_type: 2, transaction_id: id },
  logistics_type: 1,
  delivery_mode: 1,
  shipping_list: [{ tracking_no: 'YT0000000001', express_company: 'YTO', item_desc: '普洱熟茶饼*1' }],
  upload_time: new Date(standin.now()).toISOString(),
  payer: { openid },
  ...more,
})

describe('commission', () => {
  test('waits for settlement, is shared a moment after, and frees the rest', async () => {
    const { id } = await paid()
    const soon = await merchant.post(SHARES, shareWish(id, 500))
    expect([soon.status, soon.json.message]).toEqual([400, '订单处理中，暂时无法分账，请稍后再试'])
    await standin.advance(61_000)
    const early = await merchant.post(SHARES, shareWish(id, 500))
    expect(early.json.message).toContain('请等待用户确认收货')
    await merchant.sim('settle', { transaction_id: id })
    expect(await unsplit(id)).toBe(9940)
    const wish = shareWish(id, 500)
    const placed = await merchant.post(SHARES, wish)
    expect(placed.json).toMatchObject({ status: 'PROCESSING', receivers: [{ result: 'PENDING' }] })
    expect((await merchant.post(SHARES, wish)).json.order_id).toBe(placed.json.order_id)
    expect((await merchant.post(SHARES, { ...wish, finish: false })).json.code).toBe('INVALID_REQUEST')
    expect(await unsplit(id)).toBe(9440)
    await standin.advance(1000)
    const asked = await merchant.get(`${SHARES}?sub_mchid=${SELLER}&transaction_id=${id}&out_order_no=${wish.out_order_no}`)
    expect(asked.json).toMatchObject({ status: 'FINISHED', receivers: [{ result: 'SUCCESS', amount: 500 }] })
    expect(await purse(id)).toMatchObject({ paid: 10_000, frozen: 0, shared: 500, released: 9440, fee: 60 })
    expect((await merchant.post(SHARES, shareWish(id, 1))).json.message).toBe('订单已完结分账')
  })

  test('is limited to thirty per cent in all, and to what is left', async () => {
    const { id } = await settled()
    expect((await merchant.post(SHARES, shareWish(id, 3001))).json.code).toBe('RULE_LIMIT')
    expect((await merchant.post(SHARES, shareWish(id, 2000, { finish: false }))).status).toBe(200)
    expect((await merchant.post(SHARES, shareWish(id, 1001))).json.code).toBe('RULE_LIMIT')
    await merchant.sim('rules', { shareLimitBp: 10_000 })
    expect((await merchant.post(SHARES, shareWish(id, 7941))).json.code).toBe('NOT_ENOUGH')
    await merchant.sim('rules', { shareLimitBp: 3000 })
  })

  test('of a receiver who is not related or not well is CLOSED and stays frozen until finished under a new number', async () => {
    const { id } = await settled()
    const receivers = [
      { type: 'MERCHANT_ID', receiver_account: keys.mchid, amount: 500, description: '服务费' },
      { type: 'MERCHANT_ID', receiver_account: '1999999999', amount: 100, description: '推广' },
    ]
    const wish = shareWish(id, 0, { receivers })
    await merchant.post(SHARES, wish)
    await standin.advance(1000)
    const asked = await merchant.get(`${SHARES}?sub_mchid=${SELLER}&transaction_id=${id}&out_order_no=${wish.out_order_no}`)
    expect(asked.json.status).toBe('FINISHED')
    expect(asked.json.receivers.map((one: { result: string; fail_reason?: string }) => [one.result, one.fail_reason])).toEqual([
      ['SUCCESS', undefined],
      ['CLOSED', 'NO_RELATION'],
    ])
    expect(await unsplit(id)).toBe(9440)
    const finish = (out_order_no: string) =>
      merchant.post('/v3/ecommerce/profitsharing/finish-order', {
        sub_mchid: SELLER,
        transaction_id: id,
        out_order_no,
        description: '完结',
      })
    expect((await finish(wish.out_order_no)).status).toBe(200)
    expect(await unsplit(id)).toBe(9440)
    expect((await finish(fresh('F'))).status).toBe(200)
    expect(await unsplit(id)).toBe(0)
  })

  test('comes back to the seller, once and no more than was shared', async () => {
    const { id } = await settled()
    const wish = shareWish(id, 500)
    await merchant.post(SHARES, wish)
    await standin.advance(1000)
    const back = {
      sub_mchid: SELLER,
      transaction_id: id,
      out_order_no: wish.out_order_no,
      return_mchid: keys.mchid,
      amount: 500,
      description: '退款',
    }
    const number = fresh('B')
    expect((await merchant.post('/v3/ecommerce/profitsharing/returnorders', { ...back, out_return_no: number })).json.result).toBe(
      'PROCESSING',
    )
    await standin.advance(1000)
    const asked = await merchant.get(
      `/v3/ecommerce/profitsharing/returnorders?sub_mchid=${SELLER}&out_return_no=${number}&out_order_no=${wish.out_order_no}`,
    )
    expect(asked.json.result).toBe('SUCCESS')
    expect((await merchant.post('/v3/ecommerce/profitsharing/returnorders', { ...back, out_return_no: fresh('B') })).json.code).toBe(
      'NOT_ENOUGH',
    )
    expect(await purse(id)).toMatchObject({ shared: 0, released: 9940 })
    const refund = await merchant.post('/v3/ecommerce/refunds/apply', {
      sub_mchid: SELLER,
      sp_appid: keys.appid,
      transaction_id: id,
      out_refund_no: fresh('R'),
      amount: { refund: 10_000, total: 10_000, currency: 'CNY' },
    })
    expect(refund.status).toBe(200)
    expect(await purse(id)).toMatchObject({ refunded: 10_000, released: 0, fee: 0 })
  })

  test('a refund that the seller cannot pay is NOT_ENOUGH, unless the platform advances it', async () => {
    const orderOf = async (seller: string) => {
      const { subs } = await paidOrder(merchant, openid, ear, [10_000], undefined, seller)
      return subs[0]!.transaction_id
    }
    const seller = '1900000188'
    const id = await orderOf(seller)
    await standin.advance(61_000)
    await merchant.sim('settle', { transaction_id: id })
    await merchant.post(SHARES, { ...shareWish(id, 3000), sub_mchid: seller })
    await standin.advance(1000)
    const wish = {
      sub_mchid: seller,
      sp_appid: keys.appid,
      transaction_id: id,
      out_refund_no: fresh('R'),
      amount: { refund: 10_000, total: 10_000, currency: 'CNY' },
    }
    const said = await merchant.post('/v3/ecommerce/refunds/apply', wish)
    expect([said.status, said.json.code]).toEqual([403, 'NOT_ENOUGH'])
    expect((await merchant.post('/v3/ecommerce/refunds/apply', { ...wish, refund_account: 'REFUND_SOURCE_PARTNER_ADVANCE' })).status).toBe(
      200,
    )
    expect(await purse(id)).toMatchObject({ shared: 3000, refunded: 10_000, toppedUp: 3000 })
  })

  test('what nobody finishes is free after 180 days', async () => {
    const { id } = await paid()
    await standin.advance(180 * 86_400_000)
    expect(await purse(id)).toMatchObject({ frozen: 0, released: 9940 })
  })
})

describe('shipping', () => {
  test('is unknown for a minute, then goes out, arrives by the buyer’s word and settles', async () => {
    const { id } = await paid()
    expect((await sec('upload_shipping_info', shipWish(id))).errcode).toBe(10060001)
    expect((await sec('get_order', { transaction_id: id })).errcode).toBe(10060001)
    await standin.advance(60_000)
    expect((await sec('get_order', { transaction_id: id })).order).toMatchObject({ order_state: 1, openid, paid_amount: 10_000 })
    expect((await sec('upload_shipping_info', shipWish(id))).errcode).toBe(0)
    expect((await sec('get_order', { transaction_id: id })).order).toMatchObject({
      order_state: 2,
      shipping: { finish_shipping: true, finish_shipping_count: 1, shipping_list: [{ tracking_no: 'YT0000000001' }] },
    })
    expect(await merchant.sim('confirm-receipt', { transaction_id: id })).toEqual({ status: 'success' })
    expect((await sec('get_order', { transaction_id: id })).order.order_state).toBe(3)
    await standin.advance(1000)
    expect((await sec('get_order', { transaction_id: id })).order.order_state).toBe(4)
    expect((await merchant.post(SHARES, shareWish(id, 500))).status).toBe(200)
    expect((await sec('upload_shipping_info', shipWish(id))).errcode).toBe(10060002)
  })

  test('is received by itself ten days after the parcel', async () => {
    const { id } = await paid()
    await standin.advance(60_000)
    await sec('upload_shipping_info', shipWish(id))
    await standin.advance(10 * 86_400_000 - 1000)
    expect((await sec('get_order', { transaction_id: id })).order.order_state).toBe(2)
    await standin.advance(2000)
    expect((await sec('get_order', { transaction_id: id })).order.order_state).toBe(4)
  })

  test('is told anew once: unchanged, older and third uploads are refused', async () => {
    const { id } = await paid()
    await standin.advance(60_000)
    const first = shipWish(id)
    expect((await sec('upload_shipping_info', first)).errcode).toBe(0)
    expect((await sec('upload_shipping_info', first)).errcode).toBe(268485216)
    await standin.advance(1000)
    expect((await sec('upload_shipping_info', shipWish(id))).errcode).toBe(10060023)
    const other = (n: number) => ({ shipping_list: [{ tracking_no: `ZT${n}`, express_company: 'ZTO', item_desc: '茶' }] })
    expect((await sec('upload_shipping_info', shipWish(id, other(1)))).errcode).toBe(0)
    await standin.advance(1000)
    expect((await sec('upload_shipping_info', shipWish(id, other(2)))).errcode).toBe(10060003)
  })

  test('split parcels add up until all are out', async () => {
    const { id } = await paid()
    await standin.advance(60_000)
    const part = async (n: number, is_all_delivered: boolean) => {
      await standin.advance(1000)
      const shipping_list = [{ tracking_no: `YT${n}`, express_company: 'YTO', item_desc: `第${n}件` }]
      return (await sec('upload_shipping_info', shipWish(id, { delivery_mode: 2, is_all_delivered, shipping_list }))).errcode
    }
    expect(await part(1, false)).toBe(0)
    expect((await sec('get_order', { transaction_id: id })).order.order_state).toBe(1)
    expect(await part(1, false)).toBe(10060023)
    expect(await part(2, true)).toBe(0)
    const { order } = await sec('get_order', { transaction_id: id })
    expect([order.order_state, order.shipping.shipping_list.length]).toEqual([2, 2])
  })

  test('by number names the seller, by SF a contact, and belongs to its payer', async () => {
    const { id, outTradeNo } = await paid()
    await standin.advance(60_000)
    const byNumber = (mchid: string) => shipWish(id, { order_key: { order_number_type: 1, mchid, out_trade_no: outTradeNo } })
    expect((await sec('upload_shipping_info', byNumber(keys.mchid))).errcode).toBe(10060001)
    expect((await sec('upload_shipping_info', shipWish(id, { payer: { openid: 'oOther' } }))).errcode).toBe(10060031)
    const sf = (contact?: unknown) =>
      shipWish(id, { shipping_list: [{ tracking_no: 'SF1', express_company: 'SF', item_desc: '茶', contact }] })
    expect((await sec('upload_shipping_info', sf())).errcode).toBe(10060014)
    expect((await sec('upload_shipping_info', shipWish(id, { delivery_mode: 2, logistics_type: 2, is_all_delivered: true }))).errcode).toBe(
      10060006,
    )
    expect((await sec('upload_shipping_info', byNumber(SELLER))).errcode).toBe(0)
    await standin.advance(1000)
    expect((await sec('upload_shipping_info', sf({ receiver_contact: '138****1234' }))).errcode).toBe(0)
  })

  test('of a combined order may be wanted in one call only', async () => {
    const { id, order } = await paid()
    await standin.advance(60_000)
    await merchant.sim('rules', { combinedShippingOnly: true })
    expect((await sec('upload_shipping_info', shipWish(id))).errcode).toBe(10060001)
    const { payer, upload_time, ...sub } = shipWish(id)
    const order_key = { order_number_type: 1, mchid: keys.mchid, out_trade_no: order.combine_out_trade_no }
    expect((await sec('upload_combined_shipping_info', { order_key, sub_orders: [sub], payer, upload_time })).errcode).toBe(0)
    expect((await sec('get_order', { transaction_id: id })).order.order_state).toBe(2)
    expect((await sec('notify_confirm_receive', { transaction_id: id, received_time: Math.floor(standin.now() / 1000) })).errcode).toBe(0)
    const list = await sec('get_order_list', { openid, order_state: 2, page_size: 100 })
    expect(list.order_list.map((one: { transaction_id: string }) => one.transaction_id)).toContain(id)
  })

  test('of a refunded order is refused', async () => {
    const { id } = await paid()
    await merchant.post('/v3/ecommerce/refunds/apply', {
      sub_mchid: SELLER,
      sp_appid: keys.appid,
      transaction_id: id,
      out_refund_no: fresh('R'),
      amount: { refund: 10_000, total: 10_000, currency: 'CNY' },
    })
    await standin.advance(60_000)
    expect((await sec('upload_shipping_info', shipWish(id))).errcode).toBe(10060004)
    expect((await sec('get_order', { transaction_id: id })).order.order_state).toBe(5)
  })
})

describe('the trade bill', () => {
  const shanghaiDay = (at: number) => new Date(at + 8 * 3600_000).toISOString().slice(0, 10)
  const fetchBill = async (day: string, more = '') => {
    const said = await merchant.get(`/v3/bill/tradebill?bill_date=${day}&bill_type=ALL${more}`)
    if (said.status !== 200) return { code: said.json.code as string, lines: [] as string[] }
    const url = new URL(said.json.download_url)
    const message = `${url.pathname}${url.search}`
    const file = await merchant.call('GET', message)
    expect(file.headers.get('wechatpay-signature')).toBeNull()
    const response = await fetch(said.json.download_url)
    expect(response.status).toBe(401)
    return { code: 'OK', lines: file.text.trimEnd().split('\r\n'), text: file.text, hash: said.json.hash_value as string }
  }

  test('holds the day’s payments and refunds in yuan, adds up, and matches its hash', async () => {
    const { id } = await paid(12_345)
    const day = shanghaiDay(standin.now())
    await merchant.post('/v3/ecommerce/refunds/apply', {
      sub_mchid: SELLER,
      sp_appid: keys.appid,
      transaction_id: id,
      out_refund_no: fresh('R'),
      amount: { refund: 345, total: 12_345, currency: 'CNY' },
    })
    expect((await fetchBill(day)).code).toBe('STATEMENT_CREATING')
    await standin.advance(36 * 3600_000)
    const bill = await fetchBill(day)
    const rows = bill.lines.slice(1, -2).map((row) => row.split(',').map((cell) => cell.replace(/^`/, '')))
    const mine = rows.filter((row) => row[5] === id)
    expect(mine.map((row) => [row[9], row[12], row[16], row[22]])).toEqual([
      ['SUCCESS', '123.45', '0.00', '0.74000'],
      ['REFUND', '0.00', '3.45', '-0.02000'],
    ])
    const summary = bill.lines.at(-1)!.split(',')
    expect(summary[0]).toBe(`\`${rows.length}`)
    // fetch drops the byte order mark; the hash is over the file with it.
    expect(createHash('sha1').update(`\ufeff${bill.text!}`).digest('hex')).toBe(bill.hash)
    await merchant.sim('bills/edit', { day, kind: 'missing', transaction_id: id })
    await merchant.sim('bills/edit', {
      day,
      kind: 'extra',
      transaction_id: '4200000000202603020000000001',
      out_trade_no: 'SX1',
      sub_mchid: SELLER,
      fen: 990,
    })
    const edited = await fetchBill(day)
    expect(edited.lines.filter((row) => row.includes(id))).toHaveLength(1)
    expect(edited.lines.some((row) => row.includes('`SX1') && row.includes('`9.90'))).toBe(true)
  })

  test('may be packed; the hash is over the unpacked file', async () => {
    await paid(100)
    const day = shanghaiDay(standin.now())
    await standin.advance(36 * 3600_000)
    const said = await merchant.get(`/v3/bill/tradebill?bill_date=${day}&tar_type=GZIP`)
    const path = said.json.download_url.slice(standin.pay.length)
    const bytes = await merchant.bytes(path)
    expect(createHash('sha1').update(gunzipSync(bytes)).digest('hex')).toBe(said.json.hash_value)
  })

  test('of a day without trades does not exist', async () => {
    await standin.advance(5 * 86_400_000)
    expect((await fetchBill(shanghaiDay(standin.now() - 2 * 86_400_000))).code).toBe('NO_STATEMENT_EXIST')
  })
})
