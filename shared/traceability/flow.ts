/** The lives of a plot of tea land and of a batch. What was once verified is not edited any more: it is revoked or frozen. */
import { defineFlow, type StateOf } from '../flow.ts'

export const plotFlow = defineFlow({
  draft: { submit: { to: 'inReview', by: ['shop'] } },
  inReview: {
    recall: { to: 'draft', by: ['shop'] },
    verify: { to: 'verified', by: ['staff'] },
    reject: { to: 'rejected', by: ['staff'] },
  },
  rejected: { amend: { to: 'draft', by: ['shop'] } },
  verified: { revoke: { to: 'rejected', by: ['staff'] } },
})

/** A batch takes its material when it is submitted and gives it back when it is recalled or rejected; frozen, it keeps all and sells nothing. */
export const batchFlow = defineFlow({
  draft: { submit: { to: 'inReview', by: ['shop'] } },
  inReview: {
    recall: { to: 'draft', by: ['shop'] },
    verify: { to: 'verified', by: ['staff'] },
    reject: { to: 'rejected', by: ['staff'] },
  },
  rejected: { amend: { to: 'draft', by: ['shop'] } },
  verified: { freeze: { to: 'frozen', by: ['staff'] } },
  frozen: { thaw: { to: 'verified', by: ['staff'] } },
})

export type PlotState = StateOf<typeof plotFlow>
export type BatchState = StateOf<typeof batchFlow>
