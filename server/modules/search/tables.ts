/** Tables of search: what each listing is found by. */
import { boolean, index, int, mysqlTable, text } from 'drizzle-orm/mysql-core'
import { code, fenColumn, idOf, instantColumn, stateOf, words } from '../../platform/columns.ts'

/**
 * One row for each listing that was ever found; what has left the shelf keeps its row, with `shown` false, so that whoever follows the table
 * hears of it. Facets are those of the verified batch; null where nobody has verified any.
 */
export const searchDocs = mysqlTable(
  'search_docs',
  {
    listingId: idOf('Listing', 'listing_id').primaryKey(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    /** It stands on the shelf of an open shop. */
    shown: boolean('shown').notNull(),
    productClass: stateOf<string>('product_class'),
    kind: stateOf<string>('kind'),
    form: stateOf<string>('form'),
    year: int('material_year'),
    hill: code('hill', 40),
    season: stateOf<string>('season'),
    treeClass: stateOf<string>('tree_class'),
    band: stateOf<string>('band').notNull(),
    village: words('village', 60),
    per100gFen: fenColumn('per_100g_fen').notNull(),
    sold: int('sold_count').notNull(),
    inStock: boolean('in_stock').notNull(),
    /** When the listing first stood on the shelf. */
    listedAt: instantColumn('listed_at').notNull(),
    /** Its words and what each weighs: "凤凰窝 8 生茶 4 …". */
    tokens: text('tokens').notNull(),
    /** Counts the changes of this row. */
    version: int('version').notNull(),
    changedAt: instantColumn('changed_at').notNull(),
  },
  (t) => [index('search_docs_changed').on(t.changedAt, t.listingId, t.version), index('search_docs_shop').on(t.shopId, t.listingId)],
)
