/**
 * Comments over the lower left of the picture, the newest at the foot; older ones leave at the top. One text node per row and a component
 * of their own: that is what keeps a busy room under 30 KB for 200 comments over WeChat's bridge.
 */

import type { ChatLine } from '@shared/room/feed.ts'
import { Text, View } from '@tarojs/components'
import { memo } from 'react'
import { texts } from '../../texts'
import { Tap } from '../../ui/tap'
import './comments.scss'

const line = (c: ChatLine): string => (c.by === 'streamer' ? `${texts.live.streamer} ${c.nickname}：${c.text}` : `${c.nickname}：${c.text}`)

const Row = ({ chat }: { chat: ChatLine }) => <Text className={chat.by === 'streamer' ? 'cm cm-s' : 'cm'}>{line(chat)}</Text>

export const Comments = memo(function Comments({ chats }: { chats: ChatLine[] }) {
  return (
    <View className="comments">
      <View className="comments-in">
        {chats.map((c) => (
          <Row key={c.id} chat={c} />
        ))}
      </View>
    </View>
  )
})

/** The same for reading at leisure, newest first; each is a key. */
export const CommentPaper = memo(function CommentPaper({ chats, onTap }: { chats: ChatLine[]; onTap: (chat: ChatLine) => void }) {
  return (
    <View className="comment-paper">
      {[...chats].reverse().map((c) => (
        <Tap key={c.id} look="bare" className={c.by === 'streamer' ? 'cm cm-s' : 'cm'} onTap={() => onTap(c)}>
          {line(c)}
        </Tap>
      ))}
    </View>
  )
})
