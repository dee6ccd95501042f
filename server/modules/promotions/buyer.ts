/** Doors of promotions for buyers. */
import { z } from 'zod'
import { buyerProcedure, idInput, openProcedure, router } from '../../platform/doors.ts'
import { claimCoupon } from './claim-coupon.ts'
import { claimable, myCoupons } from './queries.ts'

export const buyer = router({
  claimable: openProcedure
    .input(z.strictObject({ shopId: idInput('Shop'), liveSessionId: idInput('LiveSession').nullish() }))
    .query(({ ctx, input }) => claimable(ctx.app, ctx.userId, { shopId: input.shopId, liveSessionId: input.liveSessionId ?? null })),
  claim: buyerProcedure
    .input(z.strictObject({ offerId: idInput('Offer'), liveSessionId: idInput('LiveSession').nullish() }))
    .mutation(({ ctx, input }) =>
      ctx.app.work(ctx.by, (work) => claimCoupon(work, ctx.userId, input.offerId, input.liveSessionId ?? null)),
    ),
  mine: buyerProcedure
    .input(z.strictObject({ state: z.enum(['held', 'used']).default('held') }))
    .query(({ ctx, input }) => myCoupons(ctx.app, ctx.userId, input.state)),
})
