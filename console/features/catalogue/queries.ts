import type { ListingId, ShopId } from '@shared/ids.ts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type Outputs, trpc } from '@/lib/trpc.ts'

export type ListingRow = Outputs['shop']['catalogue']['list']['rows'][number]
export type ListingOpened = Outputs['shop']['catalogue']['get']
export type Shelf = ListingRow['shelf']

/** A shop's listings, on one shelf or all. */
export const listingsOptions = (shopId: ShopId, shelf?: Shelf) =>
  infiniteQueryOptions({
    queryKey: ['catalogue', shopId, 'list', shelf ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      trpc.shop.catalogue.list.query({ shopId, ...(shelf ? { shelf } : {}), cursor: pageParam as never, limit: 20 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })

/** One listing with its newest revision. */
export const listingOptions = (shopId: ShopId, listingId: ListingId) =>
  queryOptions({
    queryKey: ['catalogue', shopId, 'one', listingId],
    queryFn: ({ signal }) => trpc.shop.catalogue.get.query({ shopId, listingId }, { signal }),
  })
