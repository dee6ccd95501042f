import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { ReviewId, ShopId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { ANSWER_STANDS_AFTER } from '../../../shared/reviews/draft.ts'
import { after } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { matched } from '../../platform/db.ts'
import type { Actor, Work } from '../../platform/work.ts'
import { checkWords } from '../moderation/index.ts'
import { askDesk, tellChange } from './check-review.ts'
import { reviews } from './tables.ts'

/** A review of this shop that others read. Refuses `notFound`. */
async function shownOf(work: Work, shopId: ShopId, reviewId: ReviewId) {
  const [row] = await work.db
    .select()
    .from(reviews)
    .where(and(eq(reviews.id, reviewId), eq(reviews.shopId, shopId), eq(reviews.state, 'shown')))
  if (!row) throw refuse('notFound')
  return row
}

/**
 * Says the shop's answer, or rewords it within a day. Refuses `notFound` (not this shop's, or not shown), `wordsRefused` (the check doubts them),
 * `answerStands` (a day has passed).
 */
export async function answerReview(
  app: App,
  by: Actor,
  said: { shopId: ShopId; reviewId: ReviewId; text: string; userId: UserId },
): Promise<{ answer: string }> {
  const { shopId, reviewId, text, userId } = said
  if ((await checkWords(app, { text, scene: 'comment', userId })) === 'hold') throw refuse('wordsRefused', {}, { text: '请换个说法' })
  return app.work(by, async (work) => {
    const row = await shownOf(work, shopId, reviewId)
    const done = await work.db
      .update(reviews)
      .set({ answer: text, answeredAt: row.answeredAt ?? work.now })
      .where(
        and(
          eq(reviews.id, reviewId),
          eq(reviews.state, 'shown'),
          or(isNull(reviews.answeredAt), gt(reviews.answeredAt, after(work.now, -ANSWER_STANDS_AFTER))),
        ),
      )
    if (matched(done) === 0) throw refuse('answerStands')
    await tellChange(work, row)
    return { answer: text }
  })
}

/** Asks the park to look at a review, once; it stays where it is until a person has decided. Refuses `notFound`, `notNow` (reported before, otherwise). */
export async function reportReview(work: Work, asked: { shopId: ShopId; reviewId: ReviewId; report: string }): Promise<{ reported: true }> {
  const { shopId, reviewId, report } = asked
  const row = await shownOf(work, shopId, reviewId)
  if (row.report === report) return { reported: true }
  const done = await work.db
    .update(reviews)
    .set({ report })
    .where(and(eq(reviews.id, reviewId), eq(reviews.report, '')))
  if (matched(done) === 0) throw refuse('notNow')
  await askDesk(work, { ...row, report }, 'report')
  return { reported: true }
}
