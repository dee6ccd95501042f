import { and, eq } from 'drizzle-orm'
import type { DifferenceId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { matched } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { billDifferences } from './tables.ts'

/** A person has found out why our books and a bill differ; it stays on record with their words. Refuses `notFound`, and `stale` when somebody was faster. */
export async function explainDifference(work: Work, ask: { differenceId: DifferenceId; by: UserId; words: string }): Promise<void> {
  const [row] = await work.db.select({ id: billDifferences.id }).from(billDifferences).where(eq(billDifferences.id, ask.differenceId))
  if (!row) throw refuse('notFound')
  const explained = await work.db
    .update(billDifferences)
    .set({ state: 'explained', explainedBy: ask.by, explainedAt: work.now, words: ask.words })
    .where(and(eq(billDifferences.id, ask.differenceId), eq(billDifferences.state, 'open')))
  if (matched(explained) !== 1) throw refuse('stale')
}
