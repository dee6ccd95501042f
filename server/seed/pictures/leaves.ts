// Tea leaves by the hundred: twisted strips, buds, stems and open leaves, each with its shade, body and lit side. Leaves of one
// layer that share a colour are one path, because a renderer pays per path.
import type { Dice } from './dice.ts'
import { n } from './sheet.ts'

/** Raw tea is olive with silver buds, ripe tea red-brown with golden ones. */
export type Kind = 'raw' | 'ripe'

/** The colours of a leaf bed, dark to light, its buds, its stems and the ground between. */
type LeafColours = { ground: string; shades: readonly string[]; buds: readonly string[]; stem: string }

/** What raw and ripe tea look like. */
export const leafColours: Record<Kind, LeafColours> = {
  raw: {
    ground: '#1d1b10',
    shades: ['#2b2817', '#3a3822', '#4b482b', '#5c5937', '#706c45', '#857f57'],
    buds: ['#a39a70', '#bdb389', '#8e865f'],
    stem: '#7a6440',
  },
  ripe: {
    ground: '#140805',
    shades: ['#24110b', '#341a11', '#452318', '#572e1f', '#693927', '#7d482f'],
    buds: ['#96653a', '#a97a45', '#7f5130'],
    stem: '#5e3a22',
  },
}

type Leaf = { fromX: number; fromY: number; bendX: number; bendY: number; toX: number; toY: number; nx: number; ny: number; wide: number }

function leaf(x: number, y: number, angle: number, long: number, wide: number, curl: number): Leaf {
  const dx = Math.cos(angle)
  const dy = Math.sin(angle)
  // The normal that looks to the light, which comes from the upper left.
  const side = -dy * -0.6 + dx * -0.8 > 0 ? 1 : -1
  return {
    fromX: x - (dx * long) / 2,
    fromY: y - (dy * long) / 2,
    bendX: x - dy * curl,
    bendY: y + dx * curl,
    toX: x + (dx * long) / 2,
    toY: y + (dy * long) / 2,
    nx: -dy * side,
    ny: dx * side,
    wide,
  }
}

/** The outline between two shares of the half width; the ends of a rolled leaf are broken, not pointed. */
function outline({ fromX, fromY, bendX, bendY, toX, toY, nx, ny, wide }: Leaf, lit: number, unlit: number, moveX = 0, moveY = 0): string {
  const at = (x: number, y: number, share: number) => `${n(x + nx * wide * share + moveX)} ${n(y + ny * wide * share + moveY)}`
  const end = 0.26
  return `M${at(fromX, fromY, lit * end)}Q${at(bendX, bendY, lit)} ${at(toX, toY, lit * end * 0.5)}L${at(toX, toY, unlit * end * 0.5)}Q${at(bendX, bendY, unlit)} ${at(fromX, fromY, unlit * end)}Z`
}

/** Creases that run slantwise over a twisted leaf. */
function creases(one: Leaf, count: number): string {
  let d = ''
  for (let i = 1; i <= count; i++) {
    const t = i / (count + 1)
    const u = 1 - t
    const x = u * u * one.fromX + 2 * u * t * one.bendX + t * t * one.toX
    const y = u * u * one.fromY + 2 * u * t * one.bendY + t * t * one.toY
    const half = one.wide * 0.42 * Math.sin(t * Math.PI)
    const alongX = (one.toX - one.fromX) * 0.035
    const alongY = (one.toY - one.fromY) * 0.035
    d += `M${n(x + one.nx * half - alongX)} ${n(y + one.ny * half - alongY)}L${n(x - one.nx * half + alongX)} ${n(y - one.ny * half + alongY)}`
  }
  return d
}

/** What a bed of leaves is made of. `place` throws one spot and may say how a leaf should lie there (radians). */
type Bed = {
  kind: Kind
  count: number
  layers: number
  long: readonly [number, number]
  wide: readonly [number, number]
  place: (dice: Dice, layer: number) => { x: number; y: number; angle?: number }
  /** Share of buds, 0–1. */
  buds?: number
  /** How far shades fall, in px. */
  drop?: number
  /** How far leaves bend, as a share of their length. */
  curl?: number
}

/** A bed of leaves, lowest layer first. */
export function leafBed(throwing: Dice, { kind, count, layers, long, wide, place, buds = 0.1, drop = 4, curl = 0.3 }: Bed): string {
  const colours = leafColours[kind]
  let out = ''
  for (let layer = 0; layer < layers; layer++) {
    const height = layers === 1 ? 1 : layer / (layers - 1)
    const bodies = new Map<string, string>()
    let shade = ''
    let light = ''
    let crease = ''
    let fur = ''
    for (let i = 0; i < count / layers; i++) {
      const { x, y, angle = throwing.between(0, Math.PI * 2) } = place(throwing, layer)
      const isBud = throwing.chance(buds * (0.4 + height))
      const isStem = !isBud && throwing.chance(0.05)
      const length = throwing.between(long[0], long[1]) * (isBud ? 0.72 : 1)
      const width = throwing.between(wide[0], wide[1]) * (isBud ? 0.85 : isStem ? 0.35 : 1)
      const one = leaf(x, y, angle, length, width, throwing.bell() * length * (isStem ? 0.1 : curl))
      const step = Math.min(colours.shades.length - 1, Math.max(0, Math.round(height * 3.2 + throwing.bell() * 1.9 + 0.4)))
      const colour = isBud ? throwing.pick(colours.buds) : isStem ? colours.stem : colours.shades[step]!
      bodies.set(colour, (bodies.get(colour) ?? '') + outline(one, 1, -1))
      shade += outline(one, 1.1, -1.5, drop * 0.6, drop)
      // What lies deep is hardly seen: no light and no creases there.
      if (height < 0.3) continue
      if (throwing.chance(0.75)) light += outline(one, 0.95, 0.1)
      if (isBud) fur += outline(one, 0.3, -0.3)
      else if (!isStem) crease += creases(one, Math.round(length / 20))
    }
    out += `<path d="${shade}" fill="#0a0502" fill-opacity=".42"/>`
    for (const [colour, d] of bodies) out += `<path d="${d}" fill="${colour}"/>`
    if (!light) continue
    out += `<path d="${light}" fill="${kind === 'raw' ? '#e9e3b8' : '#e6a873'}" fill-opacity="${kind === 'raw' ? '.17' : '.15'}"/>`
    out += `<path d="${crease}" stroke="#0d0703" stroke-width="1.3" stroke-opacity=".3" fill="none"/>`
    out += `<path d="${fur}" fill="#fff6d8" fill-opacity=".2"/>`
  }
  return out
}

/** Broken leaves lying about on a table. */
export function crumbs(
  throwing: Dice,
  kind: Kind,
  spots: readonly (readonly [x: number, y: number, spread: number])[],
  each: number,
): string {
  return spots
    .map(([x, y, spread]) =>
      leafBed(throwing, {
        kind,
        count: each,
        layers: 2,
        long: [16, 58],
        wide: [4, 9],
        drop: 5,
        place: (d) => ({ x: x + d.bell() * spread, y: y + d.bell() * spread * 0.7 }),
      }),
    )
    .join('')
}
