import type { ShopId } from '@shared/ids.ts'
import { MOST_PARCELS } from '@shared/shipping/couriers.ts'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, type InputRef, Select } from 'antd'
import type { Ref } from 'react'
import { wordsOf } from '@/lib/errors.ts'
import { texts } from '@/lib/texts.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import { couriersOptions } from './queries.ts'

/** One parcel as it is typed or scanned; the courier is missing until one was chosen. */
export interface TypedParcel {
  courier: string | undefined
  trackingNo: string
}

/** The name of a parcel's field, as refusals name it: the first has none of its place, the second is `trackingNo.2`. */
const at = (name: 'courier' | 'trackingNo', i: number): string => (i === 0 ? name : `${name}.${i + 1}`)

/** What can be seen to be wrong before anything is asked. */
export function parcelFaults(parcels: readonly TypedParcel[]): Record<string, string> {
  return Object.fromEntries(
    parcels.flatMap(({ courier, trackingNo }, i): [string, string][] => [
      ...(courier ? [] : [[at('courier', i), texts.orders.courierNeeded] as [string, string]]),
      ...(/^[0-9A-Za-z]{8,30}$/.test(clean(trackingNo)) ? [] : [[at('trackingNo', i), texts.orders.trackingHint] as [string, string]]),
    ]),
  )
}

/** A number as it is sent: scanners and pasted text bring spaces. */
export const clean = (trackingNo: string): string => trackingNo.replace(/\s/g, '')

/** Courier and number of each parcel; another can be added. */
export function ParcelFields({
  shopId,
  parcels,
  wrong,
  first,
  onChange,
  onSubmit,
}: {
  shopId: ShopId
  parcels: readonly TypedParcel[]
  wrong: Record<string, string>
  /** The number's field of the first parcel. */
  first?: Ref<InputRef>
  onChange: (parcels: TypedParcel[]) => void
  onSubmit: () => void
}) {
  const couriers = useQuery(couriersOptions(shopId))
  const set = (i: number, change: Partial<TypedParcel>): void => onChange(parcels.map((p, j) => (i === j ? { ...p, ...change } : p)))
  const known = (code: string | undefined) => (couriers.data?.some((one) => one.code === code) ? code : undefined)
  return (
    <div className="stack">
      {parcels.map((parcel, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a parcel is known by its place alone
        <div key={i} className="stack-s">
          {parcels.length > 1 ? (
            <div className="row row-apart">
              <span className="hint">{texts.orders.parcel(i + 1)}</span>
              {i > 0 ? (
                <Button type="link" size="small" onClick={() => onChange(parcels.filter((_, j) => j !== i))}>
                  {texts.orders.parcelAway}
                </Button>
              ) : null}
            </div>
          ) : null}
          <Field
            id={at('courier', i)}
            label={texts.orders.courier}
            wrong={wrong[at('courier', i)] ?? (couriers.error ? wordsOf(couriers.error) : undefined)}
          >
            <Select
              id={at('courier', i)}
              value={known(parcel.courier)}
              loading={couriers.isPending}
              placeholder={texts.form.choose}
              status={statusOf(wrong[at('courier', i)])}
              showSearch={{ optionFilterProp: 'label' }}
              options={couriers.data?.map((one) => ({ value: one.code, label: one.name })) ?? []}
              onChange={(courier) => set(i, { courier })}
            />
          </Field>
          <Field
            id={at('trackingNo', i)}
            label={texts.orders.trackingNo}
            hint={i === 0 ? texts.orders.trackingHint : undefined}
            wrong={wrong[at('trackingNo', i)]}
          >
            <Input
              id={at('trackingNo', i)}
              {...(i === 0 && first ? { ref: first } : {})}
              value={parcel.trackingNo}
              maxLength={40}
              autoComplete="off"
              status={statusOf(wrong[at('trackingNo', i)])}
              onChange={(e) => set(i, { trackingNo: e.target.value })}
              onPressEnter={onSubmit}
            />
          </Field>
        </div>
      ))}
      {parcels.length < MOST_PARCELS ? (
        <Button type="dashed" block onClick={() => onChange([...parcels, { courier: parcels.at(-1)?.courier, trackingNo: '' }])}>
          {texts.orders.parcelMore}
        </Button>
      ) : null}
    </div>
  )
}
