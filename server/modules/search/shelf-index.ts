/**
 * The shelf as columns in memory: what each process that answers searches keeps of the table. A question is a few plain loops over
 * typed arrays: words by their postings, facets by small numbers, the best few by an ordered list. Some 850 bytes a listing: 60 000 take 50 MB.
 */
import type { ListingId } from '../../../shared/ids.ts'
import { type Chosen, type Facet, type FacetCount, facets, type Sort } from '../../../shared/search/facets.ts'
import { Vocabulary } from './vocabulary.ts'

/** A row as the index takes it. */
export interface Doc {
  listingId: ListingId
  shown: boolean
  facets: Record<Facet, string | null>
  per100gFen: number
  sold: number
  inStock: boolean
  listedAt: number
  tokens: string
  version: number
}

/** A wish in words: each group has to be met by one of its words. */
export type Group = readonly string[]

export interface Question {
  groups: readonly Group[]
  /** The year that was asked for in words. */
  year: number | null
  chosen: Chosen
  sort: Sort
  after: Place | null
  limit: number
}

/** Where a listing stands among the results. */
export interface Place {
  key: number
  listedAt: number
  id: string
}

export interface Answer {
  places: Place[]
  /** All that fit, on every page. */
  total: number
  counts: Record<Facet, FacetCount[]>
}

/** In stock comes before sold out, whatever the words weigh. */
const IN_STOCK = 10_000
/** Once so many rows are left behind by newer ones (and a quarter of all), the columns are closed up. */
const LEFT_BEHIND = 2_000

interface Column {
  codes: Uint16Array
  /** By code; code 0 is "nobody has verified any". */
  values: string[]
  codeOf: Map<string, number>
}

const emptyColumn = (room: number): Column => ({ codes: new Uint16Array(room), values: [''], codeOf: new Map() })

const grown = <A extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(old: A, room: number): A => {
  const next = new (old.constructor as new (n: number) => A)(room)
  next.set(old)
  return next
}

const before = (a: Place, b: Place): boolean =>
  a.key !== b.key ? a.key > b.key : a.listedAt !== b.listedAt ? a.listedAt > b.listedAt : a.id > b.id

const countInto = (counted: Uint32Array, codes: Uint16Array, places: Uint32Array, n: number): void => {
  for (let i = 0; i < n; i++) {
    const code = codes[places[i] as number] as number
    counted[code] = (counted[code] as number) + 1
  }
}

export class ShelfIndex {
  readonly vocabulary = new Vocabulary()
  #room = 1024
  #size = 0
  #left = 0
  #ids: ListingId[] = []
  #live = new Uint8Array(this.#room)
  #inStock = new Uint8Array(this.#room)
  #listedAt = new Float64Array(this.#room)
  #price = new Float64Array(this.#room)
  #sold = new Uint32Array(this.#room)
  #columns = Object.fromEntries(facets.map((f) => [f, emptyColumn(this.#room)])) as Record<Facet, Column>
  /** Room that every question uses anew: what fits, what each choice keeps out alone, and what its words meet. */
  #fits = new Uint32Array(this.#room)
  #near: Uint32Array[] = []
  #hit = new Uint8Array(this.#room)
  #score = new Uint16Array(this.#room)
  #met = new Uint32Array(this.#room)
  #known = new Map<ListingId, { at: number; version: number }>()

  /** Takes a row in the place of what was known of its listing; a version that is known changes nothing. */
  put(doc: Doc): void {
    const known = this.#known.get(doc.listingId)
    if (known && known.version >= doc.version) return
    if (known && known.at >= 0 && this.#live[known.at]) {
      this.#live[known.at] = 0
      this.#left++
    }
    if (!doc.shown) {
      this.#known.set(doc.listingId, { at: -1, version: doc.version })
      return
    }
    if (this.#size === this.#room) this.#grow()
    const at = this.#size++
    this.#known.set(doc.listingId, { at, version: doc.version })
    this.#ids[at] = doc.listingId
    this.#live[at] = 1
    this.#inStock[at] = doc.inStock ? 1 : 0
    this.#listedAt[at] = doc.listedAt
    this.#price[at] = doc.per100gFen
    this.#sold[at] = doc.sold
    for (const facet of facets) this.#columns[facet].codes[at] = this.#codeOf(facet, doc.facets[facet])
    this.vocabulary.add(doc.tokens, at)
    if (this.#left > LEFT_BEHIND && this.#left * 4 > this.#size) this.#closeUp()
  }

  /** Whether this version of a listing, or a newer one, is in. */
  has(listingId: ListingId, version: number): boolean {
    return (this.#known.get(listingId)?.version ?? -1) >= version
  }

  /** How many listings on the shelf carry one of these words. */
  countOf(word: string): number {
    let n = 0
    for (const packed of this.vocabulary.postings(word)) n += this.#live[packed >>> 8] as number
    return n
  }

  /** The best that fit, and how many of each value there would be: a facet's own choice does not narrow its own counts. */
  find(question: Question): Answer {
    const { groups, chosen, sort, after, limit } = question
    const words = this.#words(groups)
    const filters = facets.flatMap((facet) => {
      const values = chosen[facet]
      return values && values.length > 0 ? [{ facet, ...this.#allowed(facet, values) }] : []
    })
    const near = filters.map((_, f) => this.#nearOf(f))
    const codesOf = filters.map((f) => f.codes)
    const allowedOf = filters.map((f) => f.allowed)
    const ns = new Uint32Array(filters.length)
    const live = this.#live
    const years = this.#columns.year.codes
    const year = question.year === null ? -1 : (this.#columns.year.codeOf.get(String(question.year)) ?? 65_536)
    /** What fits, and for each choice what would fit without it; one plain loop over what the words meet, or over all. */
    const fits = this.#fits
    let total = 0
    // from the newest on, which is how equals stand
    for (let i = (words ? words.n : this.#size) - 1; i >= 0; i--) {
      const at = words ? (words.met[i] as number) : i
      if (live[at] === 0 || (year >= 0 && years[at] !== year)) continue
      let failed = -1
      let fails = 0
      for (let f = 0; f < codesOf.length; f++) {
        if ((allowedOf[f] as Uint8Array)[(codesOf[f] as Uint16Array)[at] as number] === 1) continue
        failed = f
        if (++fails === 2) break
      }
      if (fails === 0) fits[total++] = at
      else if (fails === 1) {
        const n = ns[failed] as number
        ;(near[failed] as Uint32Array)[n] = at
        ns[failed] = n + 1
      }
    }
    const counts = Object.fromEntries(
      facets.map((facet) => {
        const { codes, values } = this.#columns[facet]
        const counted = new Uint32Array(values.length)
        countInto(counted, codes, fits, total)
        const f = filters.findIndex((one) => one.facet === facet)
        if (f >= 0) countInto(counted, codes, near[f] as Uint32Array, ns[f] as number)
        return [facet, values.flatMap((value, i) => (i > 0 && counted[i] ? [{ value, count: counted[i] as number }] : []))]
      }),
    ) as Record<Facet, FacetCount[]>
    return { places: this.#best(fits.subarray(0, total), sort, words?.score ?? null, after, limit), total, counts }
  }

  #nearOf(f: number): Uint32Array {
    const room = this.#near[f]
    if (room && room.length >= this.#size) return room
    const made = new Uint32Array(this.#room)
    this.#near[f] = made
    return made
  }

  /** The first `limit` of these places in the wanted order, after a place. */
  #best(fits: Uint32Array, sort: Sort, score: Uint16Array | null, after: Place | null, limit: number): Place[] {
    const best: Place[] = []
    for (const at of fits) {
      const key = this.#keyOf(at, sort, score)
      const listedAt = this.#listedAt[at] as number
      const last = best.length === limit ? (best[limit - 1] as Place) : null
      if (last !== null && (key < last.key || (key === last.key && listedAt < last.listedAt))) continue
      const place = { key, listedAt, id: this.#ids[at] as string }
      if (after && !before(after, place)) continue
      if (last !== null && !before(place, last)) continue
      let low = 0
      let high = best.length
      while (low < high) {
        const middle = (low + high) >> 1
        if (before(place, best[middle] as Place)) high = middle
        else low = middle + 1
      }
      best.splice(low, 0, place)
      if (best.length > limit) best.pop()
    }
    return best
  }

  #keyOf(at: number, sort: Sort, score: Uint16Array | null): number {
    if (sort === 'newest') return this.#listedAt[at] as number
    if (sort === 'cheapest') return -(this.#price[at] as number)
    if (sort === 'dearest') return this.#price[at] as number
    if (sort === 'sold') return this.#sold[at] as number
    return (this.#inStock[at] as number) * IN_STOCK + (score?.[at] ?? 0)
  }

  /** The listings that meet all groups, in no order, and what their words weigh; null where no words are asked. */
  #words(groups: readonly Group[]): { met: Uint32Array; n: number; score: Uint16Array } | null {
    if (groups.length === 0) return null
    const [hit, score, met] = [this.#hit.fill(0, 0, this.#size), this.#score.fill(0, 0, this.#size), this.#met]
    let n = 0
    groups.forEach((words, already) => {
      n = 0
      for (const word of words) {
        const postings = this.vocabulary.postings(word)
        for (let i = 0; i < postings.length; i++) {
          const packed = postings[i] as number
          const at = packed >>> 8
          if (hit[at] !== already) continue
          hit[at] = already + 1
          score[at] = (score[at] as number) + (packed & 255)
          met[n++] = at
        }
      }
    })
    return { met, n, score }
  }

  #allowed(facet: Facet, chosen: readonly string[]): { codes: Uint16Array; allowed: Uint8Array } {
    const { codes, values, codeOf } = this.#columns[facet]
    const allowed = new Uint8Array(values.length)
    for (const value of chosen) {
      const code = codeOf.get(value)
      if (code !== undefined) allowed[code] = 1
    }
    return { codes, allowed }
  }

  #codeOf(facet: Facet, value: string | null): number {
    if (value === null || value === '') return 0
    const column = this.#columns[facet]
    let code = column.codeOf.get(value)
    // more values than a column can number: the last ones are found by words only
    if (code === undefined && column.values.length < 65_535) {
      code = column.values.length
      column.values.push(value)
      column.codeOf.set(value, code)
    }
    return code ?? 0
  }

  #grow(): void {
    this.#room *= 2
    this.#live = grown(this.#live, this.#room)
    this.#inStock = grown(this.#inStock, this.#room)
    this.#listedAt = grown(this.#listedAt, this.#room)
    this.#price = grown(this.#price, this.#room)
    this.#sold = grown(this.#sold, this.#room)
    this.#fits = new Uint32Array(this.#room)
    this.#near = []
    this.#hit = new Uint8Array(this.#room)
    this.#score = new Uint16Array(this.#room)
    this.#met = new Uint32Array(this.#room)
    for (const facet of facets) this.#columns[facet].codes = grown(this.#columns[facet].codes, this.#room)
  }

  /** Moves the living together; the words follow. */
  #closeUp(): void {
    const moved = new Int32Array(this.#size).fill(-1)
    let to = 0
    for (let at = 0; at < this.#size; at++) {
      if (this.#live[at] === 0) continue
      moved[at] = to
      this.#ids[to] = this.#ids[at] as ListingId
      for (const column of [this.#live, this.#inStock, this.#listedAt, this.#price, this.#sold]) column[to] = column[at] as number
      for (const facet of facets) this.#columns[facet].codes[to] = this.#columns[facet].codes[at] as number
      to++
    }
    this.#ids.length = to
    this.#size = to
    this.#left = 0
    for (const known of this.#known.values()) if (known.at >= 0) known.at = moved[known.at] as number
    this.vocabulary.move(moved)
  }
}
