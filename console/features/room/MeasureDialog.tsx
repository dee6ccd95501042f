import type { ChatLine } from '@shared/room/feed.ts'
import { type MuteSpan, muteSpans, type Pace, ROOM_WORDS_MAX, type RoomReason, roomMeasures, roomReasons } from '@shared/room/moderation.ts'
import { App, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { fieldsOf, wordsOf } from '@/lib/errors.ts'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import type { Doors } from './doors.ts'

/** What somebody is about to do. */
export type Doing = { measure: 'hide' | 'mute' | 'block'; chat: ChatLine } | { measure: 'slow'; pace: Pace }

const t = texts.room

/** Asks why, and for how long; what was chosen stays until it is done. */
export function MeasureDialog({ doors, doing, onClose }: { doors: Doors; doing: Doing; onClose: () => void }) {
  const { message } = App.useApp()
  const [reason, setReason] = useState<RoomReason>('spam')
  const [words, setWords] = useState('')
  const [span, setSpan] = useState<MuteSpan>('ten')
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const submit = async (): Promise<void> => {
    const why = { reason, words: words.trim() }
    if (reason === 'other' && why.words === '') return setWrong(texts.common.reasonNeeded)
    setBusy(true)
    setWrong(undefined)
    try {
      if (doing.measure === 'slow') await doors.slow({ pace: doing.pace, ...why })
      else if (doing.measure === 'mute') await doors.mute({ chatId: doing.chat.id, span, ...why })
      else await doors[doing.measure]({ chatId: doing.chat.id, ...why })
      message.success(t.done[doing.measure])
      await askAgain(doors.key)
      onClose()
    } catch (error) {
      setWrong(fieldsOf(error).words ?? wordsOf(error))
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={doing.measure === 'slow' ? t.slowTitle(doing.pace) : `${roomMeasures[doing.measure]} · ${doing.chat.nickname}`}
      okText={roomMeasures[doing.measure]}
      cancelText={texts.common.cancel}
      okButtonProps={{ danger: doing.measure === 'block', loading: busy }}
      maskClosable={false}
      onOk={() => void submit()}
      onCancel={onClose}
    >
      <div className="stack">
        {doing.measure === 'slow' ? null : <p className="notice wrap">{doing.chat.text}</p>}
        <p className="hint">{t.hints[doing.measure]}</p>
        {doing.measure === 'mute' ? (
          <Field id="span" label={t.span} group>
            <Radio.Group
              value={span}
              optionType="button"
              options={Object.entries(muteSpans).map(([value, one]) => ({ value, label: one.words }))}
              onChange={(e) => setSpan(e.target.value as MuteSpan)}
            />
          </Field>
        ) : null}
        <Field id="why" label={texts.common.reason} group>
          <Radio.Group
            value={reason}
            options={Object.entries(roomReasons).map(([value, label]) => ({ value, label }))}
            onChange={(e) => setReason(e.target.value as RoomReason)}
          />
        </Field>
        <Field id="words" label={t.words} wrong={wrong}>
          <Input
            id="words"
            value={words}
            maxLength={ROOM_WORDS_MAX}
            placeholder={t.wordsHint}
            status={statusOf(wrong)}
            onChange={(e) => setWords(e.target.value)}
          />
        </Field>
      </div>
    </Modal>
  )
}
