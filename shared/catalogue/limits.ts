/** How long and how much: the same bounds in the phone's form and in the door. Lengths are in characters, weights in grams, money in fen. */
import { DAY } from '../time.ts'

export const listingLimits = {
  title: { min: 4, max: 40 },
  caption: 30,
  village: 30,
  shares: 120,
  recipeCode: 10,
  variety: 30,
  ingredients: 200,
  allergens: 100,
  howTo: 300,
  treeBasis: 120,
  makerName: 60,
  makerAddress: 100,
  entrustedBy: 60,
  scNumber: 20,
  permitNumber: 40,
  standardCode: 40,
  shelfLife: 60,
  storage: 100,
  label: 100,
  story: 2000,
  netGrams: { min: 1, max: 50_000 },
  altitudeMetres: { min: 300, max: 3000 },
  /** 唛号 and records reach back no further. */
  materialYear: { min: 1950, max: 2100 },
  priceFen: { min: 1, max: 100_000_000 },
  /** Units of one sku to begin with. */
  stock: { min: 1, max: 100_000 },
  pictures: { min: 1, max: 9 },
  skus: { min: 1, max: 20 },
  skuKey: 12,
  skuName: 20,
  batches: { min: 1, max: 10 },
  packLevels: { min: 1, max: 4 },
  /** So many of the level below make one. */
  packCount: { min: 2, max: 1000 },
  /** What one sku may weigh. */
  skuGrams: 200_000,
  /** Days from today within which a presale must ship. */
  presaleDays: 180,
  brew: {
    grams: { min: 1, max: 50 },
    celsius: { min: 60, max: 100 },
    millilitres: { min: 50, max: 2000 },
    steeps: { min: 1, max: 15 },
    seconds: { min: 1, max: 1800 },
  },
  /** One change of stock, in units of the sku. */
  stockDelta: 100_000,
  /** Base units that may stand in one lot, whatever is added. */
  lotMost: 50_000_000,
  stockReason: 60,
} as const

/** How long a listing counts as new after it first stood on the shelf. */
export const NEW_FOR = 14 * DAY
