import { and, eq, gt, isNull, lte, ne, or } from 'drizzle-orm'
import type { CaseId, UserId } from '../../../shared/ids.ts'
import { READS_FOR } from '../../../shared/moderation/limits.ts'
import { refuse } from '../../../shared/refusals.ts'
import { after, type Instant } from '../../../shared/time.ts'
import { matched } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { people } from '../identity/index.ts'
import { moderationCases as cases } from './tables.ts'

/** Who reads a case, and until when it is theirs. */
export interface Reader {
  name: string
  isMe: boolean
  until: Instant
}

/**
 * Takes an open case to read, for five minutes or five more: one conditional UPDATE, so that of two who open it at once one reads. What the
 * reviewer read before is given back. Answers whose it is now; null where it is decided already. Refuses `notFound`.
 */
export async function takeCase(work: Work, caseId: CaseId, userId: UserId): Promise<{ reader: Reader | null }> {
  const name = (await people(work.db, [userId])).get(userId)?.nickname ?? ''
  const until = after(work.now, READS_FOR)
  const free = or(isNull(cases.readerId), eq(cases.readerId, userId), lte(cases.readUntil, work.now))
  const taken = await work.db
    .update(cases)
    .set({ readerId: userId, readerName: name, readUntil: until })
    .where(and(eq(cases.id, caseId), eq(cases.state, 'open'), free))
  if (matched(taken) === 1) {
    await work.db
      .update(cases)
      .set({ readerId: null, readerName: null, readUntil: null })
      .where(and(eq(cases.readerId, userId), eq(cases.state, 'open'), ne(cases.id, caseId)))
    return { reader: { name, isMe: true, until } }
  }
  const [found] = await work.db
    .select({ state: cases.state, name: cases.readerName, until: cases.readUntil })
    .from(cases)
    .where(eq(cases.id, caseId))
  if (!found) throw refuse('notFound')
  if (found.state !== 'open' || found.until === null) return { reader: null }
  return { reader: { name: found.name ?? '', isMe: false, until: found.until } }
}

/** Refuses `beingRead` where somebody else reads this case just now. */
export async function mustBeFree(work: Work, caseId: CaseId, userId: UserId): Promise<void> {
  const [theirs] = await work.db
    .select({ name: cases.readerName })
    .from(cases)
    .where(and(eq(cases.id, caseId), eq(cases.state, 'open'), ne(cases.readerId, userId), gt(cases.readUntil, work.now)))
  if (theirs) throw refuse('beingRead', { who: theirs.name ?? '' })
}
