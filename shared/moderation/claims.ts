/**
 * Reads a text for claims by the rules of `rules.ts`: one automaton over normalised letters (Aho and Corasick, 1975), bounded looks around each
 * find, nothing that backtracks. A find marks; a person decides.
 */
import { buildAutomaton } from './automaton.ts'
import { type Letter, lettersOf, withNumbers } from './letters.ts'
import {
  type ClaimClass,
  type ClaimPattern,
  type ClaimRule,
  claimClassWords,
  claimRules,
  denials,
  noDenials,
  refutations,
  turns,
} from './rules.ts'

/** A claim where it stands in the text as written: UTF-16 offsets, `end` behind the last unit. */
export interface ClaimMark {
  start: number
  end: number
  ruleId: string
  class: ClaimClass
  text: string
}

/**
 * What is known of the goods that a text speaks of: a rule that asks for it leaves alone what it bears out. Absent: not known, so the mark stays
 * and a person looks.
 */
export interface ClaimFacts {
  /** Units that may still be sold: 最后三件 is true while there are no more than three. */
  left?: number
  /** Hills and villages of the verified batch, as they may be written. */
  places?: readonly string[]
  /** Whole years since the batch was made or put into store. */
  yearsStored?: number
  /** Years that a survey paper of the trees bears out. */
  treeYears?: number
}

export interface Claim {
  class: ClaimClass
  /** As the author wrote it. */
  text: string
  why: string
}

type Sense =
  | { is: 'claim' | 'except'; rule: number }
  /** A claim only where it is not written plainly. */
  | { is: 'disguised'; rule: number }
  | { is: 'head' | 'tail'; rule: number; pair: number; within: number }
  | { is: 'denial' | 'noDenial' | 'turn' | 'refutation' }

interface Word {
  word: string
  sense: Sense
}

/** How many letters a denial reaches forward, a refutation back. */
const REACH = 8

/** Every word that the groups can spell. */
const spelled = (groups: readonly string[]): string[] =>
  groups.reduce<string[]>((words, group) => words.flatMap((w) => group.split('|').map((next) => w + next)), [''])

const wordsOf = (pattern: ClaimPattern, rule: number, pair: () => number): Word[] => {
  if (typeof pattern === 'string') return [{ word: pattern, sense: { is: 'claim', rule } }]
  if ('disguised' in pattern) return [{ word: pattern.disguised, sense: { is: 'disguised', rule } }]
  if (!('head' in pattern)) return spelled(pattern).map((word) => ({ word, sense: { is: 'claim', rule } }))
  const { head, tail, within } = pattern
  const of = pair()
  const half = (is: 'head' | 'tail', group: string): Word[] =>
    group.split('|').map((word) => ({ word, sense: { is, rule, pair: of, within } }))
  return [...half('head', head), ...half('tail', tail)]
}

const plainSense = (is: 'denial' | 'noDenial' | 'turn' | 'refutation', group: string): Word[] =>
  group.split('|').map((word) => ({ word, sense: { is } }))

/** The words that claim nothing themselves: denials and the like. */
const contextWords: readonly Word[] = [
  ...plainSense('denial', denials),
  ...plainSense('noDenial', noDenials),
  ...plainSense('turn', turns),
  ...plainSense('refutation', refutations),
]

/** A stretch of letters, `to` behind the last. */
interface Span {
  rule: number
  from: number
  to: number
  /** Made of two words that need not touch. */
  pair: boolean
}

/** "2019年" names a year and is no age: "2019年古树" tells when it was picked. */
const startsWithYear = (written: string): boolean => /^\D{0,4}(19|20)\d{2} ?年/.test(written)

const isLatin = (letter: Letter | undefined): boolean => letter !== undefined && letter.c >= 'a' && letter.c <= 'z'

/** Does a Latin end of the span cut a longer Latin word in two? */
const cutsWord = (letters: readonly Letter[], { from, to }: Span): boolean => {
  const joined = (i: number): boolean => isLatin(letters[i - 1]) && isLatin(letters[i]) && letters[i - 1]?.to === letters[i]?.from
  return joined(from) || joined(to)
}

/** A clause that ends within a word parts it in two, unless marks stand between all its letters: then they are a disguise. */
const partedByClause = (letters: readonly Letter[], { from, to }: Span): boolean => {
  let parted = false
  let everywhere = to - from > 2
  for (let i = from + 1; i < to; i++) {
    const letter = letters[i] as Letter
    if (letter.gap === 'clause' || letter.gap === 'sentence') parted = true
    if (letter.gap === 'none') everywhere = false
  }
  return parted && !everywhere
}

const endsClause = (letters: readonly Letter[], i: number): boolean => letters[i]?.gap === 'clause' || letters[i]?.gap === 'sentence'

/** What stands where, of the words that claim nothing themselves. */
class Context {
  readonly denialEnds = new Map<number, number>()
  readonly covered = new Set<number>()
  readonly turnEnds = new Set<number>()
  readonly refutationStarts = new Set<number>()
  /** By rule: where an exception begins, and its furthest end. */
  readonly exceptions = new Map<number, Map<number, number>>()
  readonly #longest: number

  /** `longest` is the length of the longest word that is looked for. */
  constructor(longest: number) {
    this.#longest = longest
  }

  take(sense: Sense, from: number, to: number): void {
    if (sense.is === 'denial') this.denialEnds.set(to, Math.min(from, this.denialEnds.get(to) ?? from))
    else if (sense.is === 'noDenial') for (let i = from; i < to; i++) this.covered.add(i)
    else if (sense.is === 'turn') this.turnEnds.add(to)
    else if (sense.is === 'refutation') this.refutationStarts.add(from)
    else if (sense.is === 'except') {
      const of = this.exceptions.get(sense.rule) ?? new Map<number, number>()
      this.exceptions.set(sense.rule, of.set(from, Math.max(to, of.get(from) ?? 0)))
    }
  }

  excepted({ rule, from, to }: Span): boolean {
    const of = this.exceptions.get(rule)
    if (!of) return false
    for (let i = from; i >= 0 && i > from - this.#longest; i--) if ((of.get(i) ?? 0) >= to) return true
    return false
  }

  /** `deniedTo` is where the last denied claim ended: a denial reaches over a list. */
  denied(letters: readonly Letter[], { from, to }: Span, deniedTo: number): boolean {
    for (let i = from; i >= 0 && i >= from - REACH; i--) {
      if (this.turnEnds.has(i)) break
      const start = this.denialEnds.get(i)
      if (
        start !== undefined &&
        !this.covered.has(i - 1) &&
        (i === from || i - start > 1 || '没无未勿别莫'.includes(letters[start]?.c ?? ''))
      )
        return true
      if (i === deniedTo && i > 0 && from - i <= 3) return true
      if (endsClause(letters, i)) break
    }
    for (let i = to; i < letters.length && i <= to + REACH && !endsClause(letters, i); i++)
      if (this.refutationStarts.has(i) && !this.covered.has(i)) return true
    return false
  }
}

/** The largest number that a passage names, in digits or Chinese up to 9999; null where it names none. */
const numberIn = (said: string): number | null => {
  const digits = [...said.normalize('NFKC').matchAll(/\d{1,6}/g)].map((m) => Number(m[0]))
  const chinese = [...said.matchAll(/[一二两三四五六七八九十百千]+/g)].map((m) => chineseNumber(m[0]))
  const all = [...digits, ...chinese]
  return all.length === 0 ? null : Math.max(...all)
}

const DIGITS = '零一二三四五六七八九'
const UNITS: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }
const chineseNumber = (text: string): number => {
  let [sum, digit] = [0, 0]
  for (const c of text) {
    const unit = UNITS[c]
    if (unit === undefined) digit = c === '两' ? 2 : DIGITS.indexOf(c)
    else {
      sum += (digit || 1) * unit
      digit = 0
    }
  }
  return sum + digit
}

/** Is what was said true by what is known? Only what can be counted or named is; praise never is. */
const borneOut = (ruleId: string, said: string, facts: ClaimFacts): boolean => {
  const n = numberIn(said)
  if (ruleId === 'scarcity.hurry') return facts.left !== undefined && n !== null && /[最仅只就]/.test(said) && facts.left <= n
  if (ruleId === 'originAge.place') return facts.places?.some((place) => said.includes(place)) ?? false
  if (ruleId === 'originAge.years') return facts.yearsStored !== undefined && n !== null && n <= facts.yearsStored
  if (ruleId === 'originAge.tree') return facts.treeYears !== undefined && n !== null && n <= facts.treeYears
  return false
}

/** The letters `from` to before `to` as the author wrote them. */
const written = (text: string, letters: readonly Letter[], from: number, to: number): string =>
  text.slice((letters[from] as Letter).from, (letters[to - 1] as Letter).to)

/** Reads texts by some rules. */
export type ClaimReader = (text: string, facts?: ClaimFacts) => ClaimMark[]

/**
 * A reader of these rules: it finds every claim of a text where it stands, in order; of overlapping ones of a class the first and longest. Linear in
 * the text's length, whatever the rules.
 */
export const readerOf = (rules: readonly ClaimRule[]): ClaimReader => {
  let pairs = 0
  const words: Word[] = [
    ...rules.flatMap((r, i) => [
      ...r.patterns.flatMap((p) => wordsOf(p, i, () => pairs++)),
      ...(r.except ?? []).map((word): Word => ({ word, sense: { is: 'except', rule: i } })),
    ]),
    ...contextWords,
  ]
  // numbers are one letter to the words that ask for one, and letters to all others ("第一山头")
  const readPlain = buildAutomaton(words.filter((w) => !w.word.includes('#')))
  const readNumbered = buildAutomaton(words.filter((w) => w.word.includes('#')))
  const longest = Math.max(...words.map((w) => w.word.length))
  return (text, facts = {}) => {
    const letters = lettersOf(text)
    const numbered = withNumbers(letters)
    const context = new Context(longest)
    const spans: Span[] = []
    const heads = new Map<number, { from: number; to: number }>()
    readPlain(letters, ({ sense, word }, end) => {
      const [from, to] = [end + 1 - word.length, end + 1]
      if (sense.is === 'claim' || (sense.is === 'disguised' && written(text, letters, from, to) !== word))
        spans.push({ rule: sense.rule, from, to, pair: false })
      else if (sense.is === 'head') heads.set(sense.pair, { from, to })
      else if (sense.is === 'tail') {
        const first = heads.get(sense.pair)
        if (first && first.to <= from && from - first.to <= sense.within && letters[first.from]?.sentence === letters[from]?.sentence)
          spans.push({ rule: sense.rule, from: first.from, to, pair: true })
      } else context.take(sense, from, to)
    })
    readNumbered(numbered, ({ sense, word }, end) => {
      const [from, to] = [numbered[end + 1 - word.length]?.index as number, (numbered[end + 1]?.index ?? letters.length) as number]
      if (sense.is !== 'claim') context.take(sense, from, to)
      else if (!startsWithYear(text.slice(letters[from]?.from, letters[to - 1]?.to)))
        spans.push({ rule: sense.rule, from, to, pair: false })
    })
    spans.sort((a, b) => a.from - b.from || b.to - a.to)
    const marks: ClaimMark[] = []
    const takenTo = new Map<ClaimClass, number>()
    let deniedTo = -1
    for (const span of spans) {
      const { id, class: of } = rules[span.rule] as ClaimRule
      if (span.from < (takenTo.get(of) ?? 0) || context.excepted(span) || cutsWord(letters, span)) continue
      if (!span.pair && partedByClause(letters, span)) continue
      if (context.denied(letters, span, deniedTo)) {
        deniedTo = Math.max(deniedTo, span.to)
        continue
      }
      const said = written(text, letters, span.from, span.to)
      if (borneOut(id, said, facts)) continue
      takenTo.set(of, span.to)
      const [first, last] = [letters[span.from] as Letter, letters[span.to - 1] as Letter]
      marks.push({ start: first.from, end: last.to, ruleId: id, class: of, text: said })
    }
    return marks
  }
}

/** Every claim of a text by the rules of the house. */
export const markClaims: ClaimReader = readerOf(claimRules)

const ruleOf = new Map(claimRules.map((r) => [r.id, r]))

/** Why a mark is one, with the law to open, in Chinese. `more` are rules beside those of the house. */
const whyOf = (mark: ClaimMark, more?: ReadonlyMap<string, ClaimRule>): string =>
  `${claimClassWords[mark.class]}：${(ruleOf.get(mark.ruleId) ?? more?.get(mark.ruleId))?.law}`

/** Why a mark is one, with the law to open and other words for the author, in Chinese. */
export const adviceOn = (mark: ClaimMark, more?: ReadonlyMap<string, ClaimRule>): string =>
  `${whyOf(mark, more)}。建议：${(ruleOf.get(mark.ruleId) ?? more?.get(mark.ruleId))?.suggest}`

/** Every claim in a text, in the order in which they stand. Linear in the text's length. */
export const readClaims = (text: string): Claim[] => markClaims(text).map((m) => ({ class: m.class, text: m.text, why: whyOf(m) }))
