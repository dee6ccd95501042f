/** How long and how much: the same bounds in the phone's form and in the door. Lengths are in characters, weights in grams, money in fen. */
import { DAY } from '../time.ts'

export const listingLimits = {
  title: { min: 4, max: 40 },
  village: 30,
  makerName: 60,
  makerAddress: 100,
  scNumber: 20,
  standardCode: 40,
  shelfLife: 60,
  storage: 100,
  story: 2000,
  netGrams: { min: 1, max: 50_000 },
  /** 唛号 and records reach back no further. */
  materialYear: { min: 1950, max: 2100 },
  priceFen: { min: 1, max: 100_000_000 },
  stock: { min: 1, max: 100_000 },
  pictures: { min: 1, max: 9 },
  /** One change of stock. */
  stockDelta: 100_000,
  /** Units that may stand on a shelf, whatever is added. */
  stockMost: 1_000_000,
  stockReason: 60,
} as const

/** How long a listing counts as new after it first stood on the shelf. */
export const NEW_FOR = 14 * DAY
