/** Our books beside the channel's bill of a day: every line that is missing, too many or different is found and named. */
import type { Fen } from '../money.ts'
import type { DifferenceKind } from './words.ts'

/** One payment of one shop's part (no: part number) or one refund (no: refund number). */
export interface BookLine {
  kind: 'payment' | 'refund'
  no: string
  subMerchant: string
  amountFen: Fen
}

export interface Difference {
  kind: DifferenceKind
  line: 'payment' | 'refund'
  no: string
  oursFen: Fen | null
  theirsFen: Fen | null
}

const keyOf = (line: BookLine): string => `${line.kind} ${line.no}`

/**
 * What differs; empty when both agree. `ours` are the lines that must be in the bill of this day; `known` finds one of ours that belongs to another
 * day, so that a refund taken at midnight is no difference. Linear in the number of lines.
 */
export const reconcile = (
  ours: readonly BookLine[],
  theirs: readonly BookLine[],
  known: (line: BookLine) => BookLine | null = () => null,
): Difference[] => {
  const mine = new Map(ours.map((line) => [keyOf(line), line]))
  const seen = new Set<string>()
  const found: Difference[] = []
  for (const line of theirs) {
    const key = keyOf(line)
    const own = mine.get(key) ?? known(line)
    const about = { line: line.kind, no: line.no, oursFen: own?.amountFen ?? null, theirsFen: line.amountFen }
    if (seen.has(key)) found.push({ kind: 'twiceAtChannel', ...about })
    else if (!own) found.push({ kind: 'missingHere', ...about })
    else if (own.amountFen !== line.amountFen) found.push({ kind: 'otherAmount', ...about })
    else if (own.subMerchant !== line.subMerchant) found.push({ kind: 'otherShop', ...about })
    seen.add(key)
  }
  for (const [key, line] of mine)
    if (!seen.has(key)) found.push({ kind: 'missingAtChannel', line: line.kind, no: line.no, oursFen: line.amountFen, theirsFen: null })
  return found
}
