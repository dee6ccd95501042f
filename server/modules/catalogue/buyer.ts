/** Doors of the catalogue for buyers; their answers are the same for all and kept until something about them changes. */
import { z } from 'zod'
import { idInput, router, sharedProcedure } from '../../platform/doors.ts'
import { listingPage } from './buyer-pages.ts'

/** News that carries the listing's id makes the kept answer stale; so does a shop that goes or comes back, and a shop's other freight. */
const idsOf = (input: unknown): string[] => [
  ...Object.values(input as Record<string, string>),
  'shop.suspended',
  'shop.reopened',
  'freight.changed',
]

export const buyer = router({
  listing: sharedProcedure(idsOf)
    .input(z.strictObject({ listingId: idInput('Listing') }))
    .query(({ ctx, input }) => listingPage(ctx.app, input.listingId)),
})
