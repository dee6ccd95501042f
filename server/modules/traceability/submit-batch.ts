import { and, asc, eq, inArray } from 'drizzle-orm'
import type { TreeClass } from '../../../shared/catalogue/draft.ts'
import type { BatchId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { businessDay } from '../../../shared/time.ts'
import { type Material, madeSum, materialOf, originRules, partsMake, yieldOf } from '../../../shared/traceability/balance.ts'
import { batchLacks } from '../../../shared/traceability/complete.ts'
import type { BatchDraft, Part } from '../../../shared/traceability/draft.ts'
import { batchFlow } from '../../../shared/traceability/flow.ts'
import { advance, type Work } from '../../platform/work.ts'
import { mustBeOpen } from '../tenants/index.ts'
import { batchDraftOf, lockBatch, partsOf } from './ours.ts'
import { refuseLacks } from './refuse-lacks.ts'
import { batches, type Origin, plots } from './tables.ts'
import { giveMaterial, takeMaterial } from './take-material.ts'

/**
 * Hands a batch to the park and takes its material: dry grams of plots' years, grams of parent batches. Refuses `notFound`, `notNow` (not a
 * draft), `incomplete` (by field), `plotUnverified`, `batchUnverified`, `batchFrozen`, `badInput` (material that cannot become this), `massBalance`
 * (the sum in words): then nothing was taken.
 */
export async function submitBatch(work: Work, ask: { shopId: ShopId; batchId: BatchId }): Promise<{ state: 'inReview' }> {
  await mustBeOpen(work, ask.shopId)
  const batch = await lockBatch(work, ask.shopId, ask.batchId)
  if (batch.state !== 'draft') throw refuse('notNow')
  const draft = batchDraftOf(batch, await partsOf(work.db, batch.id))
  refuseLacks(batchLacks(draft, businessDay(work.now)))
  const told = draft.parts.length === 0 ? {} : await fromParts(work, ask.shopId, draft)
  await takeMaterial(work, draft.parts)
  await advance(work, batches, batch.id, batchFlow, 'submit', { ...told, updatedAt: work.now })
  return { state: 'inReview' }
}

/** Takes a batch back from the park, as long as nobody has decided; its material is free again. Refuses `notFound`, `notNow`. */
export async function recallBatch(work: Work, ask: { shopId: ShopId; batchId: BatchId }): Promise<{ state: 'draft' }> {
  const batch = await lockBatch(work, ask.shopId, ask.batchId)
  if (batch.state !== 'inReview') throw refuse('notNow')
  await advance(work, batches, batch.id, batchFlow, 'recall', { updatedAt: work.now })
  await giveMaterial(work, await partsOf(work.db, batch.id))
  return { state: 'draft' }
}

/** What one part tells of the whole. */
interface Told {
  material: Material
  grams: number
  years: (number | null)[]
  hills: (string | null)[]
  villages: string[]
  treeClasses: (TreeClass | null)[]
  origins: Origin[]
}

const wrongMaterial = (words: string) => refuse('badInput', { what: '原料构成' }, { parts: words })

/** Checks that the parts can become the batch, and answers what they agree on. Locks plots and parents, each in id order. */
async function fromParts(work: Work, shopId: ShopId, draft: BatchDraft) {
  const told = await tellOf(work, shopId, draft.parts, originRules[draft.productClass].crop)
  const material = materialOf(draft.productClass, draft.kind)
  const canMake = material === null ? null : partsMake(told, material)
  if (canMake === null) throw wrongMaterial('所列原料做不成这种商品，请核对')
  const made = draft.madeGrams ?? 0
  if (made > canMake) throw refuse('massBalance', { sum: madeSum(canMake, made) }, { parts: madeSum(canMake, made) })
  return {
    materialYear: agreed(told.flatMap((t) => t.years)) ?? null,
    hill: agreed(told.flatMap((t) => t.hills)) ?? null,
    village: agreed(told.flatMap((t) => t.villages)) ?? '',
    treeClass: agreed(told.flatMap((t) => t.treeClasses)) ?? null,
    origins: told.flatMap((t) => t.origins),
  }
}

/** The one value that all have, or undefined. */
const agreed = <T>(values: readonly T[]): T | undefined => (new Set(values).size === 1 ? values[0] : undefined)

async function tellOf(work: Work, shopId: ShopId, parts: readonly Part[], crop: string | null): Promise<Told[]> {
  const plotIds = parts.flatMap((p) => ('plotId' in p ? [p.plotId] : []))
  const parentIds = parts.flatMap((p) => ('batchId' in p ? [p.batchId] : []))
  const land =
    plotIds.length === 0
      ? []
      : await work.db
          .select()
          .from(plots)
          .where(and(inArray(plots.id, plotIds), eq(plots.shopId, shopId)))
          .orderBy(asc(plots.id))
          .for('update')
  const parents =
    parentIds.length === 0
      ? []
      : await work.db
          .select()
          .from(batches)
          .where(and(inArray(batches.id, parentIds), eq(batches.shopId, shopId)))
          .orderBy(asc(batches.id))
          .for('update')
  return parts.map((part): Told => {
    if ('plotId' in part) {
      const plot = land.find((p) => p.id === part.plotId)
      if (!plot) throw refuse('notFound')
      if (plot.state !== 'verified') throw refuse('plotUnverified', { name: plot.name }, { parts: `地块「${plot.name}」还没有通过核验` })
      if (plot.crop !== crop) throw wrongMaterial(`地块「${plot.name}」种的不是这种作物`)
      const { hill, village, treeClass } = plot
      return {
        material: yieldOf[plot.crop].dry,
        grams: part.grams,
        years: [part.year],
        hills: [hill],
        villages: [village],
        treeClasses: [treeClass],
        origins: [{ plotId: plot.id, hill, village, year: part.year, grams: part.grams }],
      }
    }
    const parent = parents.find((b) => b.id === part.batchId)
    if (!parent) throw refuse('notFound')
    const material = materialOf(parent.productClass, parent.kind)
    if (material === null) throw wrongMaterial(`批次 ${parent.code} 不能作原料`)
    return {
      material,
      grams: part.grams,
      years: [parent.materialYear],
      hills: [parent.hill],
      villages: [parent.village],
      treeClasses: [parent.treeClass],
      // of what went into the parent, the same share
      origins: parent.origins.map((o) => ({ ...o, grams: Math.round((o.grams * part.grams) / parent.madeGrams) })),
    }
  })
}
