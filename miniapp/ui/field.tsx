/** Fields of forms: a label, what is typed, and what is wrong with it, always in this order and always together. */
import { Input, Picker, Text, Textarea, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { texts } from '../texts'
import { Icon } from './icon'
import { Tap } from './tap'

interface Common {
  label: string
  /** What is wrong, in words; null when nothing is. */
  wrong?: string | null | undefined
  hint?: string | undefined
}

/** The frame that every field shares. */
export function Field({ label, wrong, hint, children }: Common & { children: ReactNode }) {
  return (
    <View className={wrong ? 'field field-wrong' : 'field'}>
      <Text className="field-label">{label}</Text>
      {children}
      {wrong ? <Text className="field-words">{wrong}</Text> : hint ? <Text className="field-hint">{hint}</Text> : null}
    </View>
  )
}

/** A line of text; `kind` chooses the keyboard. */
export function TextField({
  value,
  onChange,
  kind = 'text',
  max = 100,
  placeholder,
  unit,
  ...common
}: Common & {
  value: string
  onChange: (value: string) => void
  kind?: 'text' | 'number' | 'digit'
  max?: number
  placeholder?: string
  unit?: string
}) {
  return (
    <Field {...common}>
      <View className="field-box">
        <Input
          className="field-input"
          value={value}
          type={kind}
          maxlength={max}
          placeholder={placeholder ?? ''}
          placeholderClass="field-ghost"
          ariaLabel={common.label}
          onInput={(e) => onChange(e.detail.value)}
        />
        {unit ? <Text className="field-unit">{unit}</Text> : null}
      </View>
    </Field>
  )
}

/** Several lines. */
export function LongField({
  value,
  onChange,
  max,
  placeholder,
  ...common
}: Common & { value: string; onChange: (value: string) => void; max: number; placeholder?: string }) {
  return (
    <Field {...common}>
      <View className="field-box field-long">
        <Textarea
          className="field-area"
          value={value}
          maxlength={max}
          placeholder={placeholder ?? ''}
          placeholderClass="field-ghost"
          ariaLabel={common.label}
          onInput={(e) => onChange(e.detail.value)}
        />
      </View>
    </Field>
  )
}

/** One of a few, all in sight. */
export function ChoiceField<V extends string>({
  value,
  onChange,
  options,
  ...common
}: Common & { value: V | null; onChange: (value: V) => void; options: readonly { value: V; words: string }[] }) {
  return (
    <Field {...common}>
      <View className="choices">
        {options.map((o) => (
          <Tap key={o.value} look="bare" className={o.value === value ? 'choice choice-on' : 'choice'} onTap={() => onChange(o.value)}>
            {o.words}
          </Tap>
        ))}
      </View>
    </Field>
  )
}

/** One of many, in the host's own wheel. */
export function PickField({
  value,
  onChange,
  options,
  placeholder,
  ...common
}: Common & {
  value: string | null
  onChange: (value: string) => void
  options: readonly { value: string; words: string }[]
  placeholder?: string
}) {
  const at = options.findIndex((o) => o.value === value)
  return (
    <Field {...common}>
      <Picker
        mode="selector"
        range={options.map((o) => o.words)}
        value={Math.max(0, at)}
        onChange={(e) => {
          const chosen = options[Number(e.detail.value)]
          if (chosen) onChange(chosen.value)
        }}
      >
        <View className="field-box field-pick" ariaRole="button" ariaLabel={common.label}>
          <Text className={at < 0 ? 'field-value field-ghost' : 'field-value'}>
            {options[at]?.words ?? placeholder ?? texts.common.choose}
          </Text>
          <Icon name="next" />
        </View>
      </Picker>
    </Field>
  )
}

/** A day (YYYY-MM-DD) or a time (HH:mm). */
export function WhenField({
  value,
  onChange,
  mode,
  start,
  end,
  ...common
}: Common & { value: string | null; onChange: (value: string) => void; mode: 'date' | 'time'; start?: string; end?: string }) {
  return (
    <Field {...common}>
      <Picker
        mode={mode}
        value={value ?? ''}
        {...(start ? { start } : {})}
        {...(end ? { end } : {})}
        onChange={(e) => onChange(String(e.detail.value))}
      >
        <View className="field-box field-pick" ariaRole="button" ariaLabel={common.label}>
          <Text className={value ? 'field-value' : 'field-value field-ghost'}>{value ?? texts.common.choose}</Text>
          <Icon name="next" />
        </View>
      </Picker>
    </Field>
  )
}

/** Yes or no. */
export function SwitchField({ label, value, onChange }: { label: string; value: boolean; onChange: (value: boolean) => void }) {
  return (
    <Tap look="bare" className="field field-switch" label={label} onTap={() => onChange(!value)}>
      <Text className="field-label">{label}</Text>
      <View className={value ? 'switch switch-on' : 'switch'}>
        <View className="switch-knob" />
      </View>
    </Tap>
  )
}

/** A whole number with a minus and a plus. */
export function Stepper({
  value,
  onChange,
  min,
  max,
  label,
}: {
  value: number
  onChange: (value: number) => void
  min: number
  max: number
  label: string
}) {
  return (
    <View className="stepper" ariaLabel={label}>
      <Tap look="bare" className="stepper-key" label={texts.common.less} disabled={value <= min} onTap={() => onChange(value - 1)}>
        −
      </Tap>
      <Text className="stepper-value">{String(value)}</Text>
      <Tap look="bare" className="stepper-key" label={texts.common.plus} disabled={value >= max} onTap={() => onChange(value + 1)}>
        +
      </Tap>
    </View>
  )
}
