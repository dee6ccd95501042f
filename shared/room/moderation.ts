/** Keeping a room clean 评论管理: what farmer and park may do about words and people in it, each with a reason, a name and a way back. */
import { type ActOf, defineFlow, type StateOf } from '../flow.ts'
import { HOUR, MINUTE } from '../time.ts'

/** `hide` takes one chat away from everyone; `mute` keeps a person silent in this room; `block` keeps a person out of all rooms of the shop. */
export const roomMeasures = { hide: '隐藏评论', mute: '禁言', block: '拉黑', slow: '慢速发言' } as const
export type RoomMeasure = keyof typeof roomMeasures

/** Why. `other` wants words. */
export const roomReasons = {
  abuse: '辱骂攻击',
  advert: '广告引流',
  falseClaim: '虚假宣传',
  spam: '刷屏',
  privacy: '泄露个人信息',
  offTopic: '与直播无关',
  other: '其他',
} as const
export type RoomReason = keyof typeof roomReasons
export const ROOM_WORDS_MAX = 100

/** How long somebody may be kept silent; `session` is to the end of this broadcast. */
export const muteSpans = {
  ten: { words: '10 分钟', ms: 10 * MINUTE },
  hour: { words: '1 小时', ms: HOUR },
  session: { words: '本场', ms: null },
} as const
export type MuteSpan = keyof typeof muteSpans

/** Seconds between two chats of one person; the first is what a room begins with. */
export const PACES = [2, 5, 10, 30, 60] as const
export type Pace = (typeof PACES)[number]

/** A measure is in force until its time is over or somebody takes it back. */
export const measureFlow = defineFlow({
  inForce: { undo: { to: 'undone', by: ['shop', 'park'] } },
  undone: {},
})
export type MeasureState = StateOf<typeof measureFlow>
export const measureStateWords: Record<MeasureState, string> = { inForce: '生效', undone: '已撤销' }
export const measureActWords: Record<ActOf<typeof measureFlow>, string> = { undo: '撤销' }

/** Who was silenced may ask the park once; it is decided by somebody else than who did it. */
export const appealFlow = defineFlow({
  none: { appeal: { to: 'asked', by: ['buyer'] } },
  asked: { grant: { to: 'granted', by: ['park'] }, uphold: { to: 'upheld', by: ['park'] } },
  granted: {},
  upheld: {},
})
export type AppealState = StateOf<typeof appealFlow>
export const appealStateWords: Record<AppealState, string> = { none: '未申诉', asked: '申诉中', granted: '申诉成立', upheld: '维持原处理' }
export const appealActWords: Record<ActOf<typeof appealFlow>, string> = { appeal: '申诉', grant: '撤销处理', uphold: '维持处理' }

/** Two sayings that differ in nothing but spaces, signs and letter case are the same. */
export const sameWords = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '')
