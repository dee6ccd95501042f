/** What buyers may narrow a search by, in which order it is shown, and how results may stand. The values come from the batch that the park has verified. */
import { forms, kinds, seasons } from '../catalogue/draft.ts'
import { hillName } from '../catalogue/hills.ts'
import { formWords, kindWords, seasonWords } from '../catalogue/words.ts'
import type { Fen } from '../money.ts'

export const facets = ['productClass', 'kind', 'form', 'year', 'hill', 'season', 'treeClass', 'band', 'village'] as const
export type Facet = (typeof facets)[number]

export const sorts = ['relevance', 'newest', 'cheapest', 'dearest', 'sold'] as const
export type Sort = (typeof sorts)[number]

/** What has been chosen: any value of a facet will do, and every facet must fit. */
export type Chosen = Partial<Record<Facet, string[]>>

export const searchLimits = {
  /** Characters of a question; a phone sends no more, the door takes no more. */
  text: 200,
  /** Values chosen of one facet. */
  values: 20,
  /** Characters of one value. */
  value: 60,
  /** Words of a question that are looked at. */
  words: 12,
  /** Questions that a phone remembers. */
  history: 12,
} as const

/** Bands of the price of 100 g: the first whose `below` (whole fen) is above the price; the last has no end. */
export const bands = [
  { id: 'b20', below: 2_000, words: '20 元以下' },
  { id: 'b50', below: 5_000, words: '20–50 元' },
  { id: 'b100', below: 10_000, words: '50–100 元' },
  { id: 'b200', below: 20_000, words: '100–200 元' },
  { id: 'b500', below: 50_000, words: '200–500 元' },
  { id: 'more', below: Number.POSITIVE_INFINITY, words: '500 元以上' },
] as const

/** The band of a price per 100 g. */
export const bandOf = (per100gFen: Fen): string => (bands.find((b) => per100gFen < b.below) ?? bands[bands.length - 1])?.id ?? 'more'

export const facetWords: Record<Facet, string> = {
  productClass: '品类',
  kind: '生茶 / 熟茶',
  form: '形态',
  year: '年份',
  hill: '山头',
  season: '季节',
  treeClass: '树龄',
  band: '每 100 克价格',
  village: '店铺村寨',
}

export const sortWords: Record<Sort, string> = {
  relevance: '综合',
  newest: '最新',
  cheapest: '单价低',
  dearest: '单价高',
  sold: '销量',
}

export const classWords: Record<string, string> = { puer: '普洱茶', maocha: '晒青毛茶' }
export const treeWords: Record<string, string> = { ancient: '古树', arbor: '乔木', terrace: '台地' }

const orders: Partial<Record<Facet, readonly string[]>> = {
  productClass: Object.keys(classWords),
  kind: kinds,
  form: forms,
  season: seasons,
  treeClass: Object.keys(treeWords),
  band: bands.map((b) => b.id),
}

/** A facet's value as buyers read it. */
export const valueWords = (facet: Facet, value: string): string => {
  if (facet === 'kind') return kindWords[value as keyof typeof kindWords] ?? value
  if (facet === 'form') return formWords[value as keyof typeof formWords] ?? value
  if (facet === 'season') return seasonWords[value as keyof typeof seasonWords] ?? value
  if (facet === 'hill') return hillName(value) ?? value
  if (facet === 'year') return `${value} 年`
  if (facet === 'productClass') return classWords[value] ?? value
  if (facet === 'treeClass') return treeWords[value] ?? value
  if (facet === 'band') return bands.find((b) => b.id === value)?.words ?? value
  return value
}

/** How the values of a facet stand: in their natural order where they have one, years newest first, the rest by how many there are. */
export const valuesInOrder = (facet: Facet, counts: readonly FacetCount[]): FacetCount[] => {
  const order = orders[facet]
  if (order) return [...counts].sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value))
  if (facet === 'year') return [...counts].sort((a, b) => Number(b.value) - Number(a.value))
  return [...counts].sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}

export interface FacetCount {
  value: string
  count: number
}

/** What had to be given up so that something was found. */
export type Yielded =
  /** There is none of this year; the nearest year that has some. */
  | { what: 'year'; wanted: number; nearest: number }
  /** Nothing fits all wishes: these were left aside. */
  | { what: 'wishes'; left: string[] }
  /** Nothing fits any of it: the newest teas stand instead. */
  | { what: 'all'; asked: string }

/** The sentence that tells which wish was dropped. */
export const yieldedWords = (y: Yielded): string => {
  if (y.what === 'year') return `没有 ${y.wanted} 年的，最近的是 ${y.nearest} 年`
  if (y.what === 'wishes') return `没有全部符合的茶，下面没有限定${y.left.map((w) => `「${w}」`).join('、')}`
  return y.asked === '' ? '没有符合的茶，先看看最近上架的' : `没有找到「${y.asked}」，先看看最近上架的茶`
}
