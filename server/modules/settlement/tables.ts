import { index, mysqlTable, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { Account, EntryCause } from '../../../shared/settlement/words.ts'
import { code, fenColumn, idOf, instantColumn, stateOf } from '../../platform/columns.ts'

/** The ledger, double entry: the rows of one booking add up to nothing. Rows are never changed; what was wrong is booked the other way. */
export const ledgerEntries = mysqlTable(
  'ledger_entries',
  {
    id: idOf('LedgerEntry', 'id').primaryKey(),
    /** What is booked, once: "paid:sub_…", "completed:sub_…", "refunded:rfd_…". */
    booking: code('booking', 60).notNull(),
    account: stateOf<Account>('account').notNull(),
    cause: stateOf<EntryCause>('cause').notNull(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    subOrderId: idOf('SubOrder', 'sub_order_id').notNull(),
    /** Positive: to the credit of the account. */
    deltaFen: fenColumn('delta_fen').notNull(),
    at: instantColumn('booked_at').notNull(),
  },
  (t) => [
    uniqueIndex('ledger_once').on(t.booking, t.account),
    index('ledger_shop').on(t.shopId, t.at, t.id),
    index('ledger_sums').on(t.shopId, t.account, t.deltaFen),
    index('ledger_sub').on(t.subOrderId),
  ],
)
