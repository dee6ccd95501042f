import type { BatchId, PlotId, ShopId } from '@shared/ids.ts'
import type { BatchState, PlotState } from '@shared/traceability/flow.ts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type Outputs, trpc } from '@/lib/trpc.ts'

export type PlotOpened = Outputs['shop']['traceability']['plot']
export type BatchOpened = Outputs['shop']['traceability']['batch']
export type PlotRow = Outputs['shop']['traceability']['plots']['rows'][number]
export type BatchRow = Outputs['shop']['traceability']['batches']['rows'][number]
export type PlotSheet = Outputs['park']['traceability']['plot']
export type BatchSheet = Outputs['park']['traceability']['batch']

const pages = { initialPageParam: null as string | null, getNextPageParam: (last: { next: string | null }) => last.next }

/** A shop's plots. */
export const plotsOptions = (shopId: ShopId) =>
  infiniteQueryOptions({
    queryKey: ['traces', shopId, 'plots'],
    queryFn: ({ pageParam, signal }) => trpc.shop.traceability.plots.query({ shopId, cursor: pageParam, limit: 30 }, { signal }),
    ...pages,
  })

/** A shop's batches. */
export const batchesOptions = (shopId: ShopId) =>
  infiniteQueryOptions({
    queryKey: ['traces', shopId, 'batches'],
    queryFn: ({ pageParam, signal }) => trpc.shop.traceability.batches.query({ shopId, cursor: pageParam, limit: 30 }, { signal }),
    ...pages,
  })

/** What a batch may consist of: the newest fifty verified plots and batches. */
export const sourcesOptions = (shopId: ShopId) =>
  queryOptions({
    queryKey: ['traces', shopId, 'sources'],
    queryFn: async ({ signal }) => {
      const ask = { shopId, state: 'verified', limit: 50 } as const
      const [plots, batches] = await Promise.all([
        trpc.shop.traceability.plots.query(ask, { signal }),
        trpc.shop.traceability.batches.query(ask, { signal }),
      ])
      return { plots: plots.rows, batches: batches.rows }
    },
  })
export type Sources = { plots: PlotRow[]; batches: BatchRow[] }

export const plotOptions = (shopId: ShopId, plotId: PlotId) =>
  queryOptions({
    queryKey: ['traces', shopId, 'plot', plotId],
    queryFn: ({ signal }) => trpc.shop.traceability.plot.query({ shopId, plotId }, { signal }),
    // a form must not be laid anew under the hands that fill it
    refetchOnWindowFocus: false,
  })

export const batchOptions = (shopId: ShopId, batchId: BatchId) =>
  queryOptions({
    queryKey: ['traces', shopId, 'batch', batchId],
    queryFn: ({ signal }) => trpc.shop.traceability.batch.query({ shopId, batchId }, { signal }),
    refetchOnWindowFocus: false,
  })

/** The desk's plots in one state. */
export const plotQueueOptions = (state: PlotState) =>
  infiniteQueryOptions({
    queryKey: ['traces', 'desk', 'plots', state],
    queryFn: ({ pageParam, signal }) => trpc.park.traceability.plots.query({ state, cursor: pageParam, limit: 30 }, { signal }),
    ...pages,
  })

/** The desk's batches in one state. */
export const batchQueueOptions = (state: BatchState) =>
  infiniteQueryOptions({
    queryKey: ['traces', 'desk', 'batches', state],
    queryFn: ({ pageParam, signal }) => trpc.park.traceability.batches.query({ state, cursor: pageParam, limit: 30 }, { signal }),
    ...pages,
  })

/** How many wait at the desk. */
export const waitingOptions = queryOptions({
  queryKey: ['traces', 'desk', 'waiting'],
  queryFn: ({ signal }) => trpc.park.traceability.waiting.query({}, { signal }),
  refetchInterval: 20_000,
})

export const plotSheetOptions = (plotId: PlotId) =>
  queryOptions({
    queryKey: ['traces', 'desk', 'plot', plotId],
    queryFn: ({ signal }) => trpc.park.traceability.plot.query({ plotId }, { signal }),
  })

export const batchSheetOptions = (batchId: BatchId) =>
  queryOptions({
    queryKey: ['traces', 'desk', 'batch', batchId],
    queryFn: ({ signal }) => trpc.park.traceability.batch.query({ batchId }, { signal }),
  })
