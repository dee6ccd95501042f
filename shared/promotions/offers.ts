/** What a shop or the park may offer, with its limits; the rules of price are in price.ts. */

import type { ActOf } from '../flow.ts'
import type { Bp, Fen } from '../money.ts'
import { yuan } from '../money.ts'
import { DAY } from '../time.ts'
import type { CouponState, couponFlow, OfferState, offerFlow } from './flow.ts'
import type { DiscountStep } from './price.ts'

export type OfferRule =
  | { kind: 'coupon'; overFen: Fen; off: { is: 'sum'; fen: Fen } | { is: 'rate'; bp: Bp; capFen: Fen } }
  | { kind: 'reduction'; steps: { overFen: Fen; offFen: Fen }[] }
  | { kind: 'bundle'; items: { skuId: string; count: number }[]; bundleFen: Fen }
export type OfferKind = OfferRule['kind']

export const offerLimits = {
  title: { min: 2, max: 20 },
  running: 20,
  quota: 100_000,
  perPerson: 10,
  sumFen: 10_000_000,
  steps: 3,
  bundleSkus: 4,
  bundleCount: 10,
  days: 180,
} as const

export const offerKindWords: Record<OfferKind, string> = { coupon: '优惠券', reduction: '满减', bundle: '套装' }
export const offerStateWords: Record<OfferState, string> = { open: '进行中', stopped: '已停止' }
export const offerActWords: Record<ActOf<typeof offerFlow>, string> = { stop: '停止' }
export const couponStateWords: Record<CouponState, string> = { held: '可用', used: '已使用' }
export const couponActWords: Record<ActOf<typeof couponFlow>, string> = { use: '用于订单', giveBack: '退回' }
export const stepWords: Record<DiscountStep, string> = {
  flash: '秒杀价',
  bundle: '套装价',
  shopReduction: '店铺满减',
  shopCoupon: '店铺券',
  credit: '试饮抵扣',
  parkReduction: '园区满减',
  parkCoupon: '园区券',
}

/** 折 as people read it: 8 500 basis points off a hundred are "1.5 折 off", so what is left counts: 1 500 off → 8.5 折. */
const leftOf = (bp: Bp): string => String(Number(((10_000 - bp) / 1000).toFixed(2)))

/** An offer's rule in words, as its coupon or its label says it. */
export const ruleWords = (rule: OfferRule): string => {
  if (rule.kind === 'bundle') return `套装 ${yuan(rule.bundleFen)} 元`
  if (rule.kind === 'reduction') return rule.steps.map((s) => `满 ${yuan(s.overFen)} 减 ${yuan(s.offFen)}`).join('，')
  const over = rule.overFen > 0 ? `满 ${yuan(rule.overFen)} ` : '无门槛'
  return rule.off.is === 'sum'
    ? `${over}减 ${yuan(rule.off.fen)} 元`
    : `${over}打 ${leftOf(rule.off.bp)} 折，最多减 ${yuan(rule.off.capFen)} 元`
}

/** What is wrong with an offer, by field; empty when it may be made. `now` in ms. */
export function offerFaults(offer: { rule: OfferRule; startsAt: number; endsAt: number }, now: number): Record<string, string> {
  const { rule, startsAt, endsAt } = offer
  const wrong: Record<string, string> = {}
  if (endsAt <= startsAt) wrong.endsAt = '结束要晚于开始'
  else if (endsAt <= now) wrong.endsAt = '结束时间已经过了'
  else if (endsAt - startsAt > offerLimits.days * DAY) wrong.endsAt = `最长 ${offerLimits.days} 天`
  if (rule.kind === 'coupon') {
    const most = rule.off.is === 'sum' ? rule.off.fen : rule.off.capFen
    if (most < 1) wrong['rule.off'] = '优惠金额要大于 0'
    else if (rule.overFen > 0 && most >= rule.overFen) wrong['rule.off'] = '优惠不能达到或超过门槛'
    if (rule.off.is === 'rate' && (rule.off.bp < 100 || rule.off.bp > 9000)) wrong['rule.off'] = '折扣要在 1 折到 9.9 折之间'
  }
  if (rule.kind === 'reduction') {
    if (rule.steps.length === 0) wrong['rule.steps'] = '至少一档'
    for (const [i, s] of rule.steps.entries()) {
      const before = rule.steps[i - 1]
      if (s.offFen < 1 || s.offFen >= s.overFen) wrong[`rule.steps.${i}`] = '减的金额要大于 0、小于门槛'
      else if (before && (s.overFen <= before.overFen || s.offFen <= before.offFen))
        wrong[`rule.steps.${i}`] = '每一档都要比前一档高、减得多'
    }
  }
  if (rule.kind === 'bundle') {
    if (rule.items.length === 0 || rule.items.reduce((n, i) => n + i.count, 0) < 2) wrong['rule.items'] = '套装至少两件'
    if (new Set(rule.items.map((i) => i.skuId)).size !== rule.items.length) wrong['rule.items'] = '同一规格只选一次'
  }
  return wrong
}
