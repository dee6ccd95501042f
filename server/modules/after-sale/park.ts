/** Doors of after-sale for park staff: what the two could not settle. */
import { z } from 'zod'
import { afterSaleLimits as limits } from '../../../shared/after-sale/limits.ts'
import { idInput, parkProcedure, router, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { decideCase } from './ask.ts'
import { caseOfPark, cases, evidence } from './queries.ts'

const desk = parkProcedure('service', 'reviewer')
const one = z.strictObject({ afterSaleId: idInput('AfterSale') })

export const park = router({
  list: desk
    .input(z.strictObject({ filter: z.enum(['ours', 'theirs', 'park', 'over']).default('park'), ...pageInput }))
    .query(({ ctx, input: { filter, ...page } }) => cases(ctx.app, null, filter, page)),
  one: desk.input(one).query(({ ctx, input }) => caseOfPark(ctx.app, input.afterSaleId)),
  decide: desk
    .input(
      z.strictObject({
        afterSaleId: idInput('AfterSale'),
        verdict: z.enum(['uphold', 'reject']),
        words: textInput(limits.words.min, limits.words.max),
      }),
    )
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => decideCase(work, input.afterSaleId, input.verdict, input.words))),
  evidence: desk.input(one).query(({ ctx, input }) => evidence(ctx.app, input.afterSaleId)),
})
