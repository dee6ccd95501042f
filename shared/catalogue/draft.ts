/**
 * What a shop writes of a ware: everything may still be empty, and nothing here is for sale until it is approved. One shape for all product
 * classes; which of its fields a class has, in which order, how they are asked and which must be filled, stands in classes.ts.
 */
import type { AssetId, BatchId } from '../ids.ts'
import type { Fen } from '../money.ts'

export const productClasses = ['puer', 'maocha', 'workshopTea', 'rice', 'coffee', 'dish'] as const
export const kinds = ['raw', 'ripe'] as const
export const forms = ['cake', 'brick', 'tuo', 'loose', 'dragonBall', 'melon'] as const
export const seasons = ['spring', 'summer', 'autumn'] as const
export const treeClasses = ['ancient', 'arbor', 'terrace'] as const
export const blends = ['single', 'blend'] as const
/** Sun-dried leaf is graded by even numbers, loose ripe tea by odd ones, pressed tea not at all (GB/T 22111). */
export const grades = ['special', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'] as const
export const roasts = ['light', 'medium', 'dark'] as const
export const processes = ['washed', 'honey', 'natural', 'other'] as const
export const packUnits = ['gram', 'cake', 'brick', 'tuo', 'melon', 'ball', 'bag', 'box', 'tin', 'serving', 'stack', 'crate'] as const

export type ProductClass = (typeof productClasses)[number]
export type Kind = (typeof kinds)[number]
export type Form = (typeof forms)[number]
export type Season = (typeof seasons)[number]
export type TreeClass = (typeof treeClasses)[number]
export type Blend = (typeof blends)[number]
export type Grade = (typeof grades)[number]
export type Roast = (typeof roasts)[number]
export type Process = (typeof processes)[number]
export type PackUnit = (typeof packUnits)[number]

/** One level of the pack tree 包装层级: so many of the level below (the first level: 1). 饼 ×1 → 提 ×7 → 件 ×6. */
export interface PackLevel {
  unit: PackUnit
  count: number
}

/** One sku 规格 as it is typed. */
export interface SkuDraft {
  /** Made by the form once and kept: by it the next revision knows which sku this is. */
  key: string
  name: string
  /** Its place in `pack`: 0 is the base unit. */
  level: number
  priceFen: Fen | null
  /** The crossed-out price 划线价; must be provable (price.ts). */
  struckFen: Fen | null
  /** Units to begin with. Counts until the sku's first approval; afterwards stock is changed by differences. */
  stock: number | null
  /** The batches it is sold from, in the order in which they are sold. */
  batchIds: BatchId[]
}

/** What stands on the label, word for word; empty where the label does not say it or nobody has typed it yet. */
export interface LabelFields {
  name: string
  netContent: string
  scNumber: string
  standardCode: string
  productionDate: string
  shelfLife: string
  maker: string
}

/** How to brew it: for one pot, the seconds of each infusion in order. */
export interface BrewCard {
  grams: number
  celsius: number
  millilitres: number
  seconds: number[]
}

/** Two days with what lies between, YYYY-MM-DD both. */
export interface Period {
  from: string
  to: string
}

export interface ListingDraft {
  productClass: ProductClass | null
  title: string
  pictures: AssetId[]
  /** One for each picture, in the same order; may be empty. */
  captions: string[]
  kind: Kind | null
  form: Form | null
  /** The year in which the leaf (the grain, the cherry) was picked. */
  materialYear: number | null
  season: Season | null
  picking: Period | null
  blend: Blend | null
  /** What is blended, and in which shares. */
  shares: string
  grade: Grade | null
  /** 唛号: four digits for pressed tea, five for loose; the year in it is the recipe's, not the leaf's. */
  recipeCode: string
  variety: string
  roast: Roast | null
  process: Process | null
  ingredients: string
  allergens: string
  howTo: string
  /** An id of hills.ts, or null: a hill that is not in the registry cannot be named. */
  hill: string | null
  village: string
  altitudeMetres: number | null
  treeClass: TreeClass | null
  /** Why one may say so: who counted the trees, when. */
  treeBasis: string
  /** Net content of the base unit, whole grams; 1 where the base unit is the gram. */
  netGrams: number | null
  pack: PackLevel[]
  labelPicture: AssetId | null
  label: LabelFields
  makerName: string
  makerAddress: string
  entrustedBy: string
  /** SC and 14 digits. */
  scNumber: string
  /** The number of the registration or licence where it is not a production licence (小作坊登记证, 食品经营许可证). */
  permitNumber: string
  standardCode: string
  /** The day of pressing, drying, milling or roasting, YYYY-MM-DD. */
  productionDate: string | null
  shelfLife: string
  storage: string
  skus: SkuDraft[]
  /** Sold before it is made: shipped at the latest on this day, YYYY-MM-DD, or the money goes back. Null: in stock. */
  presale: { shipBy: string } | null
  brew: BrewCard | null
  story: string
}

export const emptyLabel = (): LabelFields => ({
  name: '',
  netContent: '',
  scNumber: '',
  standardCode: '',
  productionDate: '',
  shelfLife: '',
  maker: '',
})

/** An empty form. */
export const emptyDraft = (): ListingDraft => ({
  productClass: null,
  title: '',
  pictures: [],
  captions: [],
  kind: null,
  form: null,
  materialYear: null,
  season: null,
  picking: null,
  blend: null,
  shares: '',
  grade: null,
  recipeCode: '',
  variety: '',
  roast: null,
  process: null,
  ingredients: '',
  allergens: '',
  howTo: '',
  hill: null,
  village: '',
  altitudeMetres: null,
  treeClass: null,
  treeBasis: '',
  netGrams: null,
  pack: [],
  labelPicture: null,
  label: emptyLabel(),
  makerName: '',
  makerAddress: '',
  entrustedBy: '',
  scNumber: '',
  permitNumber: '',
  standardCode: '',
  productionDate: null,
  shelfLife: '',
  storage: '',
  skus: [],
  presale: null,
  brew: null,
  story: '',
})

/** An empty row of the sku table; `key` must be new within the draft. */
export const emptySku = (key: string, level = 0): SkuDraft => ({
  key,
  name: '',
  level,
  priceFen: null,
  struckFen: null,
  stock: null,
  batchIds: [],
})

/** A key that no sku of this draft has. */
export const freeKey = (skus: readonly Pick<SkuDraft, 'key'>[]): string => {
  for (let n = skus.length + 1; ; n++) if (!skus.some((s) => s.key === `s${n}`)) return `s${n}`
}
