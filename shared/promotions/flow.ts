/** The lives of an offer 活动 and of a coupon 优惠券. */
import { defineFlow, type StateOf } from '../flow.ts'

export const offerFlow = defineFlow({
  open: { stop: { to: 'stopped', by: ['shop', 'staff'] } },
  stopped: {},
})
export type OfferState = StateOf<typeof offerFlow>

export const couponFlow = defineFlow({
  held: { use: { to: 'used', by: ['platform'] } },
  /** The order was not paid, or all of it went back before it was shipped. */
  used: { giveBack: { to: 'held', by: ['platform'] } },
})
export type CouponState = StateOf<typeof couponFlow>
