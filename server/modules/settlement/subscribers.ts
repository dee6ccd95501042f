/** What settlement does when something happened. */
import type { Subscriber } from '../../platform/app.ts'
import { bookCompleted, bookPaid, bookRefunded } from './book.ts'

export const subscribers: readonly Subscriber[] = [
  {
    name: 'settlement.book-paid',
    on: 'order.paid',
    hear: async (work, event) => {
      for (const part of event.facts.subOrders) await bookPaid(work, part.shopId, part.subOrderId, part.payableFen)
    },
  },
  {
    name: 'settlement.book-completed',
    on: 'suborder.completed',
    hear: (work, { facts }) => bookCompleted(work, facts.shopId, facts.subOrderId, facts.payableFen, facts.commissionBp),
  },
  {
    name: 'settlement.book-refunded',
    on: 'refund.done',
    hear: (work, { facts }) => bookRefunded(work, facts.refundId, facts.shopId, facts.subOrderId, facts.amountFen),
  },
]
