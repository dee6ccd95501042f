/** The calls of promotions for buyers. */
import type { LiveSessionId, OfferId, ShopId } from '@shared/ids.ts'
import { type Out, trpc } from '../../lib/trpc'

export type Claimable = Out['buyer']['promotions']['claimable'][number]
export type MyCoupon = Out['buyer']['promotions']['mine'][number]

const promotions = trpc.buyer.promotions

export const claimable = (shopId: ShopId, liveSessionId: LiveSessionId | null = null) =>
  promotions.claimable.query({ shopId, liveSessionId })
export const claim = (offerId: OfferId, liveSessionId: LiveSessionId | null = null) => promotions.claim.mutate({ offerId, liveSessionId })
export const myCoupons = (state: 'held' | 'used') => promotions.mine.query({ state })
