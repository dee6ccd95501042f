/** What a question in words asks for. It is cut along the words that the shelf has, so that the cut can never miss them. */
import { searchLimits } from '../../../shared/search/facets.ts'
import type { Group } from './shelf-index.ts'
import { isHan, normal } from './text.ts'
import type { Vocabulary } from './vocabulary.ts'

/** One wish: how it was written, and the words of which one will do for each group. */
export interface Wish {
  label: string
  groups: Group[]
  /** The year it names; such a wish has no groups. */
  year: number | null
}

export interface Read {
  wishes: Wish[]
  /** What was taken to be a slip, and what was looked for instead. */
  corrected: { from: string; to: string }[]
}

const LONGEST_WORD = 8
/** Words that say nothing of a tea. */
const SMALL = new Set(['的', '了', '和', '与', '有', '吗', '呢', '我', '要', '想', '买', '找', '年'])

/** Reads a question; the work is bounded by its length and `searchLimits.words`. */
export function readWords(text: string, vocabulary: Vocabulary): Read {
  const read: Read = { wishes: [], corrected: [] }
  const runs = normal(text).match(/\p{Script=Han}+|[a-z]+|\d+/gu) ?? []
  for (const run of runs) {
    if (read.wishes.length >= searchLimits.words) break
    if (/^\d+$/.test(run)) readNumber(run, vocabulary, read)
    else if (isHan(run)) readHan(run, vocabulary, read)
    else readLetters(run, vocabulary, read)
  }
  read.wishes = read.wishes.filter((w, i) => read.wishes.findIndex((v) => v.label === w.label) === i).slice(0, searchLimits.words)
  return read
}

const wish = (label: string, ...groups: Group[]): Wish => ({ label, groups, year: null })

const readNumber = (run: string, vocabulary: Vocabulary, read: Read): void => {
  const year = Number(run)
  if (run.length === 4 && year >= 1950 && year <= 2100) read.wishes.push({ label: `${run} 年`, groups: [], year })
  else if (vocabulary.has(run) || run.length > 1) read.wishes.push(wish(run, [run]))
}

/** Known words first, the longest at each place; what lies between them is read by its sound, at last by its characters. */
const readHan = (run: string, vocabulary: Vocabulary, read: Read): void => {
  const letters = [...run]
  let rest = ''
  const flush = () => {
    if (rest !== '') readUnknown([...rest], vocabulary, read)
    rest = ''
  }
  for (let i = 0; i < letters.length; ) {
    let n = Math.min(LONGEST_WORD, letters.length - i)
    while (n > 1 && !vocabulary.has(letters.slice(i, i + n).join(''))) n--
    if (n > 1) {
      flush()
      const word = letters.slice(i, i + n).join('')
      read.wishes.push(wish(word, [word]))
    } else rest += letters[i]
    i += n
  }
  flush()
}

const readUnknown = (letters: readonly string[], vocabulary: Vocabulary, read: Read): void => {
  const whole = letters.join('')
  const take = (from: string, to: readonly string[]) => {
    read.wishes.push(wish(to[0] as string, to))
    read.corrected.push({ from, to: to[0] as string })
  }
  if (letters.length > 1 && letters.length <= LONGEST_WORD) {
    const alike = vocabulary.sameSound(whole)
    const near = alike.length > 0 ? null : vocabulary.near(whole)
    if (alike.length > 0 || near !== null) {
      take(whole, near === null ? alike : [near])
      return
    }
  }
  const single: string[] = []
  const flush = () => {
    const said = single.filter((letter) => !SMALL.has(letter))
    if (said.length > 0) read.wishes.push(wish(said.join(''), ...said.map((letter) => [letter])))
    single.length = 0
  }
  for (let i = 0; i < letters.length && read.wishes.length < searchLimits.words; ) {
    let n = Math.min(5, letters.length - i, letters.length - 1)
    let alike: string[] = []
    for (; n > 1; n--) {
      alike = vocabulary.sameSound(letters.slice(i, i + n).join(''))
      if (alike.length > 0) break
    }
    if (n > 1 && alike.length > 0) {
      flush()
      take(letters.slice(i, i + n).join(''), alike)
      i += n
    } else {
      single.push(letters[i] as string)
      i++
    }
  }
  flush()
}

/** Sounds and initials, also several run together, then what begins like it, then what is near it. */
const readLetters = (run: string, vocabulary: Vocabulary, read: Read): void => {
  const meant = vocabulary.meant(run)
  if (meant.length > 0) {
    read.wishes.push(wish(run, meant))
    return
  }
  const parts = run.length <= 60 ? cutLetters(run, vocabulary) : null
  if (parts) {
    for (const part of parts) read.wishes.push(wish(part.label, part.words))
    return
  }
  const begun = run.length > 1 ? vocabulary.beginning(run) : []
  if (begun.length > 0) {
    read.wishes.push(wish(run, begun))
    return
  }
  const near = vocabulary.near(run)
  if (near !== null) {
    read.wishes.push(wish(near, [near]))
    read.corrected.push({ from: run, to: near })
  } else read.wishes.push(wish(run, [run]))
}

/** "fenghuangwoshupu" along the longest sounds that are known; the last may be only begun. Null: there is no such cut. */
const cutLetters = (run: string, vocabulary: Vocabulary): { label: string; words: string[] }[] | null => {
  const parts: { label: string; words: string[] }[] = []
  for (let i = 0; i < run.length; ) {
    let n = run.length - i
    let words: string[] = []
    // initials of two letters would cut anything
    for (; n > 3; n--) {
      words = vocabulary.meant(run.slice(i, i + n))
      if (words.length > 0) break
    }
    if (n <= 3) {
      words = parts.length > 0 ? vocabulary.beginning(run.slice(i)) : []
      if (words.length === 0) return null
      n = run.length - i
    }
    parts.push({ label: run.slice(i, i + n), words })
    i += n
  }
  return parts
}
