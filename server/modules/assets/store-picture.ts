import { randomBytes } from 'node:crypto'
import { and, count, eq, gte } from 'drizzle-orm'
import type { AssetId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { after, DAY } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { errorFacts } from '../../platform/log.ts'
import { type Actor, newId } from '../../platform/work.ts'
import { redraw, versionKey } from './redraw.ts'
import { assets } from './tables.ts'

/** Pictures that one buyer may bring within a day. */
const A_DAY = 40

/** Refuses `tooManyPictures` where this buyer has brought as many as a day allows. */
async function mustHaveRoom(app: App, by: Actor): Promise<void> {
  if (by.kind !== 'buyer') return
  const [row] = await app.read
    .select({ n: count() })
    .from(assets)
    .where(and(eq(assets.userId, by.userId), gte(assets.storedAt, after(app.clock.now(), -DAY))))
  if ((row?.n ?? 0) >= A_DAY) throw refuse('tooManyPictures', { most: A_DAY })
}

/**
 * Stores a picture under a name of ours, all widths or none. Refuses `pictureKind`, `pictureBroken`, `busy`,
 * `tooManyPictures` (a buyer's, in a day); OutsideTrouble when the storage fails.
 */
export async function storePicture(app: App, by: Actor, picture: { shopId: ShopId | null; bytes: Buffer }): Promise<AssetId> {
  await mustHaveRoom(app, by)
  const drawn = await redraw(picture.bytes)
  const name = randomBytes(16).toString('hex')
  const key = `p/${name.slice(0, 2)}/${name}`
  try {
    for (const version of drawn.versions) await app.ports.storage.put(versionKey(key, version.width), version.bytes, 'image/webp')
    return await app.work(by, async (work) => {
      const id = newId('Asset')
      await work.db.insert(assets).values({
        id,
        shopId: picture.shopId,
        userId: picture.shopId === null && by.kind === 'buyer' ? by.userId : null,
        storageKey: key,
        width: drawn.width,
        height: drawn.height,
        hash: drawn.hash,
        editedWith: drawn.editedWith,
        bytes: drawn.versions.reduce((sum, v) => sum + v.bytes.length, 0),
        storedAt: work.now,
      })
      await work.tell('asset.stored', { assetId: id, shopId: picture.shopId })
      return id
    })
  } catch (error) {
    for (const version of drawn.versions) {
      await app.ports.storage
        .remove(versionKey(key, version.width))
        .catch((trouble: unknown) => app.log('warn', 'a version without a picture stays behind', { key, ...errorFacts(trouble) }))
    }
    throw error
  }
}
