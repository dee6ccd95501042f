/** Tables of promotions: what shops and the park offer, the coupons that buyers hold, and how much of a listing one buyer may have. */
import { index, int, mysqlTable, primaryKey, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { ClaimState, FlashState } from '../../../shared/promotions/flash.ts'
import type { CouponState, OfferState } from '../../../shared/promotions/flow.ts'
import type { OfferKind, OfferRule } from '../../../shared/promotions/offers.ts'
import { code, fenColumn, idOf, instantColumn, jsonColumn, stateOf, words } from '../../platform/columns.ts'

/** An offer as it was made; its rule never changes, it can only be stopped. */
export const offers = mysqlTable(
  'promotion_offers',
  {
    id: idOf('Offer', 'id').primaryKey(),
    /** Null: the park's, for the shops that take part. */
    shopId: idOf('Shop', 'shop_id'),
    /** A room coupon: claimed and used in this session only. */
    liveSessionId: idOf('LiveSession', 'live_session_id'),
    kind: stateOf<OfferKind>('kind').notNull(),
    title: words('title', 20).notNull(),
    rule: jsonColumn<OfferRule>('rule').notNull(),
    startsAt: instantColumn('starts_at').notNull(),
    endsAt: instantColumn('ends_at').notNull(),
    /** Coupons there are in all, and for one buyer; nought for what needs no coupon. */
    quota: int('quota').notNull(),
    perPerson: int('per_person').notNull(),
    /** Never above the quota. */
    claimed: int('claimed').notNull(),
    state: stateOf<OfferState>('state').notNull(),
    madeBy: idOf('User', 'made_by').notNull(),
    madeAt: instantColumn('made_at').notNull(),
  },
  (t) => [index('promotion_offers_shop').on(t.shopId, t.state, t.endsAt), index('promotion_offers_made').on(t.shopId, t.madeAt, t.id)],
)

/** Which shops take part in an offer of the park. */
export const offerShops = mysqlTable(
  'promotion_offer_shops',
  {
    offerId: idOf('Offer', 'offer_id').notNull(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    joinedAt: instantColumn('joined_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.offerId, t.shopId] }), index('promotion_offer_shops_shop').on(t.shopId)],
)

/** A coupon in a buyer's hands. `nth` counts a buyer's own of one offer from 1: it is how "so many for each" holds under any race. */
export const coupons = mysqlTable(
  'coupons',
  {
    id: idOf('Coupon', 'id').primaryKey(),
    offerId: idOf('Offer', 'offer_id')
      .notNull()
      .references(() => offers.id),
    userId: idOf('User', 'user_id').notNull(),
    nth: int('nth').notNull(),
    state: stateOf<CouponState>('state').notNull(),
    orderId: idOf('Order', 'order_id'),
    claimedAt: instantColumn('claimed_at').notNull(),
    usedAt: instantColumn('used_at'),
    endsAt: instantColumn('ends_at').notNull(),
  },
  (t) => [
    uniqueIndex('coupons_once').on(t.offerId, t.userId, t.nth),
    index('coupons_user').on(t.userId, t.state, t.endsAt, t.id),
    index('coupons_order').on(t.orderId),
  ],
)

/** 限购: how much of a listing one person, and one address, may buy in all. */
export const purchaseLimits = mysqlTable('purchase_limits', {
  listingId: idOf('Listing', 'listing_id').primaryKey(),
  shopId: idOf('Shop', 'shop_id').notNull(),
  most: int('most').notNull(),
  setBy: idOf('User', 'set_by').notNull(),
  setAt: instantColumn('set_at').notNull(),
})

/** What has been used up of a limit: `who` is a buyer or an address. Never above the limit; given back when an order is not paid. */
export const limitUses = mysqlTable(
  'limit_uses',
  {
    subject: code('subject', 60).notNull(),
    who: code('who', 70).notNull(),
    used: int('used').notNull(),
  },
  (t) => [primaryKey({ columns: [t.subject, t.who] })],
)

/** A flash sale of a room: one sku, one price, so many units, from one instant to another. */
export const flashSales = mysqlTable(
  'flash_sales',
  {
    id: idOf('FlashSale', 'id').primaryKey(),
    /** Made by the desk: the same tap begins one. */
    requestKey: code('request_key', 40).notNull(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    liveSessionId: idOf('LiveSession', 'live_session_id').notNull(),
    skuId: idOf('Sku', 'sku_id').notNull(),
    flashFen: fenColumn('flash_fen').notNull(),
    quota: int('quota').notNull(),
    perPerson: int('per_person').notNull(),
    /** Never above the quota. */
    taken: int('taken').notNull(),
    startsAt: instantColumn('starts_at').notNull(),
    endsAt: instantColumn('ends_at').notNull(),
    state: stateOf<FlashState>('state').notNull(),
    madeBy: idOf('User', 'made_by').notNull(),
  },
  (t) => [uniqueIndex('flash_sales_once').on(t.shopId, t.requestKey), index('flash_sales_session').on(t.liveSessionId, t.state, t.endsAt)],
)

/** What an order holds of a flash sale. */
export const flashClaims = mysqlTable(
  'flash_claims',
  {
    orderId: idOf('Order', 'order_id').notNull(),
    flashSaleId: idOf('FlashSale', 'flash_sale_id').notNull(),
    userId: idOf('User', 'user_id').notNull(),
    units: int('units').notNull(),
    state: stateOf<ClaimState>('state').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orderId, t.flashSaleId] }), index('flash_claims_sale').on(t.flashSaleId, t.state)],
)
