/**
 * Freight: what sending a shop's parcels costs, by region and weight.
 * Promises: the quote and the charge come of one pure function and one template.
 * Leaves to others: what an order costs (orders), the parcels themselves (shipping).
 */
export { freightRules } from './queries.ts'
export { saveTemplate } from './save-template.ts'
