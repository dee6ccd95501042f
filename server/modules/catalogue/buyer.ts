/** Doors of the catalogue for buyers; their answers are the same for all and kept until something about them changes. */
import { z } from 'zod'
import { idInput, router, sharedProcedure } from '../../platform/doors.ts'
import { listingPage, shopPage } from './buyer-pages.ts'

/** News that carries one of the input's ids makes the kept answer stale. */
const idsOf = (input: unknown): string[] => Object.values(input as Record<string, string>)

export const buyer = router({
  listing: sharedProcedure(idsOf)
    .input(z.strictObject({ listingId: idInput('Listing') }))
    .query(({ ctx, input }) => listingPage(ctx.app, input.listingId)),
  shopPage: sharedProcedure(idsOf)
    .input(z.strictObject({ shopId: idInput('Shop') }))
    .query(({ ctx, input }) => shopPage(ctx.app, input.shopId)),
})
