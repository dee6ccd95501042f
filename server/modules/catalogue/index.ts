/**
 * The catalogue: what shops sell, in which approved wording, and how much of it is left.
 * Promises: only an approved revision is sold; a revision that a reviewer may have seen never changes; stock is never oversold, and
 * left = opening + the sum of its moves.
 * Leaves to others: the verdict (moderation), the order and its price (orders), pictures (assets).
 */

export { release, reserve, sell } from './reserve.ts'
export { listingIdsAfter, type Searchable, searchables } from './searchables.ts'
export {
  hillsOf,
  type ListingCard,
  type ListingFilter,
  listingCards,
  type Sellable,
  type ShelfAsk,
  type ShelfSort,
  type ShelvedCard,
  sellables,
  shelfPage,
  stockOf,
} from './shelf.ts'
