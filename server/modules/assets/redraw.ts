/** Draws an uploaded picture anew: what comes out holds pixels and nothing else of what came in. */
import { createHash } from 'node:crypto'
import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import { refuse } from '../../../shared/refusals.ts'

export const pictureWidths = [240, 640, 1200] as const
export type PictureWidth = (typeof pictureWidths)[number]

/** The storage key of one width. */
export const versionKey = (key: string, width: PictureWidth): string => `${key}_${width}.webp`

/** Programs that people change photos with, as metadata names them. */
const EDITORS = [
  'Adobe Photoshop',
  'Adobe Lightroom',
  'Meitu',
  '美图',
  'BeautyPlus',
  'Snapseed',
  'PicsArt',
  'VSCO',
  'GIMP',
  'Canva',
  '醒图',
  'Remini',
]

const editorOf = async (bytes: Buffer): Promise<string | null> => {
  const { exif, xmp } = await sharp(bytes, { pages: 1 }).metadata()
  const said = Buffer.concat([exif ?? Buffer.alloc(0), xmp ?? Buffer.alloc(0)])
    .toString('utf8')
    .toLowerCase()
  return EDITORS.find((name) => said.includes(name.toLowerCase())) ?? null
}

/** A phone takes 12 to 50 million pixels; more is a bomb (a 688 kB PNG may hold 225 million). */
const MOST_PIXELS = 50_000_000
const WIDEST = 1200
/** A long picture 长图 is kept up to this many times its width; WebP ends at 16 383 pixels. */
const LONGEST = 4
const ACCEPTED = new Set(['image/jpeg', 'image/png', 'image/webp'])
/** Decoding takes up to 200 MB and both cores: two at a time, the others wait, and past this many they are sent away. */
const AT_ONCE = 2
const MOST_WAITING = 20

let running = 0
const waiting: (() => void)[] = []

const inTurn = async <T>(act: () => Promise<T>): Promise<T> => {
  if (running < AT_ONCE) running++
  else {
    if (waiting.length >= MOST_WAITING) throw refuse('busy')
    await new Promise<void>((go) => waiting.push(go))
  }
  try {
    return await act()
  } finally {
    const next = waiting.shift()
    // the place is handed over, not given back, so that a newcomer cannot slip in between
    if (next) next()
    else running--
  }
}

export interface Redrawn {
  width: number
  height: number
  /** SHA-256 of what came in, hex. */
  hash: string
  /** The program for changing photos that its metadata names, or null. */
  editedWith: string | null
  versions: { width: PictureWidth; bytes: Buffer }[]
}

/**
 * Judges a file by its content and draws it anew: turned upright, without metadata, sRGB, WebP in three widths, never larger than it came.
 * Refuses `pictureKind` (not JPEG, PNG or WebP), `pictureBroken` (damaged, or more than 50 million pixels), `busy`.
 */
export async function redraw(bytes: Buffer): Promise<Redrawn> {
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined)
  if (!type || !ACCEPTED.has(type.mime)) throw refuse('pictureKind')
  return inTurn(async () => {
    try {
      // the big decode once; the three versions are drawn from its small result
      const upright = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 })
        .autoOrient()
        .resize({ width: WIDEST, height: WIDEST * LONGEST, fit: 'inside', withoutEnlargement: true })
        .toColourspace('srgb')
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true })
      const { width, height, channels } = upright.info
      const versions = await Promise.all(
        pictureWidths.map(async (target) => ({
          width: target,
          bytes: await sharp(upright.data, { raw: { width, height, channels } })
            .resize({ width: Math.min(target, width) })
            .webp({ quality: 82 })
            .toBuffer(),
        })),
      )
      return { width, height, hash: createHash('sha256').update(bytes).digest('hex'), editedWith: await editorOf(bytes), versions }
    } catch {
      // the decoder's own words name libraries and offsets; whoever holds the phone can only take another picture
      throw refuse('pictureBroken')
    }
  })
}
