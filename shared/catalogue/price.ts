/**
 * Struck prices 划线价 and their proof. The rule: the struck price must be the lowest price that this sku really had in the thirty days before
 * the present price began, and higher than it; it may stand for thirty days, then the present price is the price. So a price that was raised
 * for a day to be struck the next proves nothing, and no sku is for ever "reduced".
 * It is stricter than 规范促销行为暂行规定 art. 21 (lowest price of the seven days before) and follows the thirty days of Directive 98/6/EC art. 6a.
 */
import type { Fen } from '../money.ts'
import { after, DAY, type Instant } from '../time.ts'

/** Days looked back, and days a struck price may stand. */
export const STRUCK_DAYS = 30

/** A price that a sku had from an instant on, until the next one. */
export interface PricePoint {
  priceFen: Fen
  fromAt: Instant
}

export interface StruckProof {
  /** The only price that may be struck. */
  priceFen: Fen
  /** From when the present price is (or would be) in force, and until when the struck one may stand beside it. */
  sinceAt: Instant
  untilAt: Instant
}

/**
 * What may be struck beside `priceFen` at `at`, from a sku's price points in the order of time; null where nothing may. A price that is in force
 * already counts from its own beginning, a new one from `at`.
 */
export const struckProof = (points: readonly PricePoint[], priceFen: Fen, at: Instant): StruckProof | null => {
  const past = points.filter((p) => p.fromAt <= at)
  // the run of points at its end that have this price already
  let begun = past.length
  while (begun > 0 && past[begun - 1]?.priceFen === priceFen) begun--
  const sinceAt = past[begun]?.fromAt ?? at
  const from = sinceAt - STRUCK_DAYS * DAY
  // what was replaced in the same instant was never asked
  const inWindow = past.slice(0, begun).filter((p, i) => {
    const until = past[i + 1]?.fromAt ?? sinceAt
    return until > from && until > p.fromAt
  })
  if (inWindow.length === 0) return null
  const lowest = inWindow.reduce((low, p) => (p.priceFen < low ? p.priceFen : low), inWindow[0]?.priceFen as Fen)
  const untilAt = after(sinceAt, STRUCK_DAYS * DAY)
  return lowest > priceFen && at < untilAt ? { priceFen: lowest, sinceAt, untilAt } : null
}
