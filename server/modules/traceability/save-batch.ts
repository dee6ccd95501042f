import { eq } from 'drizzle-orm'
import type { BatchId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { businessDay, instant } from '../../../shared/time.ts'
import { type BatchLack, batchLacks } from '../../../shared/traceability/complete.ts'
import type { BatchDraft } from '../../../shared/traceability/draft.ts'
import { batchFlow } from '../../../shared/traceability/flow.ts'
import { isDuplicate } from '../../platform/db.ts'
import { newId, tryAdvance, type Work } from '../../platform/work.ts'
import { mustBeOurs } from '../assets/index.ts'
import { mustOwn } from './facts.ts'
import { lockBatch } from './ours.ts'
import { mustOwnPlots } from './own-plots.ts'
import { batches, batchParts } from './tables.ts'

/**
 * Saves a batch as far as it is written; a rejected one becomes a draft again. It takes nothing yet. Refuses `notFound` (batch, plot, parent or
 * picture is not the shop's), `notNow` (in review or decided), `batchCode` (the shop has another batch of this code).
 */
export async function saveBatch(
  work: Work,
  ask: { shopId: ShopId; batchId?: BatchId | undefined; draft: BatchDraft },
): Promise<{ batchId: BatchId; lacks: BatchLack[] }> {
  const { shopId, draft } = ask
  const { parts, storedSince, madeGrams, materialYear, village, ...plain } = draft
  await mustBeOurs(
    work,
    shopId,
    draft.proofs.map((p) => p.pictureId),
  )
  const parents = parts.flatMap((p) => ('batchId' in p ? [p.batchId] : []))
  if (ask.batchId && parents.includes(ask.batchId))
    throw refuse('badInput', { what: '原料构成' }, { 'draft.parts': '一批不能以自己为原料' })
  await mustOwn(work, shopId, parents)
  await mustOwnPlots(
    work,
    shopId,
    parts.flatMap((p) => ('plotId' in p ? [p.plotId] : [])),
  )
  const written = {
    ...plain,
    madeGrams: madeGrams ?? 0,
    // what parts tell is written when they are taken
    materialYear: parts.length > 0 ? null : materialYear,
    village: parts.length > 0 ? '' : village,
    hill: null,
    treeClass: null,
    storedSince: storedSince === null ? null : instant(Date.parse(`${storedSince}T00:00:00+08:00`)),
    updatedAt: work.now,
  }
  const batchId = ask.batchId ?? newId('Batch')
  try {
    if (ask.batchId) {
      const batch = await lockBatch(work, shopId, ask.batchId)
      if (batch.state === 'rejected') await tryAdvance(work, batches, batch.id, batchFlow, 'amend')
      else if (batch.state !== 'draft') throw refuse('notNow')
      await work.db.update(batches).set(written).where(eq(batches.id, batch.id))
      await work.db.delete(batchParts).where(eq(batchParts.batchId, batch.id))
    } else
      await work.db.insert(batches).values({
        id: batchId,
        shopId,
        state: 'draft',
        ...written,
        listedGrams: 0,
        usedGrams: 0,
        origins: [],
        reasons: '',
        createdAt: work.now,
      })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw refuse('batchCode', { code: draft.code }, { 'draft.code': '本店已有这个批号' })
  }
  if (parts.length > 0)
    await work.db.insert(batchParts).values(
      parts.map((part, no) => ({
        batchId,
        no,
        grams: part.grams,
        ...('plotId' in part ? { plotId: part.plotId, year: part.year } : { parentId: part.batchId }),
      })),
    )
  return { batchId, lacks: batchLacks(draft, businessDay(work.now)) }
}
