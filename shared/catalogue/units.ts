/** Weights, pack trees and prices as the law and people read them. Whole grams and whole fen; a unit is never fractional. */
import { type Fen, fen, yuan } from '../money.ts'
import type { ListingDraft, PackLevel, PackUnit } from './draft.ts'
import { netWords, packUnitWords } from './ware-words.ts'

export { netWords }

/** The price of 100 g in whole fen, half a fen upwards. `netGrams` must be at least 1. */
export const per100g = (price: Fen, netGrams: number): Fen => {
  if (!Number.isInteger(netGrams) || netGrams < 1) throw new RangeError(`not whole grams: ${netGrams}`)
  const doubled = price * 200 + netGrams
  return fen((doubled - (doubled % (2 * netGrams))) / (2 * netGrams))
}

/** "¥168.00 / 饼" */
export const priceWords = (price: Fen, unit: PackUnit): string => `¥${yuan(price)} / ${packUnitWords[unit]}`

/** Base units in one unit of a level: 饼 → 提 ×7 → 件 ×6 gives 1, 7, 42. Null where the tree has no such level. */
export const baseUnitsAt = (pack: readonly PackLevel[], level: number): number | null => {
  if (!Number.isInteger(level) || level < 0 || level >= pack.length) return null
  return pack.slice(1, level + 1).reduce((product, l) => product * l.count, 1)
}

/** Grams in one unit of a level; null where the weight or the level is not known yet. */
export const gramsAt = (draft: Pick<ListingDraft, 'netGrams' | 'pack'>, level: number): number | null => {
  const units = baseUnitsAt(draft.pack, level)
  return units === null || draft.netGrams === null ? null : units * draft.netGrams
}

/** Whole units of a sku in so many base units, rounded down: what is left of an opened stack is sold by the cake. */
export const wholeUnits = (baseUnits: number, perUnit: number): number => (baseUnits - (baseUnits % perUnit)) / perUnit

/** How a level multiplies: "357 克 × 7 饼 = 2.499 千克"; for the base level just its weight. Empty where something is not known yet. */
export const packWords = (draft: Pick<ListingDraft, 'netGrams' | 'pack'>, level: number): string => {
  const [units, grams, base] = [baseUnitsAt(draft.pack, level), gramsAt(draft, level), draft.pack[0]]
  if (units === null || grams === null || draft.netGrams === null || !base) return ''
  if (units === 1 || base.unit === 'gram') return netWords(grams)
  return `${netWords(draft.netGrams)} × ${units} ${packUnitWords[base.unit]} = ${netWords(grams)}`
}

/** A ready name for a sku at this level: 单饼, 整提（7 饼）. Empty where there is no such level. */
export const skuNameAt = (pack: readonly PackLevel[], level: number): string => {
  const [unit, units, base] = [pack[level]?.unit, baseUnitsAt(pack, level), pack[0]?.unit]
  if (!unit || !base || units === null) return ''
  if (level === 0) return `单${packUnitWords[unit]}`
  return base === 'gram' ? `${netWords(units)}${packUnitWords[unit]}装` : `整${packUnitWords[unit]}（${units} ${packUnitWords[base]}）`
}

/** What a label says of the net content, in grams: "357克", "2.499kg", "357g×7", "2.499千克（357克×7饼）". Null where it cannot be read. */
export const readNet = (text: string): { grams: number; each: number | null; count: number | null; inGrams: boolean } | null => {
  const plain = text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/^净含量[::]?/, '')
  const times = /(\d+(?:\.\d+)?)(kg|千克|公斤|g|克)[x×*](\d{1,4})/i.exec(plain)
  const product = times ? { each: gramsOf(times[1], times[2]), count: Number(times[3]) } : null
  const total = /(?<![\d.×x*])(\d+(?:\.\d+)?)(kg|千克|公斤|g|克)(?!克?[x×*]\d)/i.exec(plain.replace(times?.[0] ?? '\u0000', ''))
  const [each, count] = [product?.each ?? null, product?.count ?? null]
  const said = total ? gramsOf(total[1], total[2]) : null
  const grams = said ?? (each !== null && count !== null ? each * count : null)
  if (grams === null) return null
  const unit = total ? total[2] : times?.[2]
  return { grams, each, count, inGrams: unit === 'g' || unit === 'G' || unit === '克' }
}

/** A number and its unit in whole grams, by text and never by float; null for fractions of a gram. */
const gramsOf = (number: string | undefined, unit: string | undefined): number | null => {
  const [whole = '0', rest = ''] = (number ?? '').split('.')
  const kilo = /^(kg|千克|公斤)$/i.test(unit ?? '')
  if (!kilo) return /^0*$/.test(rest) ? Number(whole) : null
  if (!/^\d{0,3}0*$/.test(rest)) return null
  return Number(whole) * 1000 + Number(rest.slice(0, 3).padEnd(3, '0'))
}
