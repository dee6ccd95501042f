import { boolean, index, int, mysqlTable, primaryKey, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { Courier } from '../../../shared/shipping/couriers.ts'
import type { FollowState, ShippingNoticeState } from '../../../shared/shipping/flow.ts'
import type { ParcelStage } from '../../../shared/shipping/track.ts'
import { code, idOf, instantColumn, stateOf, words } from '../../platform/columns.ts'

/** Parcels that were handed over. One that was written down wrongly stays, replaced by another. */
export const waybills = mysqlTable(
  'waybills',
  {
    id: idOf('Waybill', 'id').primaryKey(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    subOrderId: idOf('SubOrder', 'sub_order_id').notNull(),
    /** 1, 2, … of its part; a correction counts on. */
    seq: int('seq').default(1).notNull(),
    courier: stateOf<Courier>('courier').notNull(),
    trackingNo: code('tracking_no', 30).notNull(),
    shippedBy: idOf('User', 'shipped_by').notNull(),
    shippedAt: instantColumn('shipped_at').notNull(),
    replacedAt: instantColumn('replaced_at'),
    /** Whether its courier's news are asked for; `off` for what is older than that. */
    follow: stateOf<FollowState>('follow').default('off').notNull(),
    followAt: instantColumn('follow_at'),
    followTries: int('follow_tries').default(0).notNull(),
    /** Where it was at last, and since when. */
    stage: stateOf<ParcelStage>('stage'),
    stageAt: instantColumn('stage_at'),
  },
  (t) => [
    index('waybills_follow').on(t.follow, t.followAt),
    uniqueIndex('waybills_part').on(t.subOrderId, t.seq),
    index('waybills_no').on(t.courier, t.trackingNo),
  ],
)

/** What a courier said of a parcel; the same point is one row, however often it is told. */
export const parcelPoints = mysqlTable(
  'parcel_points',
  {
    waybillId: idOf('Waybill', 'waybill_id').notNull(),
    at: instantColumn('point_at').notNull(),
    /** Of its words, so that two of one second are two. */
    hash: code('hash', 16).notNull(),
    words: words('words', 300).notNull(),
    stage: stateOf<ParcelStage>('stage').notNull(),
  },
  (t) => [primaryKey({ columns: [t.waybillId, t.at, t.hash] })],
)

/** What WeChat must be told of a part that was sent, and how far it sees that sale; one for each part. */
export const shippingNotices = mysqlTable(
  'shipping_notices',
  {
    id: idOf('ShippingNotice', 'id').primaryKey(),
    subOrderId: idOf('SubOrder', 'sub_order_id').notNull(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    state: stateOf<ShippingNoticeState>('state').notNull(),
    /** When WeChat is told or asked next. */
    checkAt: instantColumn('check_at').notNull(),
    checks: int('checks').notNull(),
    /** When it was to be told first: the wait for a payment that WeChat does not know counts from here. */
    dueAt: instantColumn('due_at').notNull(),
    toldAt: instantColumn('told_at'),
    /** WeChat takes one correction and no more. */
    corrected: boolean('corrected').notNull(),
    settledAt: instantColumn('settled_at'),
    /** When all its parcels had come and WeChat was to remind the buyer, once. */
    remindedAt: instantColumn('reminded_at'),
    /** WeChat's reason, where it did not take it. */
    why: words('why', 120).notNull(),
  },
  (t) => [uniqueIndex('shipping_notices_part').on(t.subOrderId), index('shipping_notices_check').on(t.state, t.checkAt)],
)
