/** Weights and prices as the law and people read them. */
import { type Fen, fen, yuan } from '../money.ts'
import type { Form } from './draft.ts'
import { unitWords } from './words.ts'

/** The price of 100 g in whole fen, half a fen upwards. `netGrams` must be at least 1. */
export const per100g = (price: Fen, netGrams: number): Fen => {
  if (!Number.isInteger(netGrams) || netGrams < 1) throw new RangeError(`not whole grams: ${netGrams}`)
  const doubled = price * 200 + netGrams
  return fen((doubled - (doubled % (2 * netGrams))) / (2 * netGrams))
}

/** Net content as a label says it: grams up to 1000 g, above that kilograms. 357 → "357 克", 2499 → "2.499 千克". */
export const netWords = (grams: number): string => {
  if (grams <= 1000) return `${grams} 克`
  const rest = String(grams % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '')
  return `${Math.floor(grams / 1000)}${rest === '' ? '' : `.${rest}`} 千克`
}

/** "¥168.00 / 饼" */
export const priceWords = (price: Fen, form: Form): string => `¥${yuan(price)} / ${unitWords[form]}`
