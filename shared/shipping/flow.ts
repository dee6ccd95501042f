/**
 * The life of a shipping notice 发货信息: what WeChat must be told of a parcel before it lets the shop's money go (发货信息管理服务, wechat.md §7).
 * `refuse`: WeChat gave a definite no, a person must look; `settle`: WeChat counts the sale as received and has let the money go; `void`: the sale
 * was refunded at WeChat.
 */
import { defineFlow, type StateOf } from '../flow.ts'

export const shippingNoticeFlow = defineFlow({
  due: {
    tell: { to: 'told', by: ['clock'] },
    refuse: { to: 'refused', by: ['channel'] },
    void: { to: 'voided', by: ['channel'] },
  },
  told: {
    correct: { to: 'due', by: ['shop'] },
    settle: { to: 'settled', by: ['channel'] },
    void: { to: 'voided', by: ['channel'] },
  },
  refused: { again: { to: 'due', by: ['park', 'shop'] } },
  settled: {},
  voided: {},
})
/** Whether a courier's news of a parcel are asked for. `drop`: it was asked too often in vain, or the courier is not known there. */
export const followFlow = defineFlow({
  wanted: { follow: { to: 'followed', by: ['clock'] }, drop: { to: 'off', by: ['clock'] } },
  followed: { end: { to: 'over', by: ['courier'] } },
  over: {},
  /** Also what is older than the asking. */
  off: {},
})
export type FollowState = StateOf<typeof followFlow>
export const followStateWords: Record<FollowState, string> = { off: '不跟踪', wanted: '待跟踪', followed: '跟踪中', over: '已结束' }
export const followActWords = { follow: '开始跟踪', drop: '放弃跟踪', end: '结束跟踪' } as const

export type ShippingNoticeState = StateOf<typeof shippingNoticeFlow>
export const shippingNoticeStateWords: Record<ShippingNoticeState, string> = {
  due: '待告知微信',
  told: '微信已记录发货',
  refused: '微信不接受发货信息',
  settled: '微信已结算',
  voided: '已退款，无需告知',
}
export const shippingNoticeActWords = {
  tell: '告知',
  refuse: '不接受',
  correct: '更正运单号',
  again: '重新告知',
  settle: '结算',
  void: '作废',
} as const
