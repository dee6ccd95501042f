import { listingLimits } from '@shared/catalogue/limits.ts'
import type { ShopId, SkuId } from '@shared/ids.ts'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Input, InputNumber, Modal } from 'antd'
import { useRef, useState } from 'react'
import { fieldsOf, wordsOf } from '@/lib/errors.ts'
import { newKey } from '@/lib/keys.ts'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Field, statusOf } from '@/ui/Field.tsx'

/** Changes stock by a difference, with its reason. The same change sent twice acts once. */
export function StockDialog({
  shopId,
  sku,
  onDone,
  onClose,
}: {
  shopId: ShopId
  sku: { id: SkuId; title: string; left: number }
  onDone?: (left: number) => void
  onClose: () => void
}) {
  const { message } = App.useApp()
  const [delta, setDelta] = useState<number | null>(null)
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const sent = useRef<{ said: string; key: string } | null>(null)
  const change = useMutation({
    mutationFn: (input: { delta: number; reason: string }) => {
      const said = JSON.stringify(input)
      if (sent.current?.said !== said) sent.current = { said, key: newKey() }
      return trpc.shop.catalogue.changeStock.mutate({ shopId, skuId: sku.id, key: sent.current.key, ...input })
    },
    onSuccess: ({ left }) => {
      message.success(texts.stock.done(left))
      onDone?.(left)
      onClose()
      void askAgain(['catalogue', shopId])
    },
    onError: (error) => {
      const fields = fieldsOf(error)
      setWrong(Object.keys(fields).length > 0 ? fields : { delta: wordsOf(error) })
    },
  })
  const submit = (): void => {
    const found: Record<string, string> = {}
    if (!delta) found.delta = texts.stock.zero
    else if (sku.left + delta < 0) found.delta = texts.stock.tooFew
    if (reason.trim() === '') found.reason = texts.common.reasonNeeded
    setWrong(found)
    if (delta && Object.keys(found).length === 0) change.mutate({ delta, reason: reason.trim() })
  }
  return (
    <Modal
      open
      title={texts.stock.title(sku.title)}
      okText={delta ? texts.stock.confirm(delta) : texts.common.save}
      cancelText={texts.common.cancel}
      confirmLoading={change.isPending}
      maskClosable={false}
      onOk={submit}
      onCancel={onClose}
    >
      <div className="stack">
        <dl className="facts">
          <dt>{texts.stock.now}</dt>
          <dd className="strong">
            {sku.left} {texts.common.pieces}
          </dd>
          <dt>{texts.stock.after}</dt>
          <dd className="strong">
            {delta ? sku.left + delta : texts.common.none} {delta ? texts.common.pieces : ''}
          </dd>
        </dl>
        <Field id="delta" label={texts.stock.delta} hint={texts.stock.deltaHint} wrong={wrong.delta}>
          <div className="row">
            <InputNumber
              id="delta"
              autoFocus
              precision={0}
              min={-listingLimits.stockDelta}
              max={listingLimits.stockDelta}
              value={delta}
              status={statusOf(wrong.delta)}
              onChange={setDelta}
              onPressEnter={submit}
            />
            {[-1, 1, 10, 50].map((n) => (
              <Button key={n} onClick={() => setDelta((now) => (now ?? 0) + n)}>
                {n > 0 ? `+${n}` : `−${-n}`}
              </Button>
            ))}
          </div>
        </Field>
        <Field id="stockReason" label={texts.stock.reason} wrong={wrong.reason}>
          <Input
            id="stockReason"
            value={reason}
            maxLength={listingLimits.stockReason}
            placeholder={texts.stock.reasonPlaceholder}
            status={statusOf(wrong.reason)}
            onChange={(e) => setReason(e.target.value)}
            onPressEnter={submit}
          />
          <div className="row">
            {texts.stock.reasons.map((words) => (
              <Button key={words} size="small" onClick={() => setReason(words)}>
                {words}
              </Button>
            ))}
          </div>
        </Field>
      </div>
    </Modal>
  )
}
