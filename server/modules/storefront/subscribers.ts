/** What the storefront does when something happened. */
import { isId } from '../../../shared/ids.ts'
import type { Subscriber } from '../../platform/app.ts'
import { settleProfile } from './settle-profile.ts'

export const subscribers: readonly Subscriber[] = [
  {
    name: 'storefront.settle-profile',
    on: 'moderation.decided',
    hear: async (work, { facts }) => {
      const { subject, subjectId, revision, verdict, reasons } = facts
      if (subject !== 'shopProfile' || !isId('Shop', subjectId) || !isId('Profile', revision)) return
      await settleProfile(work, { shopId: subjectId, profileId: revision, verdict, reasons })
    },
  },
]
