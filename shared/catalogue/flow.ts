/** The lives of a listing on the shelf and of each of its revisions on its way there. */
import { defineFlow, type StateOf } from '../flow.ts'

/** The shelf: nothing stands on it before a first approval, and what has stood there never becomes a draft again. */
export const listingFlow = defineFlow({
  draft: { shelve: { to: 'onShelf', by: ['platform'] } },
  onShelf: { takeOff: { to: 'offShelf', by: ['shop'] }, sleep: { to: 'offShelf', by: ['clock'] } },
  offShelf: { putOn: { to: 'onShelf', by: ['shop'] } },
})

/**
 * A revision, one wording of a listing. What was once submitted never changes any more: an edit after a recall or a rejection makes a new
 * revision, so that a verdict can only fall on what the reviewer saw. `supersede` puts away the wording that a newer one replaces.
 */
export const revisionFlow = defineFlow({
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

/** Units held for an order that is not paid yet. */
export const reservationFlow = defineFlow({
  held: { sell: { to: 'sold', by: ['platform'] }, release: { to: 'released', by: ['platform'] } },
  /** A refund before shipping: what never left the house may be sold again. */
  sold: { restock: { to: 'released', by: ['platform'] } },
  released: {},
})

export type ShelfState = StateOf<typeof listingFlow>
export type RevisionState = StateOf<typeof revisionFlow>
export type ReservationState = StateOf<typeof reservationFlow>
