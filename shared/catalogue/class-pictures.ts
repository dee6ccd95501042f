/** A small drawing of each product class, for the first question of a form: addresses that both apps show as they are. */
import { tokens } from '../look.ts'
import type { ProductClass } from './draft.ts'

const { tea, teaDeep, liquor, leaf, leafWash, liquorWash, teaWash, paper, ink2, card } = tokens.colors

const drawings: Record<ProductClass, readonly [ground: string, drawing: string]> = {
  puer: [
    teaWash,
    `<circle cx="48" cy="48" r="30" fill="${tea}"/><circle cx="48" cy="48" r="22" fill="${paper}"/><circle cx="48" cy="48" r="5" fill="${teaDeep}"/><path d="M48 30v8M48 58v8M30 48h8M58 48h8" stroke="${tea}" stroke-width="3" stroke-linecap="round"/>`,
  ],
  maocha: [
    leafWash,
    `<path d="M16 60q32 22 64 0l-6 14q-26 12-52 0z" fill="${liquor}"/><path d="M26 58q8-22 16-2M40 60q6-30 18-4M54 60q10-22 16-2" fill="none" stroke="${leaf}" stroke-width="6" stroke-linecap="round"/>`,
  ],
  workshopTea: [
    liquorWash,
    `<path d="M18 44 48 22l30 22v30H18z" fill="${liquor}"/><rect x="38" y="50" width="20" height="24" fill="${paper}"/><circle cx="48" cy="38" r="5" fill="${paper}"/>`,
  ],
  rice: [
    teaWash,
    `<path d="M26 46h44q2 26-22 28-24-2-22-28z" fill="${ink2}"/><g fill="${teaDeep}"><ellipse cx="36" cy="42" rx="8" ry="4"/><ellipse cx="50" cy="36" rx="8" ry="4"/><ellipse cx="60" cy="42" rx="8" ry="4"/><ellipse cx="46" cy="43" rx="8" ry="4"/></g>`,
  ],
  coffee: [
    liquorWash,
    `<g transform="rotate(-30 48 48)"><ellipse cx="48" cy="48" rx="20" ry="29" fill="${teaDeep}"/><path d="M48 20q-12 14 0 28t0 28" fill="none" stroke="${liquorWash}" stroke-width="4"/></g>`,
  ],
  dish: [
    leafWash,
    `<ellipse cx="48" cy="62" rx="34" ry="10" fill="${card}"/><path d="M20 58q28-40 56 0z" fill="${teaDeep}"/><path d="M38 30q-4-6 0-12M50 26q-4-6 0-12M62 30q-4-6 0-12" fill="none" stroke="${liquor}" stroke-width="3" stroke-linecap="round"/>`,
  ],
}

/** The drawing as a picture's address (SVG within it, 96 × 96). */
export const classPicture = (productClass: ProductClass): string => {
  const [ground, drawing] = drawings[productClass]
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="${ground}"/>${drawing}</svg>`)}`
}
