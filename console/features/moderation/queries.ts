import type { CaseId } from '@shared/ids.ts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type Outputs, trpc } from '@/lib/trpc.ts'

export type CaseRow = Outputs['park']['moderation']['queue']['rows'][number]
export type CasePage = Outputs['park']['moderation']['one']
export type QueueState = CaseRow['state']

/** The desk's queue: whoever waits longest stands first. */
export const queueOptions = (state: QueueState) =>
  infiniteQueryOptions({
    queryKey: ['moderation', 'queue', state],
    queryFn: ({ pageParam, signal }) => trpc.park.moderation.queue.query({ state, cursor: pageParam, limit: 30 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: 20_000,
  })

/** One case with what changed and what was found. */
export const caseOptions = (caseId: CaseId) =>
  queryOptions({
    queryKey: ['moderation', 'one', caseId],
    queryFn: ({ signal }) => trpc.park.moderation.one.query({ caseId }, { signal }),
  })
