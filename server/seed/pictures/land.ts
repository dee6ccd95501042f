// The land: misty ranges with terraces and old tea trees, and a farmer's yard with tea drying in the sun.
import { type Dice, dice } from './dice.ts'
import { type Kind, leafBed } from './leaves.ts'
import { heightAt, ridge } from './ridges.ts'
import { blob, darker, lighter, mix, n, placed, polygon, type Sheet, sheet } from './sheet.ts'
import { daylight, grain, mist, slate } from './textures.ts'

/** The light of an hour: sky from top to horizon, farthest and nearest range, mist, sun. */
type Hour = { sky: readonly [string, string, string]; far: string; near: string; haze: string; sun: string; leaf: string }

/** The hours a hill may be seen at. */
export const hours: readonly Hour[] = [
  { sky: ['#9fb6bd', '#f1d5ae', '#fbeacb'], far: '#b9bfb4', near: '#2c4a33', haze: '#fdf0da', sun: '#fff1c9', leaf: '#5f7a3a' },
  { sky: ['#8fb6c6', '#cfe2df', '#f3f1de'], far: '#a9c2c2', near: '#274a2f', haze: '#f3f6ec', sun: '#ffffff', leaf: '#67853c' },
  { sky: ['#93a3a4', '#c6cfc8', '#e6e5d8'], far: '#a9b8b3', near: '#2d4639', haze: '#eef0e8', sun: '#f7f5e8', leaf: '#56723f' },
  { sky: ['#5f6a8c', '#cf9279', '#f5d09b'], far: '#a08ea0', near: '#29353b', haze: '#f6d9b6', sun: '#ffe0a0', leaf: '#52683a' },
]

/** An image stretched over a box. */
const over = (href: string, x: number, y: number, width: number, height: number, opacity = 1) =>
  `<image href="${href}" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" preserveAspectRatio="none"${opacity === 1 ? '' : ` opacity="${opacity}"`}/>`

/** What a view of hills is made of; `drift` from 0 to 1 moves the mist once round. */
type View = { width: number; height: number; hour: Hour; from: number; to: number; layers: number; drift?: number }

/** Sky, sun, ranges and the mist between them, the farthest range at `from`, the nearest at `to` (shares of the height). */
export function hills(page: Sheet, throwing: Dice, { width, height, hour, from, to, layers, drift = 0 }: View): string {
  const sky = page.linear([
    [0, hour.sky[0]],
    [0.55, hour.sky[1]],
    [1, hour.sky[2]],
  ])
  const sunX = width * throwing.between(0.2, 0.8)
  const sunY = height * (from - 0.06)
  const glow = page.radial([
    [0, hour.sun, 0.95],
    [0.12, hour.sun, 0.75],
    [0.3, hour.sun, 0.3],
    [1, hour.sun, 0],
  ])
  let out = `<rect width="${width}" height="${n(height)}" fill="${sky}"/><circle cx="${n(sunX)}" cy="${n(sunY)}" r="${n(width * 0.5)}" fill="${glow}"/>`
  out += over(mist(2), -width * (0.4 + Math.sin(drift * Math.PI * 2) * 0.1), height * 0.02, width * 1.8, height * from, 0.4)
  for (let i = 0; i < layers; i++) {
    const t = i / (layers - 1)
    const base = height * (from + (to - from) * t)
    const range = ridge(throwing, width, base, height * (0.1 + 0.05 * Math.sin(t * 3)), 0.85 - t * 0.3, 56)
    const colour = mix(hour.far, hour.near, t ** 1.25)
    const fill = page.linear([
      [0, lighter(colour, 0.04)],
      [0.5, mix(colour, hour.haze, 0.35 - t * 0.15)],
      [1, mix(colour, hour.haze, 0.8 - t * 0.35)],
    ])
    let edge = polygon([...range, [width, base + height * 0.34], [0, base + height * 0.34]])
    if (t > 0.5) {
      // Woods: crowns along the crest.
      const crowns = Math.round(width / (10 - t * 2))
      for (let k = 0; k < crowns; k++) {
        const x = throwing.between(0, width)
        const r = throwing.between(3, 7) * (0.5 + t) * (height / 900)
        const y = heightAt(range, x) + throwing.between(-1, 5) * t
        edge += `M${n(x - r)} ${n(y)}a${n(r)} ${n(r * 1.1)} 0 0 1 ${n(r * 2)} 0z`
      }
    }
    out += `<path d="${edge}" fill="${fill}"/>`
    if (t > 0.25) {
      // Light on the slopes that face the sun: spurs run down from the crest.
      let spurs = ''
      for (let k = 0; k < 16; k++) {
        const x = throwing.between(0, width)
        const y = heightAt(range, x) + 6
        const long = height * throwing.between(0.05, 0.13)
        const lean = (x < sunX ? 1 : -1) * throwing.between(0.1, 0.5) * long
        spurs += `M${n(x)} ${n(y)}q${n(lean * 0.2)} ${n(long * 0.4)} ${n(lean)} ${n(long)}q${n(-lean * 0.1 - 22)} ${n(-long * 0.3)} ${n(-lean)} ${n(-long)}z`
      }
      out += `<path d="${spurs}" fill="${t > 0.7 ? '#0d1a10' : hour.near}" fill-opacity="${t > 0.7 ? 0.09 : 0.07}"/>`
    }
    if (i < layers - 1) {
      const shift = (((throwing.between(0, 1) + drift * (i % 2 ? 1 : 2)) % 1) + 1) % 1
      const wide = width * (1.2 + t)
      const top = base + height * (0.02 + t * 0.03)
      const strength = 0.85 - t * 0.25
      // The mist texture repeats sideways: two beside one another cover every shift.
      out +=
        over(mist(i % 3), -shift * wide, top, wide, height * 0.17, strength) +
        over(mist(i % 3), (1 - shift) * wide, top, wide, height * 0.17, strength)
    }
  }
  return out
}

/** An old tea tree standing on x, y. */
export function teaTree(throwing: Dice, x: number, y: number, tall: number, leaf: string, sway = 0): string {
  const bark = '#4b3c2e'
  let wood = ''
  let lit = ''
  const tips: [number, number][] = []
  const grow = (fromX: number, fromY: number, angle: number, long: number, wide: number, depth: number) => {
    const toX = fromX + Math.cos(angle) * long + (sway * (6 - depth) * tall) / 900
    const toY = fromY + Math.sin(angle) * long
    const bendX = (fromX + toX) / 2 + throwing.bell() * long * 0.28
    const bendY = (fromY + toY) / 2
    wood += `<path d="M${n(fromX)} ${n(fromY)}Q${n(bendX)} ${n(bendY)} ${n(toX)} ${n(toY)}" stroke="${bark}" stroke-width="${n(wide)}" stroke-linecap="round" fill="none"/>`
    lit += `<path d="M${n(fromX - wide * 0.22)} ${n(fromY)}Q${n(bendX - wide * 0.22)} ${n(bendY)} ${n(toX - wide * 0.15)} ${n(toY)}" stroke="#b3a488" stroke-width="${n(wide * 0.22)}" stroke-opacity=".5" fill="none"/>`
    if (depth < 3) tips.push([toX, toY])
    if (depth === 0) return
    const forks = throwing.whole(2, 3)
    for (let i = 0; i < forks; i++)
      grow(
        toX,
        toY,
        angle + (i - (forks - 1) / 2) * 0.72 + throwing.bell() * 0.3,
        long * throwing.between(0.62, 0.8),
        wide * 0.62,
        depth - 1,
      )
  }
  grow(x, y, -Math.PI / 2 + throwing.bell() * 0.2, tall * 0.27, tall * 0.075, 4)
  const crown = (count: number, spread: number, size: number, dx: number, dy: number) => {
    let d = ''
    for (const [tx, ty] of tips) {
      for (let i = 0; i < count; i++) {
        const angle = throwing.between(0, Math.PI * 2)
        const long = tall * size * throwing.between(0.6, 1.2)
        const [c, s] = [Math.cos(angle) * long, Math.sin(angle) * long]
        const px = tx + throwing.bell() * tall * spread + dx
        const py = ty + throwing.bell() * tall * spread * 0.75 + dy
        d += `M${n(px)} ${n(py)}q${n(c * 0.5 - s * 0.42)} ${n(s * 0.5 + c * 0.42)} ${n(c)} ${n(s)}q${n(-c * 0.5 + s * 0.42)} ${n(-s * 0.5 - c * 0.42)} ${n(-c)} ${n(-s)}z`
      }
    }
    return d
  }
  return `${wood}${lit}<path d="${crown(4, 0.09, 0.06, tall * 0.01, tall * 0.02)}" fill="${darker(leaf, 0.62)}"/><path d="${crown(5, 0.085, 0.05, 0, 0)}" fill="${darker(leaf, 0.36)}"/><path d="${crown(3, 0.08, 0.045, -tall * 0.008, -tall * 0.012)}" fill="${leaf}"/><path d="${crown(1, 0.08, 0.04, -tall * 0.015, -tall * 0.025)}" fill="${lighter(leaf, 0.34)}"/>`
}

/** Terraces of tea bushes from `top` (share of the height) to the bottom of the sheet. */
function terraces(page: Sheet, throwing: Dice, width: number, height: number, top: number, hour: Hour): string {
  const shape = ridge(throwing, width, 0, height * 0.1, 0.1, 40)
  const rows = 15
  const colour = mix(hour.leaf, hour.near, 0.25)
  const ground = page.linear([
    [0, mix(hour.near, hour.haze, 0.2)],
    [1, darker(hour.near, 0.45)],
  ])
  const line = (y: number, flat: number) => shape.map(([x, rise]) => [x, y + rise * flat] as const)
  const crest = line(height * top, 1)
  let out = `<path d="${polygon([...crest, [width, height], [0, height]])}" fill="${ground}"/>`
  for (let i = 0; i < rows; i++) {
    const t = i / (rows - 1)
    const y = height * (top + 0.012 + (1.06 - top) * t ** 1.5)
    const path = line(y, 1 - t * 0.35)
    const size = 6 + t * t * 46
    let shade = ''
    let body = ''
    let light = ''
    for (let x = -size; x < width + size; x += size * throwing.between(0.55, 0.85)) {
      const at = heightAt(path, Math.min(width, Math.max(0, x)))
      const r = size * throwing.between(0.75, 1.1)
      const crownAt = (dx: number, dy: number, share: number) =>
        `M${n(x - r * share + dx)} ${n(at + dy)}a${n(r * share)} ${n(r * share * 0.72)} 0 0 1 ${n(r * share * 2)} 0a${n(r * share)} ${n(r * share * 0.4)} 0 0 1 ${n(-r * share * 2)} 0z`
      shade += crownAt(r * 0.25, r * 0.42, 1.1)
      body += crownAt(0, 0, 1)
      light += crownAt(-r * 0.18, -r * 0.26, 0.56)
    }
    const tone = mix(mix(colour, hour.haze, 0.34), colour, t * 1.3)
    out += `<path d="${shade}" fill="#0b1408" fill-opacity=".5"/><path d="${body}" fill="${darker(tone, 0.16)}"/><path d="${light}" fill="${lighter(tone, 0.2)}" fill-opacity=".75"/>`
    if (t > 0.5) {
      // Near rows show their shoots.
      let shoots = ''
      for (let k = 0; k < width / (10 + t * 6); k++) {
        const x = throwing.between(0, width)
        const at = heightAt(path, x) - size * throwing.between(0.1, 0.7)
        const long = size * throwing.between(0.16, 0.3)
        shoots += `M${n(x)} ${n(at)}q${n(-long * 0.7)} ${n(-long * 0.5)} ${n(-long * 0.5)} ${n(-long * 1.2)}q${n(long * 0.7)} ${n(long * 0.4)} ${n(long * 0.5)} ${n(long * 1.2)}q${n(long * 0.7)} ${n(-long * 0.4)} ${n(long * 0.8)} ${n(-long)}q${n(-long * 0.6)} ${n(-long * 0.2)} ${n(-long * 0.8)} ${n(long)}z`
      }
      out += `<path d="${shoots}" fill="${lighter(hour.leaf, 0.3)}" fill-opacity=".8"/>`
    }
  }
  return out
}

/** Birds far off. */
const birds = (throwing: Dice, x: number, y: number, count: number) =>
  `<path d="${Array.from({ length: count }, () => {
    const [bx, by, s] = [x + throwing.bell() * 130, y + throwing.bell() * 46, throwing.between(6, 13)]
    return `M${n(bx - s)} ${n(by - s * 0.3)}Q${n(bx - s * 0.4)} ${n(by - s * 0.5)} ${n(bx)} ${n(by)}Q${n(bx + s * 0.4)} ${n(by - s * 0.5)} ${n(bx + s)} ${n(by - s * 0.35)}`
  }).join('')}" stroke="#2c2a28" stroke-width="2" stroke-opacity=".6" fill="none"/>`

/** Hills in the mist with terraces and old trees, 1200 × 900, as SVG. The hour is thrown unless given (index into the hours, 0–3). */
export function hillScene(seed: number, { hour }: { hour?: number } = {}): string {
  const throwing = dice(seed, 81)
  const page = sheet(1200, 900)
  const light = hours[(hour ?? throwing.whole(0, hours.length - 1)) % hours.length]!
  const back = hills(page, throwing, {
    width: 1200,
    height: 900,
    hour: light,
    from: 0.3,
    to: 0.6,
    layers: 6,
    drift: throwing.between(0, 1),
  })
  const front = terraces(page, throwing, 1200, 900, 0.66, light)
  const left = throwing.chance(0.5)
  const at = (x: number) => (left ? x : 1200 - x)
  const trees =
    teaTree(throwing, at(throwing.between(120, 190)), 780, throwing.between(480, 580), light.leaf) +
    teaTree(throwing, at(throwing.between(360, 430)), 690, throwing.between(200, 260), mix(light.leaf, light.haze, 0.18)) +
    (throwing.chance(0.6) ? teaTree(throwing, at(throwing.between(980, 1090)), 800, throwing.between(300, 380), light.leaf) : '')
  return page.svg(
    `${back}${over(mist(1), -200, 500, 1700, 170, 0.9)}${birds(throwing, at(720), 190, throwing.whole(3, 6))}${front}${over(mist(0), -100, 560, 1500, 150, 0.5)}${trees}${over(daylight(0), 0, 0, 1200, 900, 0.7)}`,
  )
}

/** A round tray of tea drying in the sun, seen at a slant, about 0,0. */
function dryingTray(throwing: Dice, kind: Kind, r: number): string {
  const bed = leafBed(throwing, {
    kind,
    count: 130,
    layers: 3,
    long: [r * 0.12, r * 0.28],
    wide: [r * 0.02, r * 0.045],
    drop: 2,
    place: (d) => {
      const around = d.between(0, Math.PI * 2)
      const share = Math.sqrt(d.between(0, 1)) * 0.82
      return { x: Math.cos(around) * share * r, y: Math.sin(around) * share * r * 0.34 }
    },
  })
  return `<ellipse cx="${n(r * 0.08)}" cy="${n(r * 0.14)}" rx="${n(r * 1.04)}" ry="${n(r * 0.4)}" fill="#1a0d04" fill-opacity=".35"/><ellipse cy="${n(r * 0.05)}" rx="${n(r)}" ry="${n(r * 0.41)}" fill="#7d5a2c"/><ellipse rx="${n(r)}" ry="${n(r * 0.4)}" fill="#d1ab6b"/><ellipse rx="${n(r * 0.93)}" ry="${n(r * 0.36)}" fill="#9a7440"/><ellipse cy="${n(r * 0.015)}" rx="${n(r * 0.91)}" ry="${n(r * 0.345)}" fill="#4a4427"/>${bed}`
}

/** A house of rammed earth under grey tiles, its lower left corner at 0,0. */
function house(page: Sheet, throwing: Dice, wide: number, tall: number): string {
  const earth = throwing.pick(['#c99a5e', '#bf8f5a', '#d0a870', '#b98a58'])
  const tile = '#595d5c'
  const wall = page.linear(
    [
      [0, lighter(earth, 0.14)],
      [1, darker(earth, 0.3)],
    ],
    [0, 0, 0.8, 1],
  )
  const roofTop = -tall * 1.52
  const eave = -tall * 0.94
  const roof = `M${n(-wide * 0.09)} ${n(eave)}Q${n(wide * 0.02)} ${n(eave - tall * 0.14)} ${n(wide * 0.1)} ${n(roofTop)}Q${n(wide * 0.5)} ${n(roofTop + 10)} ${n(wide * 0.9)} ${n(roofTop)}Q${n(wide * 0.98)} ${n(eave - tall * 0.14)} ${n(wide * 1.09)} ${n(eave)}Q${n(wide * 0.5)} ${n(eave + 12)} ${n(-wide * 0.09)} ${n(eave)}Z`
  let courses = ''
  let courseLight = ''
  for (let i = 0; i <= 46; i++) {
    const t = i / 46
    const topX = wide * (0.1 + 0.8 * t)
    const x = wide * (-0.09 + 1.18 * t)
    courses += `M${n(topX)} ${n(roofTop + 6)}Q${n((topX + x) / 2 + (t < 0.5 ? 8 : -8))} ${n((roofTop + eave) / 2)} ${n(x)} ${n(eave + 4)}`
    courseLight += `M${n(topX + 5)} ${n(roofTop + 6)}Q${n((topX + x) / 2 + 5 + (t < 0.5 ? 8 : -8))} ${n((roofTop + eave) / 2)} ${n(x + 6)} ${n(eave + 4)}`
  }
  let rows = ''
  for (let i = 1; i < 9; i++) {
    const y = roofTop + ((eave - roofTop) * i) / 9
    rows += `M${n(wide * (0.1 - 0.019 * i * 1.1))} ${n(y)}Q${n(wide * 0.5)} ${n(y + 10)} ${n(wide * (0.9 + 0.019 * i * 1.1))} ${n(y)}`
  }
  const ends = Array.from({ length: 40 }, (_, i) => {
    const x = wide * (-0.08 + (1.16 * i) / 39)
    return `<circle cx="${n(x)}" cy="${n(eave + 3 + Math.sin((i / 39) * Math.PI) * 6)}" r="5.5"/>`
  }).join('')
  const door = (x: number, w: number, h: number) =>
    `<rect x="${n(x - 8)}" y="${n(-h - 8)}" width="${n(w + 16)}" height="${n(h + 8)}" fill="#4a2f1c"/><rect x="${n(x)}" y="${n(-h)}" width="${n(w)}" height="${n(h)}" fill="#2a190e"/><rect x="${n(x)}" y="${n(-h)}" width="${n(w * 0.48)}" height="${n(h)}" fill="#6d4326"/><path d="M${n(x + w * 0.16)} ${n(-h)}V0M${n(x + w * 0.32)} ${n(-h)}V0" stroke="#3b2212" stroke-width="3"/><rect x="${n(x + w * 0.06)}" y="${n(-h * 0.82)}" width="${n(w * 0.34)}" height="${n(h * 0.3)}" fill="#b3392b"/>`
  const window = (x: number, y: number, w: number, h: number) =>
    `<rect x="${n(x - 7)}" y="${n(y - 7)}" width="${n(w + 14)}" height="${n(h + 14)}" fill="#5a3a22"/><rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="#2c2318"/><path d="M${n(x + w / 3)} ${n(y)}v${n(h)}M${n(x + (w * 2) / 3)} ${n(y)}v${n(h)}M${n(x)} ${n(y + h / 2)}h${n(w)}" stroke="#7d5230" stroke-width="6"/>`
  let bricks = ''
  for (let row = 0; row < 9; row++) {
    const y = -tall * (0.1 + row * 0.1)
    bricks += `M0 ${n(y + throwing.bell() * 4)}H${n(wide)}`
  }
  const corn = (x: number) => {
    let d = ''
    for (let i = 0; i < 9; i++)
      d += `<ellipse cx="${n(x + (i % 2 ? 9 : -9) + throwing.bell() * 3)}" cy="${n(eave + 46 + i * 15)}" rx="8" ry="17" fill="${throwing.pick(['#e3a92f', '#d6952a', '#edbd4c'])}" transform="rotate(${i % 2 ? -24 : 24} ${n(x)} ${n(eave + 46 + i * 15)})"/>`
    return `<path d="M${n(x)} ${n(eave + 8)}V${n(eave + 170)}" stroke="#7d5a2c" stroke-width="4"/>${d}`
  }
  const chilli = (x: number) => {
    let d = ''
    for (let i = 0; i < 16; i++) d += `M${n(x)} ${n(eave + 30 + i * 8)}q${n(i % 2 ? 9 : -9)} 4 ${n(i % 2 ? 14 : -14)} 17`
    return `<path d="${d}" stroke="#b5291f" stroke-width="6" stroke-linecap="round" fill="none"/>`
  }
  return `<rect width="${n(wide)}" height="${n(tall)}" y="${n(-tall)}" fill="${wall}"/><path d="${bricks}" stroke="#6b4520" stroke-width="3" stroke-opacity=".28"/>${over(slate(0), 0, -tall, wide, tall, 0.5)}${over(grain(), 0, -tall, wide, tall)}<rect y="${n(-tall * 0.13)}" width="${n(wide)}" height="${n(tall * 0.13)}" fill="#8c857a"/>${over(slate(1), 0, -tall * 0.13, wide, tall * 0.13)}${door(wide * 0.42, wide * 0.15, tall * 0.62)}${window(wide * 0.12, -tall * 0.62, wide * 0.17, tall * 0.24)}${window(wide * 0.72, -tall * 0.62, wide * 0.17, tall * 0.24)}<path d="M${n(-wide * 0.02)} ${n(-tall * 0.95)}H${n(wide * 1.02)}V${n(-tall * 0.72)}H${n(-wide * 0.02)}Z" fill="${page.linear(
    [
      [0, '#1a0d04', 0.6],
      [1, '#1a0d04', 0],
    ],
  )}"/>${corn(wide * 0.36)}${corn(wide * 0.64)}${chilli(wide * 0.33)}${chilli(wide * 0.67)}<path d="${roof}" fill="${page.linear([
    [0, lighter(tile, 0.2)],
    [1, darker(tile, 0.25)],
  ])}"/><path d="${rows}" stroke="#1c1e1e" stroke-width="3" stroke-opacity=".3" fill="none"/><path d="${courses}" stroke="#1c1e1e" stroke-width="6" stroke-opacity=".45" fill="none"/><path d="${courseLight}" stroke="#c9cdca" stroke-width="3" stroke-opacity=".35" fill="none"/><g fill="#6b6f6e" stroke="#2a2c2c" stroke-width="2">${ends}</g><path d="M${n(wide * 0.07)} ${n(roofTop + 2)}Q${n(wide * 0.5)} ${n(roofTop + 14)} ${n(wide * 0.93)} ${n(roofTop + 2)}" stroke="#3b3e3e" stroke-width="16" fill="none" stroke-linecap="round"/>`
}

/** A farmer's yard: earthen house, hills, tea drying on bamboo trays, 1200 × 900, as SVG. */
export function farmYard(seed: number): string {
  const throwing = dice(seed, 82)
  const page = sheet(1200, 900)
  const hour = hours[throwing.whole(0, 1)]!
  const mirror = throwing.chance(0.5)
  const back = hills(page, throwing, { width: 1200, height: 900, hour, from: 0.22, to: 0.46, layers: 5, drift: throwing.between(0, 1) })
  const yard = page.linear([
    [0, '#b79a70'],
    [0.35, '#c9ad82'],
    [1, '#8a6b46'],
  ])
  const ground = `<path d="M0 590Q300 560 640 574T1200 560V900H0Z" fill="${yard}"/><g clip-path="${page.clip('M0 590Q300 560 640 574T1200 560V900H0Z')}">${over(slate(1), -100, 540, 1500, 420, 0.6)}${over(grain(), 0, 540, 1200, 400)}</g>`
  const hedge = Array.from({ length: 30 }, (_, i) => {
    const x = i * 42 + throwing.bell() * 16
    const r = throwing.between(24, 42)
    const points = Array.from(
      { length: 9 },
      (_, k) => [Math.cos((k / 9) * 6.28) * r * throwing.between(0.8, 1.15), Math.sin((k / 9) * 6.28) * r * 0.8] as const,
    )
    return placed(
      `<path d="${blob(points)}" fill="${darker(hour.leaf, throwing.between(0.15, 0.45))}"/><path d="${blob(points)}" fill="${lighter(hour.leaf, 0.1)}" fill-opacity=".6" transform="translate(${n(-r * 0.16)} ${n(-r * 0.2)}) scale(.6)"/>`,
      x,
      566,
    )
  }).join('')
  const home = `<ellipse cx="440" cy="626" rx="430" ry="34" fill="#1a0d04" fill-opacity=".4"/>${placed(house(page, throwing, 600, 262), 90, 622)}`
  const posts = [700, 930, 1160]
    .map((x) => `<path d="M${x - 40} 838L${x} 640L${x + 34} 838" stroke="#7d5a2c" stroke-width="9" fill="none" stroke-linecap="round"/>`)
    .join('')
  const rails = `<path d="M650 690H1210M640 742H1220" stroke="#a8834a" stroke-width="11" stroke-linecap="round"/><path d="M650 687H1210M640 739H1220" stroke="#e3c68d" stroke-width="3" stroke-linecap="round"/>`
  const kind: Kind = 'raw'
  const trays = [
    [770, 676, 96],
    [985, 672, 100],
    [860, 734, 116],
    [1105, 736, 112],
  ]
    .map(([x, y, r]) => placed(dryingTray(throwing, kind, r!), x!, y!))
    .join('')
  const floor = [
    [230, 770, 128],
    [520, 820, 150],
  ]
    .map(([x, y, r]) => placed(dryingTray(throwing, kind, r!), x!, y!))
    .join('')
  const tree = teaTree(throwing, 1090, 640, 470, hour.leaf)
  const shade = over(daylight(throwing.whole(1, 3)), 0, 0, 1200, 900, 0.75)
  const body = `${back}${over(mist(1), -100, 380, 1500, 170, 0.85)}${hedge}${ground}${tree}${home}${posts}${rails}${trays}${floor}`
  return page.svg(`${mirror ? `<g transform="translate(1200 0) scale(-1 1)">${body}</g>` : body}${shade}`)
}
