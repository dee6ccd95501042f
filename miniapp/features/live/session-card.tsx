/** A session as lists show it: large while on air, a row while announced. */

import { sessionStateWords } from '@shared/live/words.ts'
import { dayAndTime } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import { go } from '../../lib/go'
import { texts } from '../../texts'
import { Photo } from '../../ui/photo'
import { Tag } from '../../ui/tag'
import { Tap } from '../../ui/tap'
import type { SessionCardData } from './calls'
import './session-card.scss'

const open = (s: SessionCardData) => go('liveRoom', { id: s.id })

export function LiveCard({ session, wide }: { session: SessionCardData; wide?: boolean }) {
  const on = session.state === 'live'
  return (
    <Tap
      look="bare"
      className={wide ? 'live-card live-card-wide' : 'live-card'}
      label={`${texts.home.enter}：${session.title}`}
      onTap={() => open(session)}
    >
      <View className="live-card-in">
        <Photo src={session.cover?.card ?? session.shop.avatar?.card} shape={wide ? '4-3' : '3-4'} alt={session.title} />
        <View className="live-card-top">
          <Tag tone={on ? 'live' : 'quiet'}>{on ? texts.live.onAir : sessionStateWords[session.state]}</Tag>
          {session.bagCount > 0 ? <Text className="live-card-bag">{texts.home.bag(session.bagCount)}</Text> : null}
        </View>
        <View className="live-card-foot">
          <Text className="live-card-title clip-2">{session.title}</Text>
          <Text className="live-card-shop clip-1">{session.shop.name}</Text>
        </View>
      </View>
    </Tap>
  )
}

export function SessionRow({ session }: { session: SessionCardData }) {
  return (
    <Tap look="bare" className="session-row card" label={session.title} onTap={() => open(session)}>
      <View className="session-row-photo">
        <Photo src={session.cover?.thumb ?? session.shop.avatar?.thumb} alt={session.title} />
      </View>
      <View className="grow session-row-words">
        <Text className="session-row-when">{texts.home.startsAt(dayAndTime(session.startsAt))}</Text>
        <Text className="strong clip-2">{session.title}</Text>
        <Text className="hint clip-1">
          {session.bagCount > 0 ? `${session.shop.name} · ${texts.home.bag(session.bagCount)}` : session.shop.name}
        </Text>
      </View>
    </Tap>
  )
}
