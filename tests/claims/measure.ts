/** How well the rules read a labelled set: by class and in all. A sentence counts as found when a mark of its class stands in it. */
import { markClaims } from '../../shared/moderation/claims.ts'
import { type ClaimClass, claimClassWords } from '../../shared/moderation/rules.ts'
import type { Labelled } from './labelled.ts'

export interface Row {
  class: ClaimClass | 'all'
  /** Sentences that claim; of these, found. */
  claims: number
  found: number
  recall: number
  /** Marks of this class where there is none to be made. */
  false: number
  precision: number
}

export interface Measured {
  rows: Row[]
  missed: { class: ClaimClass; text: string }[]
  falseMarks: { class: ClaimClass; text: string; marked: string }[]
}

const classes = Object.keys(claimClassWords) as ClaimClass[]
const part = (a: number, b: number): number => (b === 0 ? 1 : a / b)

/** Reads every sentence of the set. A sentence of one class in which another is marked as well counts as a false mark of that other class. */
export const measure = (...sets: readonly Labelled[]): Measured => {
  const missed: Measured['missed'] = []
  const falseMarks: Measured['falseMarks'] = []
  const counts = new Map<ClaimClass, { claims: number; found: number }>(classes.map((c) => [c, { claims: 0, found: 0 }]))
  const also: readonly string[] = sets.flatMap((s) => s.clean)
  for (const of of classes)
    for (const text of sets.flatMap((s) => s.flag[of])) {
      const marks = markClaims(text)
      const count = counts.get(of) as { claims: number; found: number }
      count.claims++
      if (marks.some((m) => m.class === of)) count.found++
      else missed.push({ class: of, text })
    }
  for (const text of also) for (const m of markClaims(text)) falseMarks.push({ class: m.class, text, marked: m.text })
  const rowOf = (name: Row['class'], some: readonly ClaimClass[]): Row => {
    const claims = some.reduce((n, c) => n + (counts.get(c)?.claims ?? 0), 0)
    const found = some.reduce((n, c) => n + (counts.get(c)?.found ?? 0), 0)
    const wrong = falseMarks.filter((f) => some.includes(f.class)).length
    return { class: name, claims, found, recall: part(found, claims), false: wrong, precision: part(found, found + wrong) }
  }
  return { rows: [...classes.map((c) => rowOf(c, [c])), rowOf('all', classes)], missed, falseMarks }
}
