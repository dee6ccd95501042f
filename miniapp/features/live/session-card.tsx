/** A session as lists show it: large while on air, a row while announced. */

import { Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { go } from '../../lib/go'
import { texts } from '../../texts'
import { Photo } from '../../ui/photo'
import { Tag } from '../../ui/tag'
import { Tap } from '../../ui/tap'
import type { SessionCardData } from './calls'
import './session-card.scss'

const open = (s: SessionCardData) => go('liveRoom', { id: s.id })

/** `aside` lies over the picture at the lower right, outside of what opens the room. */
export function LiveCard({ session, wide, aside }: { session: SessionCardData; wide?: boolean; aside?: ReactNode }) {
  return (
    <View className={wide ? 'live-card live-card-wide' : 'live-card'}>
      <Tap look="bare" className="live-card-tap" label={`${texts.home.enter}：${session.title}`} onTap={() => open(session)}>
        <View className="live-card-in">
          <Photo src={session.cover?.card ?? session.shop.avatar?.card} shape={wide ? '4-3' : '3-4'} alt={session.title} />
          <View className="live-card-top">
            <Tag tone={session.state === 'live' ? 'live' : 'quiet'}>{session.reason}</Tag>
            {session.bagCount > 0 ? <Text className="live-card-bag">{texts.home.bag(session.bagCount)}</Text> : null}
          </View>
          <View className="live-card-foot">
            <Text className="live-card-title clip-2">{session.title}</Text>
            <Text className="live-card-shop clip-1">{session.shop.name}</Text>
          </View>
        </View>
      </Tap>
      {aside ? <View className="live-card-aside">{aside}</View> : null}
    </View>
  )
}

/** `aside` stands at the right, outside of what opens the room. */
export function SessionRow({ session, aside }: { session: SessionCardData; aside?: ReactNode }) {
  return (
    <View className="session-row card">
      <Tap look="bare" className="session-row-tap" label={`${session.reason}，${session.title}`} onTap={() => open(session)}>
        <View className="session-row-photo">
          <Photo src={session.cover?.thumb ?? session.shop.avatar?.thumb} alt={session.title} />
        </View>
        <View className="grow session-row-words">
          <Text className="session-row-when">{session.reason}</Text>
          <Text className="strong clip-2">{session.title}</Text>
          <Text className="hint clip-1">
            {session.bagCount > 0 ? `${session.shop.name} · ${texts.home.bag(session.bagCount)}` : session.shop.name}
          </Text>
        </View>
      </Tap>
      {aside}
    </View>
  )
}
