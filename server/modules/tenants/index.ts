/**
 * Tenants: who has been admitted to the park, their shops, and who works in them.
 * Promises: a suspended shop is refused wherever something new would begin; membership is asked at every call, never remembered.
 * A paper speaks for a shop from the park's word until its last day, and a lab report for its own batch alone.
 * Leaves to others: what a shop sells and which papers that needs (catalogue), what it earns (settlement).
 */
import { and, eq, inArray } from 'drizzle-orm'
import type { AssetId, ShopId, UserId } from '../../../shared/ids.ts'
import type { Bp } from '../../../shared/money.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { ShopState } from '../../../shared/tenants/flow.ts'
import { paperForms, paperKinds, paperWords } from '../../../shared/tenants/papers.ts'
import type { ShopRole, TenantKind } from '../../../shared/tenants/roles.ts'
import type { Instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import type { Db } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { papers, shopMembers, shops, tenants } from './tables.ts'

export { type Admission, addMember, admitTenant } from './admit-tenant.ts'
export { dressShop } from './dress-shop.ts'
export { follow, followedShops, followers, followsOf, unfollow } from './follow.ts'
export { type LabReport, labReportsOf, mustHold, papersFor } from './held-papers.ts'
export { reopenShop, suspendShop } from './suspend-shop.ts'

/** A tenant as buyers may see it: the seller's identity, one tap away (直播电商监督管理办法 art. 26). */
export interface SellerIdentity {
  name: string
  kind: TenantKind
  uscc: string | null
  address: string
  licences: { name: string; number: string; until: string | null }[]
}

export interface ShopFacts {
  id: ShopId
  name: string
  avatarId: AssetId | null
  state: ShopState
  subMerchant: string
  commissionBp: Bp
  village: string
  story: string
  pictureIds: AssetId[]
  openedAt: Instant
  tenant: SellerIdentity
}

/** Shops by id with their tenants and papers; two queries, whatever the number. */
export async function shopChips(db: Db, ids: readonly ShopId[]): Promise<Map<ShopId, ShopFacts>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ shop: shops, tenant: tenants })
    .from(shops)
    .innerJoin(tenants, eq(tenants.id, shops.tenantId))
    .where(inArray(shops.id, [...new Set(ids)]))
  const shown = await db
    .select({ tenantId: papers.tenantId, kind: papers.kind, number: papers.number, until: papers.validUntil })
    .from(papers)
    .where(and(inArray(papers.tenantId, rows.length > 0 ? rows.map((r) => r.tenant.id) : ['' as never]), eq(papers.state, 'verified')))
    .orderBy(papers.createdAt, papers.id)
  return new Map(
    rows.map(({ shop, tenant }) => [
      shop.id,
      {
        id: shop.id,
        name: shop.name,
        avatarId: shop.avatarId,
        state: shop.state,
        subMerchant: shop.subMerchant,
        commissionBp: shop.commissionBp,
        village: shop.village,
        story: shop.story,
        pictureIds: shop.pictureIds,
        openedAt: shop.openedAt,
        tenant: {
          name: tenant.name,
          kind: tenant.kind,
          uscc: tenant.uscc,
          address: tenant.address,
          licences: shown
            .filter((p) => p.tenantId === tenant.id && paperForms[p.kind].isPublic)
            .sort((a, b) => paperKinds.indexOf(a.kind) - paperKinds.indexOf(b.kind))
            .map(({ kind, number, until }) => ({ name: paperWords[kind], number, until })),
        },
      },
    ]),
  )
}

/** A shop's signboard: what a list shows of it. */
export interface ShopSign {
  id: ShopId
  name: string
  village: string
  avatarId: AssetId | null
  state: 'open' | 'suspended'
  openedAt: Instant
}

/** Signboards by id, one query, whatever the number. */
export async function shopSigns(db: Db, ids: readonly ShopId[]): Promise<Map<ShopId, ShopSign>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({
      id: shops.id,
      name: shops.name,
      village: shops.village,
      avatarId: shops.avatarId,
      state: shops.state,
      openedAt: shops.openedAt,
    })
    .from(shops)
    .where(inArray(shops.id, [...new Set(ids)]))
  return new Map(rows.map((row) => [row.id, row]))
}

/** Locks the shop against being suspended meanwhile; refuses `notFound` when it is not open. */
export async function mustBeOpen(work: Work, shopId: ShopId): Promise<void> {
  const [row] = await work.db
    .select({ id: shops.id })
    .from(shops)
    .where(and(eq(shops.id, shopId), eq(shops.state, 'open')))
    .for('update')
  if (!row) throw refuse('notFound')
}

/** Whether buyers may see this shop; one query by its key. */
export async function isOpen(db: Db, shopId: ShopId): Promise<boolean> {
  const [row] = await db.select({ state: shops.state }).from(shops).where(eq(shops.id, shopId))
  return row?.state === 'open'
}

/** The shops that buyers may not see: few, by the index on the state; for lists that page over the shelf. */
export async function suspendedShops(db: Db): Promise<ShopId[]> {
  const rows = await db.select({ id: shops.id }).from(shops).where(eq(shops.state, 'suspended'))
  return rows.map((r) => r.id)
}

/** The role of a user in a shop, or null. */
export async function roleIn(app: App, userId: UserId, shopId: ShopId): Promise<ShopRole | null> {
  const [row] = await app.read
    .select({ role: shopMembers.role })
    .from(shopMembers)
    .where(and(eq(shopMembers.shopId, shopId), eq(shopMembers.userId, userId)))
  return row?.role ?? null
}

/** The shops in which a user works. */
export async function shopsOf(app: App, userId: UserId): Promise<{ id: ShopId; name: string; role: ShopRole }[]> {
  return app.read
    .select({ id: shops.id, name: shops.name, role: shopMembers.role })
    .from(shopMembers)
    .innerJoin(shops, eq(shops.id, shopMembers.shopId))
    .where(eq(shopMembers.userId, userId))
    .orderBy(shopMembers.since)
}

/** The owners of shops, oldest shop first. */
export async function owners(db: Db, limit: number): Promise<{ userId: UserId; shopId: ShopId; shopName: string }[]> {
  return db
    .select({ userId: shopMembers.userId, shopId: shops.id, shopName: shops.name })
    .from(shopMembers)
    .innerJoin(shops, eq(shops.id, shopMembers.shopId))
    .where(eq(shopMembers.role, 'owner'))
    .orderBy(shops.openedAt)
    .limit(limit)
}
