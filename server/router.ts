/** The API by audience. Its type is all that front ends import. */
import { router } from './platform/doors.ts'

export const appRouter = router({
  buyer: router({}),
  shop: router({}),
  park: router({}),
})

export type AppRouter = typeof appRouter
