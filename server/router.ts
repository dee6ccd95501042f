/** The API by audience. Its type is all that front ends import. */
import { buyer as identityBuyer } from './modules/identity/buyer.ts'
import { park as tenantsPark } from './modules/tenants/park.ts'
import { shop as tenantsShop } from './modules/tenants/shop.ts'
import { router } from './platform/doors.ts'

export const appRouter = router({
  buyer: router({
    identity: identityBuyer,
  }),
  shop: router({
    tenants: tenantsShop,
  }),
  park: router({
    tenants: tenantsPark,
  }),
})

export type AppRouter = typeof appRouter
