/** Reads of tenants for the desks. */
import { desc, eq } from 'drizzle-orm'
import type { ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { App } from '../../platform/app.ts'
import { afterCursor, cut, type Page } from '../../platform/page.ts'
import { shopChips } from './index.ts'
import { shops, tenants } from './tables.ts'

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

/** A shop as its own people see it. */
export async function ownShop(app: App, shopId: ShopId, role: string) {
  const shop = (await shopChips(app.read, [shopId])).get(shopId)
  if (!shop) throw refuse('notFound')
  const { id, name, story, village, tenant, openedAt, state, commissionBp } = shop
  return { id, name, story, village, tenant, openedAt, state, commissionBp, role }
}
