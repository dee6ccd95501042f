/** Doors of after-sale for shop members. */
import { z } from 'zod'
import { afterSaleLimits as limits } from '../../../shared/after-sale/limits.ts'
import { idInput, router, shopProcedure, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { declineCase, disputeCase, grantCase, reshipCase, takeBackCase } from './ask.ts'
import { caseOfShop, cases } from './queries.ts'

const one = { shopId: idInput('Shop'), afterSaleId: idInput('AfterSale') }
const said = textInput(limits.words.min, limits.words.max)
const serves = shopProcedure('owner', 'assistant', 'clerk')

export const shop = router({
  list: shopProcedure()
    .input(z.strictObject({ shopId: idInput('Shop'), filter: z.enum(['ours', 'theirs', 'park', 'over']).default('ours'), ...pageInput }))
    .query(({ ctx, input: { filter, shopId: _, ...page } }) => cases(ctx.app, ctx.shopId, filter, page)),
  one: shopProcedure()
    .input(z.strictObject(one))
    .query(({ ctx, input }) => caseOfShop(ctx.app, ctx.shopId, input.afterSaleId)),
  grant: serves
    .input(z.strictObject(one))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => grantCase(work, ctx.shopId, input.afterSaleId))),
  decline: serves
    .input(z.strictObject({ ...one, words: said }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => declineCase(work, ctx.shopId, input.afterSaleId, input.words))),
  takeBack: serves
    .input(z.strictObject(one))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => takeBackCase(work, ctx.shopId, input.afterSaleId))),
  dispute: serves
    .input(z.strictObject({ ...one, words: said }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => disputeCase(work, ctx.shopId, input.afterSaleId, input.words))),
  reship: serves
    .input(z.strictObject({ ...one, courier: z.string().max(8), trackingNo: z.string().max(60) }))
    .mutation(({ ctx, input }) =>
      ctx.app.work(ctx.by, (work) => reshipCase(work, ctx.shopId, input.afterSaleId, input.courier, input.trackingNo)),
    ),
})
