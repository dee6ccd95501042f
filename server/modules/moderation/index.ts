/**
 * Moderation: one desk for everything that others will read. Down by call (openCase, closeCase), back by event (moderation.decided).
 * Promises: one revision is one case; a verdict falls once, on the wording the reviewer saw; the word list reads at once, the machine soon after.
 * Leaves to others: what a listing is, and what follows from a verdict.
 */
export { checkWords, doubtsIn } from './check-words.ts'
export { type Asked, closeCase, openCase } from './open-case.ts'
export { readingNow } from './park-rules.ts'
