/**
 * Reviews: what buyers say of what they received, with how they brewed it.
 * Promises: only after receipt, once and once again; nobody but its author reads it before it has been checked; a shop can answer and report and by no
 * door change, hide or delete (E-Commerce Law 电子商务法 art. 39); the park takes down for a lawful reason only, and both sides read it.
 * Leaves to others: what was bought (orders), the verdict (moderation), pictures (assets).
 */
export { writeReview } from './write-review.ts'
