import type { ActOf } from '../flow.ts'
import type { AfterSaleState, afterSaleFlow } from './flow.ts'

export type AfterSaleKind = 'refund' | 'return' | 'exchange' | 'reship'
export const afterSaleKindWords: Record<AfterSaleKind, string> = { refund: '仅退款', return: '退货退款', exchange: '换货', reship: '补发' }

export const afterSaleStateWords: Record<AfterSaleState, string> = {
  asked: '等店铺处理',
  declined: '店铺已拒绝',
  toReturn: '等买家寄回',
  returning: '寄回途中',
  toReship: '等店铺补发',
  atPark: '园区裁决中',
  refunded: '已退款',
  reshipped: '已补发',
  ended: '已关闭',
  withdrawn: '买家已撤销',
}
export const afterSaleActWords: Record<ActOf<typeof afterSaleFlow>, string> = {
  grant: '同意退款',
  grantReturn: '同意，请买家寄回',
  grantReship: '同意补发',
  decline: '拒绝',
  overdue: '超时未处理，转园区',
  withdraw: '撤销申请',
  escalate: '申请园区介入',
  lapse: '超时关闭',
  sendBack: '填写寄回单号',
  takeBack: '收到退货，退款',
  swap: '收到退货，换货',
  dispute: '退货有问题，转园区',
  reship: '补发',
  uphold: '支持买家，退款',
  reject: '驳回申请',
}

/** Why a buyer asks. `fault`: the shop's, then the freight goes back too; `from`: from when on it can be asked. */
export const afterSaleReasons = {
  changedMind: { words: '不想要了', fault: false, unshipped: true },
  late: { words: '迟迟不发货', fault: true, unshipped: true },
  noReason: { words: '七天无理由', fault: false, unshipped: false },
  quality: { words: '质量问题', fault: true, unshipped: false },
  damaged: { words: '破损', fault: true, unshipped: false },
  wrong: { words: '发错货', fault: true, unshipped: false },
  missing: { words: '少发漏发', fault: true, unshipped: false },
  notAsDescribed: { words: '与描述不符', fault: true, unshipped: false },
} as const satisfies Record<string, { words: string; fault: boolean; unshipped: boolean }>
export type AfterSaleReason = keyof typeof afterSaleReasons
