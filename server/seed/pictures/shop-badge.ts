// A shop's badge: one character carved into a seal, 400 × 400.
import { dice } from './dice.ts'
import { canPrint, glyph } from './glyphs.ts'
import { ridge } from './ridges.ts'
import { darker, lighter, mix, n, polygon, sheet } from './sheet.ts'
import { crumple, fibre } from './textures.ts'

const grounds = ['#8c2f1b', '#5f7a3a', '#2d4a6b', '#7a4a1e', '#3f5a4c', '#6b2f3f', '#a8622a', '#3b3a5c'] as const

/** The badge of a shop with its character (one without an outline becomes 茶), 400 × 400, as SVG. */
export function shopAvatar(seed: number, character: string): string {
  const throwing = dice(seed, 71)
  const page = sheet(400, 400)
  const colour = throwing.pick(grounds)
  const paper = throwing.pick(['#f6edd9', '#fbf3e2', '#f0e4c8'])
  const mark = canPrint(character) && character.length === 1 ? character : '茶'
  const style = throwing.whole(0, 2)
  const back = page.linear(
    [
      [0, lighter(colour, 0.16)],
      [1, darker(colour, 0.3)],
    ],
    [0, 0, 1, 1],
  )
  let hills = ''
  for (let i = 0; i < 3; i++) {
    const range = ridge(throwing, 400, 262 + i * 42, 66 - i * 12, 0.8, 30)
    hills += `<path d="${polygon([...range, [400, 400], [0, 400]])}" fill="${mix(colour, style === 1 ? paper : '#120a04', 0.16 + i * 0.13)}" fill-opacity="${style === 1 ? 0.8 : 0.75}"/>`
  }
  const big = (paint: string, size: number, dx = 0, dy = 0) => glyph(mark, 200 - size / 2 + dx, 196 - size / 2 + dy, size, paint)
  const rings =
    style === 0
      ? `<circle cx="200" cy="196" r="132" fill="${paper}"/><circle cx="200" cy="196" r="122" fill="none" stroke="${colour}" stroke-width="4"/>${big(`fill="${darker(colour, 0.1)}"`, 168)}`
      : style === 1
        ? `<circle cx="${n(throwing.between(120, 280))}" cy="118" r="52" fill="${mix(paper, '#e08a3a', 0.55)}"/>${hills}${big('fill="#120a04" fill-opacity=".3"', 214, 4, 6)}${big(`fill="${paper}"`, 214)}`
        : `<rect x="76" y="72" width="248" height="248" rx="20" fill="none" stroke="${paper}" stroke-width="9"/><rect x="90" y="86" width="220" height="220" rx="12" fill="none" stroke="${paper}" stroke-width="2.5"/>${big(`fill="${paper}"`, 190)}`
  const cover = (href: string, opacity: number) =>
    `<image href="${href}" width="400" height="400" preserveAspectRatio="none" opacity="${opacity}"/>`
  return page.svg(
    `<rect width="400" height="400" fill="${back}"/>${style === 1 ? '' : hills}${rings}${cover(fibre(), 0.8)}${cover(crumple(seed & 3), 0.35)}`,
  )
}
