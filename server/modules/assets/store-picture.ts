import { randomBytes } from 'node:crypto'
import type { AssetId, ShopId } from '../../../shared/ids.ts'
import type { App } from '../../platform/app.ts'
import { errorFacts } from '../../platform/log.ts'
import { type Actor, newId } from '../../platform/work.ts'
import { redraw, versionKey } from './redraw.ts'
import { assets } from './tables.ts'

/**
 * Stores a picture under a name of ours, all widths or none. Refuses `pictureKind`, `pictureBroken`, `busy`; OutsideTrouble when the storage fails.
 */
export async function storePicture(app: App, by: Actor, picture: { shopId: ShopId | null; bytes: Buffer }): Promise<AssetId> {
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
