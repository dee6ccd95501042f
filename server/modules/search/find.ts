/** Search as buyers meet it: what fits, how much there is of everything, and, where nothing fits, the nearest real teas and what was given up for them. */
import { isId } from '../../../shared/ids.ts'
import {
  type Chosen,
  type Facet,
  type FacetCount,
  facets,
  type Sort,
  valuesInOrder,
  valueWords,
  type Yielded,
} from '../../../shared/search/facets.ts'
import type { App } from '../../platform/app.ts'
import { type ListingCard, listingCards } from '../catalogue/index.ts'
import { shelfOf } from './follow.ts'
import { type Read, readWords, type Wish } from './read-words.ts'
import type { Answer, Place, Question, ShelfIndex } from './shelf-index.ts'
import { normal } from './text.ts'

export interface Ask {
  text: string
  chosen: Chosen
  sort: Sort
  cursor?: string | null | undefined
  limit: number
}

export interface Found {
  rows: ListingCard[]
  next: string | null
  /** All that fit, on every page. */
  total: number
  /** Beside the first page; null with the later ones. */
  facets: { facet: Facet; values: FacetCount[] }[] | null
  corrected: Read['corrected']
  yielded: Yielded | null
}

/**
 * What fits. Facets join by "and", values of one facet by "or"; the wishes that are given up when nothing fits are one year for its
 * neighbour, then one wish, then as many as it takes. Cards are read anew, so that what has left the shelf is never shown; five queries at most.
 */
export async function find(app: App, ask: Ask): Promise<Found> {
  const shelf = await shelfOf(app)
  const read = readWords(ask.text, shelf.vocabulary)
  const { answer, yielded } = settle(shelf, read.wishes, ask)
  const places = answer.places.slice(0, ask.limit)
  const last = places.at(-1)
  const rows = await listingCards(app.read, app.ports.storage.url, {
    listingIds: places.flatMap((p) => (isId('Listing', p.id) ? [p.id] : [])),
  })
  return {
    rows,
    next: answer.places.length > ask.limit && last ? `${last.key}~${last.listedAt}~${last.id}` : null,
    total: answer.total,
    facets: placeOf(ask.cursor) ? null : facets.map((facet) => ({ facet, values: valuesInOrder(facet, answer.counts[facet]) })),
    corrected: read.corrected,
    yielded,
  }
}

const placeOf = (cursor: string | null | undefined): Place | null => {
  const m = /^(-?\d{1,15})~(\d{1,15})~(lst_[0-9A-Z]{26})$/.exec(cursor ?? '')
  return m ? { key: Number(m[1]), listedAt: Number(m[2]), id: m[3] as string } : null
}

/** A wish of either kind: words, or a facet. */
type Any = { label: string; word: Wish } | { label: string; facet: Facet }

/** Facets that matter least to who is looking for a tea come first. */
const LEAST_FIRST: readonly Facet[] = ['village', 'band', 'season', 'form', 'treeClass', 'year', 'hill', 'kind', 'productClass']

const settle = (shelf: ShelfIndex, words: readonly Wish[], ask: Ask): { answer: Answer; yielded: Yielded | null } => {
  const chosen = LEAST_FIRST.filter((f) => (ask.chosen[f]?.length ?? 0) > 0)
  const all: Any[] = [
    // what nobody on the shelf has heard of goes first
    ...words.filter((w) => isUnknown(shelf, w)).map((word) => ({ label: word.label, word })),
    ...chosen.map((facet) => ({ label: (ask.chosen[facet] ?? []).map((v) => valueWords(facet, v)).join(' / '), facet })),
    ...words.filter((w) => !isUnknown(shelf, w)).map((word) => ({ label: word.label, word })),
  ]
  const questionOf = (wishes: readonly Any[], limit: number): Question => ({
    groups: wishes.flatMap((w) => ('word' in w ? w.word.groups : [])),
    year: wishes.flatMap((w) => ('word' in w && w.word.year !== null ? [w.word.year] : []))[0] ?? null,
    chosen: Object.fromEntries(wishes.flatMap((w) => ('facet' in w ? [[w.facet, ask.chosen[w.facet]]] : []))),
    sort: ask.sort,
    after: placeOf(ask.cursor),
    limit,
  })
  const answerTo = (wishes: readonly Any[], change: Partial<Question> = {}) =>
    shelf.find({ ...questionOf(wishes, ask.limit + 1), ...change })
  const first = answerTo(all)
  if (first.total > 0 || all.length === 0) return { answer: first, yielded: null }

  const dated = all.find((w) => ('word' in w ? w.word.year !== null : w.facet === 'year' && ask.chosen.year?.length === 1))
  if (dated) {
    const others = all.filter((w) => w !== dated)
    const wanted = 'word' in dated ? (dated.word.year as number) : Number(ask.chosen.year?.[0])
    const near = shelf.find({ ...questionOf(others, 1), after: null }).counts.year.map((c) => Number(c.value))
    if (near.length > 0) {
      const nearest = near.reduce((a, b) => (closer(b, a, wanted) ? b : a))
      return { answer: answerTo(others, { year: nearest }), yielded: { what: 'year', wanted, nearest } }
    }
  }
  for (const one of all) {
    const others = all.filter((w) => w !== one)
    if (others.length === 0) break
    const answer = answerTo(others)
    if (answer.total > 0) return { answer, yielded: { what: 'wishes', left: [one.label] } }
  }
  for (let n = 2; n < all.length; n++) {
    const answer = answerTo(all.slice(n))
    if (answer.total > 0) return { answer, yielded: { what: 'wishes', left: all.slice(0, n).map((w) => w.label) } }
  }
  return { answer: answerTo([]), yielded: { what: 'all', asked: short(ask.text) } }
}

const isUnknown = (shelf: ShelfIndex, word: Wish): boolean =>
  word.year === null && word.groups.some((group) => group.every((w) => !shelf.vocabulary.has(w)))

/** Nearer to the wanted year; of two as near, the later. */
const closer = (a: number, b: number, wanted: number): boolean =>
  Math.abs(a - wanted) < Math.abs(b - wanted) || (Math.abs(a - wanted) === Math.abs(b - wanted) && a > b)

const SHORT = 20
const short = (text: string): string => {
  const letters = [...text.trim()]
  return letters.length > SHORT ? `${letters.slice(0, SHORT).join('')}…` : letters.join('')
}

const SUGGESTED = 8

/** Words that go on from what has been typed, by writing, sound or initials, with how many teas each finds; from memory alone. */
export async function suggest(app: App, text: string): Promise<{ words: { word: string; count: number }[] }> {
  const shelf = await shelfOf(app)
  const m = /^(.*?)(\p{Script=Han}+|[a-z]+)$/su.exec(normal(text).trim())
  if (!m) return { words: [] }
  const [, lead = '', end = ''] = m
  const words = shelf.vocabulary.beginning(end)
  return {
    words: words
      .filter((word) => lead + word !== normal(text).trim())
      .map((word) => ({ word: lead + word, count: shelf.countOf(word) }))
      .filter((w) => w.count > 0)
      // 凤凰 finds nothing that 凤凰窝 would not
      .filter((w, _, all) => !all.some((o) => o.count === w.count && o.word !== w.word && o.word.includes(w.word)))
      .slice(0, SUGGESTED)
      // beside other words the count of this one alone would promise too much
      .map((w) => (lead === '' ? w : { ...w, count: 0 })),
  }
}
