/** Tables of reviews: what buyers wrote of what they received. */
import { index, int, mysqlTable, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { AssetId, BatchId } from '../../../shared/ids.ts'
import type { BrewNote } from '../../../shared/reviews/draft.ts'
import type { ReviewState } from '../../../shared/reviews/flow.ts'
import { idOf, instantColumn, jsonColumn, stateOf, words } from '../../platform/columns.ts'

/** One review of a line of an order, or the one follow-up 追评 to it. Its words never change; only its state and the shop's answer do. */
export const reviews = mysqlTable(
  'reviews',
  {
    id: idOf('Review', 'id').primaryKey(),
    orderLineId: idOf('OrderLine', 'order_line_id').notNull(),
    /** 1: after receipt; 2: the follow-up. */
    turn: int('turn').$type<1 | 2>().notNull(),
    buyerId: idOf('User', 'buyer_id').notNull(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    listingId: idOf('Listing', 'listing_id').notNull(),
    /** Null for a follow-up: the stars are given once. */
    stars: int('stars'),
    text: words('text', 500).notNull(),
    pictureIds: jsonColumn<AssetId[]>('picture_ids').notNull(),
    pictureCount: int('picture_count').notNull(),
    brew: jsonColumn<BrewNote | null>('brew'),
    /** As it was bought and by whom: titles, batches and nicknames change, what was said of them does not. */
    title: words('title', 120).notNull(),
    skuName: words('sku_name', 40).notNull(),
    batches: jsonColumn<{ batchId: BatchId; code: string }[]>('batches').notNull(),
    nickname: words('nickname', 20).notNull(),
    state: stateOf<ReviewState>('state').notNull(),
    writtenAt: instantColumn('written_at').notNull(),
    removedAt: instantColumn('removed_at'),
    /** Why the park took it down; empty otherwise. */
    reasons: words('reasons', 500).notNull(),
    /** What the shop has reported, once; empty: nothing. */
    report: words('report', 200).notNull(),
    answer: words('answer', 300).notNull(),
    answeredAt: instantColumn('answered_at'),
  },
  (t) => [
    uniqueIndex('reviews_once').on(t.orderLineId, t.turn),
    index('reviews_listing').on(t.listingId, t.state, t.turn, t.writtenAt, t.id),
    index('reviews_shop').on(t.shopId, t.state, t.writtenAt, t.id),
    index('reviews_buyer').on(t.buyerId, t.writtenAt, t.id),
  ],
)
