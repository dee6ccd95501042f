/** Doors of settlement for shop members. */
import { z } from 'zod'
import { idInput, router, shopProcedure } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { entries, summary } from './queries.ts'
import { statement, statementFile } from './statement.ts'

const ofMonth = z.strictObject({ shopId: idInput('Shop'), month: z.string().regex(/^\d{4}-\d{2}$/, '请选择月份') })

export const shop = router({
  summary: shopProcedure('owner', 'assistant')
    .input(z.strictObject({ shopId: idInput('Shop') }))
    .query(({ ctx }) => summary(ctx.app, ctx.shopId)),
  statement: shopProcedure('owner', 'assistant')
    .input(ofMonth)
    .query(({ ctx, input }) => statement(ctx.app, ctx.shopId, input.month)),
  statementFile: shopProcedure('owner', 'assistant')
    .input(ofMonth)
    .query(({ ctx, input }) => statementFile(ctx.app, ctx.shopId, input.month)),
  entries: shopProcedure('owner', 'assistant')
    .input(z.strictObject({ shopId: idInput('Shop'), ...pageInput }))
    .query(({ ctx, input }) => entries(ctx.app, ctx.shopId, input)),
})
