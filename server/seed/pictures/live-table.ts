// The live table: a farmer pours tea behind a table before the hills, the cake turns on its stand. One scene for two uses:
// still as the cover of a broadcast, moving (a moment from 0 to 1, the end joining the beginning) as the demo clip.
import { bareCake, wrappedCake } from './cakes.ts'
import { dice } from './dice.ts'
import { stand } from './forms.ts'
import { roundShadow } from './grounds.ts'
import { hills, hours, teaTree } from './land.ts'
import type { Kind } from './leaves.ts'
import { band, bust, type Look, lookOf, type Pose } from './people.ts'
import { darker, lighter, mix, n, placed, type Sheet, sheet } from './sheet.ts'
import { daylight, grain, wood } from './textures.ts'
import { innerTicket, type Wrapper, wrappers } from './wrapper.ts'

const [width, height] = [1080, 1920]
const round = Math.PI * 2
const between = (t: number, from: number, to: number) => {
  const u = Math.max(0, Math.min(1, (t - from) / (to - from)))
  return u * u * (3 - 2 * u)
}

/** Where the three cups stand. */
const cupSpots = [430, 580, 730] as const
const cupY = 1436

/** What the hands do at a moment: where the pitcher is, how far it tips, how full the cups are, how far they have been served. */
function handsAt(moment: number) {
  // Twenty-four beats: three pours of six beats, then the cups go to the guests and fresh ones come.
  const beat = moment * 24
  const turn = Math.min(2, Math.floor(beat / 6))
  const within = beat - turn * 6
  const pouring = beat < 18 ? between(within, 1.3, 1.9) - between(within, 4.6, 5.2) : 0
  const rest = { x: 905, y: 1262 }
  const spot = (i: number) => ({ x: cupSpots[i]! + 92, y: 1262 })
  const from = turn === 0 ? rest : spot(turn - 1)
  const to = spot(turn)
  const go = between(within, 0, 1.2)
  const home = between(beat, 18, 19.6)
  const x = (from.x + (to.x - from.x) * go) * (1 - home) + rest.x * home
  const y = (from.y + (to.y - from.y) * go) * (1 - home) + rest.y * home - Math.sin(Math.PI * (beat < 18 ? go : home)) * 34
  const full = cupSpots.map((_, i) => between(beat, i * 6 + 1.7, i * 6 + 4.8))
  const served = between(beat, 20, 21.8)
  const fresh = between(beat, 21.8, 23.6)
  return { x, y, pouring, cup: turn, full, served, fresh, beat }
}

function cup(page: Sheet, kind: Kind, x: number, y: number, full: number, tint: string): string {
  const clay = page.linear(
    [
      [0, '#ffffff'],
      [0.45, '#f1eadc'],
      [1, '#a2957f'],
    ],
    [0, 0, 1, 0.2],
  )
  const tea = kind === 'raw' ? '#dda437' : '#8c2613'
  const level = 0.62 + full * 0.3
  const liquid =
    full > 0.02
      ? `<ellipse cy="${n(14 - full * 12)}" rx="${n(52 * level)}" ry="${n(15 * level)}" fill="${tea}"/><ellipse cx="-12" cy="${n(11 - full * 12)}" rx="${n(20 * level)}" ry="${n(4 * level)}" fill="#fff3cf" fill-opacity=".55"/>`
      : ''
  return placed(
    `<ellipse cx="14" cy="56" rx="62" ry="15" fill="#150a03" fill-opacity=".45"/><path d="M-58 0Q-54 50 -26 56H26Q54 50 58 0Z" fill="${clay}"/><path d="M-53 22Q0 42 53 22" stroke="${tint}" stroke-width="4" stroke-opacity=".7" fill="none"/><ellipse rx="58" ry="18" fill="#fffdf7"/><ellipse cy="2" rx="53" ry="15.5" fill="#d9cfbd"/>${liquid}`,
    x,
    y,
  )
}

/** A glass pitcher held by its handle, its lip at the lower left when tipped; 0,0 is the hand. */
function pitcher(page: Sheet, kind: Kind, tip: number, left: number): string {
  const tea = kind === 'raw' ? '#d99a2c' : '#7d1f10'
  const surface = 12 + (1 - left) * 46
  const glass = 'M-128 -58Q-138 -66 -150 -66L-132 -38Q-140 40 -110 60H-34Q-6 40 -16 -58Z'
  const lit = page.linear(
    [
      [0, '#ffffff', 0.6],
      [0.25, '#ffffff', 0.12],
      [0.8, '#ffffff', 0.06],
      [1, '#ffffff', 0.45],
    ],
    [0, 0, 1, 0],
  )
  // The tea stays level while the glass tips.
  const liquid = `<g clip-path="${page.clip(glass)}"><g transform="rotate(${n(tip)} -72 0)"><rect x="-260" y="${n(surface - 40)}" width="380" height="240" fill="${tea}" fill-opacity=".88"/><rect x="-260" y="${n(surface - 40)}" width="380" height="7" fill="#fff0c4" fill-opacity=".55"/></g></g>`
  return `<g transform="rotate(${n(-tip)})">${liquid}<path d="${glass}" fill="${lit}" stroke="#f6f2e8" stroke-width="4" stroke-opacity=".85"/><path d="M-18 -44Q34 -44 26 0Q20 40 -18 36" stroke="#f6f2e8" stroke-width="10" stroke-opacity=".8" fill="none"/><path d="M-116 -40Q-122 20 -102 46" stroke="#fff" stroke-width="7" stroke-opacity=".6" fill="none" stroke-linecap="round"/></g>`
}

/** An arm in its sleeve from shoulder to wrist by way of the elbow. */
function arm(
  page: Sheet,
  look: Look,
  shoulder: readonly [number, number],
  elbow: readonly [number, number],
  wrist: readonly [number, number],
): string {
  const path = `M${n(shoulder[0])} ${n(shoulder[1])}Q${n(elbow[0])} ${n(elbow[1])} ${n(wrist[0])} ${n(wrist[1])}`
  const angle = (Math.atan2(wrist[1] - elbow[1], wrist[0] - elbow[0]) * 180) / Math.PI
  const cuff = placed(
    `<g transform="rotate(90) translate(-62 0)"><g clip-path="${page.clip('M-2 -30H126V34H-2Z')}">${band(124, 46, look.bands)}</g></g>`,
    wrist[0] - Math.cos((angle * Math.PI) / 180) * 14,
    wrist[1] - Math.sin((angle * Math.PI) / 180) * 14,
    angle,
  )
  return `<path d="${path}" stroke="${darker(look.cloth, 0.5)}" stroke-width="136" stroke-linecap="round" fill="none" transform="translate(5 7)"/><path d="${path}" stroke="${look.cloth}" stroke-width="128" stroke-linecap="round" fill="none"/><path d="${path}" stroke="${lighter(look.cloth, 0.16)}" stroke-width="46" stroke-opacity=".4" stroke-linecap="round" fill="none" transform="translate(-12 -26)"/>${cuff}`
}

const hand = (look: Look, x: number, y: number, turn: number, flip = 1) => {
  const line = mix(look.skin, '#6b2f16', 0.55)
  return `<g transform="translate(${n(x)} ${n(y)}) rotate(${n(turn)}) scale(${flip} 1)"><path d="M-34 -34Q10 -46 52 -34Q84 -28 96 -10Q100 4 84 4Q98 14 86 22Q92 34 76 36Q78 48 58 46Q16 52 -34 38Z" fill="${look.skin}" stroke="${line}" stroke-width="3" stroke-opacity=".6"/><path d="M84 4Q62 2 48 -2M86 22Q62 22 46 16M76 36Q58 36 44 32" stroke="${line}" stroke-width="3" stroke-opacity=".6" fill="none"/><path d="M-6 -38Q16 -66 46 -58Q60 -50 44 -40Q30 -36 22 -24" fill="${lighter(look.skin, 0.08)}" stroke="${line}" stroke-width="3" stroke-opacity=".6"/></g>`
}

function steam(page: Sheet, x: number, y: number, moment: number, speed: number, size: number, strength: number): string {
  const puff = page.radial([
    [0, '#ffffff', 0.5],
    [0.5, '#ffffff', 0.2],
    [1, '#ffffff', 0],
  ])
  let out = ''
  for (let i = 0; i < 7; i++) {
    const phase = (moment * speed + i / 7) % 1
    const dx = Math.sin(phase * 5 + i * 2.1) * size * 0.3 * (0.3 + phase)
    const r = size * (0.14 + phase * 0.34)
    out += `<ellipse cx="${n(x + dx)}" cy="${n(y - phase * size * 2.1)}" rx="${n(r * 0.75)}" ry="${n(r * 1.5)}" fill="${puff}" opacity="${n(Math.sin(phase * Math.PI) * strength)}"/>`
  }
  return out
}

/** The cake on its stand, turned about the upright by `turn` radians. */
function turningCake(page: Sheet, kind: Kind, wrapper: Wrapper, seed: number, x: number, y: number, r: number, turn: number): string {
  const wide = Math.cos(turn)
  const thick = Math.sin(turn) * r * 0.2
  const face =
    wide >= 0 ? wrappedCake(page, wrapper, { kind, year: 2024 }, r, seed) : bareCake(page, kind, r, seed, innerTicket(wrapper, { kind }))
  const share = Math.max(0.03, Math.abs(wide))
  const back = wide >= 0 ? -thick : thick
  const edge = darker(wrapper.paper, 0.35)
  const light = `<ellipse rx="${n(r * share)}" ry="${n(r)}" fill="${wide * Math.sin(turn) > 0 ? '#1a0c02' : '#fff6dd'}" fill-opacity="${n(Math.abs(Math.sin(turn)) * 0.26)}"/>`
  return `${placed(stand(page, r * 1.75, '#4a2c1a'), x, y + r + 16)}<path d="M${n(x - r * 0.62)} ${n(y + r + 20)}L${n(x - r * 0.4)} ${n(y + r * 0.7)}M${n(x + r * 0.62)} ${n(y + r + 20)}L${n(x + r * 0.4)} ${n(y + r * 0.7)}" stroke="#38200f" stroke-width="16" stroke-linecap="round"/>${placed(
    `<ellipse cx="${n(back)}" rx="${n(r * share)}" ry="${n(r)}" fill="${edge}"/><rect x="${n(Math.min(0, back))}" y="${n(-r)}" width="${n(Math.abs(back))}" height="${n(r * 2)}" fill="${edge}"/><g transform="scale(${Math.round(share * 1000) / 1000} 1)">${face}</g>${light}`,
    x,
    y,
  )}<path d="M${n(x - r * 0.5)} ${n(y + r + 34)}q${n(-r * 0.1)} -40 ${n(r * 0.06)} -62M${n(x + r * 0.5)} ${n(y + r + 34)}q${n(r * 0.1)} -40 ${n(-r * 0.06)} -62" stroke="#5f3a22" stroke-width="15" stroke-linecap="round" fill="none"/>`
}

/** The table with its cloth, from `top` down. */
function table(page: Sheet, look: Look, top: number): string {
  const back = 1190
  const front = 1590
  const plane = `M-40 ${back}H1120V${front}H-40Z`
  const light = page.linear(
    [
      [0, '#fff0cf', 0.34],
      [0.5, '#fff0cf', 0.04],
      [1, '#1a0c02', 0.36],
    ],
    [0, 0, 1, 1],
  )
  const side = page.linear([
    [0, '#4a2a16'],
    [1, '#1d0f07'],
  ])
  const runner = `M330 ${top}H850L905 ${front}V1920H275V${front}Z`
  const cloth = page.linear([
    [0, '#cdb88f'],
    [1, '#8a744e'],
  ])
  return `<path d="${plane}" fill="#7a4a2a"/><image href="${wood(0)}" x="-60" y="${back}" width="1240" height="${front - back}" preserveAspectRatio="none"/><path d="${plane}" fill="${light}"/><rect x="-10" y="${front}" width="1100" height="330" fill="${side}"/><image href="${wood(1)}" x="-10" y="${front}" width="1100" height="330" preserveAspectRatio="none" opacity=".6"/><path d="${runner}" fill="${cloth}"/>${placed(band(630, 70, look.bands), 275, 1800)}${placed(band(630, 40, look.bands), 275, front + 8)}<rect x="-10" y="${front - 6}" width="1100" height="14" fill="#e0b27a" fill-opacity=".35"/><rect x="275" y="${front}" width="630" height="40" fill="#000" fill-opacity=".28"/>`
}

/** The bamboo tea tray under the cups. */
function tray(page: Sheet): string {
  const top = page.linear(
    [
      [0, '#d9b87c'],
      [1, '#a37c42'],
    ],
    [0, 0, 1, 1],
  )
  let slots = ''
  for (let i = 0; i < 9; i++) slots += `M${370 + i * 56} 1400L${345 + i * 62} 1548`
  return `<path d="M320 1392H850L905 1556H262Z" fill="#150a03" fill-opacity=".45" transform="translate(12 20)"/><path d="M262 1556H905V1578H262Z" fill="#6d4d22"/><path d="M320 1392H850L905 1556H262Z" fill="${top}"/><path d="${slots}" stroke="#5a3c14" stroke-width="7" stroke-opacity=".55" stroke-linecap="round"/><path d="M326 1396H846" stroke="#fbe6b4" stroke-width="4" stroke-opacity=".7"/><image href="${grain()}" x="262" y="1392" width="643" height="164" preserveAspectRatio="none" opacity=".5"/>`
}

/** An iron kettle on a small stove; 0,0 is the middle of its foot. */
function kettle(page: Sheet, moment: number): string {
  const iron = page.radial(
    [
      [0, '#8b8782'],
      [0.35, '#4a4745'],
      [1, '#161413'],
    ],
    { x: 0.32, y: 0.28, r: 0.85 },
  )
  const clay = page.linear(
    [
      [0, '#b8633a'],
      [0.5, '#8c4426'],
      [1, '#4a2010'],
    ],
    [0, 0, 1, 0],
  )
  const glow = 0.55 + Math.sin(moment * round * 12) * 0.16 + Math.sin(moment * round * 19) * 0.1
  const lid = Math.sin(moment * round * 24) * 1.6
  return `<ellipse cx="24" cy="6" rx="140" ry="26" fill="#150a03" fill-opacity=".5"/><path d="M-84 -78L-100 0Q0 26 100 0L84 -78Z" fill="${clay}"/><path d="M-46 -40Q0 -62 46 -40L40 -6Q0 4 -40 -6Z" fill="#2a0f06"/><path d="M-36 -12Q-20 -46 -6 -18Q6 -52 20 -16Q30 -34 36 -12Q0 0 -36 -12Z" fill="#f08a2c" fill-opacity="${n(glow)}"/><path d="M-112 -140Q-112 -72 0 -70Q112 -72 112 -140Q112 -206 0 -210Q-112 -206 -112 -140Z" fill="${iron}"/><path d="M-100 -160Q-150 -176 -158 -214L-138 -218Q-130 -192 -92 -186Z" fill="#2c2a28"/><path d="M-84 -196Q-70 -322 0 -324Q70 -322 84 -196" stroke="#2c2a28" stroke-width="12" fill="none"/><path d="M-48 -321Q0 -330 48 -321" stroke="#7d5230" stroke-width="20" stroke-linecap="round"/><g transform="translate(0 ${n(lid)})"><ellipse cy="-208" rx="62" ry="15" fill="#5a5653"/><circle cy="-226" r="13" fill="#7d5230"/></g>${Array.from({ length: 26 }, (_, i) => `<circle cx="${n(Math.sin((i / 25 - 0.5) * 2.6) * 104)}" cy="${n(-150 + (i % 2) * 16)}" r="4" fill="#000" fill-opacity=".35"/>`).join('')}`
}

/** The whole scene. Everything in it is a function of the seed and the moment (0–1). */
function scene(page: Sheet, seed: number, moment: number): string {
  const throwing = dice(seed, 101)
  const look = lookOf(throwing)
  const hour = hours[throwing.whole(0, 1)]!
  const kind: Kind = throwing.chance(0.5) ? 'raw' : 'ripe'
  const wrapper = throwing.pick(Object.values(wrappers))
  const hands = handsAt(moment)
  const sway = Math.sin(moment * round * 4)
  const talking =
    hands.beat > 18.5
      ? 0.5 + 0.5 * Math.sin(moment * round * 66)
      : Math.max(0, Math.sin(moment * round * 40)) * (Math.sin(moment * round * 5) > 0.1 ? 0.8 : 0.1)
  const blink = [0.07, 0.21, 0.38, 0.52, 0.71, 0.86, 0.95].reduce((most, at) => Math.max(most, 1 - Math.abs(moment - at) / 0.006), 0)
  const pose: Pose = {
    talk: talking,
    blink: Math.max(0, Math.min(1, blink)),
    tilt: Math.sin(moment * round * 3) * 3.2 + (hands.pouring > 0.5 ? 2 : 0),
    nod: Math.sin(moment * round * 6) * 5 + hands.pouring * 12,
    breath: Math.sin(moment * round * 7) * 3,
  }
  const back = hills(page, dice(seed, 102), { width, height: 1340, hour, from: 0.27, to: 0.66, layers: 6, drift: moment })
  const slope = page.linear([
    [0, mix(hour.leaf, hour.haze, 0.2)],
    [1, darker(hour.leaf, 0.5)],
  ])
  const garden = `<path d="M0 1010Q260 930 520 990T1080 960V1260H0Z" fill="${slope}"/>${[0, 1, 2, 3, 4].map((i) => `<path d="M0 ${1040 + i * 38}Q260 ${960 + i * 42} 520 ${1020 + i * 38}T1080 ${990 + i * 42}" stroke="${darker(hour.leaf, 0.3 + i * 0.07)}" stroke-width="${14 + i * 3}" stroke-dasharray="${20 + i * 5} 5" stroke-linecap="round" fill="none" stroke-opacity=".75"/>`).join('')}`
  const tree = teaTree(dice(seed, 103), 150, 1210, 760, hour.leaf, sway * 9)
  const rayPaint = page.linear([
    [0, '#fff4cf', 0.55],
    [1, '#fff4cf', 0],
  ])
  const rays = [0, 1, 2, 3]
    .map((i) => {
      const x = 120 + i * 250 + Math.sin(moment * round * (1 + (i % 2)) + i) * 70
      return `<path d="M${n(x)} -40L${n(x + 90)} -40L${n(x + 420)} 1400L${n(x + 150)} 1400Z" fill="${rayPaint}" opacity="${n(0.2 + 0.2 * Math.sin(moment * round * 3 + i * 1.7))}"/>`
    })
    .join('')
  const flock = [0, 1, 2, 3]
    .map((i) => {
      const x = ((moment * 2 + i * 0.035 + 0.1) % 1) * 1300 - 110
      const y = 330 + i * 26 - Math.sin(moment * round * 2 + i) * 30
      const flap = Math.sin(moment * round * 40 + i * 1.3) * 13
      return `<path d="M${n(x - 24)} ${n(y - flap)}Q${n(x - 9)} ${n(y - 9)} ${n(x)} ${n(y)}Q${n(x + 9)} ${n(y - 9)} ${n(x + 24)} ${n(y - flap)}" stroke="#2c2a28" stroke-width="4" stroke-opacity=".6" fill="none" stroke-linecap="round"/>`
    })
    .join('')
  const falling = [0, 1, 2, 3, 4]
    .map((i) => {
      const phase = (moment * (i % 2 ? 3 : 2) + i * 0.23) % 1
      const x = 90 + i * 225 + Math.sin(phase * 9 + i) * 70
      return `<g transform="translate(${n(x)} ${n(phase * 1320 - 60)}) rotate(${n(phase * 500 + i * 60)})" opacity="${n(Math.min(1, (1 - phase) * 5))}"><path d="M-20 0Q0 -15 20 0Q0 15 -20 0Z" fill="${i % 2 ? hour.leaf : lighter(hour.leaf, 0.3)}"/><path d="M-20 0H20" stroke="#fff6d8" stroke-width="1.6" stroke-opacity=".5"/></g>`
    })
    .join('')
  const timber = page.linear(
    [
      [0, '#8a5a36'],
      [0.4, '#6d4529'],
      [1, '#33200f'],
    ],
    [0, 0, 1, 0],
  )
  const post = (x: number, wide: number) =>
    `<rect x="${x}" y="0" width="${wide}" height="1200" fill="${timber}"/><g transform="translate(${x + wide} 0) rotate(90)"><image href="${wood(1)}" width="1200" height="${wide}" preserveAspectRatio="none"/></g>`
  const lantern = (x: number, swing: number) =>
    `<g transform="rotate(${n(swing)} ${x} 100)"><path d="M${x} 96V176" stroke="#2a190e" stroke-width="5"/><ellipse cx="${x}" cy="236" rx="70" ry="62" fill="${page.radial(
      [
        [0, '#ffd98a'],
        [0.6, '#e58a3a'],
        [1, '#a83a1e'],
      ],
      { x: 0.45, y: 0.5, r: 0.6 },
    )}"/><path d="M${x - 70} 236Q${x} 262 ${x + 70} 236M${x - 58} 204Q${x} 224 ${x + 58} 204M${x - 58} 270Q${x} 294 ${x + 58} 270M${x} 174V298" stroke="#7d2412" stroke-width="3" stroke-opacity=".55" fill="none"/><rect x="${x - 30}" y="170" width="60" height="12" rx="4" fill="#3b2212"/><rect x="${x - 30}" y="292" width="60" height="12" rx="4" fill="#3b2212"/>${[-16, 0, 16].map((dx) => `<path d="M${x + dx} 304q${n(swing)} 30 0 64" stroke="#b3392b" stroke-width="5" fill="none"/>`).join('')}</g>`
  const frame = `${post(-20, 82)}${post(1018, 82)}<rect y="-10" width="1080" height="112" fill="#4f2f1a"/><image href="${wood(0)}" y="-10" width="1080" height="112" preserveAspectRatio="none"/><rect y="100" width="1080" height="9" fill="#1d0f07" fill-opacity=".7"/>${lantern(200, Math.sin(moment * round * 5) * 5)}${lantern(880, Math.sin(moment * round * 5 + 1.4) * 5)}`
  const person = placed(bust(page, look, pose, false), 560, 716, 0, 1.16)
  // The right hand of the farmer is on the left of the picture: it rests by the cake and lifts a little in talk.
  const lift = hands.beat > 18.5 ? between(hands.beat, 18.5, 19.5) - between(hands.beat, 22.8, 23.8) : 0
  const quiet = [395, 1268 - lift * 60 + Math.sin(moment * round * 9) * (2 + lift * 12)] as const
  const restArm = arm(page, look, [352, 986], [236, 1230], [quiet[0] - 40, quiet[1] + 4]) + hand(look, quiet[0], quiet[1], 10 - lift * 26)
  const wrist = [hands.x + 42, hands.y + 8] as const
  const pourArm = arm(page, look, [768, 986], [Math.min(1010, 900 + (hands.x - 600) * 0.22), 1180], [wrist[0] + 52, wrist[1] - 6])
  const tip = hands.pouring * 52 + Math.sin(moment * round * 14) * 1.5
  const left = 1 - hands.full.reduce((sum, one) => sum + one, 0) / 3.4 + (hands.beat > 21 ? between(hands.beat, 21.5, 23.5) * 0.88 : 0)
  const held = placed(pitcher(page, kind, tip, Math.min(1, left)), hands.x, hands.y)
  const teaColour = kind === 'raw' ? '#dda437' : '#8c2613'
  const lipX = hands.x - 150 * Math.cos((tip * Math.PI) / 180) - 66 * Math.sin((tip * Math.PI) / 180) + 4
  const lipY = hands.y + 150 * Math.sin((tip * Math.PI) / 180) - 66 * Math.cos((tip * Math.PI) / 180) + 10
  const target = cupSpots[hands.cup]!
  const wobble = Math.sin(moment * round * 90) * 2.4
  const stream =
    hands.pouring > 0.82
      ? `<path d="M${n(lipX)} ${n(lipY)}Q${n(lipX - 16 + wobble)} ${n(lipY + 20)} ${n(target + wobble * 0.6)} ${n(cupY + 4)}" stroke="${teaColour}" stroke-width="${n(10 + wobble)}" fill="none" stroke-linecap="round"/><path d="M${n(lipX - 2)} ${n(lipY + 4)}Q${n(lipX - 18 + wobble)} ${n(lipY + 24)} ${n(target - 2)} ${n(cupY)}" stroke="#fff0c4" stroke-width="3" stroke-opacity=".6" fill="none"/><ellipse cx="${target}" cy="${cupY + 3}" rx="${n(18 + wobble * 2)}" ry="5" fill="none" stroke="#fff0c4" stroke-width="2.5" stroke-opacity=".7"/>`
      : ''
  const cups = cupSpots
    .map((x, i) => {
      const go = Math.max(0, Math.min(1, hands.served * 1.5 - i * 0.25))
      const gone =
        go > 0
          ? `<g opacity="${n(1 - between(go, 0.6, 1))}">${placed(cup(page, kind, 0, 0, hands.full[i]!, wrapper.ink), x, cupY + go * 330, 0, 1 + go * 0.5)}</g>`
          : ''
      const come = Math.max(0, Math.min(1, hands.fresh * 1.5 - i * 0.25))
      const fresh =
        hands.served > 0.9 && come > 0
          ? `<g opacity="${n(between(come, 0, 0.4))}">${cup(page, kind, x + (1 - come) * 260, cupY, 0, wrapper.ink)}</g>`
          : ''
      const standing = go === 0 ? cup(page, kind, x, cupY, hands.full[i]!, wrapper.ink) : ''
      const vapour = hands.full[i]! > 0.3 && go < 0.5 ? steam(page, x, cupY - 6, (moment + i * 0.13) % 1, 9, 76, hands.full[i]! * 0.8) : ''
      return standing + gone + fresh + vapour
    })
    .join('')
  const light = `<image href="${daylight(1 + (seed & 3))}" x="${n(-180 + Math.sin(moment * round) * 120)}" y="-60" width="1440" height="2040" preserveAspectRatio="none" opacity=".85"/>`
  return `${back}${flock}${garden}${tree}${rays}${frame}${person}${roundShadow(page, 560, 1216, 460, 44, 0.5)}${table(page, look, 1190)}${roundShadow(page, 270, 1450, 220, 44, 0.6)}${tray(page)}${restArm}${turningCake(page, kind, wrapper, seed, 205, 1262, 150, moment * round * 2 + 0.35)}${placed(kettle(page, moment), 935, 1560, 0, 0.86)}${steam(page, 800, 1372, moment, 12, 120, 0.85)}${steam(page, 935, 1376, (moment + 0.31) % 1, 10, 130, 0.6)}${cups}${pourArm}${stream}${held}${hand(look, hands.x + 62, hands.y + 2, 184, 1)}${falling}${light}`
}

/** The cover of a broadcast, 1080 × 1920, as SVG. */
export function liveCover(seed: number): string {
  const page = sheet(width, height)
  return page.svg(scene(page, seed, 0.42))
}

/** One frame of the demo clip as SVG, `shown` px wide; the moment runs from 0 to 1 and the end joins the beginning. */
export function liveFrame(seed: number, moment: number, shown: number): string {
  const page = sheet(width, height)
  return page.svg(scene(page, seed, moment), shown)
}
