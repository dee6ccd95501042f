/** The papers that speak for a shop: what other rooms may ask. */
import { and, desc, eq, inArray } from 'drizzle-orm'
import type { BatchId, PaperId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { anyOfWords, type HeldPaper, isOld, type LabRow, type PaperNeed, type PaperScope, unmet } from '../../../shared/tenants/papers.ts'
import type { Db } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { paperBatches, papers } from './tables.ts'

/** The verified papers of a shop that hold on this day (YYYY-MM-DD in Shanghai), oldest first; one query. */
export async function papersFor(db: Db, shopId: ShopId, day: string): Promise<(HeldPaper & { id: PaperId; number: string })[]> {
  const rows = await db
    .select({
      id: papers.id,
      kind: papers.kind,
      number: papers.number,
      classes: papers.classes,
      validFrom: papers.validFrom,
      validUntil: papers.validUntil,
    })
    .from(papers)
    .where(and(eq(papers.shopId, shopId), eq(papers.state, 'verified')))
    .orderBy(papers.createdAt, papers.id)
  return rows.filter((p) => (p.validFrom === null || p.validFrom <= day) && (p.validUntil === null || day <= p.validUntil))
}

/**
 * Refuses `paperMissing`, naming the paper, why it is needed and where to add it, unless the shop holds a verified paper for every need, for this
 * class, on this day. One query.
 */
export async function mustHold(work: Work, shopId: ShopId, needs: readonly PaperNeed[], scope: PaperScope, day: string): Promise<void> {
  const [lack] = unmet(await papersFor(work.db, shopId, day), needs, scope, day)
  if (lack) throw refuse('paperMissing', { papers: anyOfWords(lack.anyOf), why: lack.why }, { papers: anyOfWords(lack.anyOf) })
}

/** A verified lab report as buyers may read it; its pictures stay with the park and the shop. */
export interface LabReport {
  paperId: PaperId
  batchId: BatchId
  number: string
  lab: string
  cmaNumber: string
  method: string
  sampleBatch: string
  reportDay: string
  /** Issued longer ago than its window: shown as an old report. */
  isOld: boolean
  results: LabRow[]
}

/**
 * The verified lab reports of these batches, newest first; one query. A report speaks for the batch it names, and only where that batch is of the
 * shop that holds it: `batches` says whose each is.
 */
export async function labReportsOf(
  db: Db,
  batches: readonly { id: BatchId; shopId: ShopId }[],
  today: string,
): Promise<Map<BatchId, LabReport[]>> {
  const owners = new Map(batches.map((b) => [b.id, b.shopId]))
  if (owners.size === 0) return new Map()
  const rows = await db
    .select({ batchId: paperBatches.batchId, paperId: papers.id, shopId: papers.shopId, draft: papers.draft })
    .from(paperBatches)
    .innerJoin(papers, eq(papers.id, paperBatches.paperId))
    .where(and(inArray(paperBatches.batchId, [...owners.keys()]), eq(papers.kind, 'labReport'), eq(papers.state, 'verified')))
    .orderBy(desc(papers.validFrom), desc(papers.id))
  const found = new Map<BatchId, LabReport[]>()
  for (const { batchId, paperId, shopId, draft } of rows) {
    if (owners.get(batchId) !== shopId) continue
    const { number, issuer: lab, cmaNumber, method, sampleBatch, results } = draft
    const report = { paperId, batchId, number, lab, cmaNumber, method, sampleBatch, reportDay: draft.validFrom ?? '', results }
    found.set(batchId, [...(found.get(batchId) ?? []), { ...report, isOld: isOld(draft, today) }])
  }
  return found
}
