import type { ListingDraft, PackUnit } from '@shared/catalogue/draft.ts'
import { addLevel, dropLevel, edited, mayAddLevel, setLevel, unitsAt } from '@shared/catalogue/form.ts'
import { listingLimits } from '@shared/catalogue/limits.ts'
import { packWords } from '@shared/catalogue/units.ts'
import { packUnitWords } from '@shared/catalogue/words.ts'
import { cleanWhole, wholeIn } from '@shared/typing.ts'
import { Text, View } from '@tarojs/components'
import { farmerTexts } from '../../../texts/farmer'
import { Field, PickField, TextField } from '../../../ui/field'
import { Tap } from '../../../ui/tap'

const t = farmerTexts.form

/** The pack tree, from the smallest unit upwards, with what each level weighs. */
export function PackTree({
  label,
  hint,
  wrong,
  draft,
  words,
  onEdit,
}: {
  label: string
  hint: string | undefined
  wrong: string | undefined
  draft: ListingDraft
  words: Readonly<Record<string, string>>
  onEdit: (change: (draft: ListingDraft) => ListingDraft) => void
}) {
  const options = (level: number) => unitsAt(draft, level).map((unit) => ({ value: unit, words: packUnitWords[unit] }))
  const top = draft.pack.length - 1
  return (
    <Field label={label} hint={hint} wrong={wrong}>
      <View className="rows">
        {draft.pack.length === 0 ? (
          <PickField
            label={t.packBase}
            value={null}
            options={options(0)}
            onChange={(unit) => onEdit((d) => edited(d, 'pack', [{ unit: unit as PackUnit, count: 1 }]))}
          />
        ) : null}
        {draft.pack.map((level, i) => {
          const below = draft.pack[i - 1]
          return (
            <View key={String(i)} className="row-card">
              <View className="two">
                <PickField
                  label={i === 0 ? t.packBase : t.packLevel(i + 1)}
                  value={level.unit}
                  wrong={words[`pack.${i}`]}
                  options={options(i)}
                  onChange={(unit) => onEdit((d) => setLevel(d, i, { unit: unit as PackUnit }))}
                />
                {below ? (
                  <TextField
                    label={t.packCount(packUnitWords[level.unit])}
                    kind="number"
                    max={4}
                    unit={packUnitWords[below.unit]}
                    value={String(level.count)}
                    onChange={(text) =>
                      onEdit((d) => setLevel(d, i, { count: Math.min(wholeIn(cleanWhole(text)) ?? 1, listingLimits.packCount.max) }))
                    }
                  />
                ) : null}
              </View>
              <View className="between">
                <Text className="strong num">{packWords(draft, i)}</Text>
                {i > 0 && i === top ? (
                  <Tap look="plain" onTap={() => onEdit(dropLevel)}>
                    {t.packDrop}
                  </Tap>
                ) : null}
              </View>
            </View>
          )
        })}
        {mayAddLevel(draft) ? (
          <Tap look="plain" onTap={() => onEdit(addLevel)}>
            {t.packAdd}
          </Tap>
        ) : null}
      </View>
    </Field>
  )
}
