import { int, mysqlTable } from 'drizzle-orm/mysql-core'
import type { FreightRules } from '../../../shared/freight/rules.ts'
import { idOf, instantColumn, jsonColumn } from '../../platform/columns.ts'

/** What each shop's parcels cost; a shop without a row sends free. */
export const freightTemplates = mysqlTable('freight_templates', {
  shopId: idOf('Shop', 'shop_id').primaryKey(),
  rules: jsonColumn<FreightRules>('rules').notNull(),
  /** Grows with every change: who saves over another's change is told. */
  version: int('version').notNull(),
  savedBy: idOf('User', 'saved_by').notNull(),
  savedAt: instantColumn('saved_at').notNull(),
})
