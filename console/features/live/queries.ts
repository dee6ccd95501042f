import type { LiveSessionId, ShopId } from '@shared/ids.ts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type Outputs, trpc } from '@/lib/trpc.ts'

export type SessionRow = Outputs['shop']['live']['list']['rows'][number]
export type Desk = Outputs['shop']['live']['desk']
export type BagItem = Desk['session']['bag'][number]
export type Health = NonNullable<Desk['health']>

/** A shop's sessions, newest announcement first. */
export const sessionsOptions = (shopId: ShopId) =>
  infiniteQueryOptions({
    queryKey: ['live', shopId, 'list'],
    queryFn: ({ pageParam, signal }) => trpc.shop.live.list.query({ shopId, cursor: pageParam as never, limit: 20 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: 15_000,
  })

/** One session with its stream and its figures. */
export const deskOptions = (shopId: ShopId, sessionId: LiveSessionId) =>
  queryOptions({
    queryKey: ['live', shopId, 'desk', sessionId],
    queryFn: ({ signal }) => trpc.shop.live.desk.query({ shopId, sessionId }, { signal }),
  })

/** Listings on the shelf that are not in the bag. */
export const candidatesOptions = (shopId: ShopId, sessionId: LiveSessionId) =>
  queryOptions({
    queryKey: ['live', shopId, 'candidates', sessionId],
    queryFn: ({ signal }) => trpc.shop.live.candidates.query({ shopId, sessionId }, { signal }),
    staleTime: 0,
  })
