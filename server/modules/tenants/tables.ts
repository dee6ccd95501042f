import { index, int, mysqlTable, primaryKey, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { AssetId } from '../../../shared/ids.ts'
import type { Bp } from '../../../shared/money.ts'
import type { ShopAct, ShopState } from '../../../shared/tenants/flow.ts'
import type { PaperState } from '../../../shared/tenants/paper-flow.ts'
import type { PaperDraft, PaperKind, PaperScope } from '../../../shared/tenants/papers.ts'
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
/** Papers 证照 of a tenant. What is verified never changes; a new period is a new row. */
export const papers = mysqlTable(
  'papers',
  {
    id: idOf('Paper', 'id').primaryKey(),
    tenantId: idOf('Tenant', 'tenant_id')
      .notNull()
      .references(() => tenants.id),
    shopId: idOf('Shop', 'shop_id')
      .notNull()
      .references(() => shops.id),
    kind: stateOf<PaperKind>('kind').notNull(),
    state: stateOf<PaperState>('state').notNull(),
    /** How often it went to the desk: a verdict falls on the wording that the reviewer saw. */
    version: int('version').notNull(),
    number: words('number', 60).notNull(),
    issuer: words('issuer', 80).notNull(),
    /** For which classes it speaks; empty: for all. */
    classes: jsonColumn<PaperScope[]>('classes').notNull(),
    /** The first and the last day it holds, "2029-05-31"; no last day: without end. */
    validFrom: code('valid_from', 10),
    validUntil: code('valid_until', 10),
    /** All that was typed, these columns among it: the form's memory. */
    draft: jsonColumn<PaperDraft>('draft').notNull(),
    /** The nearest step of expiryNotices, in days, of which the shop has been told. */
    toldDays: int('told_days'),
    /** Why it was rejected or withdrawn; empty otherwise. */
    reasons: words('reasons', 200).notNull(),
    createdAt: instantColumn('created_at').notNull(),
    submittedAt: instantColumn('submitted_at'),
    decidedAt: instantColumn('decided_at'),
    decidedBy: idOf('User', 'decided_by'),
  },
  (t) => [
    index('papers_of_shop').on(t.shopId, t.createdAt, t.id),
    index('papers_of_tenant').on(t.tenantId, t.state),
    index('papers_queue').on(t.state, t.submittedAt, t.id),
    index('papers_ending').on(t.state, t.validUntil, t.id),
  ],
)

/** The batches that a paper speaks for, written when it is verified. */
export const paperBatches = mysqlTable(
  'paper_batches',
  {
    paperId: idOf('Paper', 'paper_id')
      .notNull()
      .references(() => papers.id),
    batchId: idOf('Batch', 'batch_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.paperId, t.batchId] }), index('paper_batches_batch').on(t.batchId)],
)
