import { and, eq } from 'drizzle-orm'
import type { ShopId } from '../../../shared/ids.ts'
import type { CaseSheet } from '../../../shared/moderation/sheet.ts'
import { refuse } from '../../../shared/refusals.ts'
import { profileFlow } from '../../../shared/storefront/flow.ts'
import { profileLacks } from '../../../shared/storefront/profile.ts'
import { profileFieldWords } from '../../../shared/storefront/words.ts'
import { advance, type Work } from '../../platform/work.ts'
import { closeCase, openCase } from '../moderation/index.ts'
import { mustBeOpen, shopChips } from '../tenants/index.ts'
import { lockNewest } from './save-profile.ts'
import { profiles } from './tables.ts'

/** A profile as the desk reads it: the avatar is the first of its pictures. */
const sheetOf = ({ id, no, draft }: Pick<typeof profiles.$inferSelect, 'id' | 'no' | 'draft'>): CaseSheet => ({
  revision: id,
  no,
  fields: [{ field: 'story', label: profileFieldWords.story, value: draft.story || null }],
  pictureIds: [...(draft.avatar ? [draft.avatar] : []), ...draft.pictures],
  labelPictureId: null,
})

/** Hands the newest profile to the desk. Refuses `notFound` (the shop is suspended), `notNow` (nothing new), `inReviewAlready`, `incomplete` (by field). */
export async function submitProfile(work: Work, shopId: ShopId): Promise<{ state: 'inReview' }> {
  await mustBeOpen(work, shopId)
  const newest = await lockNewest(work, shopId)
  if (newest?.state === 'inReview') throw refuse('inReviewAlready')
  if (newest?.state !== 'draft') throw refuse('notNow')
  const lacks = profileLacks(newest.draft)
  if (Object.keys(lacks).length > 0) throw refuse('incomplete', { count: Object.keys(lacks).length }, lacks)
  await advance(work, profiles, newest.id, profileFlow, 'submit', { submittedAt: newest.submittedAt ?? work.now })
  const [before] = await work.db
    .select()
    .from(profiles)
    .where(and(eq(profiles.shopId, shopId), eq(profiles.state, 'approved')))
  const name = (await shopChips(work.db, [shopId])).get(shopId)?.name ?? ''
  await openCase(work, {
    subject: 'shopProfile',
    subjectId: shopId,
    revision: newest.id,
    shopId,
    title: `店铺资料：${name}`,
    pictureId: newest.draft.pictures[0] ?? newest.draft.avatar,
    now: sheetOf(newest),
    before: before ? sheetOf(before) : null,
  })
  return { state: 'inReview' }
}

/** Takes a profile back from the desk, as long as nobody has decided. Refuses `notNow` (not in review), `stale` (decided just now). */
export async function recallProfile(work: Work, shopId: ShopId): Promise<{ state: 'draft' }> {
  const newest = await lockNewest(work, shopId)
  if (newest?.state !== 'inReview') throw refuse('notNow')
  if (!(await closeCase(work, 'shopProfile', shopId, newest.id))) throw refuse('stale')
  await advance(work, profiles, newest.id, profileFlow, 'recall')
  return { state: 'draft' }
}
