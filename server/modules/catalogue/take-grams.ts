import type { WholeListing } from '../../../shared/catalogue/legal.ts'
import { baseUnitsAt, wholeUnits } from '../../../shared/catalogue/units.ts'
import type { BatchId } from '../../../shared/ids.ts'
import type { Work } from '../../platform/work.ts'
import { batchesOf, listGrams } from '../traceability/index.ts'
import type { Taken } from './tables.ts'

/**
 * Takes from the batches what the skus that are not open yet begin with: each sku from its batches in order, as far as each goes; what is too much
 * is asked of the last one, whose refusal (`massBalance`) shows the sum. Batches in id order, each under its own conditional UPDATE. A batch that a
 * sku names for later gives nothing and is noted all the same, so that its lot is opened.
 */
export async function takeGrams(work: Work, whole: WholeListing, opened: ReadonlySet<string>): Promise<Taken[]> {
  const named = [...new Set(whole.skus.flatMap((s) => s.batchIds))]
  const facts = await batchesOf(work.db, named)
  const units = new Map<BatchId, number>(named.map((id) => [id, 0]))
  for (const sku of whole.skus) {
    if (opened.has(sku.key)) continue
    let rest = (sku.stock ?? 0) * (baseUnitsAt(whole.pack, sku.level) ?? 1)
    for (const [i, id] of sku.batchIds.entries()) {
      const batch = facts.get(id)
      const given = units.get(id) ?? 0
      const room = batch ? wholeUnits(Math.max(0, batch.madeGrams - batch.listedGrams - batch.usedGrams), whole.netGrams) - given : 0
      const takes = i === sku.batchIds.length - 1 ? rest : Math.min(rest, Math.max(0, room))
      units.set(id, given + takes)
      rest -= takes
    }
  }
  const taken: Taken[] = []
  for (const [batchId, baseUnits] of [...units].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const grams = baseUnits * whole.netGrams
    if (grams > 0) await listGrams(work, batchId, grams)
    taken.push({ batchId, code: facts.get(batchId)?.code ?? '', baseUnits, grams })
  }
  return taken
}

/** Gives back what a revision had taken and will not open. */
export async function giveBack(work: Work, taken: readonly Taken[] | null): Promise<void> {
  for (const { batchId, grams } of taken ?? []) if (grams > 0) await listGrams(work, batchId, -grams)
}
