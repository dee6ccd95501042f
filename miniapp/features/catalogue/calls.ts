/** The calls of the catalogue, and their answers by name. */
import type { ListingId, ShopId } from '@shared/ids.ts'
import { type Out, trpc } from '../../lib/trpc'

export type ListingPage = Out['buyer']['catalogue']['listing']
export type ShopFront = Out['buyer']['catalogue']['shopPage']
export type ListingCardData = ShopFront['listings'][number]
export type OurListing = Out['shop']['catalogue']['list']['rows'][number]
export type OurListings = Out['shop']['catalogue']['list']

export const listingOf = (listingId: ListingId) => trpc.buyer.catalogue.listing.query({ listingId })
export const shopFront = (shopId: ShopId) => trpc.buyer.catalogue.shopPage.query({ shopId })
