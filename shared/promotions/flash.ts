/**
 * Flash sales 秒杀 of a room (E2). The rule for what is paid late: whoever has placed the order while it ran keeps the price until the order's own
 * time to pay is over; an order that is not paid in time gives its units back to those who still come.
 */
import { type ActOf, defineFlow, type StateOf } from '../flow.ts'

export const flashFlow = defineFlow({
  running: { stop: { to: 'stopped', by: ['shop', 'platform'] } },
  stopped: {},
})
export type FlashState = StateOf<typeof flashFlow>
export const flashStateWords: Record<FlashState, string> = { running: '进行中', stopped: '已停止' }
export const flashActWords: Record<ActOf<typeof flashFlow>, string> = { stop: '停止' }

/** A claim is held with its order and goes back with it. */
export const claimFlow = defineFlow({
  held: { giveBack: { to: 'back', by: ['platform'] } },
  back: {},
})
export type ClaimState = StateOf<typeof claimFlow>
export const claimStateWords: Record<ClaimState, string> = { held: '已占用', back: '已退回' }
export const claimActWords: Record<ActOf<typeof claimFlow>, string> = { giveBack: '退回' }

export const flashLimits = { minutes: [1, 120], quota: [1, 10_000], perPerson: [1, 20] } as const
