import type { ShopId, SubOrderId } from '@shared/ids.ts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type Outputs, trpc } from '@/lib/trpc.ts'

export type ShopOrder = Outputs['shop']['orders']['list']['rows'][number]
export type ShopOrderPage = Outputs['shop']['orders']['one']
export type OrderState = ShopOrder['state']

/** A shop's orders, newest first, in one state or all. */
export const ordersOptions = (shopId: ShopId, state?: OrderState) =>
  infiniteQueryOptions({
    queryKey: ['orders', shopId, 'list', state ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      trpc.shop.orders.list.query({ shopId, ...(state ? { state } : {}), cursor: pageParam as never, limit: 20 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: 30_000,
  })

/** One order of a shop with its address. */
export const orderOptions = (shopId: ShopId, subOrderId: SubOrderId) =>
  queryOptions({
    queryKey: ['orders', shopId, 'one', subOrderId],
    queryFn: ({ signal }) => trpc.shop.orders.one.query({ shopId, subOrderId }, { signal }),
  })

export type ShopParcels = Outputs['shop']['shipping']['parcels']

/** The parcels of an order that was sent, and what WeChat says of them. */
export const parcelsOptions = (shopId: ShopId, subOrderId: SubOrderId) =>
  queryOptions({
    queryKey: ['orders', shopId, 'parcels', subOrderId],
    queryFn: ({ signal }) => trpc.shop.shipping.parcels.query({ shopId, subOrderId }, { signal }),
  })

/** The couriers a parcel may go by. */
export const couriersOptions = (shopId: ShopId) =>
  queryOptions({
    queryKey: ['couriers', shopId],
    queryFn: ({ signal }) => trpc.shop.shipping.couriers.query({ shopId }, { signal }),
    staleTime: 3_600_000,
  })
