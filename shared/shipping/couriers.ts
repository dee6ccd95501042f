/** Couriers 快递公司 by WeChat's delivery_id (发货信息管理 and 查询组件 use the same list). */
export const couriers = {
  SF: '顺丰速运',
  YTO: '圆通速递',
  ZTO: '中通快递',
  STO: '申通快递',
  YD: '韵达速递',
  EMS: '邮政 EMS',
  YZPY: '邮政包裹',
  JD: '京东物流',
  DBL: '德邦快递',
  JTSD: '极兔速递',
} as const
export type Courier = keyof typeof couriers

/** WeChat takes up to so many parcels of one part (wechat.md §7.1). */
export const MOST_PARCELS = 15

/** The form of a tracking number 运单号. */
export const TRACKING_NO = /^[0-9A-Za-z]{8,30}$/
