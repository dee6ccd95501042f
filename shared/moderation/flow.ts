/** A moderation case's life: one revision before one desk. */
import { defineFlow, type StateOf } from '../flow.ts'

export const caseFlow = defineFlow({
  open: {
    approve: { to: 'approved', by: ['staff'] },
    reject: { to: 'rejected', by: ['staff'] },
    recall: { to: 'recalled', by: ['author'] },
  },
  approved: {},
  rejected: {},
  recalled: { reopen: { to: 'open', by: ['author'] } },
})

export type CaseState = StateOf<typeof caseFlow>
export type Verdict = 'approved' | 'rejected'
