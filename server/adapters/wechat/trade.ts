import { z } from 'zod'
import type { TradePort, TradeStage } from '../../ports/trade.ts'
import { OutsideTrouble } from '../../ports/trouble.ts'
import type { WechatApi } from './apiTransport.ts'

const done = z.object({})
const found = z.object({ order: z.object({ order_state: z.number().int() }) })

/** order_state of wechat.md §7.2; 6 is the wait between receipt and settlement. */
const stages: Record<number, TradeStage> = { 1: 'toShip', 2: 'shipped', 3: 'received', 4: 'settled', 5: 'refunded', 6: 'received' }

/** Usual for about a minute after the payment. */
const NOT_KNOWN = '10060001'
/** It stands there already, word for word. */
const UNCHANGED = '10060023'
/** Received or refunded meanwhile: there is nothing to tell any more. */
const OVER = new Set(['10060002', '10060004'])

/** Reminded before, received meanwhile, or not to be reminded of. */
const NOT_REMINDED = new Set(['10060002', '10060004', '10060014'])

const GOODS_LENGTH = 120
const masked = (phone: string): string => `${phone.slice(0, -8).padEnd(3, '*').slice(0, 3)}****${phone.slice(-4)}`

/** RFC 3339 with milliseconds, in China's time. */
const rfc3339 = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().replace('Z', '+08:00')

/** Shipping information management 发货信息管理服务 (wechat.md §7). */
export const createWechatTrade = (options: { api: WechatApi; mchid: string }): TradePort => {
  const { api, mchid } = options
  return {
    tellShipped: async (ask) => {
      const parcels = ask.parcels.map((p) => ({
        tracking_no: p.trackingNo,
        express_company: p.courier,
        item_desc: [...p.goods].slice(0, GOODS_LENGTH).join(''),
        contact: { receiver_contact: masked(p.receiverPhone) },
      }))
      const what = {
        logistics_type: 1,
        delivery_mode: parcels.length === 1 ? 1 : 2,
        is_all_delivered: true,
        shipping_list: parcels,
      }
      const about = { upload_time: rfc3339(ask.at), payer: { openid: ask.buyerOpenid } }
      const number = (merchant: string, no: string) => ({ order_number_type: 1, mchid: merchant, out_trade_no: no })
      try {
        if (ask.way === 'single') {
          const order_key = { order_number_type: 2, transaction_id: ask.transactionId }
          await api.withToken('tellShipped', '/wxa/sec/order/upload_shipping_info', { order_key, ...what, ...about }, done)
        } else {
          const sub_orders = [{ order_key: number(ask.subMerchant, ask.partNo), ...what }]
          const body = { order_key: number(mchid, ask.paymentNo), sub_orders, ...about }
          await api.withToken('tellShipped', '/wxa/sec/order/upload_combined_shipping_info', body, done)
        }
      } catch (error) {
        if (!(error instanceof OutsideTrouble)) throw error
        if (error.code === UNCHANGED) return
        if (error.code === NOT_KNOWN) throw new OutsideTrouble(error.system, 'notYet', error.message)
        if (OVER.has(error.code)) throw new OutsideTrouble(error.system, 'over', error.message)
        throw error
      }
    },
    remindReceipt: async ({ transactionId, receivedAt }) => {
      const body = { transaction_id: transactionId, received_time: Math.floor(receivedAt / 1000) }
      try {
        await api.withToken('remindReceipt', '/wxa/sec/order/notify_confirm_receive', body, done)
      } catch (error) {
        if (error instanceof OutsideTrouble && NOT_REMINDED.has(error.code)) return
        throw error
      }
    },
    findTrade: async (transactionId) => {
      try {
        const { order } = await api.withToken('findTrade', '/wxa/sec/order/get_order', { transaction_id: transactionId }, found)
        return stages[order.order_state] ?? 'unknown'
      } catch (error) {
        if (error instanceof OutsideTrouble && error.code === NOT_KNOWN) return 'unknown'
        throw error
      }
    },
  }
}
