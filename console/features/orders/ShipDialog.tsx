import type { ShopId } from '@shared/ids.ts'
import { useMutation } from '@tanstack/react-query'
import { App, type InputRef, Modal, Select } from 'antd'
import { useRef, useState } from 'react'
import { fieldsOf, refusalOf, wordsOf } from '@/lib/errors.ts'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import { clean, ParcelFields, parcelFaults, type TypedParcel } from './ParcelFields.tsx'
import type { ShopOrder } from './queries.ts'

const LAST_COURIER = 'chashan.courier'

/** Courier and tracking number of each parcel; the courier chosen last is offered again. */
export function ShipDialog({
  shopId,
  order,
  onClose,
}: {
  shopId: ShopId
  order: Pick<ShopOrder, 'id' | 'subOrderNo' | 'lines'>
  onClose: () => void
}) {
  const { message } = App.useApp()
  const number = useRef<InputRef>(null)
  const [parcels, setParcels] = useState<TypedParcel[]>(() => [
    { courier: localStorage.getItem(LAST_COURIER) ?? undefined, trackingNo: '' },
  ])
  const [scanned, setScanned] = useState<string[]>([])
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const ship = useMutation({
    mutationFn: () => {
      const [first, ...more] = parcels.map((p) => ({ courier: p.courier ?? '', trackingNo: clean(p.trackingNo) }))
      const scan = scanned.length > 0 ? scanned : null
      return trpc.shop.shipping.ship.mutate({ shopId, subOrderId: order.id, courier: '', trackingNo: '', ...first, more, scanned: scan })
    },
    onSuccess: async () => {
      localStorage.setItem(LAST_COURIER, parcels[0]?.courier ?? '')
      message.success(texts.orders.shipped)
      await askAgain(['orders', shopId])
      onClose()
    },
    onError: (error) => {
      const fields = fieldsOf(error)
      const at = refusalOf(error) === 'wrongBatch' ? 'scanned' : 'trackingNo'
      setWrong(Object.keys(fields).length > 0 ? fields : { [at]: wordsOf(error) })
    },
  })
  const submit = (): void => {
    const found = parcelFaults(parcels)
    setWrong(found)
    if (Object.keys(found).length === 0) ship.mutate()
  }
  return (
    <Modal
      open
      title={texts.orders.shipTitle(order.subOrderNo)}
      okText={texts.orders.shipDo}
      cancelText={texts.common.cancel}
      confirmLoading={ship.isPending}
      maskClosable={false}
      onOk={submit}
      onCancel={onClose}
      afterOpenChange={(open) => open && number.current?.focus()}
    >
      <div className="stack">
        <ul className="stack-s">
          {order.lines
            .filter((line) => line.returnedUnits < line.quantity)
            .map((line) => (
              <li key={line.id} className="row row-apart">
                <span className="grow">
                  {line.title}
                  <span className="hint small">
                    {' '}
                    {line.batches.map((b) => (scanned.includes(b.code) ? `${b.code} ✓` : b.code)).join('、')}
                  </span>
                </span>
                <span className="strong nowrap">
                  × {line.quantity - line.returnedUnits} {line.unit}
                </span>
              </li>
            ))}
        </ul>
        <ParcelFields shopId={shopId} parcels={parcels} wrong={wrong} first={number} onChange={setParcels} onSubmit={submit} />
        <Field id="scanned" label={texts.orders.scan} hint={texts.orders.scanHint} wrong={wrong.scanned}>
          <Select
            id="scanned"
            mode="tags"
            open={false}
            suffixIcon={null}
            value={scanned}
            status={statusOf(wrong.scanned)}
            tokenSeparators={[',', '，', ' ', '\t']}
            onChange={(codes) => {
              setScanned(codes.map((c) => c.trim()).filter(Boolean))
              setWrong(({ scanned: _, ...rest }) => rest)
            }}
          />
        </Field>
      </div>
    </Modal>
  )
}
