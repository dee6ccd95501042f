/** The lives of a payment 支付单 and of a refund 退款单. */
import { defineFlow, type StateOf } from '../flow.ts'

/** `settle` is also allowed from closed: WeChat's word that money came outweighs ours that it should not have. */
export const paymentFlow = defineFlow({
  opening: {
    open: { to: 'open', by: ['platform'] },
    settle: { to: 'settled', by: ['channel'] },
    close: { to: 'closed', by: ['platform'] },
  },
  open: { settle: { to: 'settled', by: ['channel'] }, close: { to: 'closed', by: ['platform'] } },
  closed: { settle: { to: 'settled', by: ['channel'] } },
  settled: {},
})
export type PaymentState = StateOf<typeof paymentFlow>
export const paymentStateWords: Record<PaymentState, string> = { opening: '正在下单', open: '待支付', settled: '已支付', closed: '已关闭' }
export const paymentActWords = { open: '下单', settle: '到账', close: '关闭' } as const

export const refundFlow = defineFlow({
  asked: {
    send: { to: 'processing', by: ['platform'] },
    finish: { to: 'done', by: ['channel'] },
    stick: { to: 'abnormal', by: ['channel'] },
    fail: { to: 'closed', by: ['channel'] },
  },
  processing: {
    finish: { to: 'done', by: ['channel'] },
    stick: { to: 'abnormal', by: ['channel'] },
    fail: { to: 'closed', by: ['channel'] },
  },
  abnormal: { finish: { to: 'done', by: ['channel'] } },
  done: {},
  closed: {},
})
export type RefundState = StateOf<typeof refundFlow>
export const refundStateWords: Record<RefundState, string> = {
  asked: '退款处理中',
  processing: '退款处理中',
  done: '已退款',
  abnormal: '退款异常，园区正在处理',
  closed: '退款未成功，园区正在处理',
}
export const refundActWords = { send: '提交', finish: '退款成功', stick: '退款异常', fail: '退款关闭' } as const

/**
 * A profit share 分账: the park's fee of one shop's part. `putBack`: WeChat did not take it (the buyer's receipt has not reached it yet, or it never
 * heard of it), so it is asked again later. `fail`: WeChat worked on it and did not pay it; another share takes its place. `end`: there is no
 * fee, and the sharing of the part was ended without one.
 */
export const shareFlow = defineFlow({
  due: { ask: { to: 'asked', by: ['clock'] }, end: { to: 'ended', by: ['clock'] } },
  asked: {
    putBack: { to: 'due', by: ['clock'] },
    finish: { to: 'done', by: ['channel'] },
    fail: { to: 'failed', by: ['channel'] },
  },
  done: {},
  ended: {},
  failed: {},
})
export type ShareState = StateOf<typeof shareFlow>
export const shareStateWords: Record<ShareState, string> = {
  due: '待分账',
  asked: '分账处理中',
  done: '已分账',
  ended: '无服务费，已解冻',
  failed: '分账未成功，将重试',
}
export const shareActWords = { ask: '请求分账', end: '完结', putBack: '稍后再试', finish: '分账成功', fail: '分账失败' } as const

/** A share given back to the shop before its buyer is refunded 分账回退. */
export const shareReturnFlow = defineFlow({
  due: { ask: { to: 'asked', by: ['clock'] } },
  asked: {
    putBack: { to: 'due', by: ['clock'] },
    finish: { to: 'done', by: ['channel'] },
    fail: { to: 'failed', by: ['channel'] },
  },
  done: {},
  failed: {},
})
export type ShareReturnState = StateOf<typeof shareReturnFlow>
export const shareReturnStateWords: Record<ShareReturnState, string> = {
  due: '待回退',
  asked: '回退处理中',
  done: '已回退',
  failed: '回退未成功，将重试',
}
export const shareReturnActWords = { ask: '请求回退', putBack: '稍后再试', finish: '回退成功', fail: '回退失败' } as const
