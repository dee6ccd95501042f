/** Telling WeChat of parcels, and asking how far it sees a sale, over real sockets: what is promised of the trade port. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createWechatTrade } from '../../server/adapters/wechat/trade.ts'
import type { PaymentPort } from '../../server/ports/payment.ts'
import type { ShippedAsk, TradePort } from '../../server/ports/trade.ts'
import { fen } from '../../shared/money.ts'
import { DAY, after as later, MINUTE, SECOND } from '../../shared/time.ts'
import { keys, openWechat, type WechatWorld } from './wechat-world.ts'

let wechat: WechatWorld
let payment: PaymentPort
let trade: TradePort
let openid: string
let made = 0

beforeAll(async () => {
  wechat = await openWechat()
  payment = wechat.payment()
  trade = createWechatTrade({ api: wechat.api(), mchid: keys.mchid })
  openid = (await wechat.sim<{ openid: string }>('users', { key: 'buyer' })).openid
})
afterAll(() => wechat.close())
beforeEach(async () => {
  await wechat.calm()
  await wechat.sim('rules', { combinedShippingOnly: false })
  await wechat.forget()
})

/** A payment over two shops that was made just now. */
const paid = async () => {
  made++
  const paymentNo = `P20260302${String(made).padStart(6, '0')}`
  const parts = ['1900001000', '1900002000'].map((subMerchant, i) => ({
    partNo: `S20260302${String(made).padStart(6, '0')}${i}`,
    subMerchant,
    description: '生茶饼',
    amount: fen(16_800),
  }))
  const expiresAt = later(wechat.clock.now(), 16 * MINUTE)
  const notifyUrl = 'http://127.0.0.1:9/nobody'
  const { prepayId } = await payment.open({ paymentNo, buyerOpenid: openid, buyerAddress: '203.0.113.9', parts, expiresAt, notifyUrl })
  await wechat.sim('pay', { prepay_id: prepayId })
  const { parts: found } = await payment.find(paymentNo)
  return parts.map(({ partNo, subMerchant }, i) => ({ transactionId: found[i]?.transactionId ?? '', paymentNo, partNo, subMerchant }))
}
const known = async () => {
  const parts = await paid()
  await wechat.advance(61 * SECOND)
  return parts
}
const parcel = (n: number, courier = 'YTO') => ({
  courier,
  trackingNo: `${courier}000000000${n}`,
  goods: '古树生茶饼×1饼',
  receiverPhone: '13888880001',
})
const asking = (part: Awaited<ReturnType<typeof paid>>[number], more: Partial<ShippedAsk> = {}): ShippedAsk => ({
  ...part,
  buyerOpenid: openid,
  at: wechat.clock.now(),
  parcels: [parcel(1)],
  way: 'single',
  ...more,
})
const bodies = async (path: string) => (await wechat.calls(path)).map((call) => JSON.parse(call.body))

describe('a parcel', () => {
  test('of a payment that WeChat does not know yet is not taken yet, and is taken a minute later', async () => {
    const [part] = await paid()
    await expect(trade.tellShipped(asking(part!))).rejects.toMatchObject({ code: 'notYet' })
    expect(await trade.findTrade(part!.transactionId)).toBe('unknown')
    await wechat.advance(61 * SECOND)
    expect(await trade.findTrade(part!.transactionId)).toBe('toShip')
    await trade.tellShipped(asking(part!))
    expect(await trade.findTrade(part!.transactionId)).toBe('shipped')
  })

  test('told twice is told once', async () => {
    const [part] = await known()
    await trade.tellShipped(asking(part!))
    await wechat.advance(SECOND)
    await trade.tellShipped(asking(part!))
    await wechat.advance(SECOND)
    await trade.tellShipped(asking(part!, { parcels: [parcel(2)] }))
    expect(await trade.findTrade(part!.transactionId)).toBe('shipped')
  })

  test('may be put right once; the next time WeChat says no', async () => {
    const [part] = await known()
    for (const n of [1, 2]) {
      await trade.tellShipped(asking(part!, { parcels: [parcel(n)] }))
      await wechat.advance(SECOND)
    }
    await expect(trade.tellShipped(asking(part!, { parcels: [parcel(3)] }))).rejects.toMatchObject({ code: '10060003', unknown: false })
  })

  test('among several goes with the others in one call', async () => {
    const [part] = await known()
    await trade.tellShipped(asking(part!, { parcels: [parcel(1), parcel(2, 'SF'), parcel(3)] }))
    const [told] = await bodies('/wxa/sec/order/upload_shipping_info')
    expect(told).toMatchObject({ delivery_mode: 2, is_all_delivered: true })
    expect(told.shipping_list.map((p: { tracking_no: string }) => p.tracking_no)).toEqual([
      'YTO0000000001',
      'SF0000000002',
      'YTO0000000003',
    ])
    expect(await trade.findTrade(part!.transactionId)).toBe('shipped')
  })

  test('names its receiver’s number struck out, and no more goods than WeChat reads', async () => {
    const [part] = await known()
    await trade.tellShipped(asking(part!, { parcels: [{ ...parcel(1, 'SF'), goods: '茶𠮷'.repeat(200) }] }))
    const [told] = await bodies('/wxa/sec/order/upload_shipping_info')
    expect(told.shipping_list[0].contact).toEqual({ receiver_contact: '138****0001' })
    expect([...told.shipping_list[0].item_desc]).toHaveLength(120)
    expect(JSON.stringify(told)).not.toContain('13888880001')
  })

  test('of one shop goes under the number of the whole payment where WeChat wants that, and says nothing of the other shop', async () => {
    const [one, other] = await known()
    await wechat.sim('rules', { combinedShippingOnly: true })
    await expect(trade.tellShipped(asking(one!))).rejects.toMatchObject({ code: 'notYet' })
    await trade.tellShipped(asking(one!, { way: 'combined' }))
    expect(await trade.findTrade(one!.transactionId)).toBe('shipped')
    expect(await trade.findTrade(other!.transactionId)).toBe('toShip')
  })
})

describe('a parcel that has come', () => {
  test('is a reminder for the buyer, once, and changes nothing of the sale', async () => {
    const [part] = await known()
    await trade.tellShipped(asking(part!))
    await wechat.advance(DAY)
    const ask = { transactionId: part!.transactionId, receivedAt: wechat.clock.now() }
    for (let i = 0; i < 2; i++) await trade.remindReceipt(ask)
    expect(await bodies('/wxa/sec/order/notify_confirm_receive')).toHaveLength(2)
    expect(await trade.findTrade(part!.transactionId)).toBe('shipped')
    await wechat.sim('confirm-receipt', { transaction_id: part!.transactionId })
    await trade.remindReceipt(ask)
  })
})

describe('how far a sale is', () => {
  test('is read as WeChat says it: received, then settled', async () => {
    const [part] = await known()
    await trade.tellShipped(asking(part!))
    await wechat.sim('confirm-receipt', { transaction_id: part!.transactionId })
    expect(await trade.findTrade(part!.transactionId)).toBe('received')
    await wechat.advance(2 * SECOND)
    expect(await trade.findTrade(part!.transactionId)).toBe('settled')
    await expect(trade.tellShipped(asking(part!, { parcels: [parcel(2)] }))).rejects.toMatchObject({ code: 'over' })
  })

  test('goes on by itself ten days after the parcel', async () => {
    const [part] = await known()
    await trade.tellShipped(asking(part!))
    await wechat.advance(10 * DAY - SECOND)
    expect(await trade.findTrade(part!.transactionId)).toBe('shipped')
    await wechat.advance(3 * SECOND)
    expect(await trade.findTrade(part!.transactionId)).toBe('received')
    await wechat.advance(3 * SECOND)
    expect(await trade.findTrade(part!.transactionId)).toBe('settled')
  })

  test('that was refunded is over', async () => {
    const [part] = await known()
    await payment.refund({
      ...{ refundNo: 'R20260302000001', transactionId: part!.transactionId, subMerchant: part!.subMerchant, reason: '不要了' },
      ...{ amount: fen(16_800), total: fen(16_800), notifyUrl: 'http://127.0.0.1:9/nobody' },
    })
    await wechat.advance(MINUTE)
    expect(await trade.findTrade(part!.transactionId)).toBe('refunded')
    await expect(trade.tellShipped(asking(part!))).rejects.toMatchObject({ code: 'over' })
  })

  test('with an answer that makes no sense, or none, is trouble outside and no stage', async () => {
    const [part] = await known()
    for (const kind of ['bad-gateway', 'malformed']) {
      await wechat.fault('POST /wxa/sec/order/get_order', kind, { times: 9 })
      await expect(trade.findTrade(part!.transactionId)).rejects.toMatchObject({ name: 'OutsideTrouble' })
      await wechat.calm()
    }
  })
})
