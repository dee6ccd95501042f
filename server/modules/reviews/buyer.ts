/** Doors of reviews for buyers. */
import { z } from 'zod'
import { type BrewNote, brewFields, reviewLimits as limits, reviewFilters } from '../../../shared/reviews/draft.ts'
import { brewWords } from '../../../shared/reviews/words.ts'
import { buyerProcedure, idInput, router, sharedProcedure, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { myReviews, reviewable, reviewsOf } from './queries.ts'
import { writeReview } from './write-review.ts'

/** News of the listing's reviews makes the kept answer stale; so does a shop that goes or comes back. */
const news = (input: unknown): string[] => [(input as { listingId: string }).listingId, 'shop.suspended', 'shop.reopened']

const whole = ({ min, max }: { min: number; max: number }, what: string) =>
  z.number(`${what}应是整数`).int(`${what}应是整数`).min(min, `${what}至少 ${min}`).max(max, `${what}最多 ${max}`)

const brew = z
  .strictObject(
    Object.fromEntries(brewFields.map((f) => [f, whole(limits.brew[f], brewWords[f].words).nullable()])) as Record<
      keyof BrewNote,
      z.ZodNullable<z.ZodNumber>
    >,
  )
  .nullable()

const said = {
  orderLineId: idInput('OrderLine'),
  text: textInput(limits.text.min, limits.text.max),
  pictures: z
    .array(idInput('Asset'))
    .max(limits.pictures, `照片最多 ${limits.pictures} 张`)
    .refine((ids) => new Set(ids).size === ids.length, '同一张照片放了两次'),
  brew,
}

export const buyer = router({
  of: sharedProcedure(news)
    .input(z.strictObject({ listingId: idInput('Listing'), filter: z.enum(reviewFilters).default('all'), ...pageInput }))
    .query(({ ctx, input: { listingId, filter, ...page } }) => reviewsOf(ctx.app, listingId, filter, page)),
  mine: buyerProcedure.input(z.strictObject(pageInput)).query(({ ctx, input }) => myReviews(ctx.app, ctx.userId, input)),
  ofOrder: buyerProcedure
    .input(z.strictObject({ orderId: idInput('Order') }))
    .query(({ ctx, input }) => reviewable(ctx.app, ctx.userId, input)),
  ofLine: buyerProcedure
    .input(z.strictObject({ orderLineId: idInput('OrderLine') }))
    .query(async ({ ctx, input }) => (await reviewable(ctx.app, ctx.userId, input))[0] ?? null),
  write: buyerProcedure
    .input(z.strictObject({ ...said, stars: whole(limits.stars, '星级') }))
    .mutation(({ ctx, input: { orderLineId, ...draft } }) =>
      ctx.app.work(ctx.by, (work) => writeReview(work, { buyerId: ctx.userId, orderLineId, turn: 1, draft })),
    ),
  followUp: buyerProcedure
    .input(z.strictObject(said))
    .mutation(({ ctx, input: { orderLineId, ...draft } }) =>
      ctx.app.work(ctx.by, (work) => writeReview(work, { buyerId: ctx.userId, orderLineId, turn: 2, draft: { ...draft, stars: null } })),
    ),
})
