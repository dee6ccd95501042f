/** What payments does when something happened. */
import type { Subscriber } from '../../platform/app.ts'
import { closePayment } from './follow-payments.ts'
import { applyNotice } from './notices.ts'
import { sendRefund } from './refund.ts'
import { ourselves } from './settle-payment.ts'
import { planShare } from './share.ts'

export const subscribers: readonly Subscriber[] = [
  {
    name: 'payments.apply-notice',
    on: 'payment.noticed',
    act: (app, event) =>
      app.work({ kind: 'outside', system: 'wechat-pay' }, (work) => applyNotice(work, event.facts.noticeId, ourselves(app))),
  },
  {
    name: 'payments.close-with-order',
    on: 'order.closed',
    act: async (app, event) => {
      if (event.facts.paymentId) await closePayment(app, { kind: 'subscriber', name: 'payments.close-with-order' }, event.facts.paymentId)
    },
  },
  { name: 'payments.send-refund', on: 'refund.asked', act: (app, event) => sendRefund(app, event.facts.refundId) },
  { name: 'payments.plan-share', on: 'suborder.completed', hear: (work, event) => planShare(work, event.facts.subOrderId) },
]
