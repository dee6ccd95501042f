import type { CaseId, WordRuleId } from '@shared/ids.ts'
import type { RiskLevel } from '@shared/moderation/risk.ts'
import { MINUTE } from '@shared/time.ts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type Outputs, trpc } from '@/lib/trpc.ts'

export type CaseRow = Outputs['park']['moderation']['queue']['rows'][number]
export type CasePage = Outputs['park']['moderation']['one']
export type QueueState = CaseRow['state']

export const subjects = ['listing', 'shopProfile', 'review'] as const
export type Subject = (typeof subjects)[number]

/** The desk's queue: what may harm first, then whoever waits longest. */
export const queueOptions = (ask: { state: QueueState; level?: RiskLevel; subject?: Subject }) =>
  infiniteQueryOptions({
    queryKey: ['moderation', 'queue', ask],
    queryFn: ({ pageParam, signal }) => trpc.park.moderation.queue.query({ ...ask, cursor: pageParam, limit: 30 }, { signal }),
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

/** Takes a case to read, and again every two minutes while it is open; says whose it is. */
export const takeOptions = (caseId: CaseId) =>
  queryOptions({
    queryKey: ['moderation', 'take', caseId],
    queryFn: ({ signal }) => trpc.park.moderation.take.mutate({ caseId }, { signal }),
    refetchInterval: 2 * MINUTE,
  })

export type RulesPage = Outputs['park']['moderation']['rules']
export type ParkRule = RulesPage['park'][number]

/** The park's words and the house's, with what each has hit. */
export const rulesOptions = queryOptions({
  queryKey: ['words'],
  queryFn: ({ signal }) => trpc.park.moderation.rules.query(undefined, { signal }),
})

/** All versions of a rule. */
export const ruleHistoryOptions = (ruleId: WordRuleId) =>
  queryOptions({
    queryKey: ['words', ruleId],
    queryFn: ({ signal }) => trpc.park.moderation.ruleHistory.query({ ruleId }, { signal }),
  })
