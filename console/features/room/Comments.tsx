import type { LiveSessionId, ShopId } from '@shared/ids.ts'
import type { ChatLine } from '@shared/room/feed.ts'
import type { ChatState } from '@shared/room/flow.ts'
import { CHAT_MAX } from '@shared/room/limits.ts'
import { roomMeasures } from '@shared/room/moderation.ts'
import { useMutation } from '@tanstack/react-query'
import { Button, Dropdown, Input, Space } from 'antd'
import { memo, useLayoutEffect, useRef, useState } from 'react'
import { wordsOf } from '@/lib/errors.ts'
import { newKey } from '@/lib/keys.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import './Comments.css'

const NEAR_END = 48

const menu = (['hide', 'mute', 'block'] as const).map((key) => ({ key, label: roomMeasures[key] }))

/** What is said in the room, following the newest unless one has scrolled back. `onAct` offers what may be done about a chat. */
export const Comments = memo(function Comments({
  chats,
  onAct,
}: {
  chats: readonly (ChatLine & { state?: ChatState })[]
  onAct?: ((measure: 'hide' | 'mute' | 'block', chat: ChatLine) => void) | undefined
}) {
  const list = useRef<HTMLOListElement>(null)
  const [follows, setFollows] = useState(true)
  const [seen, setSeen] = useState<string | undefined>(undefined)
  const toEnd = (): void => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight
  }
  useLayoutEffect(() => {
    if (follows) toEnd()
  }, [chats, follows])
  const seenAt = chats.findIndex((chat) => chat.id === seen)
  const newer = follows ? 0 : chats.length - 1 - seenAt
  return (
    <div className="comments" style={{ flex: 1 }}>
      <ol
        ref={list}
        aria-label={texts.desk.comments}
        tabIndex={0}
        onScroll={(e) => {
          const { scrollHeight, scrollTop, clientHeight } = e.currentTarget
          const near = scrollHeight - scrollTop - clientHeight < NEAR_END
          if (near === follows) return
          setFollows(near)
          setSeen(chats.at(-1)?.id)
        }}
      >
        {chats.length === 0 ? <li className="hint">{texts.desk.commentsEmpty}</li> : null}
        {chats.map((chat) => (
          <li key={chat.id}>
            {chat.by === 'streamer' ? (
              <span className="comments-streamer">
                {texts.desk.streamer} {chat.nickname}：
              </span>
            ) : (
              <span className="comments-name">{chat.nickname}：</span>
            )}
            {chat.state === 'hidden' ? <s>{chat.text}</s> : chat.text}
            {chat.state === 'held' ? <span className="hint small"> {texts.room.held}</span> : null}
            {onAct && (chat.state ?? 'shown') === 'shown' ? (
              <Dropdown
                trigger={['click']}
                menu={{
                  items: chat.by === 'streamer' ? menu.slice(0, 1) : menu,
                  onClick: ({ key }) => onAct(key as 'hide', chat),
                }}
              >
                <button type="button" className="comments-more" aria-label={texts.room.actsOn(chat.nickname)}>
                  ⋯
                </button>
              </Dropdown>
            ) : null}
          </li>
        ))}
      </ol>
      {newer > 0 ? (
        <span className="comments-newer">
          <Button size="small" shape="round" onClick={toEnd}>
            {texts.desk.newer(newer)}
          </Button>
        </span>
      ) : null}
    </div>
  )
})

/** Speaks in the room as the streamer. What was typed stays until it is said; the same try twice says it once. */
export function Say({ shopId, sessionId, onSaid }: { shopId: ShopId; sessionId: LiveSessionId; onSaid: (chat: ChatLine) => void }) {
  const [text, setText] = useState('')
  const attempt = useRef<{ text: string; clientId: string } | null>(null)
  const say = useMutation({
    mutationFn: (words: string) => {
      if (attempt.current?.text !== words) attempt.current = { text: words, clientId: newKey() }
      return trpc.shop.room.say.mutate({ shopId, sessionId, clientId: attempt.current.clientId, text: words })
    },
    onSuccess: ({ chat }, words) => {
      attempt.current = null
      setText((now) => (now.trim() === words ? '' : now))
      onSaid(chat)
    },
  })
  const send = (): void => {
    const words = text.trim()
    if (words !== '' && !say.isPending) say.mutate(words)
  }
  return (
    <div className="comments-say">
      <Space.Compact block>
        <Input
          aria-label={texts.desk.say}
          placeholder={texts.desk.sayPlaceholder}
          value={text}
          maxLength={CHAT_MAX}
          status={say.error ? 'error' : ''}
          onChange={(e) => setText(e.target.value)}
          onPressEnter={(e) => {
            if (!e.nativeEvent.isComposing) send()
          }}
        />
        <Button type="primary" loading={say.isPending} disabled={text.trim() === ''} onClick={send}>
          {texts.desk.send}
        </Button>
      </Space.Compact>
      {say.error ? (
        <span className="field-wrong" role="alert">
          {wordsOf(say.error)}
        </span>
      ) : null}
    </div>
  )
}
