/** What settlement does when something happened. */
import type { Subscriber } from '../../platform/app.ts'
import { bookCompleted, bookPaid, bookPaidLate, bookRefunded, bookShared } from './book.ts'

export const subscribers: readonly Subscriber[] = [
  {
    name: 'settlement.book-paid',
    on: 'order.paid',
    hear: async (work, event) => {
      for (const part of event.facts.subOrders) await bookPaid(work, part, part.payableFen)
    },
  },
  {
    name: 'settlement.book-paid-late',
    on: 'order.paidLate',
    hear: async (work, event) => {
      for (const part of event.facts.subOrders) await bookPaidLate(work, part, part.payableFen)
    },
  },
  { name: 'settlement.book-shared', on: 'share.done', hear: (work, { facts }) => bookShared(work, facts, facts.amountFen) },
  {
    name: 'settlement.book-completed',
    on: 'suborder.completed',
    hear: (work, { facts }) => bookCompleted(work, facts, facts.freightFen, facts.commissionBp),
  },
  {
    name: 'settlement.book-refunded',
    on: 'refund.done',
    hear: (work, { facts }) => bookRefunded(work, facts.refundId, facts, facts.amountFen, facts.commissionBp),
  },
]
