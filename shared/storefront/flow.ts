/** The life of a Profile 店铺资料: one wording of what a shop says of itself, with its photos. */
import { type ActOf, defineFlow, type StateOf } from '../flow.ts'

/** What was once submitted never changes any more, so that a verdict can only fall on what the reviewer saw: an edit makes a new profile. */
export const profileFlow = defineFlow({
  draft: { submit: { to: 'inReview', by: ['shop'] }, supersede: { to: 'superseded', by: ['platform'] } },
  inReview: {
    recall: { to: 'draft', by: ['shop'] },
    approve: { to: 'approved', by: ['platform'] },
    reject: { to: 'rejected', by: ['platform'] },
  },
  approved: { supersede: { to: 'superseded', by: ['platform'] } },
  rejected: {},
  superseded: {},
})

export type ProfileState = StateOf<typeof profileFlow>
export type ProfileAct = ActOf<typeof profileFlow>
