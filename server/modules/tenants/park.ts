/** Doors of tenants for park staff. */
import { z } from 'zod'
import { SHOP_REASON_MAX } from '../../../shared/tenants/limits.ts'
import { idInput, parkProcedure, router, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { listTenants, shopHistory } from './queries.ts'
import { reopenShop, suspendShop } from './suspend-shop.ts'

const move = z.strictObject({ shopId: idInput('Shop'), reason: textInput(2, SHOP_REASON_MAX) })

import { paperLimits } from '../../../shared/tenants/paper-limits.ts'
import { decidePaper, withdrawPaper } from './decide-paper.ts'
import { endingPapers, onePaper, paperQueue } from './paper-queries.ts'

const reviewer = parkProcedure('reviewer')
const paperId = idInput('Paper')
const reasons = textInput(0, paperLimits.reasons)

export const park = router({
  list: parkProcedure()
    .input(z.strictObject(pageInput))
    .query(({ ctx, input }) => listTenants(ctx.app, input)),
  history: parkProcedure()
    .input(z.strictObject({ shopId: idInput('Shop'), ...pageInput }))
    .query(({ ctx, input }) => shopHistory(ctx.app, input.shopId, input)),
  suspend: parkProcedure('reviewer')
    .input(move)
    .mutation(async ({ ctx, input }) => ({ state: await ctx.app.work(ctx.by, (work) => suspendShop(work, input)) })),
  reopen: parkProcedure('reviewer')
    .input(move)
    .mutation(async ({ ctx, input }) => ({ state: await ctx.app.work(ctx.by, (work) => reopenShop(work, input)) })),
  papers: reviewer
    .input(
      z.strictObject({ state: z.enum(['inReview', 'verified', 'rejected', 'expired', 'withdrawn']).default('inReview'), ...pageInput }),
    )
    .query(({ ctx, input }) => paperQueue(ctx.app, input.state, input)),
  endingPapers: reviewer.input(z.strictObject(pageInput)).query(({ ctx, input }) => endingPapers(ctx.app, input)),
  paper: reviewer.input(z.strictObject({ paperId })).query(({ ctx, input }) => onePaper(ctx.app, input.paperId)),
  decidePaper: reviewer
    .input(
      z.strictObject({
        paperId,
        version: z.number().int().min(1).max(1_000_000),
        verdict: z.enum(['verify', 'reject']),
        reasons: reasons.default(''),
      }),
    )
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => decidePaper(work, { ...input, reviewer: ctx.userId }))),
  withdrawPaper: reviewer
    .input(z.strictObject({ paperId, reasons }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => withdrawPaper(work, { ...input, reviewer: ctx.userId }))),
})
