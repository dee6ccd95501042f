/** The park's own words 园区词条: rules beside those of the house, made at the desk, each version kept. */
import { type ClaimReader, readerOf } from './claims.ts'
import { lettersOf } from './letters.ts'
import { type ClaimClass, type ClaimRule, claimLaws } from './rules.ts'

/** What a person writes of a rule. */
export interface ParkRuleDraft {
  class: ClaimClass
  /** Words that are marked, and longer ones in which they mean something else. */
  patterns: string[]
  except: string[]
  /** A sentence each that must be marked and must not be. */
  mustMatch: string[]
  mustNotMatch: string[]
  suggest: string
}

export const parkRuleLimits = {
  rules: 300,
  patterns: { min: 1, max: 20 },
  except: 20,
  examples: { min: 1, max: 10 },
  word: { min: 2, max: 20 },
  example: { min: 2, max: 100 },
  suggest: { min: 2, max: 100 },
  try: 2_000,
} as const

/** A word as texts are read: small, simplified, without spaces and disguises. Empty where nothing is left of it. */
export const asRead = (word: string): string =>
  lettersOf(word)
    .map((l) => l.c)
    .join('')

/** The rule of a draft, as the reader takes it. */
export const ruleOf = (id: string, draft: ParkRuleDraft): ClaimRule => ({
  id,
  class: draft.class,
  law: claimLaws[draft.class],
  patterns: draft.patterns.map(asRead),
  except: draft.except.map(asRead),
  mustMatch: draft.mustMatch,
  mustNotMatch: draft.mustNotMatch,
  suggest: draft.suggest,
})

/** Whether a rule does what its own examples say; the first that does not hold, in words, or null. */
export const exampleFault = (draft: ParkRuleDraft): { field: 'patterns' | 'mustMatch' | 'mustNotMatch'; words: string } | null => {
  // a number sign asks the reader for a number; here it is only a sign
  const bad = [...draft.patterns, ...draft.except].find((word) => asRead(word).length < parkRuleLimits.word.min || word.includes('#'))
  if (bad !== undefined) return { field: 'patterns', words: `「${bad}」太短，容易误伤` }
  const read: ClaimReader = readerOf([ruleOf('draft', draft)])
  const missed = draft.mustMatch.find((text) => read(text).length === 0)
  if (missed !== undefined) return { field: 'mustMatch', words: `「${missed}」没有被标出来` }
  const wrong = draft.mustNotMatch.find((text) => read(text).length > 0)
  return wrong === undefined ? null : { field: 'mustNotMatch', words: `「${wrong}」被误标了` }
}
