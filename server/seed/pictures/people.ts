// The people: a farmer of the hills in indigo cloth with embroidered bands and silver, friendly, simple, never a likeness of anyone.
import { type Dice, dice } from './dice.ts'
import { hills, hours, teaTree } from './land.ts'
import { darker, lighter, mix, n, placed, type Sheet, sheet } from './sheet.ts'
import { daylight, linen } from './textures.ts'

/** How a farmer looks. */
export type Look = {
  woman: boolean
  skin: string
  hair: string
  cloth: string
  bands: readonly [string, string, string, string]
  /** 0 young – 1 old: lines and grey. */
  years: number
}

/** What a farmer does at a moment: mouth open 0–1, eyes closed 0–1, head turned by degrees and px, breath in px. */
export type Pose = { talk: number; blink: number; tilt: number; nod: number; breath: number }

const atRest: Pose = { talk: 0, blink: 0, tilt: 0, nod: 0, breath: 0 }

/** A look thrown by a seed. */
export function lookOf(throwing: Dice): Look {
  const years = throwing.between(0, 1)
  return {
    woman: throwing.chance(0.6),
    skin: throwing.pick(['#e3b58c', '#d9a67a', '#cf9a6d', '#e8bd97']),
    hair: mix('#1d1714', '#8d8780', Math.max(0, years - 0.6) * 2),
    cloth: throwing.pick(['#26335e', '#1f2a4c', '#2b3a5a', '#22304c']),
    bands: throwing.pick([
      ['#c8342b', '#f0e6d0', '#e0a030', '#2f8f86'],
      ['#d0512f', '#f3ead6', '#e7b94a', '#4b7fb0'],
      ['#b3392b', '#efe3c8', '#d88a2e', '#5f9a5a'],
      ['#c43a5e', '#f3ead6', '#e3ad3c', '#3f8fa0'],
    ]),
    years,
  }
}

/** An embroidered band along x from 0 to `long`, `wide` px across: stripes, triangles, diamonds. */
export function band(long: number, wide: number, [red, pale, gold, teal]: Look['bands']): string {
  const stripe = (y: number, tall: number, colour: string) =>
    `<rect y="${n(y * wide)}" width="${n(long)}" height="${n(tall * wide)}" fill="${colour}"/>`
  const step = wide * 0.56
  let up = ''
  let diamonds = ''
  let cores = ''
  for (let x = 0; x < long; x += step) {
    const w = Math.min(step, long - x)
    up += `M${n(x)} ${n(wide * 0.34)}L${n(x + w / 2)} ${n(wide * 0.14)}L${n(x + w)} ${n(wide * 0.34)}Z`
    const c = x + w / 2
    diamonds += `M${n(c - w * 0.46)} ${n(wide * 0.6)}L${n(c)} ${n(wide * 0.42)}L${n(c + w * 0.46)} ${n(wide * 0.6)}L${n(c)} ${n(wide * 0.78)}Z`
    cores += `M${n(c - w * 0.2)} ${n(wide * 0.6)}L${n(c)} ${n(wide * 0.52)}L${n(c + w * 0.2)} ${n(wide * 0.6)}L${n(c)} ${n(wide * 0.68)}Z`
  }
  return `${stripe(0, 1, darker(red, 0.55))}${stripe(0.02, 0.08, gold)}${stripe(0.12, 0.24, red)}<path d="${up}" fill="${pale}"/>${stripe(0.37, 0.04, teal)}${stripe(0.41, 0.38, darker(teal, 0.55))}<path d="${diamonds}" fill="${gold}"/><path d="${cores}" fill="${red}"/>${stripe(0.8, 0.05, pale)}${stripe(0.88, 0.1, teal)}`
}

/** Silver beads and discs share one paint. */
const silver = (page: Sheet) =>
  page.radial(
    [
      [0, '#ffffff'],
      [0.5, '#cfd3d6'],
      [1, '#7b8288'],
    ],
    { x: 0.35, y: 0.3, r: 0.8 },
  )

function head(page: Sheet, look: Look, pose: Pose): string {
  const { skin, hair, cloth, bands, woman, years } = look
  const face = page.radial(
    [
      [0, lighter(skin, 0.28)],
      [0.55, skin],
      [1, mix(skin, '#7a3d1e', 0.45)],
    ],
    { x: 0.38, y: 0.36, r: 0.72 },
  )
  const shade = mix(skin, '#6b2f16', 0.5)
  const blush = page.radial([
    [0, '#d8563a', 0.34],
    [1, '#d8563a', 0],
  ])
  const eye = (x: number) => {
    const open = 1 - pose.blink
    const lid = `<path d="M${x - 17} ${n(2 + pose.blink * 4)}Q${x} ${n(-11 + pose.blink * 18)} ${x + 17} ${n(1 + pose.blink * 4)}" stroke="#2a1710" stroke-width="4.6" fill="none" stroke-linecap="round"/>`
    if (open < 0.25) return lid
    return `<path d="M${x - 16} 2Q${x} ${n(-11 * open)} ${x + 16} 1Q${x} ${n(9 * open)} ${x - 16} 2Z" fill="#fbf5ea"/><ellipse cx="${x}" cy="-1" rx="7.6" ry="${n(7.6 * open)}" fill="#2b1810"/><circle cx="${x - 2.6}" cy="-3.6" r="2.4" fill="#fff"/>${lid}<path d="M${x - 15} 9Q${x} 14 ${x + 15} 8" stroke="${shade}" stroke-width="2" stroke-opacity=".5" fill="none"/>`
  }
  const brow = (x: number, side: number) =>
    `<path d="M${x - 20 * side} -24Q${x - 2 * side} -36 ${x + 20 * side} -25" stroke="${mix(hair, '#2a1c14', 0.4)}" stroke-width="${woman ? 5 : 7.5}" fill="none" stroke-linecap="round" stroke-opacity=".85"/>`
  const gape = pose.talk
  const mouth =
    gape > 0.12
      ? `<path d="M-27 52Q0 ${n(57)} 27 52Q${n(18)} ${n(66 + gape * 20)} 0 ${n(68 + gape * 20)}Q${n(-18)} ${n(66 + gape * 20)} -27 52Z" fill="#6b1f1a"/><path d="M-23 54Q0 58 23 54L19 61Q0 64 -19 61Z" fill="#fffaf0"/><path d="M-27 52Q0 57 27 52" stroke="#a8463a" stroke-width="3.6" fill="none" stroke-linecap="round"/>`
      : `<path d="M-28 51Q-12 57 0 57Q12 57 28 51Q16 71 0 72Q-16 71 -28 51Z" fill="#b5534a"/><path d="M-24 54Q0 61 24 54Q12 64 0 65Q-12 64 -24 54Z" fill="#fff8ee"/><path d="M-31 49Q-28 52 -25 53M31 49Q28 52 25 53" stroke="${shade}" stroke-width="3" fill="none" stroke-linecap="round"/>`
  const wrinkles =
    years > 0.45
      ? `<path d="M-56 6l-13 -5M-56 12l-14 2M56 6l13 -5M56 12l14 2M-40 40Q-46 54 -38 66M40 40Q46 54 38 66M-30 -52Q0 -57 30 -52" stroke="${shade}" stroke-width="2.2" stroke-opacity="${n(years * 0.7)}" fill="none" stroke-linecap="round"/>`
      : ''
  const ear = (side: number) =>
    `<ellipse cx="${84 * side}" cy="14" rx="13" ry="22" fill="${mix(skin, '#9a5a34', 0.18)}"/><path d="M${80 * side} 4Q${92 * side} 12 ${82 * side} 26" stroke="${shade}" stroke-width="2.5" fill="none" stroke-opacity=".6"/>${woman ? `<circle cx="${86 * side}" cy="42" r="6" fill="${silver(page)}"/><path d="M${86 * side} 47v20" stroke="#aab0b5" stroke-width="2.5"/><circle cx="${86 * side}" cy="70" r="8" fill="${silver(page)}"/>` : ''}`
  const wrap = page.linear(
    [
      [0, lighter(cloth, 0.16)],
      [0.5, cloth],
      [1, darker(cloth, 0.5)],
    ],
    [0, 0, 1, 0.6],
  )
  const folds = (d: string) =>
    `<path d="${d}" stroke="#0a0f22" stroke-width="5" stroke-opacity=".45" fill="none"/><path d="${d}" stroke="#8f9cc4" stroke-width="2.5" stroke-opacity=".4" fill="none" transform="translate(-2 -5)"/>`
  const dots = Array.from({ length: 11 }, (_, i) => {
    const t = (i - 5) / 5
    return `<circle cx="${n(t * 86)}" cy="${n(-46 - (1 - t * t) * 26)}" r="6.5" fill="${silver(page)}" stroke="#5b6166" stroke-width=".8"/>`
  }).join('')
  const front = page.clip('M-100 -40Q0 -98 100 -40L98 -74Q0 -132 -98 -74Z')
  const turban = woman
    ? `<path d="M-100 -34Q-118 -128 -62 -166Q0 -198 62 -166Q118 -128 100 -34Q0 -92 -100 -34Z" fill="${wrap}"/>${folds('M-96 -86Q-10 -150 98 -92M-86 -122Q0 -178 84 -128')}<g clip-path="${front}">${Array.from(
        { length: 9 },
        (_, i) => {
          const t = (i - 4) / 4.4
          return placed(`<g transform="translate(-14 -20)">${band(30, 42, bands)}</g>`, t * 98, -64 - (1 - t * t) * 28, t * 28)
        },
      ).join(
        '',
      )}</g>${dots}<g>${[0, 1, 2, 3].map((i) => `<path d="M${96 + i * 5} -60Q${116 + i * 5} -10 ${102 + i * 7} ${40 + i * 9}" stroke="${bands[i]}" stroke-width="6" fill="none" stroke-linecap="round"/><circle cx="${102 + i * 7}" cy="${46 + i * 9}" r="8" fill="${bands[i]}"/>`).join('')}</g>`
    : `<path d="M-102 -28Q-124 -112 -72 -150Q0 -178 74 -150Q124 -110 102 -28Q0 -84 -102 -28Z" fill="${wrap}"/>${folds('M-104 -52Q0 -112 106 -60M-104 -82Q4 -140 104 -92M-92 -112Q0 -160 92 -118')}<path d="M66 -150Q96 -196 128 -176Q112 -146 88 -132Z" fill="${wrap}"/><path d="M-101 -34Q0 -90 101 -34" stroke="${bands[0]}" stroke-width="7" fill="none"/><path d="M-102 -43Q0 -99 102 -43" stroke="${bands[2]}" stroke-width="4" fill="none"/>`
  return placed(
    `${ear(-1)}${ear(1)}<path d="M-84 -40Q-90 40 -64 76Q-34 112 0 114Q34 112 64 76Q90 40 84 -40Q60 -92 0 -94Q-60 -92 -84 -40Z" fill="${face}"/><ellipse cx="-50" cy="36" rx="30" ry="22" fill="${blush}"/><ellipse cx="50" cy="36" rx="30" ry="22" fill="${blush}"/><path d="M-86 -32Q-82 -2 -80 12Q-74 -34 -58 -58Q0 -84 58 -58Q74 -34 80 12Q82 -2 86 -32Q60 -86 0 -88Q-60 -86 -86 -32Z" fill="${hair}"/><g transform="translate(0 2)">${eye(-34)}${eye(34)}${brow(-34, 1)}${brow(34, -1)}</g><path d="M-4 2Q-10 24 -13 31Q-6 38 2 36Q10 36 12 31" stroke="${shade}" stroke-width="3.2" fill="none" stroke-linecap="round" stroke-opacity=".75"/><path d="M2 0Q6 16 6 26" stroke="#fff2dd" stroke-width="5" stroke-opacity=".3" fill="none" stroke-linecap="round"/>${mouth}${wrinkles}${turban}`,
    0,
    pose.nod,
    pose.tilt,
  )
}

/** A farmer from the chest up; the middle of the face at 0,0, about 560 px wide. `arms` off leaves the sleeves to the scene. */
export function bust(page: Sheet, look: Look, pose: Pose, arms = true): string {
  const { cloth, bands, skin, woman } = look
  const jacket = page.linear(
    [
      [0, lighter(cloth, 0.2)],
      [0.45, cloth],
      [1, darker(cloth, 0.5)],
    ],
    [0, 0, 1, 0.7],
  )
  const body = 'M-66 128Q-200 150 -246 232Q-282 320 -292 470H292Q282 320 246 232Q200 150 66 128Q0 176 -66 128Z'
  const neck = `<path d="M-42 78Q-40 120 -66 134Q0 196 66 134Q40 120 42 78Z" fill="${mix(skin, '#8a4a28', 0.3)}"/><path d="M-44 92Q0 138 44 92L42 76H-42Z" fill="#5c2a14" fill-opacity=".35"/>`
  const placket = `<g transform="translate(8 158) rotate(66)">${band(330, 46, bands)}</g>`
  const collar = `<path d="M-74 126Q-56 112 -44 118Q-20 168 10 176Q-6 190 -16 188Q-58 170 -74 126Z" fill="${darker(cloth, 0.15)}" stroke="${bands[2]}" stroke-width="4"/><path d="M74 126Q56 112 44 118Q24 160 -6 182Q4 194 18 190Q62 168 74 126Z" fill="${darker(cloth, 0.05)}" stroke="${bands[2]}" stroke-width="4"/>`
  const ring = woman
    ? `<path d="M-76 150Q-64 246 0 252Q64 246 76 150" stroke="#6f767c" stroke-width="13" fill="none"/><path d="M-76 149Q-64 243 0 249Q64 243 76 149" stroke="#e6e9eb" stroke-width="8" fill="none"/><path d="M-72 160Q-60 236 -10 246" stroke="#ffffff" stroke-width="3" fill="none"/>${[-2, -1, 0, 1, 2].map((i) => `<path d="M${i * 19} ${n(250 - Math.abs(i) * 5)}v${20 - Math.abs(i) * 3}" stroke="#aab0b5" stroke-width="3"/><circle cx="${i * 19}" cy="${n(278 - Math.abs(i) * 7)}" r="${10 - Math.abs(i)}" fill="${silver(page)}"/>`).join('')}`
    : [0, 1, 2].map((i) => `<circle cx="${n(34 + i * 32)}" cy="${n(224 + i * 66)}" r="9" fill="${silver(page)}"/>`).join('')
  const shoulders = [-1, 1]
    .map((side) => placed(`<g transform="translate(-90 -22)">${band(180, 44, bands)}</g>`, 236 * side, 352, 12 * side))
    .join('')
  const seams =
    '<path d="M-196 250Q-184 330 -190 470M196 250Q184 330 190 470" stroke="#080c1c" stroke-width="7" stroke-opacity=".5" fill="none"/><path d="M-150 190Q-110 280 -120 420M-230 300Q-246 380 -240 460M120 380Q130 420 118 460" stroke="#93a0c8" stroke-width="5" stroke-opacity=".2" fill="none"/>'
  return `<g transform="translate(0 ${n(pose.breath)})">${neck}<path d="${body}" fill="${jacket}"/><g clip-path="${page.clip(body)}"><rect x="-300" y="120" width="600" height="360" fill="${page.tile(linen(), 150, 150)}" opacity=".35"/>${arms ? seams : ''}${placket}${arms ? shoulders : ''}</g>${ring}${collar}</g><g transform="translate(0 ${n(pose.breath)})">${head(page, look, pose)}</g>`
}

/** A farmer's portrait, 600 × 600, as SVG. */
export function farmerPortrait(seed: number): string {
  const throwing = dice(seed, 91)
  const page = sheet(600, 600)
  const look = lookOf(throwing)
  const hour = hours[throwing.whole(0, 2)]!
  const back = hills(page, throwing, { width: 600, height: 600, hour, from: 0.3, to: 0.62, layers: 4, drift: throwing.between(0, 1) })
  const side = throwing.chance(0.5) ? 70 : 530
  const haze = page.linear([
    [0, hour.haze, 0],
    [1, hour.haze, 0.55],
  ])
  return page.svg(
    `${back}<path d="M0 400Q160 330 330 372T600 350V600H0Z" fill="${mix(hour.near, hour.haze, 0.3)}"/><path d="M0 470Q220 400 380 452T600 440V600H0Z" fill="${mix(hour.leaf, hour.near, 0.35)}"/>${teaTree(throwing, side, 620, 520, mix(hour.leaf, hour.haze, 0.2))}<rect width="600" height="600" fill="${haze}"/>${placed(bust(page, look, { ...atRest, tilt: throwing.bell() * 4 }), 300, 268, 0, 0.98)}<image href="${daylight(0)}" width="600" height="600" preserveAspectRatio="none" opacity=".6"/>`,
  )
}
