/** Doors of freight for shop members. */
import { z } from 'zod'
import { provinces } from '../../../shared/freight/provinces.ts'
import { type FreightRules, freightLimits as limits } from '../../../shared/freight/rules.ts'
import type { Fen } from '../../../shared/money.ts'
import { idInput, router, shopProcedure } from '../../platform/doors.ts'
import { templateOf } from './queries.ts'
import { saveTemplate } from './save-template.ts'

const grams = z.number().int().min(1).max(limits.grams)
const money = (max: number) =>
  z
    .number()
    .int()
    .min(0)
    .max(max)
    .transform((n) => n as Fen)
const fee = {
  firstGrams: grams,
  firstFen: money(limits.feeFen),
  stepGrams: grams,
  stepFen: money(limits.feeFen),
  freeOverFen: money(limits.freeOverFen).nullable(),
}
const some = z.array(z.enum(provinces)).max(provinces.length)
const rules = z.strictObject({
  packGrams: z.number().int().min(0).max(limits.packGrams),
  zones: z.array(z.strictObject({ provinces: some, ...fee })).max(limits.zones),
  elsewhere: z.strictObject(fee),
  noShip: some,
}) satisfies z.ZodType<FreightRules, unknown>

export const shop = router({
  template: shopProcedure()
    .input(z.strictObject({ shopId: idInput('Shop') }))
    .query(({ ctx }) => templateOf(ctx.app.read, ctx.shopId)),
  save: shopProcedure('owner', 'assistant')
    .input(z.strictObject({ shopId: idInput('Shop'), version: z.number().int().min(0).max(1_000_000), rules }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => saveTemplate(work, { ...input, shopId: ctx.shopId, userId: ctx.userId }))),
})
