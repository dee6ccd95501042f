// Pictures of products: the first picture of a listing, with the form of the tea, its colour and its own wrapper.
import { bareCake, wrappedCake } from './cakes.ts'
import { dice } from './dice.ts'
import { bareBrick, bareTuo, dish, dragonBall, looseTray, melon, openTuo, stand, wrappedBall, wrappedBrick, wrappedTuo } from './forms.ts'
import { boxShadow, lightOver, roundShadow, tableTop, wallAndTable } from './grounds.ts'
import { crumbs, type Kind } from './leaves.ts'
import { placed, type Sheet, sheet } from './sheet.ts'
import { type Imprint, innerTicket, type Wrapper } from './wrapper.ts'

/** The form of a tea. */
export type Form = 'cake' | 'brick' | 'tuo' | 'loose' | 'dragonBall' | 'melon'

/** A tea to be drawn. A name is printed when the outlines of all its characters are here (`canPrint`) and it has at most eight. */
export type Tea = { kind: Kind; form: Form; wrapper: Wrapper; name?: string; year?: number; seed: number }

type Drawn = (page: Sheet, tea: Tea, imprint: Imprint) => string

const cake: Drawn = (page, { kind, wrapper, seed }, imprint) => {
  const throwing = dice(seed, 51)
  const table = tableTop(page, wrapper.ground, seed)
  const style = throwing.whole(0, 2)
  const turn = throwing.between(-7, 7)
  if (style === 0) {
    return `${table}${crumbs(throwing, kind, [[1070, 1080, 80]], 26)}${roundShadow(page, 640, 668, 505, 500)}${placed(wrappedCake(page, wrapper, imprint, 462, seed), 590, 590, turn)}`
  }
  const bare = (x: number, y: number, r: number) =>
    roundShadow(page, x + r * 0.1, y + r * 0.15, r * 1.1, r * 1.08) +
    placed(bareCake(page, kind, r, seed, innerTicket(wrapper, imprint)), x, y)
  const wrapped = (x: number, y: number, r: number) =>
    roundShadow(page, x + r * 0.1, y + r * 0.15, r * 1.1, r * 1.08) + placed(wrappedCake(page, wrapper, imprint, r, seed), x, y, turn)
  return style === 1
    ? `${table}${bare(815, 385, 310)}${wrapped(455, 700, 392)}${crumbs(throwing, kind, [[1000, 930, 110]], 40)}`
    : `${table}${wrapped(425, 425, 384)}${bare(800, 800, 318)}${crumbs(throwing, kind, [[250, 980, 110]], 40)}`
}

const brick: Drawn = (page, { kind, wrapper, seed }, imprint) => {
  const throwing = dice(seed, 52)
  const turn = throwing.between(-13, -5)
  const under = `${boxShadow(330, 130, 830, 640)}${placed(bareBrick(page, kind, 640, 430, seed), 745, 400, turn + 24)}`
  const over = `${placed(boxShadow(-390, -220, 890, 660), 480, 730, turn)}${placed(wrappedBrick(page, wrapper, imprint, 740, 470, seed), 465, 715, turn)}`
  return `${tableTop(page, wrapper.ground, seed)}${under}${crumbs(throwing, kind, [[1020, 900, 100]], 34)}${over}`
}

const tuo: Drawn = (page, { kind, wrapper, seed }, imprint) => {
  const throwing = dice(seed, 53)
  const shadow = (x: number, y: number, r: number) => roundShadow(page, x + r * 0.22, y + r * 0.2, r * 1.25, r * 0.42, 0.7)
  const left = throwing.chance(0.5)
  const at = (x: number) => (left ? x : 1200 - x)
  return `${wallAndTable(page, wrapper.ground, seed, 0.4)}${shadow(at(760), 560, 260)}${placed(bareTuo(page, kind, 262, seed), at(760), 560)}${shadow(at(400), 760, 320)}${placed(wrappedTuo(page, wrapper, imprint, 325, seed), at(400), 760)}${roundShadow(page, at(850) + 40, 1010, 270, 110, 0.7)}${placed(openTuo(page, kind, 220, seed + 1), at(850), 880)}${crumbs(throwing, kind, [[at(300), 1070, 90]], 22)}`
}

const loose: Drawn = (page, { kind, wrapper, seed }) => {
  const throwing = dice(seed, 54)
  return `${tableTop(page, wrapper.ground, seed)}${roundShadow(page, 655, 675, 560, 555)}${placed(looseTray(page, kind, 510, seed), 600, 600)}${crumbs(
    throwing,
    kind,
    [
      [1080, 1080, 70],
      [130, 1090, 50],
    ],
    16,
  )}`
}

const dragonBalls: Drawn = (page, { kind, wrapper, seed }) => {
  const throwing = dice(seed, 55)
  const r = 104
  const ball = (x: number, y: number, wrapped: boolean, i: number) =>
    `${roundShadow(page, x + r * 0.22, y + r * 0.28, r * 1.16, r * 1.12, 0.6)}${placed(wrapped ? wrappedBall(page, wrapper, r, seed + i) : dragonBall(page, kind, r, seed * 7 + i), x, y)}`
  const start = throwing.between(0, Math.PI)
  let balls = ball(540, 545, false, 0)
  for (let i = 1; i <= 6; i++) {
    const angle = start + (i / 6) * Math.PI * 2
    balls += ball(540 + Math.cos(angle) * 222, 545 + Math.sin(angle) * 222, i === 2 || i === 5, i)
  }
  return `${tableTop(page, wrapper.ground, seed)}${roundShadow(page, 590, 605, 510, 505)}${placed(dish(page, 462, wrapper.ink), 540, 545)}${balls}${ball(1020, 940, true, 7)}${ball(830, 1065, false, 8)}${crumbs(throwing, kind, [[1040, 1110, 60]], 10)}`
}

const melons: Drawn = (page, { kind, wrapper, seed }, imprint) => {
  const throwing = dice(seed, 56)
  return `${wallAndTable(page, wrapper.ground, seed, 0.6)}${roundShadow(page, 690, 1010, 520, 130, 0.75)}${placed(stand(page, 660), 600, 925)}${roundShadow(page, 630, 930, 300, 62, 0.8)}${placed(melon(page, kind, wrapper, imprint, 400, seed), 600, 600)}${crumbs(throwing, kind, [[210, 1060, 80]], 18)}`
}

const forms: Record<Form, Drawn> = { cake, brick, tuo, loose, dragonBall: dragonBalls, melon: melons }

/** The first picture of a tea, 1200 × 1200, as SVG. */
export function teaCake(tea: Tea): string {
  const page = sheet(1200, 1200)
  const imprint: Imprint = { kind: tea.kind, name: tea.name, year: tea.year }
  return page.svg(`${forms[tea.form](page, tea, imprint)}${lightOver(page, tea.seed)}`)
}
