import { eq } from 'drizzle-orm'
import type { CaseId, UserId } from '../../../shared/ids.ts'
import { caseFlow, type Verdict } from '../../../shared/moderation/flow.ts'
import { refuse } from '../../../shared/refusals.ts'
import { removalReasons } from '../../../shared/reviews/words.ts'
import { advance, type Work } from '../../platform/work.ts'
import { moderationCases } from './tables.ts'
import { mustBeFree } from './take-case.ts'

/**
 * A reviewer's verdict, once. Refuses `reasonNeeded` (a rejection without a reason), `removalReason` (a review taken down for none of the lawful ones),
 * `beingRead` (somebody else has it open), `notFound`, `stale` (somebody decided or recalled it meanwhile).
 */
export async function decideCase(
  work: Work,
  decision: { caseId: CaseId; verdict: Verdict; reasons: string; reviewer: UserId },
): Promise<{ state: Verdict }> {
  const { caseId, verdict, reasons, reviewer } = decision
  if (verdict === 'rejected' && reasons === '') throw refuse('reasonNeeded', {}, { reasons: '请写明理由' })
  await mustBeFree(work, caseId, reviewer)
  const [found] = await work.db
    .select({ subject: moderationCases.subject, subjectId: moderationCases.subjectId, revision: moderationCases.revision })
    .from(moderationCases)
    .where(eq(moderationCases.id, caseId))
  if (!found) throw refuse('notFound')
  if (found.subject === 'review' && verdict === 'rejected' && !removalReasons.some((one) => reasons.startsWith(one)))
    throw refuse('removalReason', { reasons: removalReasons.join('、') }, { reasons: '请先选一条移除理由，再写说明' })
  const act = verdict === 'approved' ? 'approve' : 'reject'
  await advance(work, moderationCases, caseId, caseFlow, act, { decidedAt: work.now, decidedBy: reviewer, reasons })
  await work.tell('moderation.decided', { caseId, ...found, verdict, reasons })
  return { state: verdict }
}
