import type { ShopId } from '@shared/ids.ts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { trpc } from '@/lib/trpc.ts'

/** Where a shop's money is. */
export const summaryOptions = (shopId: ShopId) =>
  queryOptions({
    queryKey: ['settlement', shopId, 'summary'],
    queryFn: ({ signal }) => trpc.shop.settlement.summary.query({ shopId }, { signal }),
  })

/** Every movement of a shop's money, newest first. */
export const entriesOptions = (shopId: ShopId) =>
  infiniteQueryOptions({
    queryKey: ['settlement', shopId, 'entries'],
    queryFn: ({ pageParam, signal }) => trpc.shop.settlement.entries.query({ shopId, cursor: pageParam as never, limit: 20 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
