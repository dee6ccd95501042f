import type { ShopId } from '@shared/ids.ts'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { type Outputs, trpc } from '@/lib/trpc.ts'

export type ReviewRow = Outputs['shop']['reviews']['list']['rows'][number]
export const reviewFilters = ['all', 'low', 'unanswered'] as const
export type ReviewFilter = (typeof reviewFilters)[number]

/** What buyers said of a shop's teas, newest first. */
export const reviewsOptions = (shopId: ShopId, filter: ReviewFilter) =>
  infiniteQueryOptions({
    queryKey: ['reviews', shopId, filter],
    queryFn: ({ pageParam, signal }) => trpc.shop.reviews.list.query({ shopId, filter, cursor: pageParam, limit: 20 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
