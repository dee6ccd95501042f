/** Doors of shipping for buyers. */

import { z } from 'zod'
import { buyerProcedure, idInput, router } from '../../platform/doors.ts'
import { myParcels } from './queries.ts'

export const buyer = router({
  parcels: buyerProcedure
    .input(z.strictObject({ subOrderId: idInput('SubOrder') }))
    .query(({ ctx, input }) => myParcels(ctx.app, ctx.userId, input.subOrderId)),
})
