import { refuse } from '../../../shared/refusals.ts'

/** Refuses `incomplete` with the first words of each field, unless nothing is lacking. */
export function refuseLacks(lacks: readonly { field: string; words: string }[]): void {
  if (lacks.length === 0) return
  const fields: Record<string, string> = {}
  for (const { field, words } of lacks) fields[field] ??= words
  throw refuse('incomplete', { count: lacks.length }, fields)
}
