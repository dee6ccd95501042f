/** One field of the form, drawn by how the table says that it is asked. */

import { classForms } from '@shared/catalogue/classes.ts'
import type { Known } from '@shared/catalogue/complete.ts'
import type { Period } from '@shared/catalogue/draft.ts'
import { type DrawnField, edited, withCaption, wordsWithin } from '@shared/catalogue/form.ts'
import { hills } from '@shared/catalogue/hills.ts'
import { listingLimits as limits } from '@shared/catalogue/limits.ts'
import type { ShopId } from '@shared/ids.ts'
import { addDays, businessDay, type Instant } from '@shared/time.ts'
import { cleanWhole, wholeIn } from '@shared/typing.ts'
import { View } from '@tarojs/components'
import { PhotosField, type Sent } from '../../../features/assets/photos-field'
import { farmerTexts } from '../../../texts/farmer'
import { ChoiceField, LongField, PickField, SwitchField, TextField, WhenField } from '../../../ui/field'
import { BrewFields } from './brew'
import { LabelPanel } from './label'
import { PackTree } from './pack'
import { SkuRows } from './skus'
import type { Form } from './use-form'

const t = farmerTexts.form

/** The id of an input in the page, by its path. */
export const placeOf = (path: string): string => `at-${path.replace(/\./g, '-')}`

export interface Asked {
  field: DrawnField
  shopId: ShopId
  form: Form
  words: Readonly<Record<string, string>>
  known: Known
}

export function OneField(asked: Asked) {
  return <View id={placeOf(asked.field.name)}>{control(asked)}</View>
}

function control({ field, shopId, form, words, known }: Asked) {
  const { name, input, hint } = field
  const { draft, pictures } = form.form
  const value = draft[name]
  const wrong = wordsWithin(words, name)
  const set = (next: unknown) => form.edit((d) => edited(d, name, next as never), [name])
  const common = { label: field.must ? t.must(field.label) : field.label, hint: hint === '' ? undefined : hint, wrong }
  const today = businessDay(Date.now() as Instant)
  const photosOf = (ids: readonly string[]): Sent[] => ids.flatMap((id) => pictures.find((p) => p.id === id) ?? [])
  switch (input.is) {
    case 'line':
      return <TextField {...common} max={input.max} value={value as string} onChange={set} />
    case 'text':
      return <LongField {...common} max={input.max} value={value as string} onChange={set} />
    case 'whole':
      return (
        <TextField
          {...common}
          kind="number"
          max={8}
          unit={input.unit}
          value={value === null ? '' : String(value)}
          onChange={(text) => set(wholeIn(cleanWhole(text)))}
        />
      )
    case 'choice':
      return input.options.length <= 6 ? (
        <ChoiceField
          {...common}
          value={value as string | null}
          options={input.options}
          onChange={(one) => set(one === value && !field.must ? null : one)}
        />
      ) : (
        <PickField
          {...common}
          value={(value as string | null) ?? ''}
          options={[{ value: '', words: t.none }, ...input.options]}
          onChange={(one) => set(one === '' ? null : one)}
        />
      )
    case 'hill':
      return (
        <PickField
          {...common}
          value={draft.hill ?? ''}
          options={[{ value: '', words: t.hillNone }, ...hills.map((h) => ({ value: h.id, words: `${h.county} · ${h.name}` }))]}
          onChange={(one) => set(one === '' ? null : one)}
        />
      )
    case 'day':
      return (
        <WhenField
          {...common}
          mode="date"
          start={`${limits.materialYear.min}-01-01`}
          end={today}
          value={value as string | null}
          onChange={set}
        />
      )
    case 'period':
      return <Days {...common} value={draft.picking} end={today} set={set} />
    case 'pictures':
      return (
        <PhotosField
          {...common}
          shopId={shopId}
          most={input.max}
          photos={photosOf(draft.pictures)}
          first={t.cover}
          caption={{
            of: (i) => draft.captions[i] ?? '',
            max: input.caption,
            set: (i, text) => form.edit((d) => withCaption(d, i, text), [`captions.${i}`]),
          }}
          onChange={(photos) => form.setPhotos('pictures', photos)}
        />
      )
    case 'picture':
      return (
        <PhotosField
          {...common}
          shopId={shopId}
          most={1}
          photos={photosOf(draft.labelPicture ? [draft.labelPicture] : [])}
          onChange={(photos) => form.setPhotos('labelPicture', photos)}
        />
      )
    case 'label':
      return (
        <LabelPanel
          shopId={shopId}
          {...common}
          wrong={words.label}
          draft={draft}
          photo={photosOf(draft.labelPicture ? [draft.labelPicture] : [])[0] ?? null}
          musts={draft.productClass && !draft.presale ? classForms[draft.productClass].label : []}
          max={input.max}
          words={words}
          onEdit={(change, path) => form.edit(change, [path])}
        />
      )
    case 'pack':
      return <PackTree {...common} wrong={words.pack} draft={draft} words={words} onEdit={(change) => form.edit(change, ['pack'])} />
    case 'skus':
      return (
        <SkuRows
          {...common}
          wrong={words.skus}
          draft={draft}
          words={words}
          known={known}
          onEdit={(change, path) => form.edit(change, [path])}
        />
      )
    case 'presale':
      return (
        <View>
          <SwitchField
            label={t.presale}
            value={draft.presale !== null}
            onChange={(on) => set(on ? { shipBy: addDays(today, 30) } : null)}
          />
          {draft.presale ? (
            <WhenField
              label={t.shipBy}
              hint={common.hint}
              wrong={wrong}
              mode="date"
              start={addDays(today, 1)}
              end={addDays(today, limits.presaleDays)}
              value={draft.presale.shipBy}
              onChange={(shipBy) => set({ shipBy })}
            />
          ) : null}
        </View>
      )
    case 'brew':
      return <BrewFields {...common} value={draft.brew} onChange={set} />
  }
}

/** Two days; who has chosen one has chosen both until the other is changed. */
function Days({
  label,
  hint,
  wrong,
  value,
  end,
  set,
}: {
  label: string
  hint: string | undefined
  wrong: string | undefined
  value: Period | null
  end: string
  set: (value: Period) => void
}) {
  const common = { mode: 'date' as const, start: `${limits.materialYear.min}-01-01`, end }
  return (
    <View className="two">
      <WhenField
        {...common}
        label={t.from(label)}
        hint={hint}
        wrong={wrong}
        value={value?.from ?? null}
        onChange={(from) => set({ from, to: value && value.to >= from ? value.to : from })}
      />
      <WhenField {...common} label={t.to} value={value?.to ?? null} onChange={(to) => set({ from: value?.from ?? to, to })} />
    </View>
  )
}
