/** What the farmer may do about a chat: one reason, one key, five seconds to take it back. */
import type { ChatLine } from '@shared/room/feed.ts'
import { type RoomReason, roomReasons } from '@shared/room/moderation.ts'
import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { useAct } from '../../lib/load'
import { say, wordsOf } from '../../lib/trouble'
import { roomTexts } from '../../texts/room'
import { ChoiceField } from '../../ui/field'
import { Sheet } from '../../ui/sheet'
import { Tap } from '../../ui/tap'
import { block, hideChat, mute, undoMeasure } from './desk-calls'
import './comments.scss'

const t = roomTexts
const reasons = (Object.entries(roomReasons) as [RoomReason, string][])
  .filter(([value]) => value !== 'other')
  .map(([value, words]) => ({ value, words }))

export function MeasureSheet({
  one,
  chat,
  offer,
  onClose,
}: {
  one: Parameters<typeof hideChat>[0]
  chat: ChatLine
  offer: (words: string, undo: () => Promise<string>) => void
  onClose: () => void
}) {
  const [reason, setReason] = useState<RoomReason>('spam')
  const [busy, act] = useAct()
  const why = { chatId: chat.id, reason }
  const run = (words: string, measure: () => ReturnType<typeof hideChat>) =>
    void act(async () => {
      try {
        const { measureId } = await measure()
        onClose()
        offer(words, async () => {
          await undoMeasure(one, measureId)
          return t.undone
        })
      } catch (error) {
        say(wordsOf(error))
      }
    })
  const person = chat.by === 'buyer'
  return (
    <Sheet title={t.acts} onClose={onClose}>
      <View className="stack">
        <Text className="strong">{`${chat.nickname}：${chat.text}`}</Text>
        <ChoiceField label={t.why} value={reason} options={reasons} onChange={setReason} />
        <Tap look="plain" wide busy={busy} onTap={() => run(t.hidden, () => hideChat(one, why))}>
          {t.hide}
        </Tap>
        {person ? (
          <>
            <Tap look="plain" wide busy={busy} onTap={() => run(t.muted, () => mute(one, why, 'ten'))}>
              {t.muteTen}
            </Tap>
            <Tap look="plain" wide busy={busy} onTap={() => run(t.muted, () => mute(one, why, 'session'))}>
              {t.muteSession}
            </Tap>
            <Tap look="danger" wide busy={busy} onTap={() => run(t.blocked, () => block(one, why))}>
              {t.block}
            </Tap>
            <Text className="hint">{t.blockHint}</Text>
          </>
        ) : null}
      </View>
    </Sheet>
  )
}
