/** Doors of traceability for park staff: the desk of plots and batches. */
import { z } from 'zod'
import { batchFlow, plotFlow } from '../../../shared/traceability/flow.ts'
import { traceLimits as limits } from '../../../shared/traceability/limits.ts'
import { idInput, parkProcedure, router, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { freezeBatch, rejectBatch, thawBatch, verifyBatch } from './decide-batch.ts'
import { rejectPlot, revokePlot, verifyPlot } from './decide-plot.ts'
import { batchQueue, batchSheet, plotQueue, plotSheet, waiting } from './queries.ts'

const reviewer = parkProcedure('reviewer')
const reasons = textInput(0, limits.reasons).default('')
const aPlot = { plotId: idInput('Plot') }
const aBatch = { batchId: idInput('Batch') }

export const park = router({
  waiting: reviewer.input(z.strictObject({})).query(({ ctx }) => waiting(ctx.app)),
  plots: reviewer
    .input(z.strictObject({ state: z.enum(plotFlow.states).default('inReview'), ...pageInput }))
    .query(({ ctx, input }) => plotQueue(ctx.app, input.state, input)),
  plot: reviewer.input(z.strictObject(aPlot)).query(({ ctx, input }) => plotSheet(ctx.app, input.plotId)),
  verifyPlot: reviewer
    .input(z.strictObject({ ...aPlot, grantedGrams: z.number().int('应是整数').min(1, '至少 1 克').max(limits.yearlyGrams.max), reasons }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => verifyPlot(work, { ...input, reviewer: ctx.userId }))),
  rejectPlot: reviewer
    .input(z.strictObject({ ...aPlot, reasons }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => rejectPlot(work, { ...input, reviewer: ctx.userId }))),
  revokePlot: reviewer
    .input(z.strictObject({ ...aPlot, reasons }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => revokePlot(work, { ...input, reviewer: ctx.userId }))),
  batches: reviewer
    .input(z.strictObject({ state: z.enum(batchFlow.states).default('inReview'), ...pageInput }))
    .query(({ ctx, input }) => batchQueue(ctx.app, input.state, input)),
  batch: reviewer.input(z.strictObject(aBatch)).query(({ ctx, input }) => batchSheet(ctx.app, input.batchId)),
  verifyBatch: reviewer
    .input(z.strictObject({ ...aBatch, reasons }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => verifyBatch(work, { ...input, reviewer: ctx.userId }))),
  rejectBatch: reviewer
    .input(z.strictObject({ ...aBatch, reasons }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => rejectBatch(work, { ...input, reviewer: ctx.userId }))),
  freeze: reviewer
    .input(z.strictObject({ ...aBatch, reasons }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => freezeBatch(work, { ...input, reviewer: ctx.userId }))),
  thaw: reviewer
    .input(z.strictObject({ ...aBatch, reasons }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => thawBatch(work, { ...input, reviewer: ctx.userId }))),
})
