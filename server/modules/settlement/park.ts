/** Doors of settlement for park staff. */
import { parkProcedure, router } from '../../platform/doors.ts'
import { houseState, overview } from './queries.ts'

export const park = router({
  overview: parkProcedure('finance').query(({ ctx }) => overview(ctx.app)),
  house: parkProcedure().query(({ ctx }) => houseState(ctx.app)),
})
