/** What people read about a session. */

import type { ActOf } from '../flow.ts'
import { businessDay, clockTime, DAY, dayAndTime, type Instant, instant } from '../time.ts'
import type { SessionState, sessionFlow } from './flow.ts'

export const sessionStateWords: Record<SessionState, string> = {
  scheduled: '预告',
  live: '直播中',
  interrupted: '信号中断',
  ended: '已结束',
  cancelled: '已取消',
}

export const sessionActWords: Record<ActOf<typeof sessionFlow>, string> = {
  stream: '开播',
  drop: '断流',
  resume: '恢复',
  end: '结束直播',
  cancel: '取消预告',
}

/** Why a session ended or was cancelled. */
export const endedBecauseWords = {
  shop: '主播已下播',
  abandoned: '信号中断太久，直播已自动结束',
  park: '园区已停止这场直播',
  shopCancelled: '店铺取消了这场直播',
  parkCancelled: '园区取消了这场直播',
  neverStarted: '主播没有开播，预告已自动取消',
  suspended: '店铺暂停营业，直播已结束',
} as const
export type EndedBecause = keyof typeof endedBecauseWords

/** A day's hours as people here say them: 今晚 8 点, 明早 9 点半, 后天下午 3:15, 11月28日 20:00. */
export const whenWords = (at: Instant, now: Instant): string => {
  const [hour = 0, minute = 0] = clockTime(at).split(':').map(Number)
  const part = hour < 6 ? '凌晨' : hour < 12 ? '早上' : hour === 12 ? '中午' : hour < 18 ? '下午' : '晚上'
  const twelve = hour > 12 ? hour - 12 : hour
  const time = minute === 0 ? `${twelve} 点` : minute === 30 ? `${twelve} 点半` : `${twelve}:${String(minute).padStart(2, '0')}`
  const days = ['今天', '明天', '后天'] as const
  for (const [n, name] of days.entries()) {
    if (businessDay(at) !== businessDay(instant(now + n * DAY))) continue
    const short = part === '晚上' ? { 今天: '今晚', 明天: '明晚' } : part === '早上' ? { 今天: '今早', 明天: '明早' } : {}
    return `${(short as Record<string, string>)[name] ?? `${name}${part}`} ${time}`
  }
  return dayAndTime(at)
}

/**
 * Why a session stands where it stands in a list, for everyone to read: those on air first, newest first; then the announced ones, soonest first.
 * Nothing else weighs, and nobody can pay for a place.
 */
export const placeWords = (
  session: { state: SessionState; startsAt: Instant; startedAt: Instant | null; endedAt: Instant | null },
  now: Instant,
): string => {
  switch (session.state) {
    case 'live':
      return '直播中'
    case 'interrupted':
      return '信号中断，马上回来'
    case 'scheduled':
      return session.startsAt > now ? `${whenWords(session.startsAt, now)}开播` : `原定${whenWords(session.startsAt, now)}，还没有开播`
    case 'ended':
      return session.endedAt ? `已结束，${dayAndTime(session.endedAt)}` : '已结束'
    case 'cancelled':
      return '已取消'
  }
}
