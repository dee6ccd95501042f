// The label of a packet of tea as a phone photographs it: name, kind, net content, day and licence number, a bar code, a seal.
import { dice } from './dice.ts'
import type { Ground } from './grounds.ts'
import { boxShadow, lightOver, tableTop } from './grounds.ts'
import type { Kind } from './leaves.ts'
import { n, placed, sheet } from './sheet.ts'
import { row, seal, type Wrapper } from './wrapper.ts'

export interface TeaLabel {
  kind: Kind
  /** Characters of glyphs.ts. */
  name: string
  grams: number
  /** YYYY-MM-DD */
  day: string
  /** SC and 14 digits; empty on what a grower sells as farm produce. */
  licence: string
  wrapper: Wrapper
  seed: number
}

/** S and C have no outline among the glyphs: two strokes in a box of `size`. */
const licenceMark = (x: number, y: number, size: number, ink: string): string => {
  const s = `M${n(x + size * 0.5)} ${n(y + size * 0.16)}C${n(x + size * 0.1)} ${n(y)} ${n(x + size * 0.02)} ${n(y + size * 0.42)} ${n(x + size * 0.28)} ${n(y + size * 0.5)}S${n(x + size * 0.46)} ${n(y + size)} ${n(x + size * 0.04)} ${n(y + size * 0.86)}`
  const c = `M${n(x + size * 1.16)} ${n(y + size * 0.2)}C${n(x + size * 0.7)} ${n(y - size * 0.1)} ${n(x + size * 0.5)} ${n(y + size * 1.06)} ${n(x + size * 1.16)} ${n(y + size * 0.82)}`
  return `<path d="${s}${c}" fill="none" stroke="${ink}" stroke-width="${n(size * 0.13)}" stroke-linecap="round"/>`
}

const bars = (seed: number, x: number, y: number, wide: number, tall: number, ink: string): string => {
  const throwing = dice(seed, 92)
  let d = ''
  for (let at = 0; at < wide; at += throwing.whole(4, 11)) d += `M${n(x + at)} ${n(y)}v${n(tall)}`
  return `<path d="${d}" stroke="${ink}" stroke-width="3.4"/>`
}

/** A label on the table, 900 × 675, as SVG. */
export function teaLabel({ kind, name, grams, day, licence, wrapper, seed }: TeaLabel): string {
  const throwing = dice(seed, 91)
  const page = sheet(900, 675)
  const ground: Ground = throwing.pick(['wood', 'slate', 'linen'])
  const [paper, ink] = ['#f7f1e2', '#241c17']
  const [wide, tall] = [700, 470]
  const paint = `fill="${ink}"`
  const accent = kind === 'raw' ? '#4c6a2c' : '#8c2f1b'
  const [year = '', month = '', date = ''] = day.split('-')
  const number = licence.replace(/\D/g, '')
  const body = [
    `<rect x="${-wide / 2}" y="${-tall / 2}" width="${wide}" height="${tall}" rx="6" fill="${paper}"/>`,
    `<rect x="${-wide / 2 + 14}" y="${-tall / 2 + 14}" width="${wide - 28}" height="${tall - 28}" fill="none" stroke="${accent}" stroke-width="3"/>`,
    `<rect x="${-wide / 2 + 14}" y="${-tall / 2 + 14}" width="${wide - 28}" height="96" fill="${accent}"/>`,
    row(name, 0, -tall / 2 + 62, 62, `fill="${paper}"`, 0.16),
    row(kind === 'raw' ? '云南墨江普洱生茶' : '云南墨江普洱熟茶', 0, -78, 34, paint, 0.3),
    row('净含量', -250, -12, 34, paint),
    row(`${grams}克`, -110, -12, 38, paint),
    row(`${year}年${month}月${date}日`, 140, -12, 34, paint),
    `<path d="M${-wide / 2 + 40} 26H${wide / 2 - 40}" stroke="${ink}" stroke-width="2" opacity=".35"/>`,
    number ? `${licenceMark(-306, 48, 34, ink)}${row(number, -62, 66, 34, paint, 0.1)}` : row('墨江农家晒青毛茶', -60, 66, 36, paint, 0.12),
    bars(seed, -300, 106, 300, 74, ink),
    row(String(throwing.whole(100_000, 999_999)) + String(throwing.whole(100_000, 999_999)), -150, 200, 22, paint, 0.2),
    seal('茶山', 200, 146, 104, wrapper.accent === paper ? accent : '#b3392b', paper),
  ].join('')
  return page.svg(
    `${tableTop(page, ground, seed)}${boxShadow(60, 66, 830, 600, 0.6)}${placed(body, 450 + throwing.bell() * 14, 335, throwing.bell() * 3)}${lightOver(page, seed)}`,
  )
}
