import type { ActOf } from '../flow.ts'
import type { OrderState, orderFlow, SubOrderState, subOrderFlow } from './flow.ts'

export const orderStateWords: Record<OrderState, string> = { unpaid: '待付款', paid: '已付款', closed: '已关闭' }
export const orderActWords: Record<ActOf<typeof orderFlow>, string> = { pay: '付款', cancel: '取消订单', expire: '超时未付款' }
export const subOrderStateWords: Record<SubOrderState, string> = {
  unpaid: '待付款',
  toShip: '待发货',
  shipped: '已发货',
  completed: '已完成',
  closed: '已关闭',
}
export const subOrderActWords: Record<ActOf<typeof subOrderFlow>, string> = {
  pay: '已付款',
  close: '关闭',
  ship: '发货',
  receive: '确认收货',
  refund: '发货前退款',
  lapse: '预售逾期未发货，自动退款',
}

/** Why an order was closed. */
export const closedBecauseWords = { cancelled: '买家取消', expired: '超时未付款，已自动关闭' } as const
export type ClosedBecause = keyof typeof closedBecauseWords
