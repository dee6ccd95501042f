import { ArrowLeftOutlined, ArrowRightOutlined, CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Input } from 'antd'
import { type ChangeEvent, useEffect, useRef, useState } from 'react'
import { wordsOf } from '@/lib/errors.ts'
import { texts } from '@/lib/texts.ts'
import { PICTURE_KINDS, type Picture } from '@/lib/upload.ts'
import { moved, Sortable } from './Order.tsx'
import { Photo } from './Photo.tsx'
import './PhotoPick.css'

interface Sending {
  key: number
  name: string
  percent: number
  stop: AbortController
}

let sendings = 0

/** Photos with upload, progress, order and removal. `onChange` gets a change of the latest list, because uploads end in their own time. */
export function PhotoPick({
  id,
  value,
  most,
  add,
  altOf,
  removeWords,
  wrong,
  disabled = false,
  cover = false,
  caption,
  upload,
  onChange,
}: {
  id: string
  value: Picture[]
  most: number
  add: string
  altOf: (n: number) => string
  removeWords: (n: number) => string
  wrong?: boolean
  disabled?: boolean
  /** The first one is the cover and says so. */
  cover?: boolean
  /** A line of words under each photo. */
  caption?: { of: (index: number) => string; max: number; label: (n: number) => string; set: (index: number, text: string) => void }
  upload: (file: File, progress: (percent: number) => void, signal: AbortSignal) => Promise<Picture>
  onChange: (change: (now: Picture[]) => Picture[]) => void
}) {
  const { message } = App.useApp()
  const [sending, setSending] = useState<Sending[]>([])
  const latest = useRef(sending)
  latest.current = sending
  useEffect(
    () => () => {
      for (const one of latest.current) one.stop.abort()
    },
    [],
  )

  const send = async (file: File): Promise<void> => {
    const one: Sending = { key: ++sendings, name: file.name, percent: 0, stop: new AbortController() }
    setSending((now) => [...now, one])
    try {
      const picture = await upload(
        file,
        (percent) => setSending((now) => now.map((s) => (s.key === one.key ? { ...s, percent } : s))),
        one.stop.signal,
      )
      if (!one.stop.signal.aborted) onChange((now) => [...now, picture].slice(0, most))
    } catch (error) {
      if (!one.stop.signal.aborted) message.error(wordsOf(error))
    } finally {
      setSending((now) => now.filter((s) => s.key !== one.key))
    }
  }
  const take = (event: ChangeEvent<HTMLInputElement>): void => {
    const room = most - value.length - sending.length
    // one after the other, so that photos stand in the order in which they were chosen: the first is the cover
    const files = [...(event.target.files ?? [])].slice(0, room)
    void (async () => {
      for (const file of files) await send(file)
    })()
    event.target.value = ''
  }
  const place = (from: number, to: number): void => onChange((now) => moved(now, from, to))
  return (
    <div className="pick">
      <Sortable list={value} keyOf={(one) => one.id} enabled={!disabled && value.length > 1} onOrder={(next) => onChange(() => next)}>
        {(one, index, grip) => (
          <div key={one.id} {...grip} className={`pick-one ${grip.className}`}>
            <Photo picture={one} size={120} alt={altOf(index + 1)} />
            {cover && index === 0 ? <span className="pick-cover">{texts.photos.cover}</span> : null}
            {disabled ? null : (
              <span className="pick-acts">
                {most > 1 ? (
                  <>
                    <Button
                      size="small"
                      type="text"
                      icon={<ArrowLeftOutlined />}
                      aria-label={texts.photos.forward(index + 1)}
                      disabled={index === 0}
                      onClick={() => place(index, index - 1)}
                    />
                    <Button
                      size="small"
                      type="text"
                      icon={<ArrowRightOutlined />}
                      aria-label={texts.photos.backward(index + 1)}
                      disabled={index === value.length - 1}
                      onClick={() => place(index, index + 1)}
                    />
                  </>
                ) : (
                  <span />
                )}
                <Button
                  size="small"
                  type="text"
                  icon={<CloseOutlined />}
                  aria-label={removeWords(index + 1)}
                  onClick={() => onChange((now) => now.filter((other) => other.id !== one.id))}
                />
              </span>
            )}
            {caption ? (
              <Input
                size="small"
                aria-label={caption.label(index + 1)}
                placeholder={caption.label(index + 1)}
                value={caption.of(index)}
                maxLength={caption.max}
                disabled={disabled}
                onChange={(e) => caption.set(index, e.target.value)}
              />
            ) : null}
          </div>
        )}
      </Sortable>
      {sending.map((one) => (
        <div key={one.key} className="pick-busy">
          <progress max={100} value={one.percent} aria-label={one.name} />
          <span className="small clip2" role="status">
            {texts.photos.uploading(one.name, one.percent)}
          </span>
          <Button size="small" onClick={() => one.stop.abort()}>
            {texts.photos.stop}
          </Button>
        </div>
      ))}
      {disabled || value.length + sending.length >= most ? null : (
        <label className={wrong ? 'pick-add wrong' : 'pick-add'}>
          <PlusOutlined aria-hidden />
          {add}
          <input id={id} className="off-screen" type="file" accept={PICTURE_KINDS} multiple={most > 1} onChange={take} />
        </label>
      )}
    </div>
  )
}
