/** What people read about a session. */

import type { ActOf } from '../flow.ts'
import { businessDay, clockTime, dayAndTime, type Instant, instant } from '../time.ts'
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
} as const
export type EndedBecause = keyof typeof endedBecauseWords

const day = (at: Instant, now: Instant): string => {
  if (businessDay(at) === businessDay(now)) return `今天 ${clockTime(at)}`
  if (businessDay(at) === businessDay(instant(now + 86_400_000))) return `明天 ${clockTime(at)}`
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
      return `正在直播，${day(session.startedAt ?? session.startsAt, now)}开播，按开播先后排列，最新的在前`
    case 'interrupted':
      return '信号中断，主播马上回来，排在直播中的场次之后'
    case 'scheduled':
      return session.startsAt > now
        ? `预告，${day(session.startsAt, now)}开播，按时间排列，最近的在前`
        : `预告，原定${day(session.startsAt, now)}，主播还没有开播`
    case 'ended':
      return session.endedAt ? `已结束，${day(session.endedAt, now)}` : '已结束'
    case 'cancelled':
      return '已取消'
  }
}
