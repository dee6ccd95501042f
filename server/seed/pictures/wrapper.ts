// What is printed on the paper of a cake, a brick or a tuo: a picture in two inks, ring text, the name on a label, a seal.
import { type Dice, dice } from './dice.ts'
import { canPrint, glyph, widthOf } from './glyphs.ts'
import type { Ground } from './grounds.ts'
import type { Kind } from './leaves.ts'
import { ridge } from './ridges.ts'
import { curve, mix, n, placed, polygon, type Sheet } from './sheet.ts'

/** The picture on a wrapper. */
export type Motif = 'mountain' | 'phoenix' | 'tree' | 'sprig' | 'cloud' | 'terrace' | 'embroidery' | 'sun'

/** A wrapper: the paper, the two inks, the picture, and what the tea is photographed on. */
export type Wrapper = { paper: string; ink: string; accent: string; motif: Motif; ground: Ground }

/** Wrappers ready to use, one house style a row. */
export const wrappers = {
  inkMountain: { paper: '#efe6d2', ink: '#2c3a36', accent: '#8c2f1b', motif: 'mountain', ground: 'linen' },
  redPhoenix: { paper: '#f2e8d5', ink: '#8c2f1b', accent: '#c8742b', motif: 'phoenix', ground: 'wood' },
  greenTree: { paper: '#ece7d3', ink: '#3f5a2c', accent: '#8c2f1b', motif: 'tree', ground: 'slate' },
  leafSprig: { paper: '#f4efe2', ink: '#5f7a3a', accent: '#1f1a17', motif: 'sprig', ground: 'mat' },
  blueCloud: { paper: '#eee9dc', ink: '#2d4a6b', accent: '#b5432a', motif: 'cloud', ground: 'wood' },
  ochreTerrace: { paper: '#e9dcc0', ink: '#7a4a1e', accent: '#5f7a3a', motif: 'terrace', ground: 'slate' },
  indigoHani: { paper: '#f1ead9', ink: '#23305a', accent: '#b3392b', motif: 'embroidery', ground: 'linen' },
  dawnSun: { paper: '#f3e6cd', ink: '#9a4a22', accent: '#c62f2f', motif: 'sun', ground: 'mat' },
  plumNight: { paper: '#3a2430', ink: '#e2c690', accent: '#c8742b', motif: 'mountain', ground: 'slate' },
  teaRed: { paper: '#8c2f1b', ink: '#f0d9a4', accent: '#e0a050', motif: 'phoenix', ground: 'wood' },
  indigoDeep: { paper: '#22304c', ink: '#e6dcc2', accent: '#c8742b', motif: 'cloud', ground: 'linen' },
  kraftPlain: { paper: '#c9a877', ink: '#3b2616', accent: '#8c2f1b', motif: 'tree', ground: 'slate' },
} as const satisfies Record<string, Wrapper>

/** What is written on a print. */
export type Imprint = { kind: Kind; name?: string | undefined; year?: number | undefined }

/** The name as printed: the given one when every character can be drawn, otherwise the plain kind of tea. */
const nameOn = ({ kind, name }: Imprint) =>
  name && [...name].length <= 8 && canPrint(name) ? name : kind === 'raw' ? '普洱生茶' : '普洱熟茶'

/** Characters along an arc about 0,0: `middle` is the angle of the middle in degrees (-90 is the top); text at the bottom reads upright. */
function arcText(text: string, radius: number, size: number, middle: number, paint: string, spread = 1.3): string {
  const characters = [...text]
  const below = middle > 0
  const step = ((size * spread) / radius) * (180 / Math.PI)
  return characters
    .map((character, i) => {
      const angle = middle + (below ? -1 : 1) * (i - (characters.length - 1) / 2) * step
      const radians = (angle * Math.PI) / 180
      const mark = glyph(character, (-widthOf(character) * size) / 2, -size * 0.52, size, paint)
      return placed(mark, Math.cos(radians) * radius, Math.sin(radians) * radius, angle + (below ? -90 : 90))
    })
    .join('')
}

/** A column of characters whose middle is at x, y. */
export function column(text: string, x: number, y: number, size: number, paint: string, step = 1.08): string {
  const characters = [...text]
  return characters
    .map((character, i) =>
      glyph(
        character,
        x - (widthOf(character) * size) / 2,
        y + (i - characters.length / 2) * size * step + size * (step - 1) * 0.5,
        size,
        paint,
      ),
    )
    .join('')
}

/** A line of characters whose middle is at x, y. */
export function row(text: string, x: number, y: number, size: number, paint: string, gap = 0.06): string {
  const characters = [...text]
  let left = x - characters.reduce((sum, character) => sum + (widthOf(character) + gap) * size, -gap * size) / 2
  return characters
    .map((character) => {
      const mark = glyph(character, left, y - size / 2, size, paint)
      left += (widthOf(character) + gap) * size
      return mark
    })
    .join('')
}

/** A square seal with two or four characters, paper showing through. */
export function seal(text: string, x: number, y: number, size: number, colour: string, paper: string): string {
  const characters = [...text].slice(0, 4)
  const paint = `fill="${paper}"`
  const each = size * 0.42
  const marks =
    characters.length > 2
      ? characters
          .map((character, i) => glyph(character, x + (i < 2 ? 0.02 : -0.44) * size, y + (i % 2 === 0 ? -0.44 : 0.02) * size, each, paint))
          .join('')
      : characters.map((character, i) => glyph(character, x - size * 0.24, y + (i === 0 ? -0.47 : 0.0) * size, size * 0.47, paint)).join('')
  const wide = characters.length > 2 ? size : size * 0.66
  return `<rect x="${n(x - wide / 2)}" y="${n(y - size * 0.52)}" width="${n(wide)}" height="${n(size * 1.04)}" rx="${n(size * 0.08)}" fill="${colour}"/>${marks}`
}

/** A leaf with its midrib and veins from 0,0 along +x. */
function printedLeaf(long: number, wide: number, fill: string, vein: string): string {
  let veins = `M0 0Q${n(long * 0.5)} ${n(-wide * 0.06)} ${n(long)} 0`
  for (let i = 1; i < 7; i++) {
    const x = (long * i) / 8
    const reach = Math.sin((i / 8) * Math.PI) * wide * 0.36
    veins += `M${n(x)} 0Q${n(x + long * 0.06)} ${n(-reach * 0.5)} ${n(x + long * 0.13)} ${n(-reach)}M${n(x)} 0Q${n(x + long * 0.06)} ${n(reach * 0.5)} ${n(x + long * 0.13)} ${n(reach)}`
  }
  return `<path d="M0 0C${n(long * 0.25)} ${n(-wide * 0.75)} ${n(long * 0.75)} ${n(-wide * 0.6)} ${n(long)} 0C${n(long * 0.75)} ${n(wide * 0.6)} ${n(long * 0.25)} ${n(wide * 0.75)} 0 0Z" fill="${fill}"/><path d="${veins}" stroke="${vein}" stroke-width="${n(Math.max(1.4, long * 0.012))}" fill="none"/>`
}

type Inks = { paper: string; ink: string; accent: string; throwing: Dice; r: number }

function mountains({ paper, ink, accent, throwing, r }: Inks, withSun: boolean): string {
  let out = `<circle cx="${n(r * throwing.between(-0.4, 0.4))}" cy="${n(-r * 0.42)}" r="${n(r * 0.2)}" fill="${accent}"/>`
  const layers = 4
  for (let i = 0; i < layers; i++) {
    const range = ridge(throwing, r * 2.2, -r * 0.2 + i * r * 0.27, r * (0.34 - i * 0.04), 0.9, 40)
    const top = range.map(([x, y]) => [x - r * 1.1, y] as const)
    out += `<path d="${polygon([...top, [r * 1.1, r * 1.1], [-r * 1.1, r * 1.1]])}" fill="${mix(paper, ink, 0.22 + i * 0.24)}"/>`
    if (i > 1 && withSun) {
      for (let k = 1; k < 4; k++)
        out += `<path d="${curve(top.map(([x, y]) => [x, y + k * r * 0.06] as const))}" stroke="${paper}" stroke-width="${n(r * 0.008)}" opacity=".55" fill="none"/>`
    }
    if (!withSun && i < 3)
      out += `<ellipse cx="${n(throwing.bell() * r * 0.6)}" cy="${n(r * (0.1 + i * 0.26))}" rx="${n(r * 0.7)}" ry="${n(r * 0.05)}" fill="${paper}" opacity=".75"/>`
  }
  return out
}

const motifs: Record<Motif, (inks: Inks) => string> = {
  mountain: (inks) => mountains(inks, false),
  sun: (inks) => {
    const { r, accent } = inks
    let rays = ''
    for (let i = 0; i < 36; i++) {
      const angle = (i / 36) * Math.PI * 2
      const [c, s] = [Math.cos(angle), Math.sin(angle)]
      rays += `M${n(c * r * 0.26)} ${n(-r * 0.3 + s * r * 0.26)}L${n(c * r * (i % 2 ? 0.5 : 0.66))} ${n(-r * 0.3 + s * r * (i % 2 ? 0.5 : 0.66))}`
    }
    return `<path d="${rays}" stroke="${accent}" stroke-width="${n(r * 0.016)}"/><g transform="translate(0 ${n(r * 0.16)})">${mountains(inks, true)}</g>`
  },
  phoenix: ({ ink, accent, paper, r, throwing }) => {
    let out = ''
    const feathers = 9
    for (let i = 0; i < feathers; i++) {
      const t = i / (feathers - 1)
      const angle = 0.35 + t * 2.5
      const long = r * (0.62 + Math.sin(t * Math.PI) * 0.24 + throwing.bell() * 0.03)
      const [c, s] = [Math.cos(angle), Math.sin(angle)]
      const [ex, ey] = [c * long + r * 0.02, s * long - r * 0.06]
      const bend = r * (0.34 - t * 0.62)
      const [mx, my] = [c * long * 0.5 - s * bend, s * long * 0.5 + c * bend]
      out += `<path d="M0 ${n(-r * 0.1)}Q${n(mx)} ${n(my)} ${n(ex)} ${n(ey)}" stroke="${mix(ink, paper, i % 2 ? 0.25 : 0)}" stroke-width="${n(r * 0.03)}" fill="none" stroke-linecap="round"/>`
      for (let k = 2; k < 12; k++) {
        const u = k / 13
        const x = 2 * (1 - u) * u * mx + u * u * ex
        const y = (1 - u) * (1 - u) * -r * 0.1 + 2 * (1 - u) * u * my + u * u * ey
        const barb = r * 0.07 * Math.sin(u * Math.PI)
        out += `<path d="M${n(x)} ${n(y)}q${n(c * barb - s * barb)} ${n(s * barb + c * barb)} ${n(c * barb * 1.8 - s * barb * 0.6)} ${n(s * barb * 1.8 + c * barb * 0.6)}M${n(x)} ${n(y)}q${n(c * barb + s * barb)} ${n(s * barb - c * barb)} ${n(c * barb * 1.8 + s * barb * 0.6)} ${n(s * barb * 1.8 - c * barb * 0.6)}" stroke="${mix(ink, paper, 0.3)}" stroke-width="${n(r * 0.009)}" fill="none"/>`
      }
      out += `<circle cx="${n(ex)}" cy="${n(ey)}" r="${n(r * 0.062)}" fill="${ink}"/><circle cx="${n(ex)}" cy="${n(ey)}" r="${n(r * 0.038)}" fill="${accent}"/><circle cx="${n(ex)}" cy="${n(ey)}" r="${n(r * 0.016)}" fill="${paper}"/>`
    }
    // Wings, body, neck and head above the fan of the tail.
    for (const side of [-1, 1]) {
      for (let i = 0; i < 7; i++) {
        const long = r * (0.66 - i * 0.055)
        const angle = -0.72 + i * 0.17
        const [x, y] = [Math.cos(angle) * long * side, Math.sin(angle) * long - r * 0.12]
        out += `<path d="M0 ${n(-r * 0.12)}Q${n(x * 0.45)} ${n(y - r * 0.2)} ${n(x)} ${n(y)}Q${n(x * 0.5)} ${n(y + r * 0.02)} 0 ${n(r * 0.02)}Z" fill="${mix(ink, paper, i * 0.09)}" stroke="${paper}" stroke-width="${n(r * 0.008)}"/>`
      }
    }
    out += `<path d="M${n(-r * 0.1)} ${n(r * 0.06)}Q${n(-r * 0.16)} ${n(-r * 0.22)} ${n(-r * 0.02)} ${n(-r * 0.36)}Q${n(r * 0.06)} ${n(-r * 0.46)} ${n(-r * 0.01)} ${n(-r * 0.52)}Q${n(r * 0.06)} ${n(-r * 0.6)} ${n(r * 0.13)} ${n(-r * 0.52)}L${n(r * 0.22)} ${n(-r * 0.49)}L${n(r * 0.13)} ${n(-r * 0.46)}Q${n(r * 0.18)} ${n(-r * 0.2)} ${n(r * 0.12)} ${n(r * 0.04)}Q0 ${n(r * 0.16)} ${n(-r * 0.1)} ${n(r * 0.06)}Z" fill="${accent}" stroke="${paper}" stroke-width="${n(r * 0.01)}"/><circle cx="${n(r * 0.08)}" cy="${n(-r * 0.52)}" r="${n(r * 0.016)}" fill="${paper}"/>`
    out += `<path d="M${n(r * 0.04)} ${n(-r * 0.57)}q${n(-r * 0.1)} ${n(-r * 0.12)} ${n(-r * 0.02)} ${n(-r * 0.2)}M${n(r * 0.06)} ${n(-r * 0.58)}q${n(-r * 0.02)} ${n(-r * 0.12)} ${n(r * 0.08)} ${n(-r * 0.18)}" stroke="${accent}" stroke-width="${n(r * 0.022)}" fill="none" stroke-linecap="round"/>`
    return placed(out, 0, -r * 0.03, -16, 1.14)
  },
  tree: ({ ink, paper, accent, r, throwing }) => {
    let wood = ''
    const tips: [number, number][] = []
    const grow = (x: number, y: number, angle: number, long: number, wide: number) => {
      const ex = x + Math.cos(angle) * long
      const ey = y + Math.sin(angle) * long
      wood += `<path d="M${n(x)} ${n(y)}Q${n((x + ex) / 2 + throwing.bell() * long * 0.25)} ${n((y + ey) / 2)} ${n(ex)} ${n(ey)}" stroke="${ink}" stroke-width="${n(wide)}" stroke-linecap="round" fill="none"/>`
      if (wide < r * 0.022) {
        tips.push([ex, ey])
        return
      }
      const forks = throwing.whole(2, 3)
      for (let i = 0; i < forks; i++)
        grow(ex, ey, angle + (i - (forks - 1) / 2) * 0.66 + throwing.bell() * 0.25, long * throwing.between(0.66, 0.82), wide * 0.6)
    }
    grow(0, r * 0.66, -Math.PI / 2, r * 0.36, r * 0.13)
    grow(0, r * 0.5, -Math.PI / 2 - 0.75, r * 0.3, r * 0.07)
    grow(0, r * 0.46, -Math.PI / 2 + 0.8, r * 0.3, r * 0.06)
    let leaves = ''
    let bright = ''
    for (const [x, y] of tips) {
      for (let i = 0; i < 5; i++) {
        const angle = throwing.between(0, 6.28)
        const [lx, ly] = [x + throwing.bell() * r * 0.09, y + throwing.bell() * r * 0.07]
        const long = r * throwing.between(0.05, 0.085)
        const [c, s] = [Math.cos(angle) * long, Math.sin(angle) * long]
        const d = `M${n(lx)} ${n(ly)}q${n(c * 0.5 - s * 0.4)} ${n(s * 0.5 + c * 0.4)} ${n(c)} ${n(s)}q${n(-c * 0.5 + s * 0.4)} ${n(-s * 0.5 - c * 0.4)} ${n(-c)} ${n(-s)}z`
        if (throwing.chance(0.2)) bright += d
        else leaves += d
      }
    }
    const hill = `<path d="M${n(-r)} ${n(r * 0.72)}Q0 ${n(r * 0.54)} ${n(r)} ${n(r * 0.72)}V${n(r)}H${n(-r)}Z" fill="${mix(paper, ink, 0.35)}"/><path d="M${n(-r)} ${n(r * 0.82)}Q${n(-r * 0.2)} ${n(r * 0.66)} ${n(r)} ${n(r * 0.84)}V${n(r)}H${n(-r)}Z" fill="${mix(paper, ink, 0.7)}"/>`
    return `${hill}${wood}<path d="${leaves}" fill="${mix(ink, paper, 0.12)}"/><path d="${bright}" fill="${mix(accent, paper, 0.15)}"/>`
  },
  sprig: ({ ink, paper, accent, r, throwing }) => {
    const tilt = throwing.between(-14, 14)
    const at = (x: number, y: number, turn: number, long: number, wide: number, shade: number) =>
      placed(printedLeaf(r * long, r * wide, mix(ink, paper, shade), mix(paper, ink, 0.1)), r * x, r * y, turn)
    return placed(
      `<path d="M0 ${n(r * 0.74)}Q${n(r * 0.04)} ${n(r * 0.2)} 0 ${n(-r * 0.16)}" stroke="${ink}" stroke-width="${n(r * 0.026)}" fill="none"/>${at(0.02, 0.42, -28, 0.66, 0.3, 0.12)}${at(0.02, 0.28, -152, 0.62, 0.28, 0.22)}${at(0.01, 0.06, -46, 0.56, 0.24, 0.3)}${at(0.0, 0.0, -136, 0.5, 0.22, 0.05)}${at(0, -0.12, -88, 0.5, 0.14, 0.45)}<circle cy="${n(r * 0.76)}" r="${n(r * 0.02)}" fill="${accent}"/>`,
      0,
      r * 0.04,
      tilt,
    )
  },
  cloud: ({ ink, paper, accent, r, throwing }) => {
    let out = `<circle cx="${n(r * 0.3)}" cy="${n(-r * 0.36)}" r="${n(r * 0.24)}" fill="${accent}" opacity=".9"/>`
    for (let line = 0; line < 9; line++) {
      const y = -r * 0.12 + line * r * 0.125
      for (let i = -5; i <= 5; i++) {
        const x = (i + (line % 2) * 0.5) * r * 0.25
        for (const [share, colour] of [
          [1, mix(ink, paper, 0.06 + line * 0.03)],
          [0.76, paper],
          [0.66, mix(ink, paper, 0.3)],
          [0.44, paper],
          [0.34, ink],
          [0.16, paper],
        ] as const)
          out += `<circle cx="${n(x)}" cy="${n(y + r * 0.12)}" r="${n(r * 0.14 * share)}" fill="${colour}"/>`
      }
    }
    for (let i = 0; i < 3; i++) {
      const [x, y] = [r * throwing.between(-0.7, 0.1), r * (-0.62 + i * 0.15)]
      out += `<path d="M${n(x)} ${n(y)}h${n(r * 0.42)}a${n(r * 0.04)} ${n(r * 0.04)} 0 0 1 0 ${n(r * 0.08)}h${n(-r * 0.2)}" stroke="${ink}" stroke-width="${n(r * 0.018)}" fill="none" stroke-linecap="round"/>`
    }
    return out
  },
  terrace: ({ ink, paper, accent, r, throwing }) => {
    let out = ''
    for (let i = 0; i < 16; i++) {
      const y = -r * 0.5 + i * r * 0.105
      const points = Array.from({ length: 9 }, (_, k) => {
        const x = -r * 1.05 + k * r * 0.2625
        return [x, y + Math.sin(k * 0.9 + i * 0.35) * r * (0.08 + i * 0.004) + throwing.bell() * r * 0.015] as const
      })
      const first = points[0]!
      out += `<path d="${curve(points)}L${n(r * 1.1)} ${n(r * 1.1)}L${n(-r * 1.1)} ${n(r * 1.1)}L${n(first[0])} ${n(first[1])}Z" fill="${mix(mix(paper, accent, 0.75), ink, i / 18)}"/><path d="${curve(points)}" stroke="${paper}" stroke-width="${n(r * 0.018)}" fill="none"/>`
      out += `<path d="${curve(points.map(([x, yy]) => [x, yy + r * 0.035] as const))}" stroke="${mix(ink, '#000000', 0.1)}" stroke-width="${n(r * 0.02)}" stroke-dasharray="${n(r * 0.03)} ${n(r * 0.02)}" stroke-linecap="round" fill="none" opacity=".7"/>`
    }
    return `<circle cx="${n(-r * 0.34)}" cy="${n(-r * 0.58)}" r="${n(r * 0.14)}" fill="${ink}" opacity=".85"/>${out}`
  },
  embroidery: ({ ink, paper, accent, r }) => {
    let out = ''
    const band = (radius: number, count: number, mark: (i: number) => string) => {
      for (let i = 0; i < count; i++) out += `<g transform="rotate(${n((i / count) * 360)}) translate(0 ${n(-radius)})">${mark(i)}</g>`
    }
    const third = mix(accent, '#e0a030', 0.55)
    out += `<circle r="${n(r)}" fill="${ink}"/>`
    band(
      r * 0.9,
      30,
      (i) =>
        `<path d="M${n(-r * 0.085)} ${n(r * 0.06)}L0 ${n(-r * 0.08)}L${n(r * 0.085)} ${n(r * 0.06)}Z" fill="${i % 2 ? accent : third}"/>`,
    )
    out += `<circle r="${n(r * 0.8)}" fill="none" stroke="${paper}" stroke-width="${n(r * 0.02)}"/>`
    band(
      r * 0.68,
      20,
      (i) =>
        `<path d="M0 ${n(-r * 0.1)}L${n(r * 0.09)} 0L0 ${n(r * 0.1)}L${n(-r * 0.09)} 0Z" fill="${i % 2 ? paper : third}"/><path d="M0 ${n(-r * 0.05)}L${n(r * 0.045)} 0L0 ${n(r * 0.05)}L${n(-r * 0.045)} 0Z" fill="${i % 2 ? accent : ink}"/>`,
    )
    out += `<circle r="${n(r * 0.55)}" fill="none" stroke="${paper}" stroke-width="${n(r * 0.02)}" stroke-dasharray="${n(r * 0.03)} ${n(r * 0.02)}"/>`
    band(
      r * 0.46,
      24,
      (i) =>
        `<path d="M${n(-r * 0.055)} ${n(-r * 0.06)}L0 ${n(r * 0.06)}L${n(r * 0.055)} ${n(-r * 0.06)}Z" fill="${i % 2 ? third : accent}"/>`,
    )
    out += `<circle r="${n(r * 0.38)}" fill="${paper}"/><circle r="${n(r * 0.35)}" fill="none" stroke="${accent}" stroke-width="${n(r * 0.012)}"/>`
    return out
  },
}

/** The label with the name, as a column; `tall` is the room it may take. */
function label(wrapper: Wrapper, imprint: Imprint, x: number, y: number, tall: number): string {
  const text = nameOn(imprint)
  const size = Math.min(tall * 0.2, (tall * 0.84) / ([...text].length * 1.08))
  const high = [...text].length * size * 1.08 + size * 0.6
  const wide = size * 1.62
  return `<rect x="${n(x - wide / 2)}" y="${n(y - high / 2)}" width="${n(wide)}" height="${n(high)}" fill="${wrapper.paper}" stroke="${wrapper.ink}" stroke-width="${n(size * 0.05)}"/><rect x="${n(x - wide / 2 + size * 0.1)}" y="${n(y - high / 2 + size * 0.1)}" width="${n(wide - size * 0.2)}" height="${n(high - size * 0.2)}" fill="none" stroke="${wrapper.accent}" stroke-width="${n(size * 0.03)}"/>${column(text, x, y, size, `fill="${mix(wrapper.ink, '#000000', 0.15)}"`)}`
}

/** The print of a round wrapper about 0,0, ink only: ring text, picture, label, seal. */
export function roundPrint(page: Sheet, wrapper: Wrapper, imprint: Imprint, radius: number, seed: number): string {
  const throwing = dice(seed, 21)
  const { paper, ink, accent } = wrapper
  const inner = radius * 0.68
  const ringPaint = `fill="${ink}"`
  const where = throwing.pick(['云南墨江普洱茶', '云南普洱茶', '墨江哈尼普洱茶', '墨江茶山普洱茶'])
  const below = `${imprint.year ? `${imprint.year}年` : '墨江'}${imprint.kind === 'raw' ? '生茶' : '熟茶'}`
  const dots = [-160, -176, 168, 12, -4, -20].map((angle) => {
    const t = ((angle - 2) * Math.PI) / 180
    return `<circle cx="${n(Math.cos(t) * radius * 0.82)}" cy="${n(Math.sin(t) * radius * 0.82)}" r="${n(radius * 0.012)}" fill="${accent}"/>`
  })
  const picture = `<g clip-path="${page.clip(`<circle r="${n(inner)}"/>`)}">${motifs[wrapper.motif]({ paper, ink, accent, throwing, r: inner })}</g>`
  const central = wrapper.motif === 'embroidery'
  const side = central ? 0 : throwing.pick([-1, 1]) * inner * 0.6
  return `<circle r="${n(radius * 0.95)}" fill="none" stroke="${ink}" stroke-width="${n(radius * 0.008)}"/><circle r="${n(radius * 0.93)}" fill="none" stroke="${ink}" stroke-width="${n(radius * 0.003)}"/><circle r="${n(radius * 0.71)}" fill="none" stroke="${ink}" stroke-width="${n(radius * 0.006)}"/>${arcText(where, radius * 0.82, radius * 0.125, -90, ringPaint)}${arcText(below, radius * 0.82, radius * 0.115, 90, ringPaint, 0.98)}${dots.join('')}${picture}${
    central
      ? column(nameOn(imprint).slice(0, 4), 0, 0, inner * 0.145, `fill="${ink}"`)
      : label(wrapper, imprint, side, -inner * 0.02, inner * 1.2) + seal('茶山', -side * 1.25, inner * 0.5, radius * 0.15, accent, paper)
  }`
}

/** The print of a flat wrapper, ink only: a picture with the name beside it, in a box from 0,0. */
export function boxPrint(page: Sheet, wrapper: Wrapper, imprint: Imprint, width: number, height: number, seed: number): string {
  const throwing = dice(seed, 22)
  const { paper, ink, accent } = wrapper
  const r = height * 0.36
  const picture = placed(
    `<g clip-path="${page.clip(`<circle r="${n(r)}"/>`)}">${motifs[wrapper.motif]({ paper, ink, accent, throwing, r })}</g><circle r="${n(r * 1.04)}" fill="none" stroke="${ink}" stroke-width="3"/>`,
    width * 0.32,
    height * 0.5,
  )
  const gap = height * 0.05
  return `<rect x="${n(gap)}" y="${n(gap)}" width="${n(width - gap * 2)}" height="${n(height - gap * 2)}" fill="none" stroke="${ink}" stroke-width="4"/><rect x="${n(gap * 1.5)}" y="${n(gap * 1.5)}" width="${n(width - gap * 3)}" height="${n(height - gap * 3)}" fill="none" stroke="${ink}" stroke-width="1.5"/>${picture}${label(wrapper, imprint, width * 0.72, height * 0.5, height * 0.8)}${seal('墨江', width * 0.885, height * 0.74, height * 0.16, accent, paper)}${imprint.year ? column(String(imprint.year), width * 0.885, height * 0.36, height * 0.075, `fill="${ink}"`, 0.95) : ''}`
}

/** The small paper ticket pressed into a bare cake, about 0,0, 150 px wide. */
export function innerTicket(wrapper: Wrapper, imprint: Imprint): string {
  const paint = `fill="${mix(wrapper.ink, '#3a1a10', 0.3)}"`
  return `<rect x="-72" y="-50" width="150" height="108" fill="#000" opacity=".45"/><rect x="-75" y="-54" width="150" height="108" fill="#e8dcc0"/><rect x="-68" y="-47" width="136" height="94" fill="none" stroke="${wrapper.accent}" stroke-width="3"/>${row('墨江普洱', 0, -22, 29, `fill="${wrapper.accent}"`)}${row(imprint.kind === 'raw' ? '生茶' : '熟茶', -18, 20, 30, paint)}${seal('茶山', 46, 20, 38, wrapper.accent, '#e8dcc0')}`
}
