/**
 * Comments over the lower left of the picture. One text node per row and a component of their own: that is what keeps a busy room under
 * 30 KB for 200 comments over WeChat's bridge.
 */

import type { ChatLine } from '@shared/room/feed.ts'
import { ScrollView, Text, View } from '@tarojs/components'
import { memo } from 'react'
import { texts } from '../../texts'
import './comments.scss'

const line = (c: ChatLine): string => (c.by === 'streamer' ? `${texts.live.streamer} ${c.nickname}：${c.text}` : `${c.nickname}：${c.text}`)

export const Comments = memo(function Comments({ chats, wide }: { chats: ChatLine[]; wide?: boolean }) {
  const last = chats.at(-1)
  return (
    <ScrollView
      className={wide ? 'comments comments-wide' : 'comments'}
      scrollY
      scrollIntoView={last ? `c${last.id}` : ''}
      enhanced
      showScrollbar={false}
    >
      <View className="comments-in">
        {chats.map((c) => (
          <Text key={c.id} id={`c${c.id}`} className={c.by === 'streamer' ? 'cm cm-s' : 'cm'}>
            {line(c)}
          </Text>
        ))}
      </View>
    </ScrollView>
  )
})
