/** Doors of tenants for shop members: everyone sees the shop; its papers are for owner and assistant. */
import { z } from 'zod'
import { refuse } from '../../../shared/refusals.ts'
import { paperLimits as limits } from '../../../shared/tenants/paper-limits.ts'
import { type PaperDraft, paperKinds, paperScopes } from '../../../shared/tenants/papers.ts'
import { idInput, router, shopProcedure, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { discardPaper, recallPaper, submitPaper } from './move-paper.ts'
import { listPapers, ownPaper, paperNotices } from './paper-queries.ts'
import { ownShop } from './queries.ts'
import { savePaper } from './save-paper.ts'

const keeps = shopProcedure('owner', 'assistant')
const shopId = idInput('Shop')
const one = z.strictObject({ shopId, paperId: idInput('Paper') })

/** A line of text that may still be empty. */
const line = (max: number) => textInput(0, max).refine((s) => !/[\r\n\t]/.test(s), '不能换行')
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, '日期应写作 2026-03-25')
  .nullable()
const unique = (ids: readonly string[]) => new Set(ids).size === ids.length

const paperInput = z.strictObject({
  kind: z.enum(paperKinds),
  number: line(limits.number),
  issuer: line(limits.issuer),
  scope: textInput(0, limits.scope),
  classes: z.array(z.enum(paperScopes)).max(paperScopes.length).refine(unique, '类别重复'),
  validFrom: day,
  validUntil: day,
  pictures: z.array(idInput('Asset')).max(limits.pictures, `照片最多 ${limits.pictures} 张`).refine(unique, '有重复的照片'),
  batchIds: z.array(idInput('Batch')).max(limits.batches, `批次最多 ${limits.batches} 个`).refine(unique, '批次重复'),
  cmaNumber: line(limits.cmaNumber),
  method: line(limits.method),
  sampleBatch: line(limits.sampleBatch),
  results: z
    .array(z.strictObject({ item: line(limits.item), value: line(limits.value), limit: line(limits.value), passed: z.boolean() }))
    .max(limits.results, `检验项目最多 ${limits.results} 项`),
}) satisfies z.ZodType<PaperDraft>

export const shop = router({
  shop: shopProcedure()
    .input(z.strictObject({ shopId }))
    .query(({ ctx }) => ownShop(ctx.app, ctx.shopId, ctx.role)),
  papers: keeps.input(z.strictObject({ shopId, ...pageInput })).query(({ ctx, input }) => listPapers(ctx.app, ctx.shopId, input)),
  paper: keeps.input(one).query(({ ctx, input }) => ownPaper(ctx.app, ctx.shopId, input.paperId)),
  paperNotices: keeps.input(z.strictObject({ shopId })).query(({ ctx }) => paperNotices(ctx.app, ctx.shopId)),
  savePaper: keeps
    .input(z.strictObject({ shopId, paperId: idInput('Paper').optional(), draft: paperInput }))
    .mutation(async ({ ctx, input }) => {
      if (!(await ctx.app.gate.ownsBatches(ctx.app, ctx.shopId, input.draft.batchIds))) throw refuse('notFound')
      return ctx.app.work(ctx.by, (work) => savePaper(work, input))
    }),
  submitPaper: keeps.input(one).mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => submitPaper(work, input))),
  recallPaper: keeps.input(one).mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => recallPaper(work, input))),
  discardPaper: keeps.input(one).mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => discardPaper(work, input))),
})
