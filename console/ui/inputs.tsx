/** Inputs of lines, whole numbers and money. What is half typed stays in its box. */

import { type Fen, readYuan, yuan } from '@shared/money.ts'
import { cleanMoney, cleanWhole, wholeIn } from '@shared/typing.ts'
import { Input } from 'antd'
import { useState } from 'react'
import { statusOf } from './Field.tsx'

export interface Common {
  id: string
  disabled: boolean
  wrong: string | undefined
  /** Named here where no label stands beside it. */
  label?: string
}

/** What an input takes of its field. */
export const bits = ({ id, disabled, wrong, label }: Common) => ({
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
