import type { LiveSessionId, ShopId } from '@shared/ids.ts'
import { SCHEDULE_AHEAD, SESSION_TITLE_MAX } from '@shared/live/limits.ts'
import { HOUR } from '@shared/time.ts'
import { useMutation } from '@tanstack/react-query'
import { App, Checkbox, Input, Modal } from 'antd'
import { useState } from 'react'
import { fieldsOf, wordsOf } from '@/lib/errors.ts'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { fromWall, toWall } from '@/lib/time.ts'
import { trpc } from '@/lib/trpc.ts'
import { type Picture, uploadPicture } from '@/lib/upload.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import { PhotoPick } from '@/ui/PhotoPick.tsx'

const KEPT = 'chashan.schedule'
const keptTitle = (): string => sessionStorage.getItem(KEPT) ?? ''

/** Announces a session: its title, its time, its cover. The title survives a closed dialog. */
export function ScheduleDialog({
  shopId,
  onDone,
  onClose,
}: {
  shopId: ShopId
  onDone: (sessionId: LiveSessionId) => void
  onClose: () => void
}) {
  const { message } = App.useApp()
  const [title, setTitle] = useState(keptTitle)
  const [startsAt, setStartsAt] = useState(() => toWall(Math.ceil((Date.now() + HOUR / 2) / (HOUR / 2)) * (HOUR / 2)))
  const [aiHost, setAiHost] = useState(false)
  const [covers, setCovers] = useState<Picture[]>([])
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const schedule = useMutation({
    mutationFn: (input: { title: string; startsAt: number }) =>
      trpc.shop.live.schedule.mutate({ shopId, ...input, aiHost, coverId: covers[0]?.id ?? null }),
    onSuccess: ({ sessionId }) => {
      sessionStorage.removeItem(KEPT)
      message.success(texts.sessions.scheduled)
      void askAgain(['live', shopId])
      onDone(sessionId)
    },
    onError: (error) => {
      const fields = fieldsOf(error)
      setWrong(Object.keys(fields).length > 0 ? fields : { startsAt: wordsOf(error) })
    },
  })
  const submit = (): void => {
    const at = fromWall(startsAt)
    const found = {
      ...(title.trim() === '' ? { title: texts.sessions.nameNeeded } : {}),
      ...([...title.trim()].length > SESSION_TITLE_MAX ? { title: texts.sessions.nameLong(SESSION_TITLE_MAX) } : {}),
      ...(at === null ? { startsAt: texts.sessions.startsNeeded } : {}),
    }
    setWrong(found)
    if (at !== null && Object.keys(found).length === 0) schedule.mutate({ title: title.trim(), startsAt: at })
  }
  return (
    <Modal
      open
      title={texts.sessions.scheduleTitle}
      okText={texts.sessions.schedule}
      cancelText={texts.common.cancel}
      confirmLoading={schedule.isPending}
      maskClosable={false}
      onOk={submit}
      onCancel={onClose}
    >
      <div className="stack">
        <Field id="sessionTitle" label={texts.sessions.name} wrong={wrong.title}>
          <Input
            id="sessionTitle"
            autoFocus
            value={title}
            maxLength={SESSION_TITLE_MAX}
            showCount
            placeholder={texts.sessions.namePlaceholder}
            status={statusOf(wrong.title)}
            onChange={(e) => {
              setTitle(e.target.value)
              sessionStorage.setItem(KEPT, e.target.value)
            }}
          />
        </Field>
        <Field id="startsAt" label={texts.sessions.startsAt} wrong={wrong.startsAt}>
          <Input
            id="startsAt"
            type="datetime-local"
            value={startsAt}
            min={toWall(Date.now())}
            max={toWall(Date.now() + SCHEDULE_AHEAD)}
            status={statusOf(wrong.startsAt)}
            onChange={(e) => setStartsAt(e.target.value)}
          />
        </Field>
        <Checkbox checked={aiHost} onChange={(e) => setAiHost(e.target.checked)}>
          {texts.sessions.aiHost}
        </Checkbox>
        <Field
          id="cover"
          label={`${texts.sessions.cover}（${texts.common.optional}）`}
          hint={texts.sessions.coverHint}
          wrong={wrong.coverId}
          group
        >
          <PhotoPick
            id="cover"
            value={covers}
            most={1}
            add={texts.sessions.coverAdd}
            altOf={() => texts.sessions.cover}
            removeWords={() => texts.photos.removeCover}
            upload={(file, progress, signal) => uploadPicture(shopId, file, progress, signal)}
            onChange={(change) => setCovers(change)}
          />
        </Field>
      </div>
    </Modal>
  )
}
