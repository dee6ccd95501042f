/**
 * Search: every tea on the shelf, found by characters, sound, initials and near misses, and narrowed by what the park has verified.
 * Promises: what has left the shelf is not shown; a facet counts what is there and comes from a verified batch; an empty answer names the wish
 * that was dropped and brings the nearest real teas.
 * Leaves to others: what a listing is and how its card looks (catalogue), whether a shop is open (tenants).
 */

export { rebuild } from './keep-rows.ts'
