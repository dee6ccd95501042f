/** Draws pictures and stores them, two at a time, each once: what is there already is found by its bytes. */
import { createHash } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import sharp from 'sharp'
import type { AssetId, ShopId } from '../../shared/ids.ts'
import { storePicture } from '../modules/assets/index.ts'
import { assets } from '../modules/assets/tables.ts'
import type { App } from '../platform/app.ts'
import type { Actor } from '../platform/work.ts'

/** As many as the upload door decodes at once: more would only wait there. */
const AT_ONCE = 2
const NARROWEST = 48

let drawing = 0
const waiting: (() => void)[] = []

const inTurn = async <T>(act: () => Promise<T>): Promise<T> => {
  if (drawing < AT_ONCE) drawing++
  else await new Promise<void>((go) => waiting.push(go))
  try {
    return await act()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else drawing--
  }
}

export interface Gallery {
  /** Draws and stores a picture `width` px wide (before scaling). The same name again is the same picture. */
  hang(name: string, width: number, draw: () => string): Promise<AssetId>
}

/** The pictures of a shop; with null those that belong to no shop. `scale` makes all of them smaller. */
export const galleryOf = (app: App, by: Actor, shopId: ShopId | null, scale: number): Gallery => {
  const hung = new Map<string, Promise<AssetId>>()
  const make = async (width: number, draw: () => string): Promise<AssetId> => {
    // as a phone would send it; the house draws its own three sizes from it
    const bytes = await sharp(Buffer.from(draw()))
      .resize({ width: Math.max(NARROWEST, Math.round(width * scale)) })
      .jpeg({ quality: 90 })
      .toBuffer()
    const hash = createHash('sha256').update(bytes).digest('hex')
    const [have] = await app.read
      .select({ id: assets.id })
      .from(assets)
      .where(and(eq(assets.hash, hash), shopId === null ? isNull(assets.shopId) : eq(assets.shopId, shopId)))
      .limit(1)
    return have?.id ?? storePicture(app, by, { shopId, bytes })
  }
  return {
    hang: (name, width, draw) => {
      const before = hung.get(name)
      if (before) return before
      const picture = inTurn(() => make(width, draw))
      hung.set(name, picture)
      return picture
    },
  }
}
