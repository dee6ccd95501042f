/** Where one says something. What was typed stays until the room has it; a retry is the same chat. */

import type { ChatLine } from '@shared/room/feed.ts'
import { CHAT_MAX } from '@shared/room/limits.ts'
import { Input, View } from '@tarojs/components'
import { useRef } from 'react'
import { newKey } from '../../lib/device'
import { useDraft } from '../../lib/draft'
import { useAct } from '../../lib/load'
import { refusalOf, say, wordsOf } from '../../lib/trouble'
import { texts } from '../../texts'
import { Tap } from '../../ui/tap'
import './comments.scss'

export function SayBar({
  draftKey,
  placeholder,
  send,
  onSent,
  onRefused,
  focus,
}: {
  draftKey: string
  placeholder: string
  send: (clientId: string, text: string) => Promise<ChatLine>
  onSent: (chat: ChatLine) => void
  /** Hears the code of a refusal; answers whether it has said what there is to say. */
  onRefused?: (code: string | null) => boolean
  focus?: boolean
}) {
  const draft = useDraft(draftKey, { text: '' })
  const key = useRef<{ id: string; text: string } | null>(null)
  const [busy, act] = useAct()
  const go = () =>
    act(async () => {
      const text = draft.value.text.trim()
      if (text === '') return
      if (key.current?.text !== text) key.current = { id: newKey(), text }
      try {
        const chat = await send(key.current.id, text)
        key.current = null
        draft.set({ text: '' })
        draft.clear()
        onSent(chat)
      } catch (error) {
        if (!onRefused?.(refusalOf(error))) say(wordsOf(error))
      }
    })
  return (
    <View className="say">
      <View className="say-box">
        <Input
          className="field-input"
          value={draft.value.text}
          maxlength={CHAT_MAX}
          placeholder={placeholder}
          placeholderClass="field-ghost"
          ariaLabel={placeholder}
          confirmType="send"
          cursorSpacing={24}
          focus={focus ?? false}
          onInput={(e) => draft.set({ text: e.detail.value })}
          onConfirm={() => void go()}
        />
      </View>
      <Tap look="main" busy={busy} disabled={draft.value.text.trim() === ''} onTap={() => void go()}>
        {texts.live.send}
      </Tap>
    </View>
  )
}
