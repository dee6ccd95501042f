import type { BatchId, PaperId, ShopId } from '@shared/ids.ts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type Outputs, trpc } from '@/lib/trpc.ts'

export type PaperRow = Outputs['shop']['tenants']['papers']['rows'][number]
export type PaperPage = Outputs['shop']['tenants']['paper']
export type DeskPaper = Outputs['park']['tenants']['paper']
export type DeskRow = Outputs['park']['tenants']['papers']['rows'][number]
export const deskTabs = ['inReview', 'ending', 'verified', 'rejected', 'expired', 'withdrawn'] as const
export type DeskTab = (typeof deskTabs)[number]

/** A shop's papers, newest first. */
export const papersOptions = (shopId: ShopId) =>
  infiniteQueryOptions({
    queryKey: ['papers', shopId, 'list'],
    queryFn: ({ pageParam, signal }) => trpc.shop.tenants.papers.query({ shopId, cursor: pageParam, limit: 30 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })

/** One paper as its form draws it. */
export const paperOptions = (shopId: ShopId, paperId: PaperId) =>
  queryOptions({
    queryKey: ['papers', shopId, 'one', paperId],
    queryFn: ({ signal }) => trpc.shop.tenants.paper.query({ shopId, paperId }, { signal }),
  })

/** What of its papers a shop must look after. */
export const noticesOptions = (shopId: ShopId) =>
  queryOptions({
    queryKey: ['papers', shopId, 'notices'],
    queryFn: ({ signal }) => trpc.shop.tenants.paperNotices.query({ shopId }, { signal }),
  })

/** The park's list of papers: those that wait oldest first, those that end by their last day. */
export const deskOptions = (tab: DeskTab) =>
  infiniteQueryOptions({
    queryKey: ['desk-papers', 'list', tab],
    queryFn: async ({ pageParam, signal }): Promise<{ rows: DeskRow[]; next: string | null; openCount?: number }> =>
      tab === 'ending'
        ? trpc.park.tenants.endingPapers.query({ cursor: pageParam, limit: 30 }, { signal })
        : trpc.park.tenants.papers.query({ state: tab, cursor: pageParam, limit: 30 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: 30_000,
  })

/** One paper as the reviewer reads it. */
export const deskPaperOptions = (paperId: PaperId) =>
  queryOptions({
    queryKey: ['desk-papers', 'one', paperId],
    queryFn: ({ signal }) => trpc.park.tenants.paper.query({ paperId }, { signal }),
  })

/** The shop's batches, for a paper to name. */
export const batchChoiceOptions = (shopId: ShopId) =>
  infiniteQueryOptions({
    queryKey: ['batches', shopId, 'choice'],
    queryFn: ({ pageParam, signal }) => trpc.shop.traceability.batches.query({ shopId, cursor: pageParam, limit: 50 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })

/** A batch as the park's desk reads it. */
export const batchOptions = (batchId: BatchId) =>
  queryOptions({
    queryKey: ['desk-batches', batchId],
    queryFn: ({ signal }) => trpc.park.traceability.batch.query({ batchId }, { signal }),
  })

/** A batch of the shop. */
export const ourBatchOptions = (shopId: ShopId, batchId: BatchId) =>
  queryOptions({
    queryKey: ['batches', shopId, 'one', batchId],
    queryFn: ({ signal }) => trpc.shop.traceability.batch.query({ shopId, batchId }, { signal }),
  })
