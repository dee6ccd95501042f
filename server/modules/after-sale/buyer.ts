/** Doors of after-sale for buyers. */
import { z } from 'zod'
import { afterSaleLimits as limits } from '../../../shared/after-sale/limits.ts'
import { type AfterSaleReason, afterSaleReasons } from '../../../shared/after-sale/words.ts'
import { MAX_LINES, MAX_QUANTITY } from '../../../shared/orders/limits.ts'
import { buyerProcedure, idInput, router, textInput } from '../../platform/doors.ts'
import { askAfterSale, escalateCase, sendBack, withdrawCase } from './ask.ts'
import { askable, caseOfBuyer, casesOfPart } from './queries.ts'

const one = z.strictObject({ afterSaleId: idInput('AfterSale') })
const part = z.strictObject({ subOrderId: idInput('SubOrder') })
const pictureIds = z.array(idInput('Asset')).max(limits.pictures).default([])
const said = textInput(limits.words.min, limits.words.max)

export const buyer = router({
  askable: buyerProcedure.input(part).query(({ ctx, input }) => askable(ctx.app, ctx.userId, input.subOrderId)),
  ofPart: buyerProcedure.input(part).query(({ ctx, input }) => casesOfPart(ctx.app, ctx.userId, input.subOrderId)),
  one: buyerProcedure.input(one).query(({ ctx, input }) => caseOfBuyer(ctx.app, ctx.userId, input.afterSaleId)),
  ask: buyerProcedure
    .input(
      z.strictObject({
        subOrderId: idInput('SubOrder'),
        kind: z.enum(['refund', 'return', 'exchange', 'reship']),
        reason: z.enum(Object.keys(afterSaleReasons) as [AfterSaleReason, ...AfterSaleReason[]]),
        lines: z
          .array(z.strictObject({ orderLineId: idInput('OrderLine'), units: z.number().int().min(1).max(MAX_QUANTITY) }))
          .min(1, '请选择商品')
          .max(MAX_LINES),
        words: said,
        pictureIds,
      }),
    )
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => askAfterSale(work, ctx.userId, input))),
  withdraw: buyerProcedure
    .input(one)
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => withdrawCase(work, ctx.userId, input.afterSaleId))),
  sendBack: buyerProcedure
    .input(z.strictObject({ afterSaleId: idInput('AfterSale'), courier: z.string().max(8), trackingNo: z.string().max(60) }))
    .mutation(({ ctx, input }) =>
      ctx.app.work(ctx.by, (work) => sendBack(work, ctx.userId, input.afterSaleId, input.courier, input.trackingNo)),
    ),
  escalate: buyerProcedure
    .input(z.strictObject({ afterSaleId: idInput('AfterSale'), words: said, pictureIds }))
    .mutation(({ ctx, input }) =>
      ctx.app.work(ctx.by, (work) => escalateCase(work, ctx.userId, input.afterSaleId, input.words, input.pictureIds)),
    ),
})
