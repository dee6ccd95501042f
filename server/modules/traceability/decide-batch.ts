import { eq } from 'drizzle-orm'
import type { BatchId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { batchFlow } from '../../../shared/traceability/flow.ts'
import { advance, type Work } from '../../platform/work.ts'
import { partsOf } from './ours.ts'
import { batches } from './tables.ts'
import { giveMaterial } from './take-material.ts'

interface Decision {
  batchId: BatchId
  reasons: string
  reviewer: UserId
}

const lock = async (work: Work, batchId: BatchId) => {
  const [batch] = await work.db
    .select({ id: batches.id, shopId: batches.shopId })
    .from(batches)
    .where(eq(batches.id, batchId))
    .for('update')
  if (!batch) throw refuse('notFound')
  return batch
}

const decided = (work: Work, { reasons, reviewer }: Decision) => ({
  reasons,
  decidedBy: reviewer,
  decidedAt: work.now,
  updatedAt: work.now,
})

const mustSayWhy = ({ reasons }: Decision): void => {
  if (reasons === '') throw refuse('reasonNeeded', {}, { reasons: '请写明理由' })
}

/** Verifies a batch: from now on skus may list it and blends may take of it. Refuses `notFound`, `stale`. */
export async function verifyBatch(work: Work, ask: Decision): Promise<{ state: 'verified' }> {
  const { id: batchId, shopId } = await lock(work, ask.batchId)
  await advance(work, batches, batchId, batchFlow, 'verify', decided(work, ask))
  await work.tell('batch.verified', { batchId, shopId })
  return { state: 'verified' }
}

/** Sends a batch back; its material is free again. Refuses `reasonNeeded`, `notFound`, `stale`. */
export async function rejectBatch(work: Work, ask: Decision): Promise<{ state: 'rejected' }> {
  mustSayWhy(ask)
  const { id: batchId, shopId } = await lock(work, ask.batchId)
  await advance(work, batches, batchId, batchFlow, 'reject', decided(work, ask))
  await giveMaterial(work, await partsOf(work.db, batchId))
  await work.tell('batch.rejected', { batchId, shopId, reasons: ask.reasons })
  return { state: 'rejected' }
}

/** Freezes a batch: nothing more of it is listed or blended; whoever sells it hears of it. Refuses `reasonNeeded`, `notFound`, `stale`. */
export async function freezeBatch(work: Work, ask: Decision): Promise<{ state: 'frozen' }> {
  mustSayWhy(ask)
  const { id: batchId, shopId } = await lock(work, ask.batchId)
  await advance(work, batches, batchId, batchFlow, 'freeze', decided(work, ask))
  await work.tell('batch.frozen', { batchId, shopId })
  return { state: 'frozen' }
}

/** Ends a freeze, with the reason why. Refuses `reasonNeeded`, `notFound`, `stale`. */
export async function thawBatch(work: Work, ask: Decision): Promise<{ state: 'verified' }> {
  mustSayWhy(ask)
  const { id: batchId, shopId } = await lock(work, ask.batchId)
  await advance(work, batches, batchId, batchFlow, 'thaw', decided(work, ask))
  await work.tell('batch.thawed', { batchId, shopId })
  return { state: 'verified' }
}
