/** How much a case wants to be read with care 风险: points with their reasons, so that nobody has to believe a number. */
import { DAY, type Instant } from '../time.ts'
import type { ClaimClass } from './rules.ts'

/** One reason and what it weighs. */
export interface Risk {
  points: number
  why: string
}

/** The one that is read first, first. */
export const riskLevels = ['high', 'middle', 'low'] as const
export type RiskLevel = (typeof riskLevels)[number]
export const riskWords: Record<RiskLevel, string> = { high: '高风险', middle: '中风险', low: '低风险' }

/** From how many points on a case stands in a level. */
const FROM = { middle: 25, high: 45 } as const

/** What a claim of a class weighs, once: what harms buyers' health or purse most, most. */
const claimPoints: Record<ClaimClass, number> = {
  disease: 45,
  fakeStatus: 45,
  offSite: 30,
  investment: 30,
  originAge: 20,
  absolute: 10,
  scarcity: 10,
}

/** A shop counts as new for so long. */
const NEW_SHOP = 30 * DAY

export const sumOf = (risks: readonly Risk[]): number => risks.reduce((sum, r) => sum + r.points, 0)

export const levelOf = (points: number): RiskLevel => (points >= FROM.high ? 'high' : points >= FROM.middle ? 'middle' : 'low')

/** The risks that are seen when a case comes to the desk. */
export const risksOf = (seen: {
  /** The classes of the claims that the word list found, with their words. */
  claims: readonly { class: ClaimClass; words: string }[]
  /** How many photos the house itself has doubts about. */
  photos: number
  /** There is no approved wording yet. */
  isFirst: boolean
  shopOpenedAt: Instant
  now: Instant
  /** What the author's room adds of its own. */
  more: readonly Risk[]
}): Risk[] => {
  const classes = new Map(seen.claims.map((c) => [c.class, c.words]))
  return [
    ...[...classes].map(([of, words]) => ({ points: claimPoints[of], why: words })),
    ...(seen.photos > 0 ? [{ points: 20, why: `${seen.photos} 张照片存疑` }] : []),
    ...(seen.isFirst ? [{ points: 5, why: '首次提交' }] : []),
    ...(seen.now - seen.shopOpenedAt < NEW_SHOP ? [{ points: 15, why: '开店不到 30 天' }] : []),
    ...seen.more,
  ]
}

/** What the machine's word adds. */
export const machineRisk = (suggest: 'risky' | 'review'): Risk =>
  suggest === 'risky' ? { points: 45, why: '机器建议不通过' } : { points: 20, why: '机器建议人工细看' }
