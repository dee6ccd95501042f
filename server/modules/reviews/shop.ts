/** Doors of reviews for shop members: to read, to answer, to report. There is none to change, hide or delete (E-Commerce Law art. 39). */
import { z } from 'zod'
import { reviewLimits as limits } from '../../../shared/reviews/draft.ts'
import { idInput, router, shopProcedure, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { answerReview, reportReview } from './answer-review.ts'
import { reviewsOfShop } from './queries.ts'

const one = { shopId: idInput('Shop'), reviewId: idInput('Review') }

export const shop = router({
  list: shopProcedure()
    .input(z.strictObject({ shopId: idInput('Shop'), filter: z.enum(['all', 'low', 'unanswered']).default('all'), ...pageInput }))
    .query(({ ctx, input: { filter, ...page } }) => reviewsOfShop(ctx.app, ctx.shopId, filter, page)),
  answer: shopProcedure('owner', 'assistant')
    .input(z.strictObject({ ...one, text: textInput(limits.answer.min, limits.answer.max) }))
    .mutation(({ ctx, input }) => answerReview(ctx.app, ctx.by, { ...input, shopId: ctx.shopId, userId: ctx.userId })),
  report: shopProcedure('owner', 'assistant')
    .input(z.strictObject({ ...one, report: textInput(limits.report.min, limits.report.max) }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => reportReview(work, { ...input, shopId: ctx.shopId }))),
})
