/** What a shop writes of a tea: everything may still be empty, and nothing here is for sale until it is approved. */
import type { AssetId } from '../ids.ts'
import type { Fen } from '../money.ts'

export const productClasses = ['puer', 'maocha', 'workshopTea', 'rice', 'coffee', 'dish'] as const
export const kinds = ['raw', 'ripe'] as const
export const forms = ['cake', 'brick', 'tuo', 'loose', 'dragonBall', 'melon'] as const
export const seasons = ['spring', 'summer', 'autumn'] as const
export const treeClasses = ['ancient', 'arbor', 'terrace'] as const

export type ProductClass = (typeof productClasses)[number]
export type Kind = (typeof kinds)[number]
export type Form = (typeof forms)[number]
export type Season = (typeof seasons)[number]
export type TreeClass = (typeof treeClasses)[number]

export interface ListingDraft {
  title: string
  kind: Kind | null
  form: Form | null
  /** Net content of what one unit of the sku holds, whole grams. */
  netGrams: number | null
  /** The year in which the leaf was picked. */
  materialYear: number | null
  /** The day of pressing (of drying, for loose tea), YYYY-MM-DD. */
  productionDate: string | null
  season: Season | null
  /** An id of hills.ts, or null: a hill that is not in the registry cannot be named. */
  hill: string | null
  village: string
  makerName: string
  makerAddress: string
  /** SC and 14 digits; empty for loose raw tea that the grower sells as farm produce. */
  scNumber: string
  standardCode: string
  shelfLife: string
  storage: string
  priceFen: Fen | null
  /** Units to begin with. Counts until the first approval; afterwards stock is changed by differences. */
  stock: number | null
  pictures: AssetId[]
  labelPicture: AssetId | null
  story: string
}

/** An empty form. */
export const emptyDraft = (): ListingDraft => ({
  title: '',
  kind: null,
  form: null,
  netGrams: null,
  materialYear: null,
  productionDate: null,
  season: null,
  hill: null,
  village: '',
  makerName: '',
  makerAddress: '',
  scNumber: '',
  standardCode: '',
  shelfLife: '',
  storage: '',
  priceFen: null,
  stock: null,
  pictures: [],
  labelPicture: null,
  story: '',
})

/** Loose raw tea without a production licence is what a grower sells as farm produce (晒青毛茶); everything pressed or ripe is a made food. */
export const isFarmProduce = (draft: Pick<ListingDraft, 'kind' | 'form' | 'scNumber'>): boolean =>
  draft.kind === 'raw' && draft.form === 'loose' && draft.scNumber === ''
