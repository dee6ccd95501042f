/** The life of a Chat 评论: held until checked, then seen by all; one that is found wanting stays with its sender. */
import { type ActOf, defineFlow, type StateOf } from '../flow.ts'

export const chatFlow = defineFlow({
  held: { show: { to: 'shown', by: ['platform'] } },
  shown: {},
})
export type ChatState = StateOf<typeof chatFlow>

export const chatStateWords: Record<ChatState, string> = { held: '仅自己可见', shown: '已发出' }
export const chatActWords: Record<ActOf<typeof chatFlow>, string> = { show: '发出' }
