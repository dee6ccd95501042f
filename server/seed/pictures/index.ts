// The demo's pictures: drawn, not photographed, so that every machine gets the same shop window without a download.
// A picture is a function of its description and a seed: the same words give the same SVG. No text elements, no fonts, no files.
// Storing, sizing for screens and naming them is left to whoever seeds.
import sharp from 'sharp'

export { type Detail, type TeaDetail, teaDetail } from './details.ts'
export { canPrint } from './glyphs.ts'
export type { Ground } from './grounds.ts'
export { type TeaLabel, teaLabel } from './label.ts'
export { farmYard, hillScene } from './land.ts'
export type { Kind } from './leaves.ts'
export { liveCover } from './live-table.ts'
export { bagLabel, type OtherWare, otherWare } from './others.ts'
export { type DrawnPaper, paperSheet } from './paper.ts'
export { farmerPortrait } from './people.ts'
export { type Form, type Tea, teaCake } from './products.ts'
export { shopAvatar } from './shop-badge.ts'
export { type Motif, type Wrapper, wrappers } from './wrapper.ts'

/**
 * An SVG as WebP. `width` in px (the height follows), `quality` 1–100. A quick encoder effort: the first start draws some 180 pictures.
 * Throws what the renderer throws on a broken SVG.
 */
export const render = (svg: string, { width, quality = 76 }: { width?: number; quality?: number } = {}): Promise<Buffer> =>
  sharp(Buffer.from(svg))
    .resize(width ? { width } : {})
    .webp({ quality, effort: 2 })
    .toBuffer()
