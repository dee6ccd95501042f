import type { ListingId, ShopId } from '@shared/ids.ts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type Inputs, type Outputs, trpc } from '@/lib/trpc.ts'

export type OfferRow = Outputs['shop']['promotions']['list']['rows'][number]
export type ParkOffer = Outputs['shop']['promotions']['parks'][number]
export type OfferAsk = Omit<Inputs['shop']['promotions']['make'], 'shopId'>

/** A shop's own offers, or (null) the park's, newest first. */
export const offersOptions = (shopId: ShopId | null) =>
  infiniteQueryOptions({
    queryKey: ['offers', shopId],
    queryFn: ({ pageParam, signal }) => {
      const page = { cursor: pageParam, limit: 20 }
      return shopId ? trpc.shop.promotions.list.query({ shopId, ...page }, { signal }) : trpc.park.promotions.list.query(page, { signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })

/** The park's running offers, and whether the shop takes part. */
export const parkOffersOptions = (shopId: ShopId) =>
  queryOptions({
    queryKey: ['offers', shopId, 'parks'],
    queryFn: ({ signal }) => trpc.shop.promotions.parks.query({ shopId }, { signal }),
  })

/** The purchase limits of these listings, by id. */
export const limitsOptions = (shopId: ShopId, listingIds: ListingId[]) =>
  queryOptions({
    queryKey: ['offers', shopId, 'limits', listingIds],
    queryFn: ({ signal }) => trpc.shop.promotions.limits.query({ shopId, listingIds }, { signal }),
    enabled: listingIds.length > 0,
  })
