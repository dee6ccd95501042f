// Cakes: the bare face of a pressed cake with its inner ticket, and the cake in its printed cotton paper.
import { type Dice, dice } from './dice.ts'
import { type Kind, leafBed, leafColours } from './leaves.ts'
import { blob, darker, isDark, n, placed, type Sheet } from './sheet.ts'
import { crumple, fibre } from './textures.ts'
import { type Imprint, roundPrint, type Wrapper } from './wrapper.ts'

/** Points on a circle that is not quite one. */
function roughCircle(throwing: Dice, radius: number, rough: number, count: number): [number, number][] {
  return Array.from({ length: count }, (_, i) => {
    const angle = (i / count) * Math.PI * 2
    const r = radius * (1 + throwing.bell() * rough)
    return [Math.cos(angle) * r, Math.sin(angle) * r]
  })
}

/** A bare cake about 0,0: leaves pressed together, the ticket in the middle, light from the upper left. */
export function bareCake(page: Sheet, kind: Kind, radius: number, seed: number, ticket = ''): string {
  const throwing = dice(seed, 11)
  const colours = leafColours[kind]
  const rim = roughCircle(throwing, radius, 0.012, 40)
  const scale = radius / 430
  const bed = leafBed(throwing, {
    kind,
    count: 1200,
    layers: 6,
    long: [54 * scale, 150 * scale],
    wide: [10 * scale, 23 * scale],
    buds: 0.11,
    drop: 4 * scale,
    curl: 0.4,
    place: (d, layer) => {
      const angle = d.between(0, Math.PI * 2)
      const share = Math.sqrt(d.between(0, 1))
      const r = share * radius * (layer < 3 ? 0.975 : 0.958)
      // Near the rim the press lays the leaves along it.
      return { x: Math.cos(angle) * r, y: Math.sin(angle) * r, ...(share > 0.8 ? { angle: angle + Math.PI / 2 + d.bell() * 0.4 } : {}) }
    },
  })
  const dome = page.radial(
    [
      [0, '#fff2cc', kind === 'raw' ? 0.3 : 0.22],
      [0.35, '#fff2cc', 0.06],
      [0.62, '#000000', 0],
      [0.86, '#0a0400', 0.26],
      [1, '#0a0400', 0.6],
    ],
    { x: 0.38, y: 0.34, r: 0.68 },
  )
  const inner = ticket ? placed(ticket, -10 * scale, 6 * scale, throwing.between(-24, 24), scale) : ''
  const over = ticket
    ? leafBed(throwing, {
        kind,
        count: 16,
        layers: 2,
        long: [50 * scale, 100 * scale],
        wide: [8 * scale, 15 * scale],
        place: (d) => {
          const angle = d.between(0, Math.PI * 2)
          const r = d.between(66, 92) * scale
          return { x: Math.cos(angle) * r, y: Math.sin(angle) * r, angle: angle + Math.PI / 2 + d.bell() * 0.7 }
        },
      })
    : ''
  return `<path d="${blob(rim)}" fill="${colours.shades[0]}"/>${bed}${inner}${over}<circle r="${n(radius * 1.012)}" fill="${dome}"/>`
}

/** A cake in its paper about 0,0: cotton paper drawn over the rim, the print, creases, light from the upper left. */
export function wrappedCake(page: Sheet, wrapper: Wrapper, imprint: Imprint, radius: number, seed: number): string {
  const throwing = dice(seed, 12)
  const rim = roughCircle(throwing, radius, 0.007, 36)
  const edge = blob(rim)
  const dark = darker(wrapper.paper, 0.5)
  let pleatsDark = ''
  let pleatsLight = ''
  for (let i = 0; i < 84; i++) {
    const angle = (i / 84) * Math.PI * 2 + throwing.bell() * 0.05
    const from = radius * throwing.between(0.86, 0.96)
    const lean = throwing.bell() * 0.035
    const [c, s] = [Math.cos(angle), Math.sin(angle)]
    const d = `M${n(c * from)} ${n(s * from)}L${n(Math.cos(angle + lean) * radius)} ${n(Math.sin(angle + lean) * radius)}`
    if (i % 2) pleatsDark += d
    else pleatsLight += d
  }
  const dome = page.radial(
    [
      [0, '#fffdf2', 0.42],
      [0.4, '#fffdf2', 0.1],
      [0.62, '#2a1606', 0.02],
      [0.84, '#2a1606', 0.2],
      [0.95, '#2a1606', 0.44],
      [1, '#1a0c02', 0.66],
    ],
    { x: 0.37, y: 0.33, r: 0.7 },
  )
  const size = radius * 2.1
  const texture = (href: string) =>
    `<image href="${href}" x="${n(-size / 2)}" y="${n(-size / 2)}" width="${n(size)}" height="${n(size)}" preserveAspectRatio="none"/>`
  return `<path d="${edge}" fill="${wrapper.paper}"/><g clip-path="${page.clip(edge)}">${roundPrint(page, wrapper, imprint, radius, seed)}${texture(fibre())}${texture(crumple(seed % 4))}<path d="${pleatsDark}" stroke="${dark}" stroke-width="${n(radius * 0.012)}" stroke-opacity=".32"/><path d="${pleatsLight}" stroke="#fff8e6" stroke-width="${n(radius * 0.01)}" stroke-opacity="${isDark(wrapper.paper) ? 0.14 : 0.4}"/></g><path d="${edge}" fill="${dome}"/>`
}
