import { eq } from 'drizzle-orm'
import type { PaperId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { type PaperState, paperFlow } from '../../../shared/tenants/paper-flow.ts'
import { advance, type Work } from '../../platform/work.ts'
import { paperBatches, papers } from './tables.ts'

/**
 * The park's word on a paper, once, on the version that the reviewer saw. From `verify` on it speaks for the shop and for its batches. Refuses
 * `notFound`, `reasonNeeded` (a rejection without one), `stale` (somebody decided, or the shop took it back and changed it).
 */
export async function decidePaper(
  work: Work,
  decision: { paperId: PaperId; version: number; verdict: 'verify' | 'reject'; reasons: string; reviewer: UserId },
): Promise<{ state: PaperState }> {
  const { paperId, version, verdict, reasons, reviewer } = decision
  if (verdict === 'reject' && reasons === '') throw refuse('reasonNeeded', {}, { reasons: '请写明理由' })
  const paper = await found(work, paperId)
  const facts = { paperId, tenantId: paper.tenantId, shopId: paper.shopId }
  await advance(
    work,
    papers,
    paperId,
    paperFlow,
    verdict,
    { decidedAt: work.now, decidedBy: reviewer, reasons: verdict === 'reject' ? reasons : '' },
    eq(papers.version, version),
  )
  if (verdict === 'reject') {
    await work.tell('paper.rejected', { ...facts, reasons })
    return { state: 'rejected' }
  }
  const { batchIds } = paper.draft
  if (batchIds.length > 0) await work.db.insert(paperBatches).values(batchIds.map((batchId) => ({ paperId, batchId })))
  await work.tell('paper.verified', facts)
  return { state: 'verified' }
}

/** The park takes its word back: what needs the paper goes to sleep as if it had ended. Refuses `notFound`, `reasonNeeded`, `stale`. */
export async function withdrawPaper(
  work: Work,
  ask: { paperId: PaperId; reasons: string; reviewer: UserId },
): Promise<{ state: PaperState }> {
  const { paperId, reasons, reviewer } = ask
  if (reasons === '') throw refuse('reasonNeeded', {}, { reasons: '请写明理由' })
  const { tenantId, shopId } = await found(work, paperId)
  await advance(work, papers, paperId, paperFlow, 'withdraw', { decidedAt: work.now, decidedBy: reviewer, reasons })
  await work.tell('paper.withdrawn', { paperId, tenantId, shopId, reasons })
  return { state: 'withdrawn' }
}

async function found(work: Work, paperId: PaperId) {
  const [paper] = await work.db.select().from(papers).where(eq(papers.id, paperId)).for('update')
  if (!paper) throw refuse('notFound')
  return paper
}
