/** Doors of shipping for shop members. */
import { z } from 'zod'
import { couriers, MOST_PARCELS } from '../../../shared/shipping/couriers.ts'
import { idInput, router, shopProcedure } from '../../platform/doors.ts'
import { shopParcels } from './queries.ts'
import { correctParcels, ship } from './ship.ts'
import { shipMany } from './ship-many.ts'

const parcelInput = z.strictObject({ courier: z.string().max(8), trackingNo: z.string().max(60) })

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
        more: z
          .array(parcelInput)
          .max(MOST_PARCELS - 1)
          .optional(),
        scanned: z.array(z.string().max(60)).max(50).nullish(),
      }),
    )
    .mutation(({ ctx, input }) =>
      ship(ctx.app, ctx.by, { ...input, more: input.more ?? [], scanned: input.scanned ?? null, userId: ctx.userId }),
    ),
  parcels: shopProcedure()
    .input(z.strictObject({ shopId: idInput('Shop'), subOrderId: idInput('SubOrder') }))
    .query(({ ctx, input }) => shopParcels(ctx.app, ctx.shopId, input.subOrderId)),
  correct: shopProcedure('owner', 'assistant', 'clerk')
    .input(
      z.strictObject({ shopId: idInput('Shop'), subOrderId: idInput('SubOrder'), parcels: z.array(parcelInput).min(1).max(MOST_PARCELS) }),
    )
    .mutation(({ ctx, input }) => correctParcels(ctx.app, ctx.by, { ...input, userId: ctx.userId })),
  shipMany: shopProcedure('owner', 'assistant', 'clerk')
    .input(
      z.strictObject({
        shopId: idInput('Shop'),
        parcels: z
          .array(z.strictObject({ subOrderNo: z.string().max(60), courier: z.string().max(40), trackingNo: z.string().max(60) }))
          .min(1, '至少一行')
          .max(200, '一次最多 200 行'),
      }),
    )
    .mutation(({ ctx, input }) => shipMany(ctx.app, ctx.by, { shopId: ctx.shopId, userId: ctx.userId, parcels: input.parcels })),
})
