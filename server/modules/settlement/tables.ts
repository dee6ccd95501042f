import { index, int, mysqlTable, primaryKey, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { Account, DifferenceKind, EntryCause } from '../../../shared/settlement/words.ts'
import { code, fenColumn, idOf, instantColumn, jsonColumn, stateOf, words } from '../../platform/columns.ts'

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

/** Days whose bill of the channel was read to its end. */
export const billDays = mysqlTable('bill_days', {
  /** YYYY-MM-DD in Shanghai. */
  day: code('day', 10).primaryKey(),
  lines: int('lines').notNull(),
  paymentsFen: fenColumn('payments_fen').notNull(),
  refundsFen: fenColumn('refunds_fen').notNull(),
  feeFen: fenColumn('fee_fen').notNull(),
  readAt: instantColumn('read_at').notNull(),
})

/** Every line that a bill ever named, once; whatever is not here has not been confirmed by the channel. */
export const billLines = mysqlTable(
  'bill_lines',
  {
    line: stateOf<'payment' | 'refund'>('line').notNull(),
    /** Of a payment: the part's number; of a refund: its own. */
    no: code('no', 64).notNull(),
    day: code('day', 10).notNull(),
    amountFen: fenColumn('amount_fen').notNull(),
    feeFen: fenColumn('fee_fen').notNull(),
  },
  // numbers of payments and refunds begin with letters of their own, so that one look by number finds both
  (t) => [primaryKey({ columns: [t.no, t.line] }), index('bill_lines_day').on(t.day)],
)

/** Where our books and a bill differ, until a person has said why. */
export const billDifferences = mysqlTable(
  'bill_differences',
  {
    id: idOf('Difference', 'id').primaryKey(),
    day: code('day', 10).notNull(),
    kind: stateOf<DifferenceKind>('kind').notNull(),
    line: stateOf<'payment' | 'refund'>('line').notNull(),
    no: code('no', 64).notNull(),
    /** Whose part it is, where we know it. */
    shopId: idOf('Shop', 'shop_id'),
    oursFen: fenColumn('ours_fen'),
    theirsFen: fenColumn('theirs_fen'),
    state: stateOf<'open' | 'explained'>('state').notNull(),
    foundAt: instantColumn('found_at').notNull(),
    explainedBy: idOf('User', 'explained_by'),
    explainedAt: instantColumn('explained_at'),
    /** What the person found out. */
    words: words('words', 300).notNull(),
  },
  (t) => [
    uniqueIndex('bill_differences_once').on(t.day, t.line, t.no, t.kind),
    index('bill_differences_open').on(t.state, t.foundAt, t.id),
  ],
)

/** Each audit of the books: when, how many invariants were broken, and what the ledger looked like, for the next one to find unchanged. */
export const auditRuns = mysqlTable(
  'audit_runs',
  {
    id: idOf('AuditRun', 'id').primaryKey(),
    ranAt: instantColumn('ran_at').notNull(),
    broken: int('broken').notNull(),
    ledgerUntil: instantColumn('ledger_until').notNull(),
    ledgerRows: int('ledger_rows').notNull(),
    /** XOR of a CRC-32 over each row. */
    ledgerMark: code('ledger_mark', 20).notNull(),
  },
  (t) => [index('audit_runs_ran').on(t.ranAt)],
)

/** What an audit found broken, with the first rows of it. */
export const auditFindings = mysqlTable(
  'audit_findings',
  {
    runId: idOf('AuditRun', 'run_id')
      .notNull()
      .references(() => auditRuns.id),
    no: int('no').notNull(),
    words: words('words', 80).notNull(),
    found: int('found').notNull(),
    rows: jsonColumn<{ ref: string; facts: string }[]>('rows_found').notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.no] })],
)
