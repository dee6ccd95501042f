/** Doors of moderation for park staff: the review desk. */
import { z } from 'zod'
import { moderationLimits } from '../../../shared/moderation/limits.ts'
import { riskLevels } from '../../../shared/moderation/risk.ts'
import { idInput, parkProcedure, router, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { decideCase } from './decide-case.ts'
import { oneCase, queue } from './queries.ts'
import { takeCase } from './take-case.ts'

const reviewer = parkProcedure('reviewer')

export const park = router({
  queue: reviewer
    .input(
      z.strictObject({
        state: z.enum(['open', 'approved', 'rejected']).default('open'),
        level: z.enum(riskLevels).optional(),
        subject: z.enum(['listing', 'shopProfile', 'review']).optional(),
        ...pageInput,
      }),
    )
    .query(({ ctx, input }) => queue(ctx.app, input)),
  one: reviewer.input(z.strictObject({ caseId: idInput('Case') })).query(({ ctx, input }) => oneCase(ctx.app, input.caseId)),
  /** Takes a case to read, so that two do not read the same. */
  take: reviewer
    .input(z.strictObject({ caseId: idInput('Case') }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => takeCase(work, input.caseId, ctx.userId))),
  decide: reviewer
    .input(
      z.strictObject({
        caseId: idInput('Case'),
        verdict: z.enum(['approved', 'rejected']),
        reasons: textInput(0, moderationLimits.reasons).default(''),
      }),
    )
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => decideCase(work, { ...input, reviewer: ctx.userId }))),
})
