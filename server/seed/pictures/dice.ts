// A small seeded generator (mulberry32): the same seed throws the same numbers on every machine, so a picture is a function of its description.

/** Seeded chance. Every call moves the generator on by one throw or a few. */
export type Dice = {
  /** A number in [from, to). */
  between: (from: number, to: number) => number
  /** A whole number in [from, to]. */
  whole: (from: number, to: number) => number
  /** True with the given probability. */
  chance: (probability: number) => boolean
  /** One member of a non-empty list. */
  pick: <T>(list: readonly T[]) => T
  /** A number around 0, nearly always in (-1, 1), near 0 more often. */
  bell: () => number
}

/** Dice for a seed; `salt` gives independent dice for one seed. */
export function dice(seed: number, salt = 0): Dice {
  let state = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b)) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return {
    between: (from, to) => from + next() * (to - from),
    whole: (from, to) => Math.floor(from + next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    bell: () => (next() + next() + next()) / 1.5 - 1,
  }
}
