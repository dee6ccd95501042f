// What things stand on: linen, wood, slate or bamboo mat, lit from the upper left and darker towards the lower right.
import { dice } from './dice.ts'
import { darker, lighter, mix, n, type Sheet } from './sheet.ts'
import { daylight, grain, linen, slate, softBox, wood } from './textures.ts'

/** The table under the tea. */
export type Ground = 'linen' | 'wood' | 'slate' | 'mat'

const groundColours: Record<Ground, readonly string[]> = {
  linen: ['#d8ccb6', '#c9bfa9', '#b7b5a2', '#bfae93'],
  wood: ['#8a5a36', '#6d4529', '#9a6c45', '#5a3924'],
  slate: ['#5b5a57', '#4a4b4b', '#6a665e', '#3f3d3b'],
  mat: ['#c3a56d', '#b39359', '#a98a55', '#cbb07c'],
}

/** The whole sheet covered with a table top. */
export function tableTop(page: Sheet, ground: Ground, seed: number): string {
  const throwing = dice(seed, 3)
  const { width, height } = page
  const colour = throwing.pick(groundColours[ground])
  const all = (fill: string, more = '') => `<rect width="${width}" height="${height}" fill="${fill}"${more}/>`
  let out = all(colour)
  if (ground === 'linen') {
    out += all(page.tile(linen(), 240, 240))
    for (let i = 0; i < 2; i++) {
      const y = throwing.between(0, height)
      const d = `M-50 ${n(y)}Q${n(width * 0.4)} ${n(y + throwing.bell() * 160)} ${width + 50} ${n(y + throwing.bell() * 240)}`
      out += `<path d="${d}" stroke="#3c2a14" stroke-width="40" stroke-opacity=".05" fill="none"/><path d="${d}" stroke="#fffaf0" stroke-width="14" stroke-opacity=".14" fill="none" transform="translate(-10 -16)"/>`
    }
  }
  if (ground === 'wood') {
    const planks = throwing.whole(3, 4)
    const tall = height / planks
    for (let i = 0; i < planks; i++) {
      const y = i * tall
      const shift = throwing.whole(0, 900)
      out += `<rect y="${n(y)}" width="${width}" height="${n(tall)}" fill="${mix(colour, throwing.chance(0.5) ? '#2a1508' : '#c99a68', throwing.between(0.02, 0.14))}"/>`
      out += `<g transform="translate(${-shift} ${n(y)})"><rect width="${width + 900}" height="${n(tall)}" fill="${page.tile(wood(i % 2), 1100, 330 + i * 40)}"/></g>`
      out += `<rect y="${n(y)}" width="${width}" height="5" fill="#150a03" opacity=".55"/><rect y="${n(y + 5)}" width="${width}" height="3" fill="#ffdcae" opacity=".16"/>`
    }
  }
  if (ground === 'slate') out += all(page.tile(slate(throwing.whole(0, 1)), 1300, 1300)) + all(page.tile(grain(), 300, 300))
  if (ground === 'mat') {
    let slats = ''
    for (let y = 0; y < height; y += 22) slats += `M0 ${y}H${width}`
    let threads = ''
    for (let x = 110; x < width; x += 260) threads += `M${x} 0V${height}`
    out += all(page.tile(wood(2), 900, 130))
    out += `<path d="${slats}" stroke="#3d270c" stroke-width="4" opacity=".5"/><path d="${slats}" stroke="#fff0c8" stroke-width="3" opacity=".3" transform="translate(0 5)"/>`
    out += `<path d="${threads}" stroke="#5c3d16" stroke-width="7" opacity=".8"/><path d="${threads}" stroke="#e7cf98" stroke-width="2.5" stroke-dasharray="12 10" opacity=".7"/>`
  }
  return out
}

/** A table seen from the front with a quiet wall behind it; the table begins at `share` of the height. */
export function wallAndTable(page: Sheet, ground: Ground, seed: number, share: number): string {
  const throwing = dice(seed, 5)
  const { width, height } = page
  const edge = height * share
  const wall = throwing.pick(['#8f9a86', '#b3a58c', '#6f7b78', '#a58f78', '#cfc3ad'])
  const paint = page.linear(
    [
      [0, lighter(wall, 0.25)],
      [1, darker(wall, 0.42)],
    ],
    [0, 0, 0.9, 1],
  )
  const soft = page.radial([
    [0, '#fff6dd', 0.3],
    [1, '#fff6dd', 0],
  ])
  // Out of focus: spots of light between leaves.
  const spots = Array.from({ length: 9 }, () => {
    const r = throwing.between(50, 150)
    return `<circle cx="${n(throwing.between(0, width))}" cy="${n(throwing.between(0, edge))}" r="${n(r)}" fill="${soft}"/>`
  }).join('')
  const lip = page.linear([
    [0, '#1a0d04', 0.6],
    [1, '#1a0d04', 0],
  ])
  return `${tableTop(page, ground, seed)}<rect width="${width}" height="${n(edge)}" fill="${paint}"/>${spots}<rect y="${n(edge)}" width="${width}" height="${n(height * 0.12)}" fill="${lip}" opacity=".55"/><rect y="${n(edge - 3)}" width="${width}" height="5" fill="#1a0d04" opacity=".35"/>`
}

/** The light over a finished picture: bright from the upper left, leaf shade on some, darker edges. */
export const lightOver = ({ width, height }: Sheet, seed: number): string =>
  `<image href="${daylight(dice(seed, 4).whole(0, 4))}" width="${width}" height="${height}" preserveAspectRatio="none"/>`

/** The soft shadow of something round, thrown to the lower right. */
export function roundShadow(page: Sheet, x: number, y: number, rx: number, ry: number, strength = 0.62): string {
  const fill = page.radial([
    [0, '#150a03', strength],
    [0.72, '#150a03', strength * 0.92],
    [0.86, '#150a03', strength * 0.4],
    [1, '#150a03', 0],
  ])
  return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}"/>`
}

/** The soft shadow of something with corners. */
export const boxShadow = (x: number, y: number, width: number, height: number, strength = 0.6): string =>
  `<image href="${softBox(0.22)}" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" preserveAspectRatio="none" opacity="${strength}"/>`
