/** Where photos come from, for the review desk: never shown to buyers. */
import { and, eq, inArray, isNotNull, ne } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import type { PhotoOrigin } from '../../../shared/assets/capture.ts'
import type { AssetId, ShopId } from '../../../shared/ids.ts'
import type { Db } from '../../platform/db.ts'
import { assets } from './tables.ts'

/** Where each of these pictures comes from, one query; unknown ids are left out. */
export async function origins(db: Db, ids: readonly AssetId[]): Promise<Map<AssetId, PhotoOrigin & { hash: string }>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select()
    .from(assets)
    .where(inArray(assets.id, [...ids]))
  return new Map(
    rows.map(({ id, source, storedAt, takenAt, latitudeE2, longitudeE2, editedWith, hash }) => {
      const place = latitudeE2 === null || longitudeE2 === null ? null : { latitude: latitudeE2 / 100, longitude: longitudeE2 / 100 }
      return [id, { source, storedAt, takenAt, place, editedWith, hash }]
    }),
  )
}

/** The shops, other than this one, that handed in the very same file, by picture; one query. */
export async function twinsOf(db: Db, shopId: ShopId, ids: readonly AssetId[]): Promise<Map<AssetId, ShopId[]>> {
  if (ids.length === 0) return new Map()
  const other = alias(assets, 'other')
  const rows = await db
    .selectDistinct({ id: assets.id, shopId: other.shopId })
    .from(assets)
    .innerJoin(other, and(eq(other.hash, assets.hash), isNotNull(other.shopId), ne(other.shopId, shopId)))
    .where(inArray(assets.id, [...ids]))
    .limit(100)
  const found = new Map<AssetId, ShopId[]>()
  for (const { id, shopId: theirs } of rows) if (theirs) found.set(id, [...(found.get(id) ?? []), theirs])
  return found
}
