/**
 * Payments: what a buyer owes through WeChat Pay, and what goes back.
 * Promises: WeChat's word is believed only when signed and fitting; it takes effect once; no call to WeChat is made inside a transaction.
 * Leaves to others: what a payment is for (orders), whose money it becomes (settlement).
 */
export { billOf, linesByNo, type OwnLine, paidBetween, refundsBetween } from './book-lines.ts'
export { syncPayment } from './follow-payments.ts'
export { openSheet } from './open-sheet.ts'
export { preparePayment } from './prepare-payment.ts'
export { refundAll, refundPart, refundsOf } from './refund.ts'
export { hastenShare } from './share.ts'
export { type StuckMoney, stuckMoney } from './stuck.ts'
export { tradeKeyOf } from './trade-keys.ts'
