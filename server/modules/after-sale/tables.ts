/** Tables of after-sale: cases and all that was done and said in them. */
import { boolean, index, int, mysqlTable, primaryKey } from 'drizzle-orm/mysql-core'
import type { AfterSaleState } from '../../../shared/after-sale/flow.ts'
import type { AfterSaleKind, AfterSaleReason } from '../../../shared/after-sale/words.ts'
import type { AssetId, OrderLineId } from '../../../shared/ids.ts'
import { code, fenColumn, idOf, instantColumn, jsonColumn, stateOf, words } from '../../platform/columns.ts'
import type { Actor } from '../../platform/work.ts'

/** One case about one shop's part of an order; a part has at most one open case. */
export const afterSales = mysqlTable(
  'after_sales',
  {
    id: idOf('AfterSale', 'id').primaryKey(),
    orderId: idOf('Order', 'order_id').notNull(),
    subOrderId: idOf('SubOrder', 'sub_order_id').notNull(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    buyerId: idOf('User', 'buyer_id').notNull(),
    kind: stateOf<AfterSaleKind>('kind').notNull(),
    reason: stateOf<AfterSaleReason>('reason').notNull(),
    /** What it is about: so many units of which lines. */
    lines: jsonColumn<{ orderLineId: OrderLineId; units: number }[]>('case_lines').notNull(),
    /** Asked for before the parcel was sent. */
    unshipped: boolean('unshipped').notNull(),
    state: stateOf<AfterSaleState>('state').notNull(),
    openedAt: instantColumn('opened_at').notNull(),
    /** When the clock of the present step runs out; null where none runs. */
    dueAt: instantColumn('due_at'),
    endedAt: instantColumn('ended_at'),
    /** What went back, once it did. */
    refundedFen: fenColumn('refunded_fen').notNull(),
    /** The parcel back, and the one that was sent again. */
    returnCourier: code('return_courier', 8),
    returnNo: code('return_no', 30),
    reshipCourier: code('reship_courier', 8),
    reshipNo: code('reship_no', 30),
  },
  (t) => [
    index('after_sales_sub').on(t.subOrderId, t.openedAt),
    index('after_sales_shop').on(t.shopId, t.state, t.openedAt, t.id),
    index('after_sales_buyer').on(t.buyerId, t.openedAt, t.id),
    index('after_sales_state').on(t.state, t.openedAt, t.id),
    index('after_sales_due').on(t.state, t.dueAt),
  ],
)

/** Every step of a case: who, when, what was said and shown. Rows are only added. */
export const afterSaleMoves = mysqlTable(
  'after_sale_moves',
  {
    afterSaleId: idOf('AfterSale', 'after_sale_id')
      .notNull()
      .references(() => afterSales.id),
    no: int('no').notNull(),
    act: code('act', 24).notNull(),
    actor: jsonColumn<Actor>('actor').notNull(),
    words: words('words', 200).notNull(),
    pictureIds: jsonColumn<AssetId[]>('picture_ids').notNull(),
    at: instantColumn('moved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.afterSaleId, t.no] })],
)
