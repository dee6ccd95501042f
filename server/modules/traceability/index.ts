/**
 * Traceability: where tea comes from. Plots with what a year of them gives, batches with what they consist of, verified by park staff.
 * Promises: no batch is made of more than its plots' years and parents have, no more is listed of it than was made, in whatever order things happen.
 * Leaves to others: what is sold of a batch and to whom (catalogue, orders), the tenants' papers (tenants).
 */
export { type BatchFacts, batchesOf, mustOwn, newestBatches, verifiedBatches } from './facts.ts'
export { listGrams } from './list-grams.ts'
