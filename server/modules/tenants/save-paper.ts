import { and, eq, inArray, sql } from 'drizzle-orm'
import type { PaperId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { paperLimits } from '../../../shared/tenants/paper-limits.ts'
import { missingInPaper, type PaperDraft, type PaperMissing } from '../../../shared/tenants/papers.ts'
import { businessDay } from '../../../shared/time.ts'
import { newId, type Work } from '../../platform/work.ts'
import { mustBeOurs } from '../assets/index.ts'
import { papers, shops } from './tables.ts'

/** What of a draft stands in columns of its own. */
export const columnsOf = (draft: PaperDraft) => ({
  kind: draft.kind,
  number: draft.number,
  issuer: draft.issuer,
  classes: draft.classes,
  validFrom: draft.validFrom,
  validUntil: draft.validUntil,
  draft,
})

/** Locks a paper of this shop for the rest of the work; refuses `notFound` for any other shop's. */
export async function lockOurPaper(work: Work, shopId: ShopId, paperId: PaperId) {
  const [paper] = await work.db
    .select()
    .from(papers)
    .where(and(eq(papers.id, paperId), eq(papers.shopId, shopId)))
    .for('update')
  if (!paper) throw refuse('notFound')
  return paper
}

/**
 * Keeps what a shop has typed of a paper, whole or not, and says what it still lacks: one may stop at any field and come back. A rejected paper
 * may be written on; one at the desk, verified or put away may not. Refuses `notFound` (also a picture of another shop), `notNow`,
 * `tooManyPapers`.
 */
export async function savePaper(
  work: Work,
  ask: { shopId: ShopId; paperId?: PaperId | undefined; draft: PaperDraft },
): Promise<{ paperId: PaperId; missing: PaperMissing[] }> {
  const { shopId, draft } = ask
  await mustBeOurs(work, shopId, draft.pictures)
  const missing = missingInPaper(draft, businessDay(work.now))
  if (ask.paperId) {
    const paper = await lockOurPaper(work, shopId, ask.paperId)
    if (paper.state !== 'draft' && paper.state !== 'rejected') throw refuse('notNow')
    await work.db.update(papers).set(columnsOf(draft)).where(eq(papers.id, paper.id))
    return { paperId: paper.id, missing }
  }
  // the shop's row is the queue for its new papers, so that the count holds
  const [shop] = await work.db.select({ tenantId: shops.tenantId }).from(shops).where(eq(shops.id, shopId)).for('update')
  if (!shop) throw refuse('notFound')
  const [waiting] = await work.db
    .select({ n: sql<number | string>`count(*)` })
    .from(papers)
    .where(and(eq(papers.shopId, shopId), inArray(papers.state, ['draft', 'inReview', 'rejected'])))
  if (Number(waiting?.n ?? 0) >= paperLimits.waiting) throw refuse('tooManyPapers', { most: paperLimits.waiting })
  const id = newId('Paper')
  await work.db
    .insert(papers)
    .values({ ...columnsOf(draft), id, tenantId: shop.tenantId, shopId, state: 'draft', version: 0, reasons: '', createdAt: work.now })
  return { paperId: id, missing }
}
