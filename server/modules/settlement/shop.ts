/** Doors of settlement for shop members. */
import { z } from 'zod'
import { idInput, router, shopProcedure } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { entries, summary } from './queries.ts'

export const shop = router({
  summary: shopProcedure('owner', 'assistant')
    .input(z.strictObject({ shopId: idInput('Shop') }))
    .query(({ ctx }) => summary(ctx.app, ctx.shopId)),
  entries: shopProcedure('owner', 'assistant')
    .input(z.strictObject({ shopId: idInput('Shop'), ...pageInput }))
    .query(({ ctx, input }) => entries(ctx.app, ctx.shopId, input)),
})
