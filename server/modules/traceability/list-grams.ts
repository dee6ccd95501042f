import { and, eq, sql } from 'drizzle-orm'
import type { BatchId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { batchSum } from '../../../shared/traceability/balance.ts'
import { matched } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { batches } from './tables.ts'

/**
 * Lists grams of a batch for sale, or gives them back (negative), also while it is frozen. The guard is one conditional UPDATE: listed + used +
 * grams ≤ made, of a verified batch. Refuses `notFound`, `massBalance` (the sum in words), `batchFrozen`, `batchUnverified`.
 * Throws a RangeError for what is no whole number, and when more is given back than was listed.
 */
export async function listGrams(work: Work, batchId: BatchId, grams: number): Promise<void> {
  if (!Number.isSafeInteger(grams)) throw new RangeError(`not whole grams: ${grams}`)
  if (grams === 0) return
  const done = await work.db
    .update(batches)
    .set({ listedGrams: sql`${batches.listedGrams} + ${grams}` })
    .where(
      and(
        eq(batches.id, batchId),
        grams < 0
          ? sql`${batches.listedGrams} + ${grams} >= 0`
          : and(eq(batches.state, 'verified'), sql`${batches.listedGrams} + ${batches.usedGrams} + ${grams} <= ${batches.madeGrams}`),
      ),
    )
  if (matched(done) === 1) return
  if (grams < 0) throw new RangeError(`more is given back than was listed of ${batchId}`)
  throw await whyNot(work, batchId, grams)
}

/** Why a batch cannot give these grams. */
export async function whyNot(work: Work, batchId: BatchId, grams: number) {
  const [row] = await work.db
    .select({ code: batches.code, state: batches.state, made: batches.madeGrams, listed: batches.listedGrams, used: batches.usedGrams })
    .from(batches)
    .where(eq(batches.id, batchId))
  if (!row) return refuse('notFound')
  const { code, state, made, listed, used } = row
  if (state === 'frozen') return refuse('batchFrozen', { code })
  if (state !== 'verified') return refuse('batchUnverified', { code })
  return refuse('massBalance', { sum: batchSum(code, made, listed, used, grams) })
}
