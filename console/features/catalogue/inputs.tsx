/** The simple inputs of a listing's form: lines, choices, whole numbers, money, days. What is half typed stays in its box. */

import { isDay } from '@shared/catalogue/complete.ts'
import type { Period } from '@shared/catalogue/draft.ts'
import { cleanMoney, cleanWhole, wholeIn } from '@shared/catalogue/form.ts'
import { type Fen, readYuan, yuan } from '@shared/money.ts'
import { Input } from 'antd'
import { useState } from 'react'
import { texts } from '@/lib/texts.ts'
import { statusOf } from '@/ui/Field.tsx'

interface Common {
  id: string
  disabled: boolean
  wrong: string | undefined
  /** Named here where no label stands beside it. */
  label?: string
}

const bits = ({ id, disabled, wrong, label }: Common) => ({
  id,
  disabled,
  status: statusOf(wrong),
  ...(label ? { 'aria-label': label } : {}),
  ...(wrong ? { 'aria-describedby': `${id}-wrong` } : {}),
})

/** One line, or several. */
export function TextInput({
  value,
  max,
  long = false,
  placeholder,
  onChange,
  ...common
}: Common & { value: string; max: number; long?: boolean; placeholder?: string; onChange: (value: string) => void }) {
  return long ? (
    <Input.TextArea
      {...bits(common)}
      value={value}
      maxLength={max}
      showCount
      autoSize={{ minRows: 3, maxRows: 16 }}
      onChange={(e) => onChange(e.target.value)}
    />
  ) : (
    <Input {...bits(common)} value={value} maxLength={max} placeholder={placeholder} onChange={(e) => onChange(e.target.value)} />
  )
}

/** A whole number with its unit. */
export function WholeInput({
  value,
  unit,
  onChange,
  ...common
}: Common & { value: number | null; unit: string; onChange: (value: number | null) => void }) {
  return (
    <Input
      {...bits(common)}
      value={value === null ? '' : String(value)}
      inputMode="numeric"
      suffix={unit}
      onChange={(e) => onChange(wholeIn(cleanWhole(e.target.value)))}
    />
  )
}

/** A sum in yuan, read by text and never by float. */
export function MoneyInput({
  value,
  unit,
  onChange,
  ...common
}: Common & { value: Fen | null; unit: string; onChange: (value: Fen | null) => void }) {
  const [text, setText] = useState(value === null ? '' : yuan(value))
  // a value from elsewhere than this box (the proven price) takes the place of what stood in it
  const read = readYuan(text.replace(/\.$/, ''))
  const shown = read === value ? text : value === null ? '' : yuan(value)
  return (
    <Input
      {...bits(common)}
      value={shown}
      inputMode="decimal"
      prefix="¥"
      suffix={unit}
      onChange={(e) => {
        const clean = cleanMoney(e.target.value)
        setText(clean)
        onChange(readYuan(clean.replace(/\.$/, '')))
      }}
      onBlur={() => setText(value === null ? '' : yuan(value))}
    />
  )
}

/** A day of the calendar; while it is half typed the box keeps it and the draft has none. */
export function DayInput({
  value,
  min,
  max,
  onChange,
  ...common
}: Common & { value: string | null; min?: string; max?: string; onChange: (value: string | null) => void }) {
  const [text, setText] = useState(value ?? '')
  return (
    <Input
      {...bits(common)}
      type="date"
      value={isDay(text) ? (value ?? '') : text}
      min={min}
      max={max}
      onChange={(e) => {
        setText(e.target.value)
        onChange(isDay(e.target.value) ? e.target.value : null)
      }}
    />
  )
}

/** Two days; who has chosen one has chosen both until the other is changed. */
export function PeriodInput({
  value,
  max,
  onChange,
  ...common
}: Common & { value: Period | null; max: string; onChange: (value: Period | null) => void }) {
  const set = (from: string | null | undefined, to: string | null | undefined): void => {
    const [first, last] = [from ?? to, to ?? from]
    onChange(first && last ? { from: first, to: last } : null)
  }
  const day = (end: 'from' | 'to', label: string) => (
    <DayInput
      {...common}
      key={`${end}${value?.[end] ?? ''}`}
      id={`${common.id}.${end}`}
      label={label}
      value={value?.[end] ?? null}
      max={max}
      onChange={(picked) => (end === 'from' ? set(picked, value?.to) : set(value?.from, picked))}
    />
  )
  return (
    <div className="row listing-period">
      {day('from', texts.form.from)}
      <span aria-hidden>{texts.form.until}</span>
      {day('to', texts.form.to)}
    </div>
  )
}
