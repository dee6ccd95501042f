import { listingLimits } from '@shared/catalogue/limits.ts'
import type { BatchId, ListingId, ShopId, SkuId } from '@shared/ids.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Button, Input, InputNumber, Modal, Radio, Select } from 'antd'
import { useRef, useState } from 'react'
import { fieldsOf, wordsOf } from '@/lib/errors.ts'
import { newKey } from '@/lib/keys.ts'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import { Answer, Bones } from '@/ui/states.tsx'
import { listingOptions, type OurSku } from './queries.ts'

/** Changes stock of a listing's skus by differences, batch by batch, from what is counted now. */
export function StockDialog({
  listingId,
  skuId,
  ...rest
}: {
  shopId: ShopId
  listingId: ListingId
  /** Only this one of its skus. */
  skuId?: SkuId
  title: string
  onDone?: () => void
  onClose: () => void
}) {
  const opened = useQuery({ ...listingOptions(rest.shopId, listingId), staleTime: 0 })
  const skus = opened.data?.skus.filter((s) => skuId === undefined || s.id === skuId)
  if (skus && !opened.isFetching) return <Count skus={skus} {...rest} />
  return (
    <Modal open title={texts.stock.title(rest.title)} footer={null} onCancel={rest.onClose}>
      <Answer query={opened} bones={<Bones rows={3} height={40} />}>
        {() => <Bones rows={3} height={40} />}
      </Answer>
    </Modal>
  )
}

/** One change with its reason. The same change sent twice acts once. */
function Count({
  shopId,
  skus,
  title,
  onDone,
  onClose,
}: {
  shopId: ShopId
  skus: readonly OurSku[]
  title: string
  onDone?: () => void
  onClose: () => void
}) {
  const { message } = App.useApp()
  const [skuId, setSkuId] = useState(skus[0]?.id)
  const sku = skus.find((s) => s.id === skuId)
  const [picked, setPicked] = useState<BatchId | null>(null)
  const batches = sku?.batches ?? []
  const batchId = picked ?? (batches.length === 1 ? batches[0]?.batchId : undefined)
  const batch = batches.find((b) => b.batchId === batchId)
  // another batch's whole units do not make up for this one's
  const left = sku && batch ? Math.floor(batch.left / sku.baseUnits) : 0
  const unit = sku?.unit ?? texts.common.pieces
  const [delta, setDelta] = useState<number | null>(null)
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const sent = useRef<{ said: string; key: string } | null>(null)
  const change = useMutation({
    mutationFn: (input: { skuId: SkuId; batchId: BatchId; delta: number; reason: string }) => {
      const said = JSON.stringify(input)
      if (sent.current?.said !== said) sent.current = { said, key: newKey() }
      return trpc.shop.catalogue.changeStock.mutate({ shopId, key: sent.current.key, ...input })
    },
    onSuccess: ({ left }) => {
      message.success(texts.stock.done(left))
      onDone?.()
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
    if (!batchId) found.batchId = texts.stock.batchNeeded
    if (!delta) found.delta = texts.stock.zero
    else if (left + delta < 0) found.delta = texts.stock.tooFew
    if (reason.trim() === '') found.reason = texts.common.reasonNeeded
    setWrong(found)
    if (delta && skuId && batchId && Object.keys(found).length === 0) change.mutate({ skuId, batchId, delta, reason: reason.trim() })
  }
  return (
    <Modal
      open
      title={texts.stock.title(title)}
      okText={delta ? texts.stock.confirm(delta) : texts.common.save}
      cancelText={texts.common.cancel}
      confirmLoading={change.isPending}
      maskClosable={false}
      onOk={submit}
      onCancel={onClose}
    >
      <div className="stack">
        {skus.length > 1 ? (
          <Field id="stockSku" label={texts.stock.sku} group>
            <Radio.Group
              value={skuId}
              options={skus.map((s) => ({ value: s.id, label: s.name }))}
              onChange={(e) => {
                setSkuId(e.target.value as SkuId)
                setPicked(null)
              }}
            />
          </Field>
        ) : null}
        {batches.length > 1 ? (
          <Field id="stockBatch" label={texts.stock.batch} wrong={wrong.batchId}>
            <Select
              id="stockBatch"
              value={batchId}
              placeholder={texts.form.choose}
              options={batches.map((b) => ({
                value: b.batchId,
                label: texts.stock.batchLeft(
                  b.code,
                  b.frozen ? texts.stock.frozen : `${Math.floor(b.left / (sku?.baseUnits ?? 1))} ${unit}`,
                ),
                disabled: b.frozen,
              }))}
              onChange={setPicked}
            />
          </Field>
        ) : null}
        <dl className="facts">
          <dt>{texts.stock.now}</dt>
          <dd className="strong">
            {left} {unit}
          </dd>
          <dt>{texts.stock.after}</dt>
          <dd className="strong">
            {delta ? left + delta : texts.common.none} {delta ? unit : ''}
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
