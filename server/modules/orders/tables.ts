import { boolean, index, int, mysqlTable, primaryKey, uniqueIndex } from 'drizzle-orm/mysql-core'
import { type Bp, fen } from '../../../shared/money.ts'
import type { OrderState, SubOrderState } from '../../../shared/orders/flow.ts'
import type { ClosedBecause } from '../../../shared/orders/words.ts'
import type { Discount } from '../../../shared/promotions/price.ts'
import { code, fenColumn, idOf, instantColumn, jsonColumn, stateOf, words } from '../../platform/columns.ts'
import type { Actor } from '../../platform/work.ts'

/** Where an order goes, as it was when it was placed. */
export interface PostalAddress {
  name: string
  phone: string
  province: string
  city: string
  county: string
  detail: string
}

/** One tap, one payment. */
export const orders = mysqlTable(
  'orders',
  {
    id: idOf('Order', 'id').primaryKey(),
    /** What a person reads: the day and ten random digits. */
    orderNo: code('order_no', 24).notNull(),
    buyerId: idOf('User', 'buyer_id').notNull(),
    /** The phone's request key and the fingerprint of what it asked for: the same key places one order. */
    requestKey: code('request_key', 40).notNull(),
    requestHash: code('request_hash', 64).notNull(),
    state: stateOf<OrderState>('state').notNull(),
    /** Without any discount; payable = goods − discount + freight. */
    goodsFen: fenColumn('goods_fen').notNull(),
    discountFen: fenColumn('discount_fen').default(fen(0)).notNull(),
    freightFen: fenColumn('freight_fen').notNull(),
    payableFen: fenColumn('payable_fen').notNull(),
    /** What was taken off, in the order in which it was, as it was shown: why this price. */
    discounts: jsonColumn<Discount[]>('discounts'),
    shipTo: jsonColumn<PostalAddress>('ship_to').notNull(),
    note: words('note', 400).notNull(),
    liveSessionId: idOf('LiveSession', 'live_session_id'),
    paymentId: idOf('Payment', 'payment_id'),
    placedAt: instantColumn('placed_at').notNull(),
    /** Until when it keeps its stock without being paid. */
    dueAt: instantColumn('due_at').notNull(),
    paidAt: instantColumn('paid_at'),
    closedAt: instantColumn('closed_at'),
    closedBecause: stateOf<ClosedBecause>('closed_because'),
  },
  (t) => [
    uniqueIndex('orders_no').on(t.orderNo),
    uniqueIndex('orders_key').on(t.buyerId, t.requestKey),
    index('orders_buyer').on(t.buyerId, t.placedAt, t.id),
    index('orders_due').on(t.state, t.dueAt),
    index('orders_session').on(t.liveSessionId),
  ],
)

/** One shop's part of an order. */
export const subOrders = mysqlTable(
  'sub_orders',
  {
    id: idOf('SubOrder', 'id').primaryKey(),
    subOrderNo: code('sub_order_no', 28).notNull(),
    orderId: idOf('Order', 'order_id')
      .notNull()
      .references(() => orders.id),
    shopId: idOf('Shop', 'shop_id').notNull(),
    buyerId: idOf('User', 'buyer_id').notNull(),
    state: stateOf<SubOrderState>('state').notNull(),
    goodsFen: fenColumn('goods_fen').notNull(),
    discountFen: fenColumn('discount_fen').default(fen(0)).notNull(),
    freightFen: fenColumn('freight_fen').notNull(),
    freightRefunded: boolean('freight_refunded').default(false).notNull(),
    /** How the freight came about, in words. */
    freightWhy: words('freight_why', 120).default('').notNull(),
    payableFen: fenColumn('payable_fen').notNull(),
    /** The park's fee as it was agreed when the order was placed. */
    commissionBp: int('commission_bp').$type<Bp>().notNull(),
    placedAt: instantColumn('placed_at').notNull(),
    paidAt: instantColumn('paid_at'),
    /** The presale's promise, the day after which the money goes back by itself; null for what was in stock. */
    promisedDay: code('promised_day', 10),
    /** An after-sale case is open: the parcel is neither sent nor counted as received. */
    afterSaleOpen: boolean('after_sale_open').default(false).notNull(),
    shipBy: instantColumn('ship_by_at'),
    shippedAt: instantColumn('shipped_at'),
    courier: code('courier', 8),
    trackingNo: code('tracking_no', 30),
    /** When it counts as received without a word from the buyer. */
    receiveBy: instantColumn('receive_by_at'),
    completedAt: instantColumn('completed_at'),
  },
  (t) => [
    uniqueIndex('sub_orders_no').on(t.subOrderNo),
    index('sub_orders_order').on(t.orderId),
    index('sub_orders_shop').on(t.shopId, t.placedAt, t.id),
    index('sub_orders_shop_state').on(t.shopId, t.state, t.placedAt, t.id),
    index('sub_orders_buyer_state').on(t.buyerId, t.state, t.orderId),
    index('sub_orders_receive').on(t.state, t.receiveBy),
    index('sub_orders_promised').on(t.state, t.promisedDay),
  ],
)

/** What was bought, as it was shown: title, sku, picture and price of that revision. */
export const orderLines = mysqlTable(
  'order_lines',
  {
    id: idOf('OrderLine', 'id').primaryKey(),
    orderId: idOf('Order', 'order_id')
      .notNull()
      .references(() => orders.id),
    subOrderId: idOf('SubOrder', 'sub_order_id')
      .notNull()
      .references(() => subOrders.id),
    /** Its place in the order, from 1: ids of one instant are in no order. */
    lineNo: int('line_no').notNull(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    skuId: idOf('Sku', 'sku_id').notNull(),
    listingId: idOf('Listing', 'listing_id').notNull(),
    revisionId: idOf('Revision', 'revision_id').notNull(),
    title: words('title', 120).notNull(),
    /** The sku's own name, and the version of its price (catalogue keeps its history). */
    skuName: words('sku_name', 40).notNull(),
    priceVersionId: idOf('PriceVersion', 'price_version_id'),
    pictureId: idOf('Asset', 'picture_id'),
    unit: words('unit', 8).notNull(),
    netGrams: int('net_grams').notNull(),
    priceFen: fenColumn('price_fen').notNull(),
    quantity: int('quantity').notNull(),
    lineFen: fenColumn('line_fen').notNull(),
    /** What is paid for it: lineFen less its share of every discount. Refunds count on this. */
    paidFen: fenColumn('paid_fen').default(fen(0)).notNull(),
    /** Goes back to the buyer so far, never above paidFen; and how many units that was for. */
    refundedFen: fenColumn('refunded_fen').default(fen(0)).notNull(),
    returnedUnits: int('returned_units').default(0).notNull(),
    /** False: perishable, and the buyer ticked so when buying (消费者权益保护法 art. 25). */
    noReasonReturn: boolean('no_reason_return').default(true).notNull(),
    /** Whether it took of a purchase limit. */
    limited: boolean('limited').default(false).notNull(),
  },
  (t) => [index('order_lines_order').on(t.orderId), index('order_lines_sub').on(t.subOrderId), index('order_lines_sku').on(t.skuId)],
)

/** From which batches a line is served: base units of each. Sums up, over a line, to its quantity. A recall finds its buyers here. */
export const orderLineLots = mysqlTable(
  'order_line_lots',
  {
    orderLineId: idOf('OrderLine', 'order_line_id')
      .notNull()
      .references(() => orderLines.id),
    batchId: idOf('Batch', 'batch_id').notNull(),
    orderId: idOf('Order', 'order_id').notNull(),
    /** As on the batch's label. */
    batchCode: words('batch_code', 60).notNull(),
    baseUnits: int('base_units').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orderLineId, t.batchId] }),
    index('order_line_lots_batch').on(t.batchId),
    index('order_line_lots_order').on(t.orderId),
  ],
)

/** Every move of an order and of its parts: who, when, by which act. */
export const orderMoves = mysqlTable(
  'order_moves',
  {
    orderId: idOf('Order', 'order_id').notNull(),
    /** The part that moved; the order itself where it stands for all. */
    subjectId: code('subject_id', 30).notNull(),
    act: code('act', 24).notNull(),
    actor: jsonColumn<Actor>('actor').notNull(),
    at: instantColumn('moved_at').notNull(),
  },
  (t) => [index('order_moves_order').on(t.orderId, t.at)],
)

/** What buyers have put aside: the price and wording are those of the day they did. */
export const cartLines = mysqlTable(
  'cart_lines',
  {
    userId: idOf('User', 'user_id').notNull(),
    skuId: idOf('Sku', 'sku_id').notNull(),
    quantity: int('quantity').notNull(),
    priceFen: fenColumn('price_fen').notNull(),
    revisionId: idOf('Revision', 'revision_id').notNull(),
    title: words('title', 120).notNull(),
    /** The room in which it was put in: its coupons count there. */
    liveSessionId: idOf('LiveSession', 'live_session_id'),
    changedAt: instantColumn('changed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.skuId] }), index('cart_lines_user').on(t.userId, t.changedAt)],
)

/** Buyers' address books. */
export const addresses = mysqlTable(
  'addresses',
  {
    id: idOf('Address', 'id').primaryKey(),
    buyerId: idOf('User', 'buyer_id').notNull(),
    name: words('name', 40).notNull(),
    phone: code('phone', 20).notNull(),
    province: words('province', 20).notNull(),
    city: words('city', 20).notNull(),
    county: words('county', 20).notNull(),
    detail: words('detail', 160).notNull(),
    isDefault: boolean('is_default').notNull(),
    savedAt: instantColumn('saved_at').notNull(),
  },
  (t) => [index('addresses_buyer').on(t.buyerId, t.savedAt)],
)

/** Who of a shop has seen a buyer's whole address, and when. Rows are only added. */
export const addressLooks = mysqlTable(
  'address_looks',
  {
    subOrderId: idOf('SubOrder', 'sub_order_id').notNull(),
    userId: idOf('User', 'user_id').notNull(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    buyerId: idOf('User', 'buyer_id').notNull(),
    at: instantColumn('seen_at').notNull(),
  },
  (t) => [index('address_looks_sub').on(t.subOrderId, t.at), index('address_looks_buyer').on(t.buyerId, t.at)],
)
