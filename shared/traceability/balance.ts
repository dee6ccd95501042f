/**
 * The balance of weights 物料平衡: nothing may be made, blended or sold beyond what its plots can have given. Two steps, each an account with a
 * bound: the plots' years (batches take dry material from them) and the batches (blends and skus take grams from them). The database holds the
 * accounts and moves each by one conditional UPDATE; here stand the factors, the sums and the words.
 */
import type { Kind, ProductClass } from '../catalogue/draft.ts'
import { netWords } from '../catalogue/units.ts'
import type { Crop, YieldState } from './draft.ts'

export type Material = 'freshLeaf' | 'maocha' | 'rawTea' | 'ripeTea' | 'paddy' | 'milledRice' | 'cherry' | 'greenBean' | 'roastedBean'

export interface Conversion {
  from: Material
  to: Material
  /** Grams that may come out of 1 000 grams, the generous end of what is usual: a bound, not an average. */
  permille: number
  says: string
  source: string
}

const craft = '制作经验数，取宽松一端作上限；须由园区人员按本地称重记录核定'

/** How much of one thing may become another. A thing that no row leads to cannot be made of it. */
export const conversions: readonly Conversion[] = [
  { from: 'freshLeaf', to: 'maocha', permille: 250, says: '约 4 千克鲜叶制 1 千克晒青毛茶', source: craft },
  { from: 'maocha', to: 'rawTea', permille: 980, says: '拣剔、蒸压的损耗不少于 2%', source: craft },
  { from: 'maocha', to: 'ripeTea', permille: 900, says: '渥堆、筛分的损耗不少于 10%', source: craft },
  { from: 'paddy', to: 'milledRice', permille: 720, says: '稻谷去壳，出米率至多约 72%', source: craft },
  { from: 'cherry', to: 'greenBean', permille: 200, says: '约 5 千克鲜果出 1 千克生豆', source: craft },
  { from: 'greenBean', to: 'roastedBean', permille: 860, says: '烘焙失重不少于 14%', source: craft },
]

/** What a plot's yield is, by crop: as carried in, and dry. The accounts of plots are kept in the dry. */
export const yieldOf: Readonly<Record<Crop, Readonly<Record<YieldState, Material>>>> = {
  tea: { fresh: 'freshLeaf', dry: 'maocha' },
  rice: { fresh: 'paddy', dry: 'milledRice' },
  coffee: { fresh: 'cherry', dry: 'greenBean' },
}

/** What a batch of this class asks of its origin: which crop, and whether it must name it. `must: false` with a crop: an open gap that buyers see. */
export const originRules: Readonly<Record<ProductClass, { crop: Crop | null; must: boolean }>> = {
  puer: { crop: 'tea', must: true },
  maocha: { crop: 'tea', must: true },
  workshopTea: { crop: 'tea', must: true },
  rice: { crop: 'rice', must: false },
  coffee: { crop: 'coffee', must: false },
  dish: { crop: null, must: false },
}

/** What a batch consists of; null for a dish, and for a tea that does not say yet whether it is raw or ripe. */
export const materialOf = (productClass: ProductClass, kind: Kind | null): Material | null => {
  if (productClass === 'maocha') return 'maocha'
  if (productClass === 'rice') return 'milledRice'
  if (productClass === 'coffee') return 'roastedBean'
  if (productClass === 'dish' || kind === null) return null
  return kind === 'raw' ? 'rawTea' : 'ripeTea'
}

/** Whole grams that `grams` of one material can become at most; null where no way leads there. The same stays the same. */
export const becomes = (grams: number, from: Material, to: Material): number | null => {
  if (from === to) return grams
  const step = conversions.find((c) => c.from === from && c.to === to)
  if (step) return Math.floor((grams * step.permille) / 1000)
  return null
}

/** A plot's yield as dry grams; what its accounts may hold for each year. */
export const dryGrams = (crop: Crop, state: YieldState, grams: number): number =>
  becomes(grams, yieldOf[crop][state], yieldOf[crop].dry) ?? 0

/** What all parts together can become; null when one of them cannot become it at all. */
export const partsMake = (parts: readonly { grams: number; material: Material }[], to: Material): number | null => {
  let sum = 0
  for (const { grams, material } of parts) {
    const made = becomes(grams, material, to)
    if (made === null) return null
    sum += made
  }
  return sum
}

/** An account: what it may give at most, and what it has given. */
export interface Account {
  bound: number
  taken: number
}

/** The account after `grams` more (fewer, if negative), or null when it may not: never above its bound, never below nought. */
export const move = (account: Account, grams: number): Account | null => {
  const taken = account.taken + grams
  return taken < 0 || (grams > 0 && taken > account.bound) ? null : { ...account, taken }
}

/** 地块「X」2026 年可制 120 千克，已用 100 千克，这批要 30 千克 */
export const plotSum = (name: string, year: number, account: Account, grams: number): string =>
  `地块「${name}」${year} 年可制 ${netWords(account.bound)}，已用 ${netWords(account.taken)}，这批要 ${netWords(grams)}`

/** What a batch has given, in words, and what is asked of it now. */
export const batchSum = (code: string, made: number, listed: number, used: number, grams: number): string =>
  `批次 ${code} 制成 ${netWords(made)}，已上架 ${netWords(listed)}${used > 0 ? `，拼配用去 ${netWords(used)}` : ''}，这次要 ${netWords(grams)}`

/** What a hill gives in a year, in words, and what is asked of it now. */
export const hillSum = (name: string, account: Account, grams: number): string =>
  `${name}一年至多出晒青毛茶 ${netWords(account.bound)}，已核验的地块合计 ${netWords(account.taken)}，这块地要 ${netWords(grams)}`

/** What is made, in words, and what its parts can become. */
export const madeSum = (canMake: number, made: number): string => `所列原料至多可制 ${netWords(canMake)}，成品写了 ${netWords(made)}`
