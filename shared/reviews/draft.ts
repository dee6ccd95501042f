/** What a buyer writes of a tea that was received, and how much of it: the same in the form and at the door. */
import type { AssetId } from '../ids.ts'
import { DAY } from '../time.ts'

/** How it was brewed and how it was: all of it optional but the form. Scores from 1 to 5. */
export interface BrewNote {
  grams: number | null
  celsius: number | null
  millilitres: number | null
  /** Which steep 第几泡 the note is about, and how long it took. */
  steep: number | null
  seconds: number | null
  /** 茶汤颜色 · 香气 · 回甘. */
  liquor: number | null
  aroma: number | null
  aftertaste: number | null
}

export interface ReviewDraft {
  stars: number
  text: string
  pictures: AssetId[]
  brew: BrewNote | null
}

/** Text in characters; brew figures from… to. */
export const reviewLimits = {
  text: { min: 1, max: 500 },
  pictures: 6,
  answer: { min: 1, max: 300 },
  report: { min: 2, max: 200 },
  stars: { min: 1, max: 5 },
  brew: {
    grams: { min: 1, max: 50 },
    celsius: { min: 50, max: 100 },
    millilitres: { min: 30, max: 2_000 },
    steep: { min: 1, max: 30 },
    seconds: { min: 1, max: 3_600 },
    liquor: { min: 1, max: 5 },
    aroma: { min: 1, max: 5 },
    aftertaste: { min: 1, max: 5 },
  } satisfies Record<keyof BrewNote, { min: number; max: number }>,
} as const

export type BrewField = keyof BrewNote
export const brewFields = Object.keys(reviewLimits.brew) as BrewField[]

export const emptyBrew = (): BrewNote => ({
  grams: null,
  celsius: null,
  millilitres: null,
  steep: null,
  seconds: null,
  liquor: null,
  aroma: null,
  aftertaste: null,
})

/** From receipt on. */
export const REVIEW_WITHIN = 90 * DAY
export const FOLLOW_UP_WITHIN = 180 * DAY
/** A shop may reword its answer for this long. */
export const ANSWER_STANDS_AFTER = 1 * DAY
/** Below this many reviews an average says nothing, and none is shown. */
export const AVERAGE_FROM = 3

/** What buyers read of all reviews of a tea: how many of each number of stars, and the average where there are enough. */
export interface Figures {
  count: number
  /** From one star to five. */
  stars: readonly [number, number, number, number, number]
  /** To a tenth; null below AVERAGE_FROM. Silence is never counted as praise. */
  average: number | null
  withPictures: number
  /** Taken down by the park for a lawful reason; not in the figures, and not hidden either. */
  removed: number
}

/** The figures of so many of each number of stars. */
export const figuresOf = (stars: Figures['stars'], withPictures: number, removed: number): Figures => {
  const count = stars.reduce((sum, n) => sum + n, 0)
  const sum = stars.reduce((all, n, i) => all + n * (i + 1), 0)
  return { count, stars, average: count < AVERAGE_FROM ? null : Math.round((sum * 10) / count) / 10, withPictures, removed }
}

export const reviewFilters = ['all', 'pictures', 'low', 'followUp'] as const
export type ReviewFilter = (typeof reviewFilters)[number]
/** Up to this many stars counts as low. */
export const LOW_STARS = 3
