/** Words side by side: what was taken out, what was put in, and what somebody has doubts about, each where it stands. */
import { diffArrays } from 'diff'

/** A run of letters that are alike. */
export interface Run {
  text: string
  changed: boolean
  doubted: boolean
}

const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' })
const wordsOf = (text: string): string[] => [...segmenter.segment(text)].map((s) => s.segment)

/** The letters of a text, cut where one of the flags turns. */
const runsOf = (text: string, changed: readonly boolean[], doubted: readonly boolean[]): Run[] => {
  const runs: Run[] = []
  for (let i = 0; i < text.length; i++) {
    const last = runs.at(-1)
    const [c, d] = [changed[i] ?? false, doubted[i] ?? false]
    if (last && last.changed === c && last.doubted === d) last.text += text[i]
    else runs.push({ text: text[i] as string, changed: c, doubted: d })
  }
  return runs
}

const flags = (text: string): boolean[] => Array.from({ length: text.length }, () => false)

/** Where these passages stand in the text, every time. */
const doubtsIn = (text: string, passages: readonly string[]): boolean[] => {
  const marked = flags(text)
  for (const passage of passages)
    for (let at = passage === '' ? -1 : text.indexOf(passage); at >= 0; at = text.indexOf(passage, at + passage.length))
      marked.fill(true, at, at + passage.length)
  return marked
}

/** Both wordings in runs, word by word; the passages are those that were found in the later one. */
export const sideBySide = (before: string, after: string, passages: readonly string[]): { before: Run[]; after: Run[] } => {
  const [gone, come] = [flags(before), flags(after)]
  let [at, to] = [0, 0]
  for (const part of diffArrays(wordsOf(before), wordsOf(after))) {
    const length = part.value.join('').length
    if (part.removed) gone.fill(true, at, at + length)
    if (part.added) come.fill(true, to, to + length)
    if (!part.added) at += length
    if (!part.removed) to += length
  }
  return { before: runsOf(before, gone, []), after: runsOf(after, come, doubtsIn(after, passages)) }
}

/** One wording with its doubted passages. */
export const withDoubts = (text: string, passages: readonly string[]): Run[] => runsOf(text, [], doubtsIn(text, passages))
