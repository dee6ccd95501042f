import { desc, eq } from 'drizzle-orm'
import type { ProfileId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { profileFlow } from '../../../shared/storefront/flow.ts'
import type { ProfileDraft } from '../../../shared/storefront/profile.ts'
import { advance, newId, type Work } from '../../platform/work.ts'
import { mustBeOurs } from '../assets/index.ts'
import { shopChips } from '../tenants/index.ts'
import { profiles } from './tables.ts'

/** The newest profile of a shop, locked for the rest of the work; null before the first. */
export async function lockNewest(work: Work, shopId: ShopId) {
  const [row] = await work.db.select().from(profiles).where(eq(profiles.shopId, shopId)).orderBy(desc(profiles.no)).limit(1).for('update')
  return row ?? null
}

/**
 * Saves what a shop writes of itself, whole or not: the draft, or, where the newest was submitted once, a new one beside it, while buyers go on
 * reading the approved. The avatar given at the admission may stay. Refuses `notFound` (a picture is not the shop's), `inReviewAlready`.
 */
export async function saveProfile(work: Work, ask: { shopId: ShopId; draft: ProfileDraft }): Promise<{ profileId: ProfileId }> {
  const { shopId, draft } = ask
  const admitted = (await shopChips(work.db, [shopId])).get(shopId)?.avatarId ?? null
  await mustBeOurs(work, shopId, [...draft.pictures, draft.avatar === admitted ? null : draft.avatar])
  const newest = await lockNewest(work, shopId)
  if (newest?.state === 'inReview') throw refuse('inReviewAlready')
  if (newest?.state === 'draft' && newest.submittedAt === null) {
    await work.db.update(profiles).set({ draft, savedAt: work.now }).where(eq(profiles.id, newest.id))
    return { profileId: newest.id }
  }
  if (newest?.state === 'draft') await advance(work, profiles, newest.id, profileFlow, 'supersede')
  const profileId = newId('Profile')
  const no = (newest?.no ?? 0) + 1
  await work.db.insert(profiles).values({ id: profileId, shopId, no, state: 'draft', draft, savedAt: work.now, reasons: '' })
  return { profileId }
}
