/** Every word that a listing on the shelf is found by, what it sounds like, and what looks or sounds near it. */
import { pinyin } from 'pinyin-pro'
import { isHan } from './text.ts'

/** Words behind one sound, or one prefix, that are taken into a question. */
const MOST_MEANT = 16
/** Keys that are looked at for a near one. */
const MOST_LOOKED_AT = 4_000

const syllables = new Map<string, string>()
/** A character's sound without tone, ü as v; the commonest where it has several. */
const soundOf = (letter: string): string => {
  let sound = syllables.get(letter)
  if (sound === undefined) {
    sound = pinyin(letter, { toneType: 'none', v: true })
    syllables.set(letter, sound)
  }
  return sound
}

/** "fenghuangwo" and "fhw" for 凤凰窝. A word's own reading counts (普洱 is pu'er whatever 洱 alone is), so the whole is asked. */
const soundsOf = (word: string): { whole: string; initials: string } => {
  const parts = pinyin(word, { toneType: 'none', v: true, type: 'array' })
  return { whole: parts.join(''), initials: parts.map((p) => p[0] ?? '').join('') }
}

/** How far two words are apart in insertions, losses, changes and swaps of neighbours; `most + 1` when more than `most`. */
export const distance = (a: string, b: string, most: number): number => {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let two: number[] = []
  let one = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let d = Math.min((one[j] as number) + 1, (row[j - 1] as number) + 1, (one[j - 1] as number) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, (two[j - 2] as number) + 1)
      row.push(d)
      if (d < least) least = d
    }
    if (least > most) return most + 1
    two = one
    one = row
  }
  return Math.min(one[b.length] as number, most + 1)
}

export class Vocabulary {
  /** By word: where it stands and what it weighs there, packed as place × 256 + weight, places ascending. */
  #postings = new Map<string, number[]>()
  /** By the word itself, its sound, and its initials: the words that are meant. Single characters and bare numbers are not among them. */
  #keys = new Map<string, string[]>()
  #sorted: string[] = []
  #inOrder = true

  /** Adds a row's words ("凤凰窝 8 生茶 6 …") at a place that is above every earlier one. */
  add(tokens: string, at: number): void {
    const parts = tokens.split(' ')
    for (let i = 0; i + 1 < parts.length; i += 2) {
      const word = parts[i] as string
      const packed = at * 256 + Math.min(255, Number(parts[i + 1]))
      const postings = this.#postings.get(word)
      if (postings) postings.push(packed)
      else {
        this.#postings.set(word, [packed])
        this.#learn(word)
      }
    }
  }

  /** Where a word stands. */
  postings(word: string): readonly number[] {
    return this.#postings.get(word) ?? []
  }

  has(word: string): boolean {
    return this.#postings.has(word)
  }

  /** The words of this very sound, or these initials, commonest first, of equals the longest. */
  meant(key: string): string[] {
    return this.#commonest(this.#keys.get(key) ?? [])
  }

  /** The words whose writing or sound begins like this, commonest first. */
  beginning(start: string): string[] {
    const found = new Set<string>()
    for (let i = this.#from(start), n = 0; i < this.#sorted.length && n < 200; i++, n++) {
      const key = this.#sorted[i] as string
      if (!key.startsWith(start)) break
      for (const word of this.#keys.get(key) ?? []) found.add(word)
    }
    return this.#commonest([...found])
  }

  /** The words of the same sound as these characters. */
  sameSound(letters: string): string[] {
    return this.meant([...letters].map(soundOf).join(''))
  }

  /**
   * The commonest of the nearest words, or null: a word in letters may differ by one letter (two from eight on); one in characters sounds
   * nearly the same, is as long, and has a character in common.
   */
  near(word: string): string | null {
    const han = isHan(word)
    const sound = han ? soundsOf(word).whole : word
    if (sound.length < 4) return null
    const most = han || sound.length < 8 ? 1 : 2
    let best: string[] = []
    let least = most + 1
    for (let i = this.#from(sound[0] as string), n = 0; i < this.#sorted.length && n < MOST_LOOKED_AT; i++, n++) {
      const key = this.#sorted[i] as string
      if (key[0] !== sound[0]) break
      const d = distance(sound, key, Math.min(most, least))
      if (d > Math.min(most, least)) continue
      const words = (this.#keys.get(key) ?? []).filter(
        (w) => !han || ([...w].length === [...word].length && [...w].some((letter) => word.includes(letter))),
      )
      if (words.length === 0) continue
      best = d < least ? words : [...best, ...words]
      least = d
    }
    return this.#commonest(best)[0] ?? null
  }

  /** Follows its listings to their new places; -1 is gone. */
  move(to: Int32Array): void {
    for (const [word, postings] of this.#postings) {
      let n = 0
      for (const packed of postings) {
        const place = to[packed >>> 8] as number
        if (place >= 0) postings[n++] = place * 256 + (packed & 255)
      }
      postings.length = n
      if (n === 0) this.#forget(word)
    }
    this.#sorted = [...this.#keys.keys()]
    this.#inOrder = false
  }

  #commonest(words: string[]): string[] {
    return [...words]
      .sort((a, b) => this.postings(b).length - this.postings(a).length || b.length - a.length || (a < b ? -1 : 1))
      .slice(0, MOST_MEANT)
  }

  #keysOf(word: string): string[] {
    if (/^\d+$/.test(word) || [...word].length < 2) return []
    if (!isHan(word)) return [word]
    const { whole, initials } = soundsOf(word)
    return [word, whole, initials]
  }

  #learn(word: string): void {
    for (const key of this.#keysOf(word)) {
      const words = this.#keys.get(key)
      if (words) words.push(word)
      else {
        this.#keys.set(key, [word])
        this.#sorted.push(key)
        this.#inOrder = false
      }
    }
  }

  #forget(word: string): void {
    this.#postings.delete(word)
    for (const key of this.#keysOf(word)) {
      const rest = (this.#keys.get(key) ?? []).filter((w) => w !== word)
      if (rest.length > 0) this.#keys.set(key, rest)
      else this.#keys.delete(key)
    }
  }

  /** The first key that is not before `start`. */
  #from(start: string): number {
    if (!this.#inOrder) {
      this.#sorted.sort()
      this.#inOrder = true
    }
    let low = 0
    let high = this.#sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#sorted[middle] as string) < start) low = middle + 1
      else high = middle
    }
    return low
  }
}
