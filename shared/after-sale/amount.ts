/** What goes back for part of a line, exact to the fen. */
import { type Fen, fen } from '../money.ts'
import { refundForUnits } from '../promotions/price.ts'

export interface RefundedLine {
  paidFen: Fen
  quantity: number
  /** Gone back already. */
  returnedUnits: number
  refundedFen: Fen
}

/**
 * What goes back for so many more units: their share of what was paid, and never more than is left; with the last unit all that is left. Over any
 * order of parts the sums add up to what was paid. Throws a RangeError for more units than there are.
 */
export function refundOf(line: RefundedLine, units: number): Fen {
  const share = refundForUnits(line.paidFen, line.quantity, line.returnedUnits, units)
  const left = line.paidFen - line.refundedFen
  return fen(line.returnedUnits + units === line.quantity ? left : Math.min(share, left))
}
