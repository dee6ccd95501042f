/** The calls of a shop about what it says of itself. */
import type { ShopId } from '@shared/ids.ts'
import type { ProfileDraft } from '@shared/storefront/profile.ts'
import { type Out, trpc } from '../../lib/trpc'

export type OwnProfile = Out['shop']['storefront']['profile']

export const ownProfile = (shopId: ShopId) => trpc.shop.storefront.profile.query({ shopId })
export const saveProfile = (shopId: ShopId, draft: ProfileDraft) => trpc.shop.storefront.saveProfile.mutate({ shopId, ...draft })
export const submitProfile = (shopId: ShopId) => trpc.shop.storefront.submitProfile.mutate({ shopId })
export const recallProfile = (shopId: ShopId) => trpc.shop.storefront.recallProfile.mutate({ shopId })
