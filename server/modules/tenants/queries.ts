/** Reads of tenants for the desks. */
import { and, desc, eq } from 'drizzle-orm'
import type { ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { App } from '../../platform/app.ts'
import { afterCursor, cut, type Page } from '../../platform/page.ts'
import { people } from '../identity/index.ts'
import { shopChips } from './index.ts'
import { shopMoves, shops, tenants } from './tables.ts'

/** All tenants with their shops, newest first. */
export async function listTenants(app: App, page: Page) {
  const rows = await app.read
    .select({
      id: tenants.id,
      name: tenants.name,
      kind: tenants.kind,
      shopId: shops.id,
      shopName: shops.name,
      state: shops.state,
      village: shops.village,
      openedAt: shops.openedAt,
    })
    .from(shops)
    .innerJoin(tenants, eq(tenants.id, shops.tenantId))
    .where(afterCursor(page, shops.openedAt, shops.id))
    .orderBy(desc(shops.openedAt), desc(shops.id))
    .limit(page.limit + 1)
  return cut(page, rows, (r) => ({ at: r.openedAt, id: r.shopId }))
}

/** How often a shop was suspended and reopened: when, by whom, what and why; newest first. Three queries a page. Refuses `notFound`. */
export async function shopHistory(app: App, shopId: ShopId, page: Page) {
  const [shop] = await app.read.select({ id: shops.id }).from(shops).where(eq(shops.id, shopId))
  if (!shop) throw refuse('notFound')
  const found = await app.read
    .select({ id: shopMoves.id, at: shopMoves.at, act: shopMoves.act, reason: shopMoves.reason, actor: shopMoves.actor })
    .from(shopMoves)
    .where(and(eq(shopMoves.shopId, shopId), afterCursor(page, shopMoves.at, shopMoves.id)))
    .orderBy(desc(shopMoves.at), desc(shopMoves.id))
    .limit(page.limit + 1)
  const { rows, next } = cut(page, found, (r) => ({ at: r.at, id: r.id }))
  const names = await people(
    app.read,
    rows.flatMap(({ actor }) => (actor.kind === 'staff' ? [actor.userId] : [])),
  )
  return {
    rows: rows.map(({ actor, ...row }) => ({ ...row, who: (actor.kind === 'staff' && names.get(actor.userId)?.nickname) || null })),
    next,
  }
}

/** A shop as its own people see it; while it is suspended, since when and why. */
export async function ownShop(app: App, shopId: ShopId, role: string) {
  const shop = (await shopChips(app.read, [shopId])).get(shopId)
  if (!shop) throw refuse('notFound')
  const { id, name, story, village, tenant, openedAt, state, commissionBp } = shop
  const [move] =
    state === 'suspended'
      ? await app.read
          .select({ at: shopMoves.at, reason: shopMoves.reason })
          .from(shopMoves)
          .where(and(eq(shopMoves.shopId, shopId), eq(shopMoves.act, 'suspend')))
          .orderBy(desc(shopMoves.at), desc(shopMoves.id))
          .limit(1)
      : []
  return { id, name, story, village, tenant, openedAt, state, suspended: move ?? null, commissionBp, role }
}
