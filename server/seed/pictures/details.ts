// The second and third pictures of a listing: leaves close up, the liquor in a white cup, a stack of seven in its bamboo sheath.
import { wrappedCake } from './cakes.ts'
import { dice } from './dice.ts'
import { dish } from './forms.ts'
import { lightOver, roundShadow, tableTop, wallAndTable } from './grounds.ts'
import { crumbs, type Kind, leafBed } from './leaves.ts'
import { blob, darker, lighter, mix, n, placed, type Sheet, sheet } from './sheet.ts'
import { crumple, grain, wood } from './textures.ts'
import { column, type Imprint, seal, type Wrapper } from './wrapper.ts'

/** What a detail picture shows. */
export type Detail = 'leaf' | 'liquor' | 'stack'

/** A detail of a tea. */
export type TeaDetail = { view: Detail; kind: Kind; wrapper: Wrapper; name?: string; year?: number; seed: number }

function closeUp(page: Sheet, { kind, seed }: TeaDetail): string {
  const throwing = dice(seed, 61)
  const lean = throwing.between(0, Math.PI)
  const bed = (count: number, long: readonly [number, number], wide: readonly [number, number], layers: number, drop: number) =>
    leafBed(throwing, {
      kind,
      count,
      layers,
      long,
      wide,
      drop,
      buds: 0.16,
      curl: 0.42,
      place: (d) => ({ x: d.between(-60, 1260), y: d.between(-60, 1260), angle: lean + d.bell() * 1.7 }),
    })
  const haze = page.linear(
    [
      [0, '#0a0400', 0.5],
      [0.3, '#0a0400', 0],
      [0.75, '#0a0400', 0],
      [1, '#0a0400', 0.45],
    ],
    [0, 0, 0.3, 1],
  )
  return `<rect width="1200" height="1200" fill="${darker(kind === 'raw' ? '#2b2817' : '#24110b', 0.4)}"/>${bed(300, [130, 300], [22, 46], 3, 14)}${bed(170, [220, 460], [26, 58], 3, 20)}<rect width="1200" height="1200" fill="${page.tile(grain(), 230, 230)}"/><rect width="1200" height="1200" fill="${haze}"/>`
}

const liquors: Record<Kind, readonly [clear: string, body: string, deep: string]> = {
  raw: ['#f6dc86', '#e3ae3e', '#b9761c'],
  ripe: ['#c8562a', '#8a2413', '#3f0b07'],
}

/** A white cup from above, about 0,0, filled. */
function cup(page: Sheet, kind: Kind, r: number, tint: string): string {
  const [clear, body, deep] = liquors[kind]
  const outer = page.linear(
    [
      [0, '#ffffff'],
      [0.5, '#f1eadd'],
      [1, '#a79c88'],
    ],
    [0.1, 0, 0.9, 1],
  )
  const inside = page.linear(
    [
      [0, '#b9ad98'],
      [0.45, '#f3ecdf'],
      [1, '#ffffff'],
    ],
    [0.1, 0, 0.9, 1],
  )
  const tea = page.radial(
    [
      [0, clear],
      [0.45, mix(clear, body, 0.6)],
      [0.82, body],
      [0.97, deep],
      [1, darker(deep, 0.2)],
    ],
    { x: 0.6, y: 0.63, r: 0.62 },
  )
  const caustic = page.radial(
    [
      [0, lighter(clear, 0.5), 0.75],
      [1, clear, 0],
    ],
    { x: 0.5, y: 0.5, r: 0.5 },
  )
  const w = r * 0.8
  // The window in the surface, bent by it.
  const pane = (x: number, y: number) =>
    `<path d="M${n(x)} ${n(y)}q${n(w * 0.14)} ${n(-w * 0.1)} ${n(w * 0.25)} ${n(-w * 0.12)}l${n(w * 0.02)} ${n(w * 0.24)}q${n(-w * 0.12)} ${n(w * 0.02)} ${n(-w * 0.22)} ${n(w * 0.1)}z" fill="#fffdf4" fill-opacity=".62"/>`
  return `<circle r="${n(r)}" fill="${outer}"/><circle r="${n(r * 0.985)}" fill="none" stroke="#fff" stroke-width="${n(r * 0.012)}"/><circle r="${n(r * 0.945)}" fill="none" stroke="${tint}" stroke-width="${n(r * 0.01)}" stroke-opacity=".7"/><circle r="${n(r * 0.92)}" fill="${inside}"/><circle cx="${n(r * 0.012)}" cy="${n(r * 0.016)}" r="${n(w * 1.01)}" fill="#6b4a26" fill-opacity=".35"/><circle r="${n(w)}" fill="${tea}"/><ellipse cx="${n(w * 0.3)}" cy="${n(w * 0.36)}" rx="${n(w * 0.5)}" ry="${n(w * 0.42)}" fill="${caustic}" transform="rotate(-40 ${n(w * 0.3)} ${n(w * 0.36)})"/><path d="M${n(-w * 0.86)} ${n(-w * 0.34)}A${n(w * 0.93)} ${n(w * 0.93)} 0 0 1 ${n(-w * 0.1)} ${n(-w * 0.92)}" stroke="#fff8e0" stroke-width="${n(w * 0.03)}" stroke-opacity=".5" fill="none" stroke-linecap="round"/><circle r="${n(w * 0.985)}" fill="none" stroke="${lighter(clear, 0.3)}" stroke-width="${n(w * 0.014)}" stroke-opacity=".7"/>${pane(-w * 0.56, -w * 0.3)}${pane(-w * 0.27, -w * 0.43)}${pane(-w * 0.52, 0)}${pane(-w * 0.24, -w * 0.13)}`
}

function liquor(page: Sheet, { kind, wrapper, seed }: TeaDetail): string {
  const throwing = dice(seed, 62)
  const x = throwing.between(540, 620)
  const y = throwing.between(540, 600)
  const left = throwing.chance(0.5)
  const side = left ? 1010 : 190
  const second = `${roundShadow(page, side + 24, 1022, 168, 166, 0.6)}${placed(cup(page, kind, 150, wrapper.ink), side, 1000)}`
  let wisps = ''
  const steam = page.linear(
    [
      [0, '#ffffff', 0],
      [0.5, '#ffffff', 0.11],
      [1, '#ffffff', 0],
    ],
    [0, 0, 1, 0],
  )
  for (let i = 0; i < 3; i++) {
    const sx = x + throwing.between(-220, 180)
    wisps += `<path d="M${n(sx)} ${n(y + 60)}c${n(-90)} ${n(-160)} 120 ${n(-220)} 30 ${n(-420)}c60 120 90 40 70 ${n(-120)}c90 240 ${n(-100)} 260 ${n(-20)} 540z" fill="${steam}"/>`
  }
  return `${tableTop(page, wrapper.ground, seed)}${roundShadow(page, x + 56, y + 64, 500, 495)}${placed(dish(page, 452, wrapper.accent), x, y)}${roundShadow(page, x + 38, y + 44, 362, 356, 0.5)}${placed(cup(page, kind, 332, wrapper.ink), x, y)}${second}${crumbs(throwing, kind, [[left ? 170 : 1030, 1060, 90]], 44)}${wisps}`
}

/** Seven cakes in a sheath of dried bamboo, seen from the side, standing on 0,0; `r` is half its width. */
function sheath(page: Sheet, r: number, tall: number, wrapper: Wrapper, imprint: Imprint, seed: number): string {
  const throwing = dice(seed, 63)
  const tone = throwing.pick(['#c2a06a', '#b8935c', '#c9ab7c'])
  // Seven cakes press their rims into the sheath, and it is folded over at the top.
  const cakes = (side: number) => {
    const high = (tall - r * 0.3) / 7
    return Array.from({ length: 7 }, () => `q${n(side * r * 0.07)} ${n((side * high) / 2)} 0 ${n(side * high)}`).join('')
  }
  const body = `M${n(-r * 0.98)} ${n(-tall + r * 0.2)}C${n(-r * 0.95)} ${n(-tall - r * 0.3)} ${n(r * 0.95)} ${n(-tall - r * 0.3)} ${n(r * 0.98)} ${n(-tall + r * 0.2)}${cakes(1)}C${n(r)} ${n(r * 0.22)} ${n(-r)} ${n(r * 0.22)} ${n(-r * 0.98)} ${n(-r * 0.1)}${cakes(-1)}Z`
  let ribs = ''
  let lit = ''
  for (let i = 0; i < 90; i++) {
    const x = throwing.between(-1, 1)
    const px = Math.sin((x * Math.PI) / 2) * r
    const lean = throwing.bell() * 26
    const d = `M${n(px + lean)} ${n(-tall - 20)}Q${n(px)} ${n(-tall * 0.5)} ${n(px - lean)} 50`
    if (i % 2) ribs += d
    else lit += d
  }
  const flaps = [-0.5, 0.1, 0.62]
    .map((at, i) => {
      const x = at * r
      return `<path d="M${n(x)} ${n(-tall - 30)}Q${n(x + (i - 1) * 60 + 40)} ${n(-tall * 0.5)} ${n(x + 20)} 60L${n(x + 28)} 60Q${n(x + (i - 1) * 60 + 52)} ${n(-tall * 0.5)} ${n(x + 14)} ${n(-tall - 30)}Z" fill="#3d2409" fill-opacity=".4"/>`
    })
    .join('')
  let freckles = ''
  for (let i = 0; i < 120; i++) {
    freckles += `M${n(throwing.between(-r, r))} ${n(throwing.between(-tall, 20))}l${n(throwing.between(1, 4))} ${n(throwing.between(8, 34))}`
  }
  const round = page.linear(
    [
      [0, '#2a1706', 0.42],
      [0.16, '#fff2cf', 0.1],
      [0.32, '#fff2cf', 0.34],
      [0.55, '#2a1706', 0.04],
      [0.85, '#2a1706', 0.55],
      [1, '#180b02', 0.8],
    ],
    [0, 0, 1, 0],
  )
  const tie = (y: number) =>
    `<path d="M${n(-r * 1.01)} ${n(y)}Q0 ${n(y + r * 0.28)} ${n(r * 1.01)} ${n(y)}l0 15Q0 ${n(y + r * 0.28 + 15)} ${n(-r * 1.01)} ${n(y + 15)}Z" fill="${mix(tone, '#5a3a12', 0.55)}"/><path d="M${n(-r * 1.01)} ${n(y + 5)}Q0 ${n(y + r * 0.28 + 5)} ${n(r * 1.01)} ${n(y + 5)}" stroke="#f1d79c" stroke-width="4" stroke-opacity=".55" fill="none"/><path d="M${n(-r * 1.01)} ${n(y + 19)}Q0 ${n(y + r * 0.28 + 19)} ${n(r * 1.01)} ${n(y + 19)}" stroke="#1a0d02" stroke-width="8" stroke-opacity=".4" fill="none"/>`
  const shape = page.clip(body)
  const ticket = placed(
    `<rect x="-72" y="-96" width="150" height="204" fill="#000" fill-opacity=".3"/><rect x="-78" y="-102" width="150" height="204" fill="${wrapper.paper}"/><rect x="-70" y="-94" width="134" height="188" fill="none" stroke="${wrapper.ink}" stroke-width="3"/>${column('七子饼', -28, 0, 52, `fill="${wrapper.ink}"`)}${column(imprint.kind === 'raw' ? '生茶' : '熟茶', 34, -44, 38, `fill="${wrapper.ink}"`)}${seal('茶山', 34, 52, 52, wrapper.accent, wrapper.paper)}`,
    -r * 0.12,
    -tall * 0.5 + 40,
    -2,
  )
  const ties = [0.86, 0.68, 0.32, 0.13].map((share) => tie(-tall * share)).join('')
  const knot = `<path d="M${n(r * 0.08)} ${n(-tall * 1.01)}q-70 -50 -40 -92q46 20 52 84q30 -66 76 -58q6 56 -70 72z" fill="${mix(tone, '#5a3a12', 0.5)}" stroke="#2a1706" stroke-width="3"/>`
  return `${knot}<path d="${body}" fill="${tone}"/><g clip-path="${shape}"><g transform="rotate(90)"><image href="${wood(1)}" x="${n(-tall - 60)}" y="${n(-r)}" width="${n(tall + 140)}" height="${n(r * 2)}" preserveAspectRatio="none"/></g><path d="${ribs}" stroke="#4a2f10" stroke-width="2.5" stroke-opacity=".32" fill="none"/><path d="${lit}" stroke="#fff0c8" stroke-width="2.5" stroke-opacity=".3" fill="none"/>${flaps}<path d="${freckles}" stroke="#3a1f08" stroke-width="3" stroke-opacity=".35"/><image href="${crumple(1)}" x="${n(-r)}" y="${n(-tall - 30)}" width="${n(r * 2)}" height="${n(tall + 90)}" preserveAspectRatio="none" opacity=".5"/></g><path d="${body}" fill="${round}"/>${ties}${ticket}`
}

function stack(page: Sheet, { kind, wrapper, name, year, seed }: TeaDetail): string {
  const throwing = dice(seed, 64)
  const imprint: Imprint = { kind, name, year }
  const left = throwing.chance(0.5)
  const at = (x: number) => (left ? x : 1200 - x)
  const r = 300
  const rim = blob(
    Array.from({ length: 24 }, (_, i) => {
      const angle = (i / 24) * Math.PI * 2
      return [Math.cos(angle) * r, Math.sin(angle) * r] as const
    }),
  )
  // The cake leans on the stack: a little flattened, its rim in sight.
  const leaning = placed(
    `<g transform="translate(${left ? 14 : -14} 10)"><path d="${rim}" fill="${darker(wrapper.paper, 0.45)}"/></g>${wrappedCake(page, wrapper, imprint, r, seed)}`,
    at(800),
    790,
    throwing.between(-6, 6),
    0.96,
    1,
  )
  return `${wallAndTable(page, wrapper.ground, seed, 0.5)}${roundShadow(page, at(440) + 90, 985, 440, 120, 0.75)}${placed(sheath(page, 280, 700, wrapper, imprint, seed), at(400), 960)}${roundShadow(page, at(800) + 60, 1080, 330, 60, 0.8)}${leaning}${crumbs(throwing, kind, [[at(330), 1120, 70]], 20)}`
}

const views: Record<Detail, (page: Sheet, tea: TeaDetail) => string> = { leaf: closeUp, liquor, stack }

/** A detail of a tea, 1200 × 1200, as SVG. */
export function teaDetail(tea: TeaDetail): string {
  const page = sheet(1200, 1200)
  return page.svg(`${views[tea.view](page, tea)}${lightOver(page, tea.seed)}`)
}
