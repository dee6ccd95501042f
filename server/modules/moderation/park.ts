/** Doors of moderation for park staff: the review desk. */
import { z } from 'zod'
import { adviceOn } from '../../../shared/moderation/claims.ts'
import { moderationLimits } from '../../../shared/moderation/limits.ts'
import { parkRuleLimits as limits } from '../../../shared/moderation/park-rules.ts'
import { riskLevels } from '../../../shared/moderation/risk.ts'
import { type ClaimClass, claimClassWords } from '../../../shared/moderation/rules.ts'
import { idInput, parkProcedure, router, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { decideCase } from './decide-case.ts'
import { readingNow, retireRule, ruleHistory, rulesOnDesk, saveRule } from './park-rules.ts'
import { oneCase, queue } from './queries.ts'
import { takeCase } from './take-case.ts'

const reviewer = parkProcedure('reviewer')

const words = (max: number, { min, max: most }: { min: number; max: number }) =>
  z
    .array(textInput(min, most))
    .max(max, `最多 ${max} 个`)
    .refine((list) => new Set(list).size === list.length, '有重复的')
const ruleInput = z.strictObject({
  class: z.enum(Object.keys(claimClassWords) as [ClaimClass, ...ClaimClass[]]),
  patterns: words(limits.patterns.max, limits.word).min(limits.patterns.min, '至少写一个词'),
  except: words(limits.except, limits.word),
  mustMatch: words(limits.examples.max, limits.example).min(limits.examples.min, '至少写一句应当标出来的'),
  mustNotMatch: words(limits.examples.max, limits.example).min(limits.examples.min, '至少写一句不该标的'),
  suggest: textInput(limits.suggest.min, limits.suggest.max),
})
const version = { ruleId: idInput('WordRule'), no: z.number().int().min(1).max(100_000) }

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
  rules: reviewer.query(({ ctx }) => rulesOnDesk(ctx.app)),
  ruleHistory: reviewer
    .input(z.strictObject({ ruleId: idInput('WordRule') }))
    .query(({ ctx, input }) => ruleHistory(ctx.app, input.ruleId)),
  addRule: reviewer
    .input(z.strictObject({ draft: ruleInput }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => saveRule(work, { no: 0, draft: input.draft, by: ctx.userId }))),
  changeRule: reviewer
    .input(z.strictObject({ ...version, draft: ruleInput }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => saveRule(work, { ...input, by: ctx.userId }))),
  retireRule: reviewer
    .input(z.strictObject(version))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => retireRule(work, { ...input, by: ctx.userId }))),
  /** What house and park would mark in a text. */
  tryWords: reviewer.input(z.strictObject({ text: textInput(1, limits.try) })).query(async ({ ctx, input }) => {
    const { mark, park } = await readingNow(ctx.app.read)
    return mark(input.text).map((m) => ({
      start: m.start,
      end: m.end,
      ruleId: m.ruleId,
      class: m.class,
      text: m.text,
      advice: adviceOn(m, park),
    }))
  }),
})
