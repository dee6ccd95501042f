/** Doors of shipping for shop members. */
import { z } from 'zod'
import { couriers } from '../../../shared/shipping/couriers.ts'
import { idInput, router, shopProcedure } from '../../platform/doors.ts'
import { ship } from './ship.ts'

export const shop = router({
  couriers: shopProcedure()
    .input(z.strictObject({ shopId: idInput('Shop') }))
    .query(() => Object.entries(couriers).map(([code, name]) => ({ code, name }))),
  ship: shopProcedure('owner', 'assistant', 'clerk')
    .input(
      z.strictObject({
        shopId: idInput('Shop'),
        subOrderId: idInput('SubOrder'),
        courier: z.string().max(8),
        trackingNo: z.string().max(60),
      }),
    )
    .mutation(({ ctx, input }) => ship(ctx.app, ctx.by, { ...input, userId: ctx.userId })),
})
