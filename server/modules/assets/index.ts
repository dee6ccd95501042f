/**
 * Assets: pictures that shops and people upload, and the pages that show them.
 * Promises: what is stored was drawn anew from its pixels (no script, no GPS, no borrowed type), under a name of ours, in three widths.
 * Leaves to others: what a picture means and who may see which draft of it.
 */
import { and, eq, inArray } from 'drizzle-orm'
import type { AssetId, ShopId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { App } from '../../platform/app.ts'
import type { Db } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { type PictureWidth, versionKey } from './redraw.ts'
import { assets } from './tables.ts'

export { origins, twinsOf } from './origins.ts'
export { storePicture } from './store-picture.ts'
export { readTicket, uploadTicket } from './ticket.ts'

/** A picture as screens use it: size of the widest version in pixels, and addresses 240, 640 and 1200 px wide (never upscaled), WebP. */
export interface Picture {
  id: AssetId
  width: number
  height: number
  thumb: string
  card: string
  full: string
}

/** Pictures by id, one query whatever the number; nulls and unknown ids are left out. `storageUrl` is `app.ports.storage.url`. */
export async function pictures(
  db: Db,
  storageUrl: (key: string) => string,
  ids: readonly (AssetId | null)[],
): Promise<Map<AssetId, Picture>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const rows = await db
    .select({ id: assets.id, key: assets.storageKey, width: assets.width, height: assets.height })
    .from(assets)
    .where(inArray(assets.id, wanted))
  return new Map(
    rows.map(({ id, key, width, height }) => {
      const url = (w: PictureWidth) => storageUrl(versionKey(key, w))
      return [id, { id, width, height, thumb: url(240), card: url(640), full: url(1200) }]
    }),
  )
}

/** Refuses `notFound` unless every one of these pictures belongs to the shop. */
export async function mustBeOurs(work: Work, shopId: ShopId, ids: readonly (AssetId | null)[]): Promise<void> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return
  const rows = await work.db
    .select({ id: assets.id })
    .from(assets)
    .where(and(inArray(assets.id, wanted), eq(assets.shopId, shopId)))
  if (rows.length !== wanted.length) throw refuse('notFound')
}

/** Refuses `notFound` unless every one of these pictures was brought by this person, for no shop. */
export async function mustBeMine(work: Work, userId: UserId, ids: readonly AssetId[]): Promise<void> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return
  const rows = await work.db
    .select({ id: assets.id })
    .from(assets)
    .where(and(inArray(assets.id, wanted), eq(assets.userId, userId)))
  if (rows.length !== wanted.length) throw refuse('notFound')
}

/** The widest version of a shop's picture. Refuses `notFound`; OutsideTrouble when the storage fails. */
export async function pictureBytes(app: App, shopId: ShopId, id: AssetId): Promise<Uint8Array> {
  const [row] = await app.read
    .select({ key: assets.storageKey })
    .from(assets)
    .where(and(eq(assets.id, id), eq(assets.shopId, shopId)))
  const found = row && (await app.ports.storage.get(versionKey(row.key, 1200)))
  if (!found) throw refuse('notFound')
  return found.bytes
}
