/** The calls of a shop's front and of following, and their answers by name. */
import type { ShopId } from '@shared/ids.ts'
import { type In, type Out, trpc } from '../../lib/trpc'

export type Front = Out['buyer']['storefront']['front']
export type FollowedShop = Out['buyer']['storefront']['follows']['rows'][number]
export type ShelfSort = NonNullable<In['buyer']['storefront']['shelf']['sort']>

const storefront = trpc.buyer.storefront

export const frontOf = (shopId: ShopId) => storefront.front.query({ shopId })
export const shelfOf = (shopId: ShopId, sort: ShelfSort, cursor: string | null) => storefront.shelf.query({ shopId, sort, cursor })
export const follow = (shopId: ShopId) => storefront.follow.mutate({ shopId })
export const unfollow = (shopId: ShopId) => storefront.unfollow.mutate({ shopId })
export const following = () => storefront.following.query()
export const myFollows = (cursor: string | null) => storefront.follows.query({ cursor })
