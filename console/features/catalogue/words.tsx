import { revisionWords, shelfWords } from '@shared/catalogue/words.ts'
import { Mark, type Tone } from '@/ui/Mark.tsx'
import type { ListingRow } from './queries.ts'

const shelfTones: Record<ListingRow['shelf'], Tone> = { draft: 'plain', onShelf: 'leaf', offShelf: 'plain' }
const reviewTones: Partial<Record<string, Tone>> = { inReview: 'liquor', rejected: 'alarm', approved: 'leaf' }

/** Where a listing stands. */
export function ShelfMark({ shelf }: { shelf: ListingRow['shelf'] }) {
  return <Mark tone={shelfTones[shelf]}>{shelfWords[shelf]}</Mark>
}

/** Where its newest revision stands. */
export function ReviewMark({ review }: { review: keyof typeof revisionWords }) {
  return <Mark tone={reviewTones[review] ?? 'plain'}>{revisionWords[review]}</Mark>
}
