import { and, eq, sql } from 'drizzle-orm'
import type { BatchId, PlotId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { plotSum } from '../../../shared/traceability/balance.ts'
import type { Part } from '../../../shared/traceability/draft.ts'
import { matched } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { whyNot } from './list-grams.ts'
import { batches, plots, plotYears } from './tables.ts'

const keyOf = (part: Part): string => ('plotId' in part ? `${part.plotId} ${part.year}` : part.batchId)
const inOrder = (parts: readonly Part[]): Part[] => [...parts].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))

/**
 * Takes the material of a batch, each account by one conditional UPDATE, in the order of their ids. Refuses `massBalance`, `plotUnverified`,
 * `batchUnverified`, `batchFrozen`; then the whole work must end.
 */
export async function takeMaterial(work: Work, parts: readonly Part[]): Promise<void> {
  for (const part of inOrder(parts))
    if ('plotId' in part) await takeOfPlot(work, part.plotId, part.year, part.grams)
    else await takeOfBatch(work, part.batchId, part.grams)
}

/** Gives the material back that a batch had taken. */
export async function giveMaterial(work: Work, parts: readonly Part[]): Promise<void> {
  for (const part of inOrder(parts))
    if ('plotId' in part)
      await work.db
        .update(plotYears)
        .set({ takenGrams: sql`${plotYears.takenGrams} - ${part.grams}` })
        .where(and(eq(plotYears.plotId, part.plotId), eq(plotYears.year, part.year)))
    else
      await work.db
        .update(batches)
        .set({ usedGrams: sql`${batches.usedGrams} - ${part.grams}` })
        .where(eq(batches.id, part.batchId))
}

async function takeOfPlot(work: Work, plotId: PlotId, year: number, grams: number): Promise<void> {
  await work.db
    .insert(plotYears)
    .values({ plotId, year, takenGrams: 0 })
    .onDuplicateKeyUpdate({ set: { takenGrams: sql`${plotYears.takenGrams}` } })
  const taken = await work.db
    .update(plotYears)
    .set({ takenGrams: sql`${plotYears.takenGrams} + ${grams}` })
    .where(
      and(
        eq(plotYears.plotId, plotId),
        eq(plotYears.year, year),
        sql`exists (select 1 from ${plots} where ${plots.id} = ${plotYears.plotId} and ${plots.state} = 'verified' and ${plotYears.takenGrams} + ${grams} <= ${plots.grantedGrams})`,
      ),
    )
  if (matched(taken) === 1) return
  const [row] = await work.db
    .select({ name: plots.name, state: plots.state, bound: plots.grantedGrams, taken: plotYears.takenGrams })
    .from(plots)
    .innerJoin(plotYears, and(eq(plotYears.plotId, plots.id), eq(plotYears.year, year)))
    .where(eq(plots.id, plotId))
  if (!row) throw refuse('notFound')
  if (row.state !== 'verified') throw refuse('plotUnverified', { name: row.name })
  const sum = plotSum(row.name, year, row, grams)
  throw refuse('massBalance', { sum }, { parts: sum })
}

async function takeOfBatch(work: Work, batchId: BatchId, grams: number): Promise<void> {
  const taken = await work.db
    .update(batches)
    .set({ usedGrams: sql`${batches.usedGrams} + ${grams}` })
    .where(
      and(
        eq(batches.id, batchId),
        eq(batches.state, 'verified'),
        sql`${batches.listedGrams} + ${batches.usedGrams} + ${grams} <= ${batches.madeGrams}`,
      ),
    )
  if (matched(taken) !== 1) throw await whyNot(work, batchId, grams)
}
