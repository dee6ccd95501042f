/**
 * Promotions: what shops and the park take off, who holds which coupon, and how much one may buy.
 * Promises: an offer's rule never changes once made; a coupon is used once; quotas and limits hold under any race.
 * Leaves to others: the sum itself (shared/promotions/price.ts), the order that uses it (orders).
 */
export { giveCouponsBack, spendCoupon } from './claim-coupon.ts'
export { flashPrices, giveFlashBack, takeFlash } from './flash.ts'
export { giveAllowance, limitsOf, takeAllowance } from './limits.ts'
export { makeOffer } from './make-offer.ts'
export { offersFor } from './queries.ts'
