/** What a shop writes of a plot and of a batch; everything may still be empty until it is submitted (complete.ts). */
import type { Kind, ProductClass, Season, TreeClass } from '../catalogue/draft.ts'
import type { AssetId, BatchId, PlotId } from '../ids.ts'

export const crops = ['tea', 'rice', 'coffee'] as const
export type Crop = (typeof crops)[number]

/** Whether a yield counts what is carried in from the field, or what is dry (晒青毛茶, 白米 is milled, green beans). */
export const yieldStates = ['fresh', 'dry'] as const
export type YieldState = (typeof yieldStates)[number]

/** Papers that prove something of a plot or a batch; the names are those of the tenants' papers. */
export const proofKinds = ['plotEvidence', 'treeSurvey', 'labReport', 'qualityCertificate'] as const
export type ProofKind = (typeof proofKinds)[number]

/** One paper: what it is, its number as printed, and a photo of it. */
export interface Proof {
  kind: ProofKind
  number: string
  pictureId: AssetId | null
}

export interface PlotDraft {
  name: string
  crop: Crop
  /** An id of hills.ts; null: on no hill of the registry. */
  hill: string | null
  village: string
  /** Who tends it, where that is not the shop itself; may be empty. */
  grower: string
  /** Tenths of a mu 分. */
  areaTenths: number | null
  trees: number | null
  treeClass: TreeClass | null
  /** Why one may say so: who counted, when. */
  treeBasis: string
  altitudeMetres: number | null
  yieldState: YieldState
  /** Claimed yield of a whole year in grams, in `yieldState`. */
  yearlyGrams: number | null
  proofs: Proof[]
}

/** Material of a batch: grams of a plot's year (dry), or grams of another batch. */
export type Part = { plotId: PlotId; year: number; grams: number } | { batchId: BatchId; grams: number }

export interface BatchDraft {
  /** As on the label. */
  code: string
  productClass: ProductClass
  kind: Kind | null
  season: Season | null
  /** Asked only where nothing says where the material grew: a batch with parts has theirs. */
  materialYear: number | null
  village: string
  makerName: string
  makerAddress: string
  scNumber: string
  standardCode: string
  /** Days, YYYY-MM-DD. */
  productionDate: string | null
  pressingDate: string | null
  /** The day on which it went into the store where it lies; the age of stored tea counts from here and no earlier. */
  storedSince: string | null
  madeGrams: number | null
  parts: Part[]
  proofs: Proof[]
}

export const emptyPlot = (): PlotDraft => ({
  name: '',
  crop: 'tea',
  hill: null,
  village: '',
  grower: '',
  areaTenths: null,
  trees: null,
  treeClass: null,
  treeBasis: '',
  altitudeMetres: null,
  yieldState: 'dry',
  yearlyGrams: null,
  proofs: [],
})

export const emptyBatch = (productClass: ProductClass): BatchDraft => ({
  code: '',
  productClass,
  kind: null,
  season: null,
  materialYear: null,
  village: '',
  makerName: '',
  makerAddress: '',
  scNumber: '',
  standardCode: '',
  productionDate: null,
  pressingDate: null,
  storedSince: null,
  madeGrams: null,
  parts: [],
  proofs: [],
})
