import { and, eq } from 'drizzle-orm'
import type { OrderLineId, ReviewId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { type BrewNote, brewFields, FOLLOW_UP_WITHIN, REVIEW_WITHIN, type ReviewDraft } from '../../../shared/reviews/draft.ts'
import { maskNickname } from '../../../shared/room/feed.ts'
import { after, DAY, type Instant } from '../../../shared/time.ts'
import { isDuplicate } from '../../platform/db.ts'
import { newId, type Work } from '../../platform/work.ts'
import { mustBeMine } from '../assets/index.ts'
import { people } from '../identity/index.ts'
import { type Bought, boughtLines } from '../orders/index.ts'
import { reviews } from './tables.ts'

/** What people call each turn. */
const turnWords = { 1: '评价', 2: '追评' } as const

/** How long after receipt each turn may be written. */
const within = { 1: REVIEW_WITHIN, 2: FOLLOW_UP_WITHIN } as const

/** Which turn may be written of a line now, or null; `have` are the turns that are there. */
export const turnOpen = (line: Pick<Bought, 'state' | 'completedAt'>, have: readonly (1 | 2)[], now: Instant): 1 | 2 | null => {
  if (line.state !== 'completed' || line.completedAt === null || have.includes(2)) return null
  const turn = have.includes(1) ? 2 : 1
  return now <= after(line.completedAt, within[turn]) ? turn : null
}

export interface Writing {
  buyerId: UserId
  orderLineId: OrderLineId
  turn: 1 | 2
  draft: Omit<ReviewDraft, 'stars'> & { stars: number | null }
}

/**
 * Writes a review of a line that was received, or the follow-up to one. It is held until it has been checked. The same words again are the same
 * review. Refuses `notFound` (no line or picture of one's own), `reviewEarly`, `reviewLate`, `reviewedAlready` (other words are there),
 * `notNow` (a follow-up to nothing).
 */
export async function writeReview(work: Work, { buyerId, orderLineId, turn, draft }: Writing): Promise<{ reviewId: ReviewId }> {
  const [line] = await boughtLines(work.db, buyerId, { orderLineId })
  if (!line) throw refuse('notFound')
  await mustBeMine(work, buyerId, draft.pictures)
  const written = await writtenOf(work, orderLineId)
  const before = written.find((r) => r.turn === turn)
  if (before) return same(before, draft, turn)
  if (line.state !== 'completed' || line.completedAt === null) throw refuse('reviewEarly')
  if (turn === 2 && written.length === 0) throw refuse('notNow')
  if (work.now > after(line.completedAt, within[turn])) throw refuse('reviewLate', { what: turnWords[turn], days: within[turn] / DAY })
  const id = newId('Review')
  const nickname = (await people(work.db, [buyerId])).get(buyerId)?.nickname ?? ''
  const { shopId, listingId, title, skuName, batches } = line
  try {
    await work.db.insert(reviews).values({
      ...{ id, orderLineId, turn, buyerId, shopId, listingId, title, skuName, batches },
      ...{
        stars: draft.stars,
        text: draft.text,
        pictureIds: draft.pictures,
        pictureCount: draft.pictures.length,
        brew: noteOf(draft.brew),
      },
      ...{ nickname: maskNickname(nickname), state: 'held', writtenAt: work.now, reasons: '', report: '', answer: '' },
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw refuse('reviewedAlready', { what: turnWords[turn] })
  }
  await work.tell('review.written', { reviewId: id, shopId })
  return { reviewId: id }
}

/** A note in which nothing is noted is none. */
const noteOf = (brew: BrewNote | null): BrewNote | null => (brew !== null && brewFields.some((f) => brew[f] !== null) ? brew : null)

const writtenOf = (work: Work, orderLineId: OrderLineId) =>
  work.db
    .select()
    .from(reviews)
    .where(and(eq(reviews.orderLineId, orderLineId)))

const same = (before: typeof reviews.$inferSelect, draft: Writing['draft'], turn: 1 | 2): { reviewId: ReviewId } => {
  const again = before.stars === draft.stars && before.text === draft.text && before.pictureIds.join() === draft.pictures.join()
  if (!again) throw refuse('reviewedAlready', { what: turnWords[turn] })
  return { reviewId: before.id }
}
