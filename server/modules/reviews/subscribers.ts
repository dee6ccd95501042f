/** What reviews do when something happened. */
import { isId } from '../../../shared/ids.ts'
import type { Subscriber } from '../../platform/app.ts'
import { checkReview, settleReview } from './check-review.ts'

export const subscribers: readonly Subscriber[] = [
  { name: 'reviews.check', on: 'review.written', act: (app, { facts }) => checkReview(app, facts.reviewId) },
  {
    name: 'reviews.settle',
    on: 'moderation.decided',
    hear: async (work, { facts }) => {
      const { subject, subjectId, verdict, reasons } = facts
      if (subject !== 'review' || !isId('Review', subjectId)) return
      await settleReview(work, { reviewId: subjectId, verdict, reasons })
    },
  },
]
