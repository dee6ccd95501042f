// What the farmers sell besides tea: purple rice, coffee, rice cakes, each in a dish on the table; and the labels of their bags.
import { dice } from './dice.ts'
import { dish } from './forms.ts'
import { boxShadow, lightOver, roundShadow, tableTop } from './grounds.ts'
import { darker, lighter, n, placed, sheet } from './sheet.ts'
import { row, seal, type Wrapper } from './wrapper.ts'

export type OtherWare = 'rice' | 'coffee' | 'dish'

const colours: Record<OtherWare, readonly [string, string, string]> = {
  rice: ['#2d1730', '#4b2348', '#6a3a63'],
  coffee: ['#3a1f12', '#54301d', '#6f452b'],
  dish: ['#4a2747', '#6b3c66', '#8a5a80'],
}

/** A heap of grains or beans in a disc of `r`. */
function heap(what: 'rice' | 'coffee', r: number, seed: number): string {
  const throwing = dice(seed, 121)
  const [many, long, wide] = what === 'rice' ? [900, r * 0.062, r * 0.022] : [230, r * 0.11, r * 0.074]
  let body = ''
  for (let i = 0; i < many; i++) {
    const [angle, far] = [throwing.between(0, Math.PI * 2), Math.sqrt(throwing.between(0, 1)) * r * 0.88]
    const colour = throwing.pick(colours[what])
    const [x, y] = [Math.cos(angle) * far, Math.sin(angle) * far]
    const seam =
      what === 'coffee'
        ? `<path d="M${n(-long * 0.8)} 0Q0 ${n(wide * 0.4)} ${n(long * 0.8)} 0" fill="none" stroke="${darker(colour, 0.5)}" stroke-width="${n(wide * 0.16)}"/>`
        : ''
    const grain = `<ellipse cx="3" cy="4" rx="${n(long)}" ry="${n(wide)}" fill="#120906" opacity=".4"/><ellipse rx="${n(long)}" ry="${n(wide)}" fill="${colour}"/><ellipse cx="${n(-long * 0.2)}" cy="${n(-wide * 0.35)}" rx="${n(long * 0.5)}" ry="${n(wide * 0.28)}" fill="${lighter(colour, 0.4)}" opacity=".5"/>${seam}`
    body += placed(grain, x, y, throwing.between(0, 180))
  }
  return body
}

/** Six rice cakes in a ring, with sesame on them. */
function cakes(r: number, seed: number): string {
  const throwing = dice(seed, 122)
  let body = ''
  for (let i = 0; i < 6; i++) {
    const angle = (i / 6) * Math.PI * 2 + 0.3
    const colour = throwing.pick(colours.dish)
    let sesame = ''
    for (let k = 0; k < 22; k++) {
      const [turn, far] = [throwing.between(0, Math.PI * 2), Math.sqrt(throwing.between(0, 1)) * r * 0.17]
      sesame += placed(`<ellipse rx="5" ry="2.6" fill="#efe2c4"/>`, Math.cos(turn) * far, Math.sin(turn) * far, throwing.between(0, 180))
    }
    const one = `<circle cx="8" cy="12" r="${n(r * 0.25)}" fill="#120906" opacity=".4"/><circle r="${n(r * 0.25)}" fill="${colour}"/><circle cx="${n(-r * 0.06)}" cy="${n(-r * 0.07)}" r="${n(r * 0.15)}" fill="${lighter(colour, 0.5)}" opacity=".28"/>${sesame}`
    body += placed(one, Math.cos(angle) * r * 0.52, Math.sin(angle) * r * 0.52)
  }
  return body
}

/** The ware in its dish, 1200 × 1200, as SVG. */
export function otherWare({ what, wrapper, seed }: { what: OtherWare; wrapper: Wrapper; seed: number }): string {
  const page = sheet(1200, 1200)
  const r = 430
  const inside = what === 'dish' ? cakes(r, seed) : heap(what, r * 0.8, seed)
  return page.svg(
    `${tableTop(page, wrapper.ground, seed)}${roundShadow(page, 640, 660, r * 1.12, r * 1.1)}${placed(dish(page, r, wrapper.ink), 600, 600)}${placed(inside, 600, 600)}${lightOver(page, seed)}`,
  )
}

/** The label of a bag: name, net content, day and licence number, 900 × 675, as SVG. `name` in characters of glyphs.ts. */
export function bagLabel(label: { name: string; grams: number; day: string; licence: string; seed: number }): string {
  const throwing = dice(label.seed, 123)
  const page = sheet(900, 675)
  const [paper, ink, accent] = ['#f7f1e2', '#241c17', '#5a2d54']
  const [wide, tall] = [700, 470]
  const paint = `fill="${ink}"`
  const [year = '', month = '', date = ''] = label.day.split('-')
  const body = [
    `<rect x="${-wide / 2}" y="${-tall / 2}" width="${wide}" height="${tall}" rx="6" fill="${paper}"/>`,
    `<rect x="${-wide / 2 + 14}" y="${-tall / 2 + 14}" width="${wide - 28}" height="96" fill="${accent}"/>`,
    row(label.name, 0, -tall / 2 + 62, 62, `fill="${paper}"`, 0.16),
    row('净含量', -250, -30, 36, paint),
    row(`${label.grams}克`, -100, -30, 40, paint),
    row(`${year}年${month}月${date}日`, -130, 50, 36, paint),
    row(label.licence.replace(/\D/g, ''), -90, 130, 34, paint, 0.1),
    seal('茶山', 210, 60, 110, '#b3392b', paper),
  ].join('')
  return page.svg(
    `${tableTop(page, 'linen', label.seed)}${boxShadow(60, 66, 830, 600, 0.6)}${placed(body, 450, 335, throwing.bell() * 3)}${lightOver(page, label.seed)}`,
  )
}
