/** Doors of settlement for park staff. */
import { z } from 'zod'
import { idInput, parkProcedure, router, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { auditBooks, latestAudit } from './audit.ts'
import { explainDifference } from './explain-difference.ts'
import { houseState, listBillDays, listDifferences, overview, stuck } from './queries.ts'
import { taxFile, taxReport } from './statement.ts'

const ofQuarter = z.strictObject({ quarter: z.string().regex(/^\d{4}Q[1-4]$/, '请选择季度') })
const finance = parkProcedure('finance')

export const park = router({
  overview: finance.query(({ ctx }) => overview(ctx.app)),
  house: parkProcedure().query(({ ctx }) => houseState(ctx.app)),
  taxReport: finance.input(ofQuarter).query(({ ctx, input }) => taxReport(ctx.app, input.quarter)),
  taxFile: finance.input(ofQuarter).query(({ ctx, input }) => taxFile(ctx.app, input.quarter)),
  audit: finance.query(({ ctx }) => latestAudit(ctx.app)),
  runAudit: finance.input(z.strictObject({})).mutation(async ({ ctx }) => {
    await auditBooks(ctx.app)
    return latestAudit(ctx.app)
  }),
  stuck: finance.query(({ ctx }) => stuck(ctx.app)),
  billDays: finance.query(({ ctx }) => listBillDays(ctx.app)),
  differences: finance
    .input(z.strictObject({ state: z.enum(['open', 'explained']).default('open'), ...pageInput }))
    .query(({ ctx, input }) => listDifferences(ctx.app, input.state, input)),
  explainDifference: finance
    .input(z.strictObject({ differenceId: idInput('Difference'), words: textInput(4, 300) }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => explainDifference(work, { ...input, by: ctx.userId }))),
})
