import { and, eq } from 'drizzle-orm'
import type { ProfileId, ShopId } from '../../../shared/ids.ts'
import type { Verdict } from '../../../shared/moderation/flow.ts'
import { profileFlow } from '../../../shared/storefront/flow.ts'
import { advance, tryAdvance, type Work } from '../../platform/work.ts'
import { dressShop } from '../tenants/index.ts'
import { lockNewest } from './save-profile.ts'
import { profiles } from './tables.ts'

/**
 * Does what the desk decided: approved becomes what buyers read, the one before is put away; rejected keeps the reasons. Heard twice, it happens
 * once.
 */
export async function settleProfile(
  work: Work,
  decided: { shopId: ShopId; profileId: ProfileId; verdict: Verdict; reasons: string },
): Promise<void> {
  const { shopId, profileId, verdict, reasons } = decided
  const newest = await lockNewest(work, shopId)
  if (newest?.id !== profileId) return
  if (verdict === 'rejected') {
    await tryAdvance(work, profiles, profileId, profileFlow, 'reject', { decidedAt: work.now, reasons })
    return
  }
  const [before] = await work.db
    .select({ id: profiles.id })
    .from(profiles)
    .where(and(eq(profiles.shopId, shopId), eq(profiles.state, 'approved')))
  if (!(await tryAdvance(work, profiles, profileId, profileFlow, 'approve', { decidedAt: work.now }))) return
  if (before) await advance(work, profiles, before.id, profileFlow, 'supersede')
  const { story, avatar, pictures } = newest.draft
  await dressShop(work, shopId, { story, avatarId: avatar, pictureIds: pictures })
}
