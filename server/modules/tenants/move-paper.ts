import { and, eq, inArray, ne } from 'drizzle-orm'
import type { PaperId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { type PaperState, paperFlow } from '../../../shared/tenants/paper-flow.ts'
import { missingInPaper, paperForms, paperWords } from '../../../shared/tenants/papers.ts'
import { businessDay } from '../../../shared/time.ts'
import { advance, type Work } from '../../platform/work.ts'
import { lockOurPaper } from './save-paper.ts'
import { papers, tenants } from './tables.ts'

type Ask = { shopId: ShopId; paperId: PaperId }

/**
 * Hands a paper to the park's desk. Refuses `notFound`, `paperIncomplete` (with what is missing or wrong, by field; a business licence of somebody
 * else among it), `paperTwice` (the same number of the same kind is at the desk or verified), `stale`.
 */
export async function submitPaper(work: Work, { shopId, paperId }: Ask): Promise<{ state: PaperState }> {
  const paper = await lockOurPaper(work, shopId, paperId)
  const { draft, kind, tenantId } = paper
  const fields: Record<string, string> = {}
  for (const { field, words } of missingInPaper(draft, businessDay(work.now))) fields[field] ??= words
  if (kind === 'businessLicence' && fields.number === undefined && draft.number.length === 18) {
    const [tenant] = await work.db.select({ uscc: tenants.uscc }).from(tenants).where(eq(tenants.id, tenantId))
    if (tenant?.uscc && tenant.uscc !== draft.number) fields.number = `入驻时登记的统一社会信用代码是 ${tenant.uscc}，与这张执照不一致`
  }
  const lacks = Object.keys(fields).length
  if (lacks > 0) throw refuse('paperIncomplete', { count: lacks }, fields)
  if (draft.number !== '' && paperForms[kind].isPublic) await mustBeNew(work, paper)
  await advance(work, papers, paperId, paperFlow, 'submit', { submittedAt: work.now, version: paper.version + 1, reasons: '' })
  await work.tell('paper.submitted', { paperId, tenantId, shopId })
  return { state: 'inReview' }
}

/** A renewal may carry the number of the paper it follows, as long as its last day is another. */
async function mustBeNew(work: Work, paper: typeof papers.$inferSelect): Promise<void> {
  const same = await work.db
    .select({ validUntil: papers.validUntil })
    .from(papers)
    .where(
      and(
        eq(papers.tenantId, paper.tenantId),
        eq(papers.kind, paper.kind),
        eq(papers.number, paper.number),
        inArray(papers.state, ['inReview', 'verified']),
        ne(papers.id, paper.id),
      ),
    )
  if (same.some((one) => one.validUntil === paper.validUntil))
    throw refuse('paperTwice', { number: paper.number, paper: paperWords[paper.kind] }, { number: '已经登记过了' })
}

/** Takes a paper back from the desk to write on it. Refuses `notFound`, `stale` (decided just now). */
export async function recallPaper(work: Work, { shopId, paperId }: Ask): Promise<{ state: PaperState }> {
  await lockOurPaper(work, shopId, paperId)
  await advance(work, papers, paperId, paperFlow, 'recall')
  return { state: 'draft' }
}

/** Puts away what was never verified. Refuses `notFound`, `stale`. */
export async function discardPaper(work: Work, { shopId, paperId }: Ask): Promise<{ state: PaperState }> {
  await lockOurPaper(work, shopId, paperId)
  await advance(work, papers, paperId, paperFlow, 'discard')
  return { state: 'withdrawn' }
}
