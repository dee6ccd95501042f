import { index, mysqlTable, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { Courier } from '../../../shared/shipping/couriers.ts'
import { code, idOf, instantColumn, stateOf } from '../../platform/columns.ts'

/** Parcels that were handed over. */
export const waybills = mysqlTable(
  'waybills',
  {
    id: idOf('Waybill', 'id').primaryKey(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    subOrderId: idOf('SubOrder', 'sub_order_id').notNull(),
    courier: stateOf<Courier>('courier').notNull(),
    trackingNo: code('tracking_no', 30).notNull(),
    shippedBy: idOf('User', 'shipped_by').notNull(),
    shippedAt: instantColumn('shipped_at').notNull(),
  },
  (t) => [uniqueIndex('waybills_sub').on(t.subOrderId), index('waybills_no').on(t.courier, t.trackingNo)],
)
