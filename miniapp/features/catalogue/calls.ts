/** The calls of the catalogue, and their answers by name. */
import type { ListingId, ShopId } from '@shared/ids.ts'
import { type Out, trpc } from '../../lib/trpc'

export type ListingPage = Out['buyer']['catalogue']['listing']
export type OfferedSku = ListingPage['skus'][number]
export type ListingCardData = Out['buyer']['storefront']['shelf']['rows'][number]
export type OurListing = Out['shop']['catalogue']['list']['rows'][number]
export type OurListings = Out['shop']['catalogue']['list']

export const listingOf = (listingId: ListingId) => trpc.buyer.catalogue.listing.query({ listingId })
export const moreOfShop = (shopId: ShopId) => trpc.buyer.storefront.shelf.query({ shopId, sort: 'newest', cursor: null, limit: 5 })
