import type { ShopId } from '@shared/ids.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Input, type InputRef, Modal, Select } from 'antd'
import { useRef, useState } from 'react'
import { fieldsOf, refusalOf, wordsOf } from '@/lib/errors.ts'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import { couriersOptions, type ShopOrder } from './queries.ts'

const LAST_COURIER = 'chashan.courier'

/** Courier and tracking number of a parcel; the courier chosen last is offered again. */
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
  const couriers = useQuery(couriersOptions(shopId))
  const [courier, setCourier] = useState<string | undefined>(() => localStorage.getItem(LAST_COURIER) ?? undefined)
  const [trackingNo, setTrackingNo] = useState('')
  const [scanned, setScanned] = useState<string[]>([])
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const ship = useMutation({
    mutationFn: (input: { courier: string; trackingNo: string }) =>
      trpc.shop.shipping.ship.mutate({ shopId, subOrderId: order.id, ...input, scanned: scanned.length > 0 ? scanned : null }),
    onSuccess: async (_, input) => {
      localStorage.setItem(LAST_COURIER, input.courier)
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
  const known = couriers.data?.some((one) => one.code === courier) ? courier : undefined
  const submit = (): void => {
    const clean = trackingNo.replace(/\s/g, '')
    const found = {
      ...(known ? {} : { courier: texts.orders.courierNeeded }),
      ...(/^[0-9A-Za-z]{8,30}$/.test(clean) ? {} : { trackingNo: texts.orders.trackingHint }),
    }
    setWrong(found)
    if (known && Object.keys(found).length === 0) ship.mutate({ courier: known, trackingNo: clean })
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
        <Field id="courier" label={texts.orders.courier} wrong={wrong.courier ?? (couriers.error ? wordsOf(couriers.error) : undefined)}>
          <Select
            id="courier"
            value={known}
            loading={couriers.isPending}
            placeholder={texts.form.choose}
            status={statusOf(wrong.courier)}
            showSearch={{ optionFilterProp: 'label' }}
            options={couriers.data?.map((one) => ({ value: one.code, label: one.name })) ?? []}
            onChange={setCourier}
          />
        </Field>
        <Field id="trackingNo" label={texts.orders.trackingNo} hint={texts.orders.trackingHint} wrong={wrong.trackingNo}>
          <Input
            id="trackingNo"
            ref={number}
            value={trackingNo}
            maxLength={40}
            autoComplete="off"
            status={statusOf(wrong.trackingNo)}
            onChange={(e) => setTrackingNo(e.target.value)}
            onPressEnter={submit}
          />
        </Field>
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
