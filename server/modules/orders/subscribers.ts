/** What orders does when something happened. */
import type { Subscriber } from '../../platform/app.ts'
import { markPaid } from './mark-paid.ts'

export const subscribers: readonly Subscriber[] = [
  { name: 'orders.mark-paid', on: 'payment.settled', hear: (work, event) => markPaid(work, event.facts.orderId, event.facts.paymentId) },
]
