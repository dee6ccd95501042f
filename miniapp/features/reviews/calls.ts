/** The calls of reviews: what was said of a tea, and what one says oneself. */
import type { ListingId, OrderId, OrderLineId } from '@shared/ids.ts'
import type { ReviewFilter } from '@shared/reviews/draft.ts'
import { type In, type Out, trpc } from '../../lib/trpc'

const reviews = trpc.buyer.reviews

type ReviewPage = Out['buyer']['reviews']['of']
export type ReviewRow = ReviewPage['rows'][number]
export type MyReview = Out['buyer']['reviews']['mine']['rows'][number]
export type ReviewLine = Out['buyer']['reviews']['ofOrder'][number]
type Writing = In['buyer']['reviews']['write']

export const reviewsOf = (listingId: ListingId, filter: ReviewFilter, cursor: string | null) =>
  reviews.of.query({ listingId, filter, cursor })
/** The newest two and the sum of all. */
export const someReviews = (listingId: ListingId) => reviews.of.query({ listingId, limit: 2 })
export const myReviews = (cursor: string | null) => reviews.mine.query({ cursor })
export const reviewLines = (orderId: OrderId) => reviews.ofOrder.query({ orderId })
export const reviewLine = (orderLineId: OrderLineId) => reviews.ofLine.query({ orderLineId })
export const writeReview = (review: Writing) => reviews.write.mutate(review)
export const writeFollowUp = ({ stars: _, ...review }: Writing) => reviews.followUp.mutate(review)
