import type { BrewCard } from '@shared/catalogue/draft.ts'
import { listingLimits } from '@shared/catalogue/limits.ts'
import { cleanWhole } from '@shared/typing.ts'
import { View } from '@tarojs/components'
import { farmerTexts } from '../../../texts/farmer'
import { SwitchField, TextField } from '../../../ui/field'
import { Tap } from '../../../ui/tap'

const t = farmerTexts.form.brew
const limits = listingLimits.brew
const START: BrewCard = { grams: 7, celsius: 100, millilitres: 110, seconds: [10, 10, 15] }
const PARTS = ['grams', 'celsius', 'millilitres'] as const

const within = (text: string, { max }: { max: number }): number => Math.min(Number(cleanWhole(text)), max)

/** The brew card: one pot, and the seconds of each infusion. */
export function BrewFields({
  label,
  hint,
  wrong,
  value,
  onChange,
}: {
  label: string
  hint: string | undefined
  wrong: string | undefined
  value: BrewCard | null
  onChange: (value: BrewCard | null) => void
}) {
  return (
    <View>
      <SwitchField label={label} value={value !== null} onChange={(on) => onChange(on ? START : null)} />
      {value ? (
        <>
          <View className="three">
            {PARTS.map((part) => (
              <TextField
                key={part}
                label={t.parts[part]}
                kind="number"
                max={4}
                unit={t.units[part]}
                value={String(value[part])}
                onChange={(text) => onChange({ ...value, [part]: within(text, limits[part]) })}
              />
            ))}
          </View>
          <View className="three">
            {value.seconds.map((seconds, i) => (
              <TextField
                key={String(i)}
                label={t.steep(i + 1)}
                kind="number"
                max={4}
                unit={t.seconds}
                value={String(seconds)}
                wrong={i === 0 ? wrong : null}
                {...(i === 0 ? { hint } : {})}
                onChange={(text) =>
                  onChange({ ...value, seconds: value.seconds.map((s, k) => (k === i ? within(text, limits.seconds) : s)) })
                }
              />
            ))}
          </View>
          <View className="wrap">
            {value.seconds.length < limits.steeps.max ? (
              <Tap look="plain" onTap={() => onChange({ ...value, seconds: [...value.seconds, value.seconds.at(-1) ?? 10] })}>
                {t.more}
              </Tap>
            ) : null}
            {value.seconds.length > limits.steeps.min ? (
              <Tap look="plain" onTap={() => onChange({ ...value, seconds: value.seconds.slice(0, -1) })}>
                {t.less}
              </Tap>
            ) : null}
          </View>
        </>
      ) : null}
    </View>
  )
}
