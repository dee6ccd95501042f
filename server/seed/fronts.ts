/** Dresses the shops of the demonstration: their photos and stories go through the desk, buyers follow them, and one was suspended for a day. */
import { and, count, desc, eq } from 'drizzle-orm'
import type { ProfileId, ShopId, UserId } from '../../shared/ids.ts'
import type { ProfileDraft } from '../../shared/storefront/profile.ts'
import { after, DAY, HOUR, type Instant } from '../../shared/time.ts'
import { decideCase } from '../modules/moderation/decide-case.ts'
import { moderationCases } from '../modules/moderation/tables.ts'
import { saveProfile, submitProfile } from '../modules/storefront/index.ts'
import { profiles } from '../modules/storefront/tables.ts'
import { follow, reopenShop, shopChips, suspendShop } from '../modules/tenants/index.ts'
import { shopMoves } from '../modules/tenants/tables.ts'
import type { App } from '../platform/app.ts'
import type { Actor } from '../platform/work.ts'
import { edits, followers, suspension } from './data/fronts.ts'
import { buyers } from './data/people.ts'
import { galleryOf } from './gallery.ts'
import { farmerPortrait, farmYard, hillScene } from './pictures/index.ts'
import type { DemoShop } from './shops.ts'
import type { Story } from './story.ts'

/** How wide photos of a shop are drawn; the scene that its teas stand in is one of them, and drawn once. */
const WIDTH = 900

const newestOf = async (app: App, shopId: ShopId) => {
  const [row] = await app.read.select().from(profiles).where(eq(profiles.shopId, shopId)).orderBy(desc(profiles.no)).limit(1)
  return row ?? null
}

async function decide(app: App, reviewer: UserId, profileId: ProfileId, verdict: 'approved' | 'rejected', reasons: string): Promise<void> {
  const [open] = await app.read
    .select({ id: moderationCases.id })
    .from(moderationCases)
    .where(and(eq(moderationCases.subject, 'shopProfile'), eq(moderationCases.revision, profileId), eq(moderationCases.state, 'open')))
  if (open)
    await app.work({ kind: 'staff', userId: reviewer, role: 'reviewer' }, (work) =>
      decideCase(work, { caseId: open.id, verdict, reasons, reviewer }),
    )
}

/** Writes the profile of this number and hands it to the desk, once. */
async function hand(app: App, shop: DemoShop, no: number, draft: () => Promise<ProfileDraft>): Promise<void> {
  const { shopId, owner } = shop
  const before = await newestOf(app, shopId)
  if ((before?.no ?? 0) > no) return
  if ((before?.no ?? 0) < no) {
    const written = await draft()
    await app.work(owner, (work) => saveProfile(work, { shopId, draft: written }))
  }
  if ((await newestOf(app, shopId))?.state === 'draft') await app.work(owner, (work) => submitProfile(work, shopId))
}

/** All shops; safe to repeat, because each piece is looked for before it is made. */
export async function seedFronts(story: Story, shops: readonly DemoShop[], people: Map<string, UserId>): Promise<void> {
  const { app } = story
  const reviewer = people.get('demo_reviewer') as UserId
  const ago = (days: number): Instant => after(story.told, -days * DAY)
  story.to(ago(16))
  for (const shop of shops) {
    const { place, tenant, shopId, owner } = shop
    await hand(app, shop, 1, async () => {
      const gallery = galleryOf(app, owner, shopId, story.pictures)
      const onHill = tenant.place === 'hill'
      const pictures = await Promise.all([
        gallery.hang('place', WIDTH, () => (onHill ? hillScene(place + 21) : farmYard(place + 21))),
        gallery.hang('other place', WIDTH, () => (onHill ? farmYard(place + 51) : hillScene(place + 51))),
        gallery.hang('owner', WIDTH, () => farmerPortrait(place + 7)),
      ])
      const avatar = (await shopChips(app.read, [shopId])).get(shopId)?.avatarId ?? null
      return { story: tenant.story, avatar, pictures }
    })
  }
  await story.hear()
  story.to(after(ago(16), 3 * HOUR))
  for (const { shopId } of shops) {
    const first = await newestOf(app, shopId)
    if (first?.no === 1 && first.state === 'inReview') await decide(app, reviewer, first.id, 'approved', '')
  }
  await story.hear()
  const shopOf = (key: string) => shops.find((s) => s.tenant.key === key) as DemoShop
  for (const edit of edits) {
    const shop = shopOf(edit.shop)
    story.to(after(ago(edit.daysAgo), -HOUR))
    const first = await newestOf(app, shop.shopId)
    await hand(app, shop, 2, async () => ({ ...(first?.draft as ProfileDraft), story: `${shop.tenant.story}${edit.more}` }))
    await story.hear()
    const second = await newestOf(app, shop.shopId)
    if (edit.ends === 'rejected' && second?.state === 'inReview') await decide(app, reviewer, second.id, 'rejected', edit.reasons)
    await story.hear()
  }
  await suspendOnce(story, shopOf(suspension.shop), people.get('demo_head') as UserId)
  for (const [key, places] of Object.entries(followers))
    for (const [i, at] of places.entries()) {
      const userId = people.get(buyers[at]?.key ?? '') as UserId
      story.to(after(ago(14), i * 19 * HOUR))
      await app.work({ kind: 'buyer', userId }, (work) => follow(work, userId, shopOf(key).shopId))
    }
}

async function suspendOnce(story: Story, { shopId }: DemoShop, head: UserId): Promise<void> {
  const { app } = story
  const by: Actor = { kind: 'staff', userId: head, role: 'head' }
  const at = after(story.told, -suspension.daysAgo * DAY)
  const [done] = await app.read.select({ n: count() }).from(shopMoves).where(eq(shopMoves.shopId, shopId))
  story.to(at)
  if (Number(done?.n) < 1) await app.work(by, (work) => suspendShop(work, { shopId, reason: suspension.why }))
  await story.hear()
  story.to(after(at, DAY))
  if (Number(done?.n) < 2) await app.work(by, (work) => reopenShop(work, { shopId, reason: suspension.reopened }))
  await story.hear()
}
