/**
 * The catalogue: what shops sell, in which approved wording, at which price, from which batches, and how much of it is left.
 * Promises: only an approved revision is sold; a revision that a reviewer may have seen never changes; stock is whole base units of a batch, never
 * oversold, and left = opening + the sum of its moves; what a listing opens or adds is taken of its batch in the same work.
 * Leaves to others: what a batch is and may list (traceability), the verdict (moderation), the order and its price (orders), pictures (assets).
 */

export { shopOfListing } from './our-listing.ts'
export { type Allocation, release, reserve, restock, sell, takeForReship } from './reserve.ts'
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
