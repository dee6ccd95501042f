import type { AfterSaleId, ShopId } from '@shared/ids.ts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type Outputs, trpc } from '@/lib/trpc.ts'

export type CasePage = Outputs['shop']['afterSale']['one']
export const caseFilters = ['ours', 'theirs', 'park', 'over'] as const
export type CaseFilter = (typeof caseFilters)[number]

/** Cases of a shop, or (null) of all shops. */
export const casesOptions = (shopId: ShopId | null, filter: CaseFilter) =>
  infiniteQueryOptions({
    queryKey: ['after-sale', shopId, filter],
    queryFn: ({ pageParam, signal }) => {
      const ask = { filter, cursor: pageParam, limit: 20 }
      return shopId ? trpc.shop.afterSale.list.query({ shopId, ...ask }, { signal }) : trpc.park.afterSale.list.query(ask, { signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: 30_000,
  })

/** One case. */
export const caseOptions = (shopId: ShopId | null, afterSaleId: AfterSaleId) =>
  queryOptions({
    queryKey: ['after-sale', shopId, 'one', afterSaleId],
    queryFn: ({ signal }) =>
      shopId
        ? trpc.shop.afterSale.one.query({ shopId, afterSaleId }, { signal })
        : trpc.park.afterSale.one.query({ afterSaleId }, { signal }),
  })
