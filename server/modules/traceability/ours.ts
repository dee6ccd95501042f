import { and, asc, eq } from 'drizzle-orm'
import type { BatchId, PlotId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { businessDay } from '../../../shared/time.ts'
import type { BatchDraft, Part, PlotDraft } from '../../../shared/traceability/draft.ts'
import type { Db } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { batches, batchParts, plots } from './tables.ts'

export type PlotRow = typeof plots.$inferSelect
export type BatchRow = typeof batches.$inferSelect

/** Locks a plot of this shop for the rest of the work; refuses `notFound` for any other shop's. */
export async function lockPlot(work: Work, shopId: ShopId, plotId: PlotId): Promise<PlotRow> {
  const [plot] = await work.db
    .select()
    .from(plots)
    .where(and(eq(plots.id, plotId), eq(plots.shopId, shopId)))
    .for('update')
  if (!plot) throw refuse('notFound')
  return plot
}

/** Locks a batch of this shop for the rest of the work; refuses `notFound` for any other shop's. */
export async function lockBatch(work: Work, shopId: ShopId, batchId: BatchId): Promise<BatchRow> {
  const [batch] = await work.db
    .select()
    .from(batches)
    .where(and(eq(batches.id, batchId), eq(batches.shopId, shopId)))
    .for('update')
  if (!batch) throw refuse('notFound')
  return batch
}

/** What a batch consists of, in the order written. */
export async function partsOf(db: Db, batchId: BatchId): Promise<Part[]> {
  const rows = await db.select().from(batchParts).where(eq(batchParts.batchId, batchId)).orderBy(asc(batchParts.no))
  return rows.flatMap(({ plotId, year, parentId, grams }): Part[] => {
    if (plotId !== null && year !== null) return [{ plotId, year, grams }]
    return parentId === null ? [] : [{ batchId: parentId, grams }]
  })
}

/** A plot as its form has it. */
export const plotDraftOf = (row: PlotRow): PlotDraft => ({
  name: row.name,
  crop: row.crop,
  hill: row.hill,
  village: row.village,
  grower: row.grower,
  areaTenths: row.areaTenths,
  trees: row.trees,
  treeClass: row.treeClass,
  treeBasis: row.treeBasis,
  altitudeMetres: row.altitudeMetres,
  yieldState: row.yieldState,
  yearlyGrams: row.yearlyGrams === 0 ? null : row.yearlyGrams,
  proofs: row.proofs,
})

/** A batch as its form has it. */
export const batchDraftOf = (row: BatchRow, parts: Part[]): BatchDraft => ({
  code: row.code,
  productClass: row.productClass,
  kind: row.kind,
  season: row.season,
  materialYear: parts.length > 0 ? null : row.materialYear,
  village: parts.length > 0 ? '' : row.village,
  makerName: row.makerName,
  makerAddress: row.makerAddress,
  scNumber: row.scNumber,
  standardCode: row.standardCode,
  productionDate: row.productionDate,
  pressingDate: row.pressingDate,
  storedSince: row.storedSince === null ? null : businessDay(row.storedSince),
  madeGrams: row.madeGrams === 0 ? null : row.madeGrams,
  parts,
  proofs: row.proofs,
})
