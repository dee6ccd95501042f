/** Doors of traceability for shop members: everyone may look, owner and assistant write. */
import { z } from 'zod'
import { isDay } from '../../../shared/catalogue/complete.ts'
import { kinds, productClasses, seasons, treeClasses } from '../../../shared/catalogue/draft.ts'
import { hillOf } from '../../../shared/catalogue/hills.ts'
import { type BatchDraft, crops, type Part, type PlotDraft, proofKinds, yieldStates } from '../../../shared/traceability/draft.ts'
import { batchFlow, plotFlow } from '../../../shared/traceability/flow.ts'
import { traceLimits as limits } from '../../../shared/traceability/limits.ts'
import { idInput, router, shopProcedure, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { batchesOfShop, ourBatch, ourPlot, plotsOfShop } from './queries.ts'
import { saveBatch } from './save-batch.ts'
import { savePlot } from './save-plot.ts'
import { recallBatch, submitBatch } from './submit-batch.ts'
import { recallPlot, submitPlot } from './submit-plot.ts'

const looks = shopProcedure()
const writes = shopProcedure('owner', 'assistant')

const line = (min: number, max: number) => textInput(min, max).refine((s) => !/[\r\n\t]/.test(s), '不能换行')
const whole = ({ min, max }: { min: number; max: number }, what: string) =>
  z.number(`${what}应是整数`).int(`${what}应是整数`).min(min, `${what}至少 ${min}`).max(max, `${what}最多 ${max}`)
const day = z.string().max(10, '日期应写作 2026-03-25').refine(isDay, '日期应写作 2026-03-25').nullable()

const proofsInput = z
  .array(z.strictObject({ kind: z.enum(proofKinds), number: line(0, limits.proofNumber), pictureId: idInput('Asset').nullable() }))
  .max(limits.proofs, `证明材料最多 ${limits.proofs} 份`)

const plotInput = z.strictObject({
  name: line(1, limits.plotName),
  crop: z.enum(crops),
  hill: z
    .string()
    .max(40, '山头请从名录选择')
    .refine((id) => hillOf(id) !== null, '山头请从名录选择')
    .nullable(),
  village: line(0, limits.village),
  grower: line(0, limits.grower),
  areaTenths: whole(limits.areaTenths, '面积').nullable(),
  trees: whole(limits.trees, '株数').nullable(),
  treeClass: z.enum(treeClasses).nullable(),
  treeBasis: line(0, limits.treeBasis),
  altitudeMetres: whole(limits.altitudeMetres, '海拔').nullable(),
  yieldState: z.enum(yieldStates),
  yearlyGrams: whole(limits.yearlyGrams, '年产量').nullable(),
  proofs: proofsInput,
}) satisfies z.ZodType<PlotDraft>

/** Either a plot and a year, or a batch. No union: an id that is none answers "not found" before a union could look at its other half. */
const partInput = z
  .strictObject({
    plotId: idInput('Plot').optional(),
    year: whole(limits.year, '年份').optional(),
    batchId: idInput('Batch').optional(),
    grams: whole(limits.madeGrams, '原料重量'),
  })
  .transform(({ plotId, year, batchId, grams }, ctx): Part => {
    if (plotId && year !== undefined && !batchId) return { plotId, year, grams }
    if (batchId && !plotId && year === undefined) return { batchId, grams }
    ctx.addIssue({ code: 'custom', message: '原料要写明地块、年份和重量，或批次和重量' })
    return z.NEVER
  })

const batchInput = z.strictObject({
  code: line(1, limits.code),
  productClass: z.enum(productClasses),
  kind: z.enum(kinds).nullable(),
  season: z.enum(seasons).nullable(),
  materialYear: whole(limits.year, '原料年份').nullable(),
  village: line(0, limits.village),
  makerName: line(0, limits.makerName),
  makerAddress: line(0, limits.makerAddress),
  scNumber: line(0, limits.scNumber),
  standardCode: line(0, limits.standardCode),
  productionDate: day,
  pressingDate: day,
  storedSince: day,
  madeGrams: whole(limits.madeGrams, '成品重量').nullable(),
  parts: z.array(partInput).max(limits.parts, `原料最多 ${limits.parts} 行`),
  proofs: proofsInput,
}) satisfies z.ZodType<BatchDraft>

const shopId = idInput('Shop')
const onePlot = z.strictObject({ shopId, plotId: idInput('Plot') })
const oneBatch = z.strictObject({ shopId, batchId: idInput('Batch') })

export const shop = router({
  plots: looks
    .input(z.strictObject({ shopId, state: z.enum(plotFlow.states).optional(), ...pageInput }))
    .query(({ ctx, input }) => plotsOfShop(ctx.app, ctx.shopId, input.state, input)),
  plot: looks.input(onePlot).query(({ ctx, input }) => ourPlot(ctx.app, ctx.shopId, input.plotId)),
  savePlot: writes
    .input(z.strictObject({ shopId, plotId: idInput('Plot').optional(), draft: plotInput }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => savePlot(work, input))),
  submitPlot: writes.input(onePlot).mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => submitPlot(work, input))),
  recallPlot: writes.input(onePlot).mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => recallPlot(work, input))),
  batches: looks
    .input(z.strictObject({ shopId, state: z.enum(batchFlow.states).optional(), ...pageInput }))
    .query(({ ctx, input }) => batchesOfShop(ctx.app, ctx.shopId, input.state, input)),
  batch: looks.input(oneBatch).query(({ ctx, input }) => ourBatch(ctx.app, ctx.shopId, input.batchId)),
  saveBatch: writes
    .input(z.strictObject({ shopId, batchId: idInput('Batch').optional(), draft: batchInput }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => saveBatch(work, input))),
  submitBatch: writes.input(oneBatch).mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => submitBatch(work, input))),
  recallBatch: writes.input(oneBatch).mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => recallBatch(work, input))),
})
