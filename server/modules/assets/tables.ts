/** Tables of assets: one row for each stored picture. */
import { index, int, mysqlTable } from 'drizzle-orm/mysql-core'
import type { PhotoSource } from '../../../shared/assets/capture.ts'
import { code, idOf, instantColumn, stateOf, words } from '../../platform/columns.ts'

/** A picture; its bytes stand in the storage under `<storage_key>_<width>.webp`. */
export const assets = mysqlTable(
  'assets',
  {
    id: idOf('Asset', 'id').primaryKey(),
    /** The shop whose picture it is; null for people's own (avatars) and the park's. */
    shopId: idOf('Shop', 'shop_id'),
    /** Whose picture it is where it is no shop's. */
    userId: idOf('User', 'user_id'),
    storageKey: code('storage_key', 60).notNull(),
    /** Of the widest version, pixels. */
    width: int('width').notNull(),
    height: int('height').notNull(),
    /** SHA-256 of the file as it was sent, hex: proves later what was handed in, though only the re-drawn picture is kept. */
    hash: code('hash', 64).notNull(),
    /** Of all versions together. */
    bytes: int('bytes').notNull(),
    storedAt: instantColumn('stored_at').notNull(),
    /** Taken in the app, as the phone says, or chosen from its album. */
    source: stateOf<PhotoSource>('source').notNull().default('album'),
    /** What the phone said of when and where (hundredths of a degree, about a kilometre); null where it said nothing. */
    takenAt: instantColumn('taken_at'),
    latitudeE2: int('latitude_e2'),
    longitudeE2: int('longitude_e2'),
    /** The program that changed it, where the file that came in named one. */
    editedWith: words('edited_with', 40),
  },
  (t) => [
    index('assets_by_shop').on(t.shopId, t.id),
    index('assets_by_hash').on(t.hash, t.shopId),
    index('assets_by_user').on(t.userId, t.storedAt),
  ],
)
