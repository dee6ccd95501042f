/**
 * Shipping: parcels from the shop to the buyer.
 * Promises: a parcel is handed over once, by its own shop, for an order that is paid.
 * Leaves to others: when an order counts as received (orders), what WeChat must be told.
 */
export { ship } from './ship.ts'
