/** The API by audience. Its type is all that front ends import. */
import { shop as assetsShop } from './modules/assets/shop.ts'
import { buyer as catalogueBuyer } from './modules/catalogue/buyer.ts'
import { shop as catalogueShop } from './modules/catalogue/shop.ts'
import { buyer as identityBuyer } from './modules/identity/buyer.ts'
import { park as moderationPark } from './modules/moderation/park.ts'
import { park as tenantsPark } from './modules/tenants/park.ts'
import { shop as tenantsShop } from './modules/tenants/shop.ts'
import { router } from './platform/doors.ts'

export const appRouter = router({
  buyer: router({
    identity: identityBuyer,
    catalogue: catalogueBuyer,
  }),
  shop: router({
    tenants: tenantsShop,
    assets: assetsShop,
    catalogue: catalogueShop,
  }),
  park: router({
    tenants: tenantsPark,
    moderation: moderationPark,
  }),
})

export type AppRouter = typeof appRouter
