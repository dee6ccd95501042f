/** Reads of the storefront, shaped as the screens want them. */
import { desc, eq } from 'drizzle-orm'
import { hillOf } from '../../../shared/catalogue/hills.ts'
import type { AssetId, ShopId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { type ProfileAct, profileFlow } from '../../../shared/storefront/flow.ts'
import type { ProfileDraft } from '../../../shared/storefront/profile.ts'
import { townshipIn } from '../../../shared/storefront/townships.ts'
import type { App } from '../../platform/app.ts'
import type { Page } from '../../platform/page.ts'
import { type Picture, pictures } from '../assets/index.ts'
import { hillsOf, type ShelfSort, shelfPage } from '../catalogue/index.ts'
import { showsOf } from '../live/index.ts'
import { followers, followsOf, isOpen, shopChips } from '../tenants/index.ts'
import { profiles } from './tables.ts'

/**
 * A shop's front for buyers: who stands behind it, its story, where its tea grows, its shows and the beginning of its shelf, newest first.
 * Refuses `notFound`, also while it is suspended. Eighteen queries, whatever it sells.
 */
export async function front(app: App, shopId: ShopId) {
  const shop = (await shopChips(app.read, [shopId])).get(shopId)
  if (shop?.state !== 'open') throw refuse('notFound')
  const { id, name, story, village, tenant, openedAt, avatarId, pictureIds } = shop
  const [shown, following, hills, shows, shelf] = await Promise.all([
    pictures(app.read, app.ports.storage.url, [avatarId, ...pictureIds]),
    followers(app.read, [shopId]),
    hillsOf(app.read, shopId),
    showsOf(app, shopId),
    shelfPage(app.read, app.ports.storage.url, { shopIds: [shopId] }, { limit: SHELF_PAGE }),
  ])
  return {
    shop: {
      id,
      name,
      avatar: avatarId ? (shown.get(avatarId) ?? null) : null,
      story,
      pictures: pictureIds.flatMap((one) => shown.get(one) ?? []),
      village,
      /** Where it is at home, as far as its village names a township of Mojiang. */
      township: townshipIn(village),
      hills: hills.flatMap((one) => {
        const hill = hillOf(one)
        return hill ? [{ id: hill.id, name: hill.name, county: hill.county, township: townshipIn(hill.town ?? '') }] : []
      }),
      tenant,
      openedAt,
      followers: following.get(shopId) ?? 0,
    },
    shows,
    shelf,
  }
}

/** As many teas as a front begins with, and each further page brings. */
const SHELF_PAGE = 20

/** What a shop sells, sorted, page by page. Refuses `notFound`, also while it is suspended. Six queries a page. */
export async function shelf(app: App, shopId: ShopId, sort: ShelfSort, page: Page) {
  if (!(await isOpen(app.read, shopId))) throw refuse('notFound')
  return shelfPage(app.read, app.ports.storage.url, { shopIds: [shopId], sort }, page)
}

/** The shops that somebody follows, the latest followed first; five queries a page. */
export async function myFollows(app: App, userId: UserId, page: Page) {
  const { rows, next } = await followsOf(app.read, userId, page)
  const ids = rows.map((r) => r.shopId)
  const [shops, following] = await Promise.all([shopChips(app.read, ids), followers(app.read, ids)])
  const shown = await pictures(
    app.read,
    app.ports.storage.url,
    [...shops.values()].map((s) => s.avatarId),
  )
  return {
    rows: rows.flatMap(({ shopId, since }) => {
      const shop = shops.get(shopId)
      if (!shop) return []
      const avatar = shop.avatarId ? (shown.get(shop.avatarId) ?? null) : null
      return [{ id: shopId, name: shop.name, avatar, village: shop.village, followers: following.get(shopId) ?? 0, since }]
    }),
    next,
  }
}

/** A profile with its pictures to look at. */
const dressed = (draft: ProfileDraft, shown: Map<AssetId, Picture>) => ({
  story: draft.story,
  avatar: draft.avatar ? (shown.get(draft.avatar) ?? null) : null,
  pictures: draft.pictures.flatMap((id) => shown.get(id) ?? []),
})

/** A shop's profile for its own people: what buyers read, and the newest wording with where it stands. Four queries. */
export async function ownProfile(app: App, shopId: ShopId) {
  const shop = (await shopChips(app.read, [shopId])).get(shopId)
  if (!shop) throw refuse('notFound')
  const [newest] = await app.read.select().from(profiles).where(eq(profiles.shopId, shopId)).orderBy(desc(profiles.no)).limit(1)
  const now: ProfileDraft = { story: shop.story, avatar: shop.avatarId, pictures: shop.pictureIds }
  const ids = [now, newest?.draft].flatMap((d) => (d ? [d.avatar, ...d.pictures] : []))
  const shown = await pictures(app.read, app.ports.storage.url, ids)
  return {
    shop: { id: shop.id, name: shop.name, village: shop.village, state: shop.state },
    shown: dressed(now, shown),
    newest: newest
      ? {
          no: newest.no,
          state: newest.state,
          ...dressed(newest.draft, shown),
          savedAt: newest.savedAt,
          submittedAt: newest.submittedAt,
          decidedAt: newest.decidedAt,
          reasons: newest.reasons === '' ? null : newest.reasons,
          acts: profileFlow.acts(newest.state, 'shop') as ProfileAct[],
        }
      : null,
  }
}
