import { and, eq } from 'drizzle-orm'
import type { AssetId, CaseId, ShopId } from '../../../shared/ids.ts'
import { adviceOn, type ClaimFacts } from '../../../shared/moderation/claims.ts'
import { caseFlow } from '../../../shared/moderation/flow.ts'
import { levelOf, type Risk, riskLevels, risksOf, sumOf } from '../../../shared/moderation/risk.ts'
import { claimClassWords } from '../../../shared/moderation/rules.ts'
import type { CaseSheet } from '../../../shared/moderation/sheet.ts'
import { isDuplicate } from '../../platform/db.ts'
import { newId, tryAdvance, type Work } from '../../platform/work.ts'
import { shopSigns } from '../tenants/index.ts'
import { checkPictures } from './check-pictures.ts'
import { readingNow } from './park-rules.ts'
import { moderationCases, moderationFindings } from './tables.ts'

export type { CaseSheet }

export interface Asked {
  subject: 'listing' | 'shopProfile' | 'review'
  subjectId: string
  /** The author's id of this wording. What it names must never change once a case is open. */
  revision: string
  shopId: ShopId
  title: string
  pictureId: AssetId | null
  now: CaseSheet
  /** The last approved wording, or null. */
  before: CaseSheet | null
  /** What is known of the goods, for claims that can be borne out. */
  facts?: ClaimFacts
  /** What makes it want care, as far as only the author's room can know. */
  risks?: readonly Risk[]
}

/** The level that risks add up to, as the column keeps it. */
export const levelNumber = (risks: readonly Risk[]): 0 | 1 | 2 => riskLevels.indexOf(levelOf(sumOf(risks))) as 0 | 1 | 2

/** Cut to what the column holds. */
const short = (text: string): string => [...text].slice(0, 200).join('')

/**
 * Puts a revision before the desk, with what the word list says of it and what its photos say themselves. The same revision twice is one case; one that was recalled is open again.
 */
export async function openCase(work: Work, { facts, risks: more = [], ...asked }: Asked): Promise<CaseId> {
  const id = newId('Case')
  const { mark, park } = await readingNow(work.db)
  const marks = asked.now.fields.flatMap((f) => mark(f.value ?? '', facts).map((found) => ({ field: f.field, mark: found })))
  const seen = await checkPictures(work.db, asked.shopId, asked.now)
  const shop = (await shopSigns(work.db, [asked.shopId])).get(asked.shopId)
  const risks = risksOf({
    claims: marks.map(({ mark }) => ({ class: mark.class, words: claimClassWords[mark.class] })),
    photos: seen.length,
    isFirst: asked.before === null,
    shopOpenedAt: shop?.openedAt ?? work.now,
    now: work.now,
    more,
  })
  try {
    await work.db.insert(moderationCases).values({
      id,
      ...asked,
      shopName: shop?.name ?? '',
      risks,
      level: levelNumber(risks),
      revisionNo: asked.now.no,
      title: [...asked.title].slice(0, 120).join(''),
      state: 'open',
      askedBy: work.by.kind === 'member' || work.by.kind === 'buyer' ? work.by.userId : null,
      openedAt: work.now,
      reasons: '',
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    return reopen(work, asked)
  }
  const found = marks.map(({ field, mark }) => ({ field, text: mark.text, why: adviceOn(mark, park), ruleId: mark.ruleId }))
  const rows = [
    ...found.map((f, no) => ({ ...f, source: 'words' as const, no })),
    ...seen.map((f, no) => ({ ...f, source: 'pictures' as const, no, ruleId: null })),
  ].map((f) => ({ ...f, caseId: id, text: short(f.text), why: short(f.why) }))
  if (rows.length > 0) await work.db.insert(moderationFindings).values(rows)
  await work.tell('moderation.opened', { caseId: id, subject: asked.subject, subjectId: asked.subjectId })
  return id
}

const ofRevision = (asked: Pick<Asked, 'subject' | 'subjectId' | 'revision'>) =>
  and(
    eq(moderationCases.subject, asked.subject),
    eq(moderationCases.subjectId, asked.subjectId),
    eq(moderationCases.revision, asked.revision),
  )

async function reopen(work: Work, asked: Asked): Promise<CaseId> {
  const [have] = await work.db.select({ id: moderationCases.id }).from(moderationCases).where(ofRevision(asked))
  if (!have) throw new Error('a case was refused as a duplicate and is not there')
  await tryAdvance(work, moderationCases, have.id, caseFlow, 'reopen', { openedAt: work.now })
  return have.id
}

/** Takes a revision back from the desk; answers whether it was still undecided. */
export async function closeCase(work: Work, subject: Asked['subject'], subjectId: string, revision: string): Promise<boolean> {
  const [have] = await work.db.select({ id: moderationCases.id }).from(moderationCases).where(ofRevision({ subject, subjectId, revision }))
  return have !== undefined && (await tryAdvance(work, moderationCases, have.id, caseFlow, 'recall'))
}
