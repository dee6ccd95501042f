/** The life of a Paper 证照. What the park has verified never changes: a new period or a new number is a new paper. */
import { type ActOf, defineFlow, type StateOf } from '../flow.ts'

export const paperFlow = defineFlow({
  draft: { submit: { to: 'inReview', by: ['shop'] }, discard: { to: 'withdrawn', by: ['shop'] } },
  inReview: {
    recall: { to: 'draft', by: ['shop'] },
    verify: { to: 'verified', by: ['park'] },
    reject: { to: 'rejected', by: ['park'] },
  },
  rejected: { submit: { to: 'inReview', by: ['shop'] }, discard: { to: 'withdrawn', by: ['shop'] } },
  verified: { expire: { to: 'expired', by: ['clock'] }, withdraw: { to: 'withdrawn', by: ['park'] } },
  expired: {},
  withdrawn: {},
})

export type PaperState = StateOf<typeof paperFlow>
export type PaperAct = ActOf<typeof paperFlow>

export const paperStateWords: Record<PaperState, string> = {
  draft: '草稿',
  inReview: '待核验',
  rejected: '已驳回',
  verified: '已核验',
  expired: '已到期',
  withdrawn: '已作废',
}

export const paperActWords: Record<PaperAct, string> = {
  submit: '提交核验',
  recall: '撤回修改',
  discard: '不要了',
  verify: '核验通过',
  reject: '驳回',
  expire: '到期',
  withdraw: '作废',
}
