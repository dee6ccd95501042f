/** The life of a Chat 评论: held until checked, then seen by all; one that is found wanting stays with its sender; one that people took away may come back. */
import { type ActOf, defineFlow, type StateOf } from '../flow.ts'

export const chatFlow = defineFlow({
  held: { show: { to: 'shown', by: ['platform'] } },
  shown: { hide: { to: 'hidden', by: ['shop', 'park'] } },
  hidden: { restore: { to: 'shown', by: ['shop', 'park'] } },
})
export type ChatState = StateOf<typeof chatFlow>

export const chatStateWords: Record<ChatState, string> = { held: '仅自己可见', shown: '已发出', hidden: '已隐藏' }
export const chatActWords: Record<ActOf<typeof chatFlow>, string> = { show: '发出', hide: '隐藏', restore: '恢复' }
