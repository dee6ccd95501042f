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
