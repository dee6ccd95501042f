import { index, int, mysqlTable, primaryKey, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { AssetId } from '../../../shared/ids.ts'
import type { Bp } from '../../../shared/money.ts'
import type { ShopAct, ShopState } from '../../../shared/tenants/flow.ts'
import type { ShopRole, TenantKind } from '../../../shared/tenants/roles.ts'
import { code, idOf, instantColumn, jsonColumn, stateOf, words } from '../../platform/columns.ts'
import type { Actor } from '../../platform/work.ts'

/** Enterprises, co-operatives and farmers admitted to the park. */
export const tenants = mysqlTable('tenants', {
  id: idOf('Tenant', 'id').primaryKey(),
  kind: stateOf<TenantKind>('kind').notNull(),
  name: words('name', 120).notNull(),
  /** Unified social credit code 统一社会信用代码; a farmer selling what they grew needs none (E-Commerce Law art. 10). */
  uscc: code('uscc', 18),
  address: words('address', 200).notNull(),
  admittedAt: instantColumn('admitted_at').notNull(),
})

/** Papers with a number and an end date. */
export const licences = mysqlTable(
  'licences',
  {
    id: idOf('Licence', 'id').primaryKey(),
    tenantId: idOf('Tenant', 'tenant_id')
      .notNull()
      .references(() => tenants.id),
    name: words('name', 60).notNull(),
    number: words('number', 60).notNull(),
    /** The last day it holds, "2029-05-31"; null: without end. */
    until: code('until_day', 10),
  },
  (t) => [index('licences_tenant').on(t.tenantId)],
)

/** A tenant's shopfront. */
export const shops = mysqlTable(
  'shops',
  {
    id: idOf('Shop', 'id').primaryKey(),
    tenantId: idOf('Tenant', 'tenant_id')
      .notNull()
      .references(() => tenants.id),
    name: words('name', 60).notNull(),
    story: words('story', 2000).notNull(),
    village: words('village', 60).notNull(),
    avatarId: idOf('Asset', 'avatar_id'),
    /** Photos of the place and its people, beside the story; in the order of the page. */
    pictureIds: jsonColumn<AssetId[]>('picture_ids').notNull(),
    state: stateOf<ShopState>('state').notNull(),
    /** WeChat Pay's number of this shop as a sub-merchant (二级商户号). */
    subMerchant: code('sub_merchant', 16).notNull(),
    commissionBp: int('commission_bp').$type<Bp>().notNull(),
    openedAt: instantColumn('opened_at').notNull(),
  },
  (t) => [uniqueIndex('shops_tenant').on(t.tenantId), index('shops_opened').on(t.state, t.openedAt)],
)

/** Who works in a shop, and as what. */
export const shopMembers = mysqlTable(
  'shop_members',
  {
    id: idOf('Member', 'id').primaryKey(),
    shopId: idOf('Shop', 'shop_id')
      .notNull()
      .references(() => shops.id),
    userId: idOf('User', 'user_id').notNull(),
    role: stateOf<ShopRole>('role').notNull(),
    since: instantColumn('since_at').notNull(),
  },
  (t) => [uniqueIndex('shop_members_once').on(t.shopId, t.userId), index('shop_members_user').on(t.userId)],
)

/** Every suspension and reopening of a shop: when, by whom, what and why. Rows are only added. */
export const shopMoves = mysqlTable(
  'shop_moves',
  {
    id: idOf('ShopMove', 'id').primaryKey(),
    shopId: idOf('Shop', 'shop_id')
      .notNull()
      .references(() => shops.id),
    act: stateOf<ShopAct>('act').notNull(),
    /** What the park's staff wrote: for the shop, not for buyers. */
    reason: words('reason', 200).notNull(),
    actor: jsonColumn<Actor>('actor').notNull(),
    at: instantColumn('moved_at').notNull(),
  },
  (t) => [index('shop_moves_shop').on(t.shopId, t.at, t.id)],
)

/** Who follows which shop. A row is there or it is not: following twice is following. */
export const follows = mysqlTable(
  'follows',
  {
    userId: idOf('User', 'user_id').notNull(),
    shopId: idOf('Shop', 'shop_id')
      .notNull()
      .references(() => shops.id),
    since: instantColumn('since_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.shopId] }),
    index('follows_of_user').on(t.userId, t.since, t.shopId),
    index('follows_of_shop').on(t.shopId),
  ],
)
