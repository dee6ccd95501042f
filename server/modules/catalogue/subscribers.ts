/** What the catalogue does when something happened. */
import { isId } from '../../../shared/ids.ts'
import type { Subscriber } from '../../platform/app.ts'
import { settleReview } from './settle-review.ts'
import { sleepListings } from './sleep-listings.ts'

export const subscribers: readonly Subscriber[] = [
  { name: 'catalogue.sleep-expired', on: 'paper.expired', hear: (work, { facts }) => sleepListings(work, facts.shopId) },
  { name: 'catalogue.sleep-withdrawn', on: 'paper.withdrawn', hear: (work, { facts }) => sleepListings(work, facts.shopId) },
  {
    name: 'catalogue.settle-review',
    on: 'moderation.decided',
    hear: async (work, { facts }) => {
      const { subject, subjectId, revision, verdict, reasons } = facts
      if (subject !== 'listing' || !isId('Listing', subjectId) || !isId('Revision', revision)) return
      await settleReview(work, { listingId: subjectId, revisionId: revision, verdict, reasons })
    },
  },
]
