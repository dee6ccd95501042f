/** The lives of an order 订单 (one tap, one payment) and of a sub-order 子订单 (one shop's part). */
import { defineFlow, type StateOf } from '../flow.ts'

export const orderFlow = defineFlow({
  unpaid: { pay: { to: 'paid', by: ['platform'] }, cancel: { to: 'closed', by: ['buyer'] }, expire: { to: 'closed', by: ['clock'] } },
  paid: {},
  closed: {},
})
export type OrderState = StateOf<typeof orderFlow>

export const subOrderFlow = defineFlow({
  unpaid: { pay: { to: 'toShip', by: ['platform'] }, close: { to: 'closed', by: ['platform'] } },
  toShip: { ship: { to: 'shipped', by: ['shop'] }, lapse: { to: 'closed', by: ['clock'] }, refund: { to: 'closed', by: ['platform'] } },
  shipped: { receive: { to: 'completed', by: ['buyer', 'clock'] } },
  completed: {},
  closed: {},
})
export type SubOrderState = StateOf<typeof subOrderFlow>
