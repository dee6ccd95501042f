/** Doors of promotions for park staff: offers over all the shops that take part. */
import { z } from 'zod'
import { idInput, parkProcedure, router } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { offerInput } from './doors-input.ts'
import { makeOffer, stopOffer } from './make-offer.ts'
import { offersOf } from './queries.ts'

const desk = parkProcedure('finance', 'service')

export const park = router({
  list: desk.input(z.strictObject(pageInput)).query(({ ctx, input }) => offersOf(ctx.app, null, input)),
  make: desk
    .input(z.strictObject(offerInput))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => makeOffer(work, null, ctx.userId, { ...input, liveSessionId: null }))),
  stop: desk
    .input(z.strictObject({ offerId: idInput('Offer') }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => stopOffer(work, null, input.offerId))),
})
