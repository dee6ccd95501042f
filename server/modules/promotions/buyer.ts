/** Doors of promotions for buyers. */
import { z } from 'zod'
import { refuse } from '../../../shared/refusals.ts'
import { buyerProcedure, idInput, openProcedure, router } from '../../platform/doors.ts'
import { shownSession } from '../live/index.ts'
import { claimCoupon } from './claim-coupon.ts'
import { runningFlashes } from './flash.ts'
import { claimable, myCoupons } from './queries.ts'

export const buyer = router({
  claimable: openProcedure
    .input(z.strictObject({ shopId: idInput('Shop'), liveSessionId: idInput('LiveSession').nullish() }))
    .query(({ ctx, input }) => claimable(ctx.app, ctx.userId, { shopId: input.shopId, liveSessionId: input.liveSessionId ?? null })),
  flashes: openProcedure.input(z.strictObject({ sessionId: idInput('LiveSession') })).query(async ({ ctx, input }) => {
    if (!(await shownSession(ctx.app.read, input.sessionId))) throw refuse('notFound')
    return { flashes: await runningFlashes(ctx.app.read, input.sessionId, ctx.app.clock.now()), serverNow: ctx.app.clock.now() }
  }),
  claim: buyerProcedure
    .input(z.strictObject({ offerId: idInput('Offer'), liveSessionId: idInput('LiveSession').nullish() }))
    .mutation(({ ctx, input }) =>
      ctx.app.work(ctx.by, (work) => claimCoupon(work, ctx.userId, input.offerId, input.liveSessionId ?? null)),
    ),
  mine: buyerProcedure
    .input(z.strictObject({ state: z.enum(['held', 'used']).default('held') }))
    .query(({ ctx, input }) => myCoupons(ctx.app, ctx.userId, input.state)),
})
