/** Many words looked for in one pass: the automaton of Aho and Corasick, "Efficient String Matching" (1975). */

interface Node<W> {
  next: Map<string, Node<W>>
  /** Where reading goes on when no letter fits: the longest end of what was read that begins a word. */
  back: Node<W> | null
  /** The words that end here, those of `back` included. */
  ends: W[]
}

const node = <W>(): Node<W> => ({ next: new Map(), back: null, ends: [] })

/** A reader that tells each word's every occurrence with the index of its last letter, in the order of these. One step a letter, plus the finds. */
export const buildAutomaton = <W extends { word: string }>(words: readonly W[]) => {
  const root = node<W>()
  for (const word of words) {
    let at = root
    for (const c of word.word) {
      const next = at.next.get(c) ?? node<W>()
      at.next.set(c, next)
      at = next
    }
    at.ends.push(word)
  }
  const queue = [...root.next.values()]
  for (const at of queue) {
    at.back ??= root
    for (const [c, next] of at.next) {
      let back: Node<W> | null = at.back
      while (back && !back.next.has(c)) back = back.back
      next.back = back?.next.get(c) ?? root
      next.ends.push(...next.back.ends)
      queue.push(next)
    }
    // a node's `back` is nearer to the root and was finished before it: its ends are whole when they are copied
  }
  return (letters: readonly { c: string }[], tell: (word: W, last: number) => void): void => {
    let at = root
    for (let i = 0; i < letters.length; i++) {
      const c = (letters[i] as { c: string }).c
      while (at.back && !at.next.has(c)) at = at.back
      at = at.next.get(c) ?? root
      for (const word of at.ends) tell(word, i)
    }
  }
}
