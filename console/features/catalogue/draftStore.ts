/** What was typed and not yet saved, kept in this tab: a lost session, a closed page or a broken line lose nothing. */
import type { ListingDraft } from '@shared/catalogue/draft.ts'
import { emptyDraft } from '@shared/catalogue/draft.ts'
import type { Picture } from '@/lib/upload.ts'

export interface Kept {
  draft: ListingDraft
  pictures: Picture[]
}

const nameOf = (shopId: string, listingId: string): string => `chashan.draft.${shopId}.${listingId}`

/** Keeps the unsaved form of a listing (or of `new`). */
export const keepDraft = (shopId: string, listingId: string, kept: Kept): void => {
  try {
    localStorage.setItem(nameOf(shopId, listingId), JSON.stringify(kept))
  } catch {
    // a full or forbidden store costs the safety net, not the form
  }
}

/** What was kept, or null. Fields that it lacks are empty. */
export const keptDraft = (shopId: string, listingId: string): Kept | null => {
  const text = localStorage.getItem(nameOf(shopId, listingId))
  if (text === null) return null
  try {
    const kept = JSON.parse(text) as Kept
    return { draft: { ...emptyDraft(), ...kept.draft }, pictures: kept.pictures }
  } catch {
    return null
  }
}

/** Forgets it: the server has it now. */
export const forgetDraft = (shopId: string, listingId: string): void => localStorage.removeItem(nameOf(shopId, listingId))
