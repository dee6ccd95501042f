/** Doors of tenants for shop members. */
import { z } from 'zod'
import { idInput, router, shopProcedure } from '../../platform/doors.ts'
import { ownShop } from './queries.ts'

export const shop = router({
  shop: shopProcedure()
    .input(z.strictObject({ shopId: idInput('Shop') }))
    .query(({ ctx }) => ownShop(ctx.app, ctx.shopId, ctx.role)),
})
