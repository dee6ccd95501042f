// A paper on a table as a phone photographs it: its title, its lines, the office's round seal. It names nobody who exists.
import { dice } from './dice.ts'
import { glyph, widthOf } from './glyphs.ts'
import { boxShadow, lightOver, tableTop } from './grounds.ts'
import { n, placed, sheet } from './sheet.ts'
import { row } from './wrapper.ts'

export interface DrawnPaper {
  title: string
  /** Label and value of each line; characters without an outline are left blank. */
  lines: readonly (readonly [string, string])[]
  /** Round the seal. */
  office: string
  seed: number
}

/** A line of characters that begins at x. */
const from = (text: string, x: number, y: number, size: number, paint: string): string => {
  let left = x
  return [...text]
    .map((character) => {
      const mark = glyph(character, left, y - size / 2, size, paint)
      left += widthOf(character) * size * 1.06
      return mark
    })
    .join('')
}

const roundSeal = (office: string, x: number, y: number, radius: number): string => {
  const red = 'fill="#b3271e"'
  const letters = [...office].slice(0, 16)
  const arc = Math.min(300, letters.length * 22)
  const ring = letters
    .map((c, i) => {
      const turn = -arc / 2 + (arc * i) / Math.max(1, letters.length - 1)
      return `<g transform="rotate(${n(turn)})">${glyph(c, -radius * 0.13, -radius * 0.9, radius * 0.26, red)}</g>`
    })
    .join('')
  const star = Array.from({ length: 10 }, (_, i) => {
    const [r, a] = [i % 2 ? radius * 0.15 : radius * 0.36, (i * Math.PI) / 5 - Math.PI / 2]
    return `${n(Math.cos(a) * r)},${n(Math.sin(a) * r)}`
  }).join(' ')
  const body = `<circle r="${radius}" fill="none" stroke="#b3271e" stroke-width="5"/>${ring}<polygon points="${star}" ${red}/>`
  return `<g opacity=".82">${placed(body, x, y, -9)}</g>`
}

/** A paper on the table, 900 × 675, as SVG. */
export function paperSheet({ title, lines, office, seed }: DrawnPaper): string {
  const throwing = dice(seed, 121)
  const page = sheet(900, 675)
  const ground = throwing.pick(['wood', 'slate', 'linen'] as const)
  const [wide, tall] = [760, 540]
  const frame = throwing.pick(['#8c6a2f', '#3d6b57', '#7a3b2c'])
  const ink = 'fill="#241c17"'
  const body = [
    `<rect x="${-wide / 2}" y="${-tall / 2}" width="${wide}" height="${tall}" fill="#fbf7ea"/>`,
    `<rect x="${-wide / 2 + 16}" y="${-tall / 2 + 16}" width="${wide - 32}" height="${tall - 32}" fill="none" stroke="${frame}" stroke-width="9"/>`,
    `<rect x="${-wide / 2 + 28}" y="${-tall / 2 + 28}" width="${wide - 56}" height="${tall - 56}" fill="none" stroke="${frame}" stroke-width="2"/>`,
    row(title, 0, -tall / 2 + 92, title.length > 9 ? 44 : 58, ink, 0.14),
    ...lines.map(([label, value], i) => {
      const y = -112 + i * 56
      return `${from(label, -320, y, 28, 'fill="#6b5d52"')}${from(value, -320 + 28 * 1.06 * label.length + 26, y, 28, ink)}`
    }),
    roundSeal(office, 226, 150, 82),
  ].join('')
  return page.svg(
    `${tableTop(page, ground, seed)}${boxShadow(50, 50, 810, 600, 0.6)}${placed(body, 450 + throwing.bell() * 10, 336, throwing.bell() * 2)}${lightOver(page, seed)}`,
  )
}
