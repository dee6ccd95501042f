/** The inputs of days of a listing's form. What is half typed stays in its box. */

import { isDay } from '@shared/catalogue/complete.ts'
import type { Period } from '@shared/catalogue/draft.ts'
import { Input } from 'antd'
import { useState } from 'react'
import { texts } from '@/lib/texts.ts'
import { bits, type Common } from '@/ui/inputs.tsx'

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
