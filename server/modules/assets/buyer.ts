/** Doors of assets for buyers. */
import { buyerProcedure, router } from '../../platform/doors.ts'
import { uploadTicket } from './ticket.ts'

export const buyer = router({
  /** The address, on our own origin, to which one's own pictures may be sent for ten minutes. */
  ticket: buyerProcedure.mutation(({ ctx }) => {
    const { ticket, expiresAt } = uploadTicket(ctx.app.settings.secret, ctx.app.clock.now(), { userId: ctx.userId, shopId: null })
    return { url: `/upload?ticket=${ticket}`, expiresAt }
  }),
})
