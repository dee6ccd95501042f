import type { ShopId, SubOrderId } from '@shared/ids.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Input, type InputRef, Modal, Select } from 'antd'
import { useRef, useState } from 'react'
import { fieldsOf, wordsOf } from '@/lib/errors.ts'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import { couriersOptions } from './queries.ts'

const LAST_COURIER = 'chashan.courier'

/** Courier and tracking number of a parcel; the courier chosen last is offered again. */
export function ShipDialog({
  shopId,
  order,
  onClose,
}: {
  shopId: ShopId
  order: { id: SubOrderId; subOrderNo: string; lines: { id: string; title: string; unit: string; quantity: number }[] }
  onClose: () => void
}) {
  const { message } = App.useApp()
  const number = useRef<InputRef>(null)
  const couriers = useQuery(couriersOptions(shopId))
  const [courier, setCourier] = useState<string | undefined>(() => localStorage.getItem(LAST_COURIER) ?? undefined)
  const [trackingNo, setTrackingNo] = useState('')
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const ship = useMutation({
    mutationFn: (input: { courier: string; trackingNo: string }) =>
      trpc.shop.shipping.ship.mutate({ shopId, subOrderId: order.id, ...input }),
    onSuccess: async (_, input) => {
      localStorage.setItem(LAST_COURIER, input.courier)
      message.success(texts.orders.shipped)
      await askAgain(['orders', shopId])
      onClose()
    },
    onError: (error) => {
      const fields = fieldsOf(error)
      setWrong(Object.keys(fields).length > 0 ? fields : { trackingNo: wordsOf(error) })
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
          {order.lines.map((line) => (
            <li key={line.id} className="row row-apart">
              <span className="grow">{line.title}</span>
              <span className="strong nowrap">
                × {line.quantity} {line.unit}
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
      </div>
    </Modal>
  )
}
