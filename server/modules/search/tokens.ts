/** From a listing's facts to the words it is found by. Only who writes rows needs the segmenter: a question is cut along the words that rows have. */
import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { valueWords } from '../../../shared/search/facets.ts'
import { alsoCalled, teaWords } from './dictionary.ts'
import { isHan, normal } from './text.ts'

let jieba: Jieba | undefined
/** Made when first wanted: its dictionary takes 0.2 s and 60 MB. */
const segmenter = (): Jieba => {
  if (!jieba) {
    jieba = Jieba.withDict(dict)
    // a count above every other, so that a word of tea is never cut apart for two common ones
    jieba.loadDict(Buffer.from(teaWords.map((w) => `${w} 1000000 n`).join('\n')))
  }
  return jieba
}

const LONGEST = 30

/** The words of a text and its single characters. */
const cut = (text: string): { words: string[]; letters: string[] } => {
  const found = segmenter()
    .cutForSearch(normal(text), false)
    .filter((w) => /^[\p{Script=Han}a-z0-9]+$/u.test(w) && w.length <= LONGEST)
  const letters = [...new Set([...normal(text)].filter(isHan))]
  return { words: found.filter((w) => [...w].length > 1), letters }
}

export interface Wording {
  title: string
  shopName: string
  village: string
  maker: string
  /** Values of the verified batch, by facet; those that nobody verified are left out. */
  kind: string | null
  form: string | null
  season: string | null
  treeClass: string | null
  productClass: string | null
  hill: string | null
  year: number | null
}

/** What a word weighs by where it stands; a letter alone weighs least. */
const WEIGHTS = { title: 8, facet: 6, place: 4, maker: 2, letter: 1 } as const

/** The row's words: "凤凰窝 8 生茶 6 …", each once, with the most that it weighs anywhere. */
export const tokensOf = (w: Wording): string => {
  const weights = new Map<string, number>()
  const add = (word: string, weight: number) => weights.set(word, Math.max(weight, weights.get(word) ?? 0))
  const addText = (text: string, weight: number) => {
    const { words, letters } = cut(text)
    for (const word of words) add(word, weight)
    for (const letter of letters) add(letter, WEIGHTS.letter)
  }
  addText(w.title, WEIGHTS.title)
  for (const value of [w.kind, w.form, w.season, w.treeClass, w.productClass])
    for (const word of value === null ? [] : (alsoCalled[value] ?? [])) add(word, WEIGHTS.facet)
  if (w.hill !== null) addText(valueWords('hill', w.hill), WEIGHTS.title)
  if (w.year !== null) add(String(w.year), WEIGHTS.facet)
  addText(`${w.village} ${w.shopName}`, WEIGHTS.place)
  addText(w.maker, WEIGHTS.maker)
  return [...weights].map(([word, weight]) => `${word} ${weight}`).join(' ')
}
