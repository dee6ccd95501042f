/** The Chinese words of the review desk. */
import type { ActOf } from '../flow.ts'
import type { CaseState, caseFlow } from './flow.ts'

export const caseWords: Record<CaseState, string> = { open: '待审核', approved: '已通过', rejected: '已驳回', recalled: '已撤回' }

export const caseActWords: Record<ActOf<typeof caseFlow>, string> = { approve: '通过', reject: '驳回', recall: '撤回', reopen: '重新提交' }

export const findingSourceWords = { words: '词表', machine: '微信内容安全', pictures: '照片核对' } as const
