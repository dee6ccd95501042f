import type { ShopId, SubOrderId } from '@shared/ids.ts'
import { useMutation } from '@tanstack/react-query'
import { App, Modal } from 'antd'
import { useState } from 'react'
import { fieldsOf, wordsOf } from '@/lib/errors.ts'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { clean, ParcelFields, parcelFaults, type TypedParcel } from './ParcelFields.tsx'
import type { ShopParcels } from './queries.ts'

/** Writes the parcels of an order down anew; WeChat takes that once. */
export function CorrectDialog({
  shopId,
  subOrderId,
  now,
  onClose,
}: {
  shopId: ShopId
  subOrderId: SubOrderId
  now: ShopParcels['parcels']
  onClose: () => void
}) {
  const { message } = App.useApp()
  const [parcels, setParcels] = useState<TypedParcel[]>(() => now.map(({ courier, trackingNo }) => ({ courier, trackingNo })))
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const correct = useMutation({
    mutationFn: () =>
      trpc.shop.shipping.correct.mutate({
        shopId,
        subOrderId,
        parcels: parcels.map((p) => ({ courier: p.courier ?? '', trackingNo: clean(p.trackingNo) })),
      }),
    onSuccess: async () => {
      message.success(texts.orders.corrected)
      await askAgain(['orders', shopId])
      onClose()
    },
    onError: (error) => {
      const fields = fieldsOf(error)
      setWrong(Object.keys(fields).length > 0 ? fields : { trackingNo: wordsOf(error) })
    },
  })
  const submit = (): void => {
    const found = parcelFaults(parcels)
    setWrong(found)
    if (Object.keys(found).length === 0) correct.mutate()
  }
  return (
    <Modal
      open
      title={texts.orders.correct}
      okText={texts.orders.correctDo}
      cancelText={texts.common.cancel}
      confirmLoading={correct.isPending}
      maskClosable={false}
      onOk={submit}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="notice">{texts.orders.correctHint}</p>
        <ParcelFields shopId={shopId} parcels={parcels} wrong={wrong} onChange={setParcels} onSubmit={submit} />
      </div>
    </Modal>
  )
}
