/**
 * Orders: from the tap to the parcel received. One order, one payment, one part for each shop.
 * Promises: what is sold is what was shown, at that price; the same request places one order; stock, order and payment agree in one work.
 * Leaves to others: the money's way (payments), the parcel (shipping), whose money it becomes (settlement).
 */

export { type AfterSalePart, afterSalePart, beginAfterSale, endAfterSale, refundLines } from './after-sale.ts'
export { type Bought, boughtLines } from './bought.ts'
export { type BatchBuyer, buyersOfBatch } from './buyers-of-batch.ts'
export { correctWaybill, holdReceipt, markShipped, parcelFacts, subOrderNos, subOrderOfNo } from './mark-shipped.ts'
export { receiveByChannel } from './receive-parcel.ts'
