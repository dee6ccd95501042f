import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { fieldsOf, wordsOf } from '@/lib/errors.ts'
import { texts } from '@/lib/texts.ts'
import { Field, statusOf } from './Field.tsx'

/** Asks for the reason of an act that cannot be undone. What was typed stays until the act is done. */
export function ReasonDialog({
  title,
  hint,
  act,
  quick,
  least = 2,
  most = 200,
  onAct,
  onClose,
}: {
  title: string
  hint: string
  act: string
  /** Reasons often given; a tap adds one. */
  quick: readonly string[]
  least?: number
  most?: number
  onAct: (reason: string) => Promise<unknown>
  onClose: () => void
}) {
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const submit = async (): Promise<void> => {
    const text = reason.trim()
    if ([...text].length < least) return setWrong(texts.common.reasonNeeded)
    setBusy(true)
    setWrong(undefined)
    try {
      await onAct(text)
      onClose()
    } catch (error) {
      const fields = fieldsOf(error)
      setWrong(fields.reason ?? fields.reasons ?? wordsOf(error))
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      maskClosable={false}
      okText={act}
      cancelText={texts.common.cancel}
      okButtonProps={{ danger: true, loading: busy }}
      onOk={() => void submit()}
      destroyOnHidden
    >
      <div className="stack">
        <p className="hint">{hint}</p>
        <Field id="reason" label={texts.common.reason} wrong={wrong}>
          <Input.TextArea
            id="reason"
            autoFocus
            rows={4}
            maxLength={most}
            showCount
            status={statusOf(wrong)}
            value={reason}
            onChange={(e) => setReason(e.target.value)}
          />
        </Field>
        <div className="row">
          {quick.map((words) => (
            <Button key={words} size="small" onClick={() => setReason((now) => (now.trim() === '' ? words : `${now.trim()}；${words}`))}>
              {words}
            </Button>
          ))}
        </div>
      </div>
    </Modal>
  )
}
