/** The API by audience. Its type is all that front ends import. */
import { buyer as afterSaleBuyer } from './modules/after-sale/buyer.ts'
import { park as afterSalePark } from './modules/after-sale/park.ts'
import { shop as afterSaleShop } from './modules/after-sale/shop.ts'
import { buyer as assetsBuyer } from './modules/assets/buyer.ts'
import { shop as assetsShop } from './modules/assets/shop.ts'
import { buyer as catalogueBuyer } from './modules/catalogue/buyer.ts'
import { shop as catalogueShop } from './modules/catalogue/shop.ts'
import { shop as freightShop } from './modules/freight/shop.ts'
import { buyer as identityBuyer } from './modules/identity/buyer.ts'
import { buyer as liveBuyer } from './modules/live/buyer.ts'
import { park as livePark } from './modules/live/park.ts'
import { shop as liveShop } from './modules/live/shop.ts'
import { park as moderationPark } from './modules/moderation/park.ts'
import { buyer as ordersBuyer } from './modules/orders/buyer.ts'
import { shop as ordersShop } from './modules/orders/shop.ts'
import { buyer as promotionsBuyer } from './modules/promotions/buyer.ts'
import { park as promotionsPark } from './modules/promotions/park.ts'
import { shop as promotionsShop } from './modules/promotions/shop.ts'
import { buyer as reviewsBuyer } from './modules/reviews/buyer.ts'
import { shop as reviewsShop } from './modules/reviews/shop.ts'
import { buyer as roomBuyer } from './modules/room/buyer.ts'
import { park as roomPark } from './modules/room/park.ts'
import { shop as roomShop } from './modules/room/shop.ts'
import { buyer as searchBuyer } from './modules/search/buyer.ts'
import { park as settlementPark } from './modules/settlement/park.ts'
import { shop as settlementShop } from './modules/settlement/shop.ts'
import { buyer as shippingBuyer } from './modules/shipping/buyer.ts'
import { park as shippingPark } from './modules/shipping/park.ts'
import { shop as shippingShop } from './modules/shipping/shop.ts'
import { buyer as storefrontBuyer } from './modules/storefront/buyer.ts'
import { shop as storefrontShop } from './modules/storefront/shop.ts'
import { park as tenantsPark } from './modules/tenants/park.ts'
import { shop as tenantsShop } from './modules/tenants/shop.ts'
import { buyer as traceabilityBuyer } from './modules/traceability/buyer.ts'
import { park as traceabilityPark } from './modules/traceability/park.ts'
import { shop as traceabilityShop } from './modules/traceability/shop.ts'
import { router } from './platform/doors.ts'

export const appRouter = router({
  buyer: router({
    identity: identityBuyer,
    assets: assetsBuyer,
    traceability: traceabilityBuyer,
    catalogue: catalogueBuyer,
    search: searchBuyer,
    live: liveBuyer,
    storefront: storefrontBuyer,
    room: roomBuyer,
    promotions: promotionsBuyer,
    orders: ordersBuyer,
    shipping: shippingBuyer,
    afterSale: afterSaleBuyer,
    reviews: reviewsBuyer,
  }),
  shop: router({
    tenants: tenantsShop,
    assets: assetsShop,
    traceability: traceabilityShop,
    catalogue: catalogueShop,
    live: liveShop,
    storefront: storefrontShop,
    room: roomShop,
    promotions: promotionsShop,
    freight: freightShop,
    orders: ordersShop,
    shipping: shippingShop,
    settlement: settlementShop,
    afterSale: afterSaleShop,
    reviews: reviewsShop,
  }),
  park: router({
    room: roomPark,
    shipping: shippingPark,
    tenants: tenantsPark,
    moderation: moderationPark,
    traceability: traceabilityPark,
    live: livePark,
    promotions: promotionsPark,
    afterSale: afterSalePark,
    settlement: settlementPark,
  }),
})

export type AppRouter = typeof appRouter
