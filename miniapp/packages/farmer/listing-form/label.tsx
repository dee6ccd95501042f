import type { LabelFields, ListingDraft } from '@shared/catalogue/draft.ts'
import { withLabel } from '@shared/catalogue/form.ts'
import { labelWords } from '@shared/catalogue/words.ts'
import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import type { Sent } from '../../../features/assets/photos-field'
import { onOrigin } from '../../../lib/device'
import { farmerTexts } from '../../../texts/farmer'
import { Field, TextField } from '../../../ui/field'
import { Photo } from '../../../ui/photo'

const t = farmerTexts.form
const names = Object.keys(labelWords) as (keyof LabelFields)[]

/** The label's photo at the left, its words beside it; where they differ from the form, both are quoted. */
export function LabelPanel({
  label,
  hint,
  wrong,
  draft,
  photo,
  musts,
  max,
  words,
  onEdit,
}: {
  label: string
  hint: string | undefined
  wrong: string | undefined
  draft: ListingDraft
  photo: Sent | null
  /** What must be typed off the label. */
  musts: readonly (keyof LabelFields)[]
  max: number
  words: Readonly<Record<string, string>>
  onEdit: (change: (draft: ListingDraft) => ListingDraft, path: string) => void
}) {
  const look = () => photo && void Taro.previewImage({ urls: [onOrigin(photo.full ?? photo.thumb)] })
  return (
    <Field label={label} hint={hint} wrong={wrong}>
      <View className="label-panel">
        <View className="label-photo">
          {photo ? <Photo src={photo.thumb} alt={t.labelLook} onTap={look} /> : <Text className="hint">{t.labelFirst}</Text>}
          {photo ? <Text className="hint">{t.labelLook}</Text> : null}
        </View>
        <View className="grow">
          {names.map((name) => (
            <View key={name} id={`at-label-${name}`}>
              <TextField
                label={musts.includes(name) ? t.must(labelWords[name]) : labelWords[name]}
                max={max}
                value={draft.label[name]}
                wrong={words[`label.${name}`]}
                onChange={(text) => onEdit((d) => withLabel(d, name, text), `label.${name}`)}
              />
            </View>
          ))}
        </View>
      </View>
    </Field>
  )
}
