/** Tables of assets: one row for each stored picture. */
import { index, int, mysqlTable } from 'drizzle-orm/mysql-core'
import { code, idOf, instantColumn } from '../../platform/columns.ts'

/** A picture; its bytes stand in the storage under `<storage_key>_<width>.webp`. */
export const assets = mysqlTable(
  'assets',
  {
    id: idOf('Asset', 'id').primaryKey(),
    /** The shop whose picture it is; null for people's own (avatars) and the park's. */
    shopId: idOf('Shop', 'shop_id'),
    storageKey: code('storage_key', 60).notNull(),
    /** Of the widest version, pixels. */
    width: int('width').notNull(),
    height: int('height').notNull(),
    /** SHA-256 of the file as it was sent, hex: proves later what was handed in, though only the re-drawn picture is kept. */
    hash: code('hash', 64).notNull(),
    /** Of all versions together. */
    bytes: int('bytes').notNull(),
    storedAt: instantColumn('stored_at').notNull(),
  },
  (t) => [index('assets_by_shop').on(t.shopId, t.id)],
)
