/** Doors of assets for shop members. */
import { z } from 'zod'
import { idInput, router, shopProcedure } from '../../platform/doors.ts'
import { uploadTicket } from './ticket.ts'

export const shop = router({
  /** The address, on our own origin, to which pictures may be sent for ten minutes. */
  ticket: shopProcedure()
    .input(z.strictObject({ shopId: idInput('Shop') }))
    .mutation(({ ctx }) => {
      const { ticket, expiresAt } = uploadTicket(ctx.app.settings.secret, ctx.app.clock.now(), { userId: ctx.userId, shopId: ctx.shopId })
      return { url: `/upload?ticket=${ticket}`, expiresAt }
    }),
})
