/** Doors of tenants for park staff. */
import { z } from 'zod'
import { SHOP_REASON_MAX } from '../../../shared/tenants/limits.ts'
import { idInput, parkProcedure, router, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { listTenants, shopHistory } from './queries.ts'
import { reopenShop, suspendShop } from './suspend-shop.ts'

const move = z.strictObject({ shopId: idInput('Shop'), reason: textInput(2, SHOP_REASON_MAX) })

export const park = router({
  list: parkProcedure()
    .input(z.strictObject(pageInput))
    .query(({ ctx, input }) => listTenants(ctx.app, input)),
  history: parkProcedure()
    .input(z.strictObject({ shopId: idInput('Shop'), ...pageInput }))
    .query(({ ctx, input }) => shopHistory(ctx.app, input.shopId, input)),
  suspend: parkProcedure('reviewer')
    .input(move)
    .mutation(async ({ ctx, input }) => ({ state: await ctx.app.work(ctx.by, (work) => suspendShop(work, input)) })),
  reopen: parkProcedure('reviewer')
    .input(move)
    .mutation(async ({ ctx, input }) => ({ state: await ctx.app.work(ctx.by, (work) => reopenShop(work, input)) })),
})
