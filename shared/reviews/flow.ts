/** The life of a Review 评价: what a buyer wrote after receipt, or added later. No act belongs to a shop (E-Commerce Law 电子商务法 art. 39). */
import { type ActOf, defineFlow, type StateOf } from '../flow.ts'

export const reviewFlow = defineFlow({
  /** Written; only its author sees it until it has been read. */
  held: { show: { to: 'shown', by: ['platform'] }, remove: { to: 'removed', by: ['platform'] } },
  shown: { remove: { to: 'removed', by: ['platform'] } },
  removed: {},
})

export type ReviewState = StateOf<typeof reviewFlow>
export type ReviewAct = ActOf<typeof reviewFlow>
