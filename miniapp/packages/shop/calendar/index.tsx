import { businessDay, DAY, type Instant, instant } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import Taro, { useDidShow, usePullDownRefresh, useReachBottom } from '@tarojs/taro'
import { useRef } from 'react'
import { calendar, type SessionCardData } from '../../../features/live/calls'
import { SessionRow } from '../../../features/live/session-card'
import { FollowKey } from '../../../features/storefront/follow-key'
import { goHome } from '../../../lib/go'
import { usePages } from '../../../lib/load'
import { shopTexts } from '../../../texts/shop'
import { Empty } from '../../../ui/empty'
import { Growing } from '../../../ui/growing'
import { Screen } from '../../../ui/screen'

const t = shopTexts.calendar

/** A day as its heading says it: 今天 11月26日 周四. */
const dayWords = (at: Instant, now: Instant): string => {
  const day = businessDay(at)
  const [, month, date] = day.split('-').map(Number)
  const near = day === businessDay(now) ? `${t.today} ` : day === businessDay(instant(now + DAY)) ? `${t.tomorrow} ` : ''
  return `${near}${month}月${date}日 ${t.days[new Date(`${day}T00:00:00Z`).getUTCDay()]}`
}

export default function Calendar() {
  const pages = usePages<SessionCardData>(calendar, [])
  const first = useRef(true)
  useDidShow(() => {
    if (!first.current) void pages.again()
    first.current = false
  })
  usePullDownRefresh(() => {
    void pages.again().finally(() => Taro.stopPullDownRefresh())
  })
  useReachBottom(pages.more)
  const now = instant(Date.now())
  const days = pages.rows?.reduce<{ day: string; rows: SessionCardData[] }[]>((all, row) => {
    const day = dayWords(row.startsAt, now)
    const last = all.at(-1)
    if (last?.day === day) last.rows.push(row)
    else all.push({ day, rows: [row] })
    return all
  }, [])
  return (
    <Screen>
      <View className="page-pad stack">
        <Text className="hint">{t.hint}</Text>
        <Growing
          of={{ ...pages, rows: days }}
          empty={<Empty icon="wait" title={t.empty} hint={t.emptyHint} act={t.toHome} onAct={goHome} />}
          row={({ day, rows }) => (
            <View key={day} className="stack">
              <Text className="section-title">{day}</Text>
              {rows.map((s) => (
                <SessionRow key={s.id} session={s} aside={<FollowKey shop={s.shop} />} />
              ))}
            </View>
          )}
        />
      </View>
    </Screen>
  )
}
