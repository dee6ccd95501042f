/** What a shop writes of itself, how much of it, and what it still lacks: the same in both forms and at the door. */
import type { AssetId } from '../ids.ts'

export interface ProfileDraft {
  story: string
  avatar: AssetId | null
  pictures: AssetId[]
}

/** Lengths in characters. */
export const profileLimits = { story: { min: 20, max: 1000 }, pictures: 6 } as const

/** What is still lacking, by field; empty when it may go to the desk. */
export const profileLacks = (draft: ProfileDraft): Partial<Record<keyof ProfileDraft, string>> =>
  [...draft.story.trim()].length < profileLimits.story.min
    ? { story: `至少写 ${profileLimits.story.min} 个字：谁在做茶、在哪里、怎么做` }
    : {}
