import type { BrewCard } from '@shared/catalogue/draft.ts'
import { listingLimits } from '@shared/catalogue/limits.ts'
import { Button, InputNumber, Switch } from 'antd'
import { texts } from '@/lib/texts.ts'

const t = texts.form.brew
const limits = listingLimits.brew
const START: BrewCard = { grams: 7, celsius: 100, millilitres: 110, seconds: [10, 10, 15] }
const PARTS = ['grams', 'celsius', 'millilitres'] as const

/** The brew card: one pot, and the seconds of each infusion. */
export function BrewInput({
  value,
  disabled,
  onChange,
}: {
  value: BrewCard | null
  disabled: boolean
  onChange: (value: BrewCard | null) => void
}) {
  return (
    <div className="stack-s">
      <div>
        <Switch id="brew" aria-label={t.on} checked={value !== null} disabled={disabled} onChange={(on) => onChange(on ? START : null)} />{' '}
        {t.on}
      </div>
      {value ? (
        <>
          <div className="row">
            {PARTS.map((part) => (
              <InputNumber
                key={part}
                id={`brew.${part}`}
                aria-label={t.parts[part]}
                prefix={t.parts[part]}
                suffix={t.units[part]}
                style={{ width: 168 }}
                precision={0}
                {...limits[part]}
                value={value[part]}
                disabled={disabled}
                onChange={(n) => onChange({ ...value, [part]: n ?? limits[part].min })}
              />
            ))}
          </div>
          <div className="row">
            {value.seconds.map((seconds, i) => (
              <InputNumber
                // biome-ignore lint/suspicious/noArrayIndexKey: an infusion is its place
                key={i}
                id={`brew.seconds.${i}`}
                aria-label={t.steep(i + 1)}
                prefix={t.steep(i + 1)}
                suffix={t.seconds}
                style={{ width: 140 }}
                precision={0}
                {...limits.seconds}
                value={seconds}
                disabled={disabled}
                onChange={(n) => onChange({ ...value, seconds: value.seconds.map((s, k) => (k === i ? (n ?? limits.seconds.min) : s)) })}
              />
            ))}
            {disabled || value.seconds.length >= limits.steeps.max ? null : (
              <Button onClick={() => onChange({ ...value, seconds: [...value.seconds, value.seconds.at(-1) ?? 10] })}>{t.more}</Button>
            )}
            {disabled || value.seconds.length <= limits.steeps.min ? null : (
              <Button type="text" onClick={() => onChange({ ...value, seconds: value.seconds.slice(0, -1) })}>
                {t.less}
              </Button>
            )}
          </div>
        </>
      ) : null}
    </div>
  )
}
