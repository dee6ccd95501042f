/** Doors of promotions for shop members. */
import { z } from 'zod'
import type { Fen } from '../../../shared/money.ts'
import { MAX_QUANTITY } from '../../../shared/orders/limits.ts'
import { flashLimits } from '../../../shared/promotions/flash.ts'
import { offerLimits } from '../../../shared/promotions/offers.ts'
import { refuse } from '../../../shared/refusals.ts'
import { CLIENT_ID } from '../../../shared/room/limits.ts'
import { idInput, router, shopProcedure } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { sessionOf } from '../live/index.ts'
import { offerInput } from './doors-input.ts'
import { beginFlash, runningFlashes, stopFlash } from './flash.ts'
import { limitsOf, setLimit } from './limits.ts'
import { makeOffer, stopOffer, takePart } from './make-offer.ts'
import { offersOf, parkOffersFor } from './queries.ts'

const shopId = idInput('Shop')
const whole = ([least, most]: readonly [number, number]) => z.number().int().min(least).max(most)

export const shop = router({
  list: shopProcedure()
    .input(z.strictObject({ shopId, ...pageInput }))
    .query(({ ctx, input: { shopId: _, ...page } }) => offersOf(ctx.app, ctx.shopId, page)),
  parks: shopProcedure()
    .input(z.strictObject({ shopId }))
    .query(({ ctx }) => parkOffersFor(ctx.app, ctx.shopId)),
  make: shopProcedure('owner', 'assistant')
    .input(z.strictObject({ shopId, ...offerInput, liveSessionId: idInput('LiveSession').nullish() }))
    .mutation(({ ctx, input: { shopId: _, ...ask } }) =>
      ctx.app.work(ctx.by, (work) => makeOffer(work, ctx.shopId, ctx.userId, { ...ask, liveSessionId: ask.liveSessionId ?? null })),
    ),
  stop: shopProcedure('owner', 'assistant')
    .input(z.strictObject({ shopId, offerId: idInput('Offer') }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => stopOffer(work, ctx.shopId, input.offerId))),
  flashes: shopProcedure()
    .input(z.strictObject({ shopId, sessionId: idInput('LiveSession') }))
    .query(async ({ ctx, input }) => {
      if ((await sessionOf(ctx.app.read, input.sessionId))?.shopId !== ctx.shopId) throw refuse('notFound')
      return runningFlashes(ctx.app.read, input.sessionId, ctx.app.clock.now())
    }),
  beginFlash: shopProcedure('owner', 'streamer', 'assistant')
    .input(
      z.strictObject({
        shopId,
        key: z.string().regex(CLIENT_ID, '请求标识有误'),
        sessionId: idInput('LiveSession'),
        skuId: idInput('Sku'),
        flashFen: z
          .number()
          .int()
          .min(1)
          .max(offerLimits.sumFen)
          .transform((n) => n as Fen),
        quota: whole(flashLimits.quota),
        perPerson: whole(flashLimits.perPerson),
        minutes: whole(flashLimits.minutes),
      }),
    )
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => beginFlash(work, { ...input, shopId: ctx.shopId, userId: ctx.userId }))),
  stopFlash: shopProcedure('owner', 'streamer', 'assistant')
    .input(z.strictObject({ shopId, flashSaleId: idInput('FlashSale') }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => stopFlash(work, ctx.shopId, input.flashSaleId))),
  takePart: shopProcedure('owner')
    .input(z.strictObject({ shopId, offerId: idInput('Offer'), takes: z.boolean() }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => takePart(work, ctx.shopId, input.offerId, input.takes))),
  limits: shopProcedure()
    .input(z.strictObject({ shopId, listingIds: z.array(idInput('Listing')).max(100) }))
    .query(async ({ ctx, input }) => Object.fromEntries(await limitsOf(ctx.app.read, input.listingIds))),
  setLimit: shopProcedure('owner', 'assistant')
    .input(z.strictObject({ shopId, listingId: idInput('Listing'), most: z.number().int().min(1).max(MAX_QUANTITY).nullable() }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => setLimit(work, { ...input, shopId: ctx.shopId, userId: ctx.userId }))),
})
