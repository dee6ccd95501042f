import type { LabelFields, ListingDraft } from '@shared/catalogue/draft.ts'
import { withLabel, withRead } from '@shared/catalogue/form.ts'
import { labelWords } from '@shared/catalogue/words.ts'
import type { ShopId } from '@shared/ids.ts'
import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import type { Sent } from '../../../features/assets/photos-field'
import { onOrigin } from '../../../lib/device'
import { useAct } from '../../../lib/load'
import { say, wordsOf } from '../../../lib/trouble'
import { trpc } from '../../../lib/trpc'
import { farmerTexts } from '../../../texts/farmer'
import { Field, TextField } from '../../../ui/field'
import { Photo } from '../../../ui/photo'
import { Tap } from '../../../ui/tap'

const t = farmerTexts.form
const names = Object.keys(labelWords) as (keyof LabelFields)[]

/** The label's photo at the left, its words beside it; where they differ from the form, both are quoted. */
export function LabelPanel({
  shopId,
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
  shopId: ShopId
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
  const [busy, act] = useAct()
  const read = ({ id }: Sent) =>
    act(async () => {
      try {
        const found = await trpc.shop.catalogue.readLabel.mutate({ shopId, assetId: id })
        onEdit((d) => withRead(d, found), 'label')
        say(t.labelRead)
      } catch (error) {
        say(wordsOf(error))
      }
    })
  return (
    <Field label={label} hint={hint} wrong={wrong}>
      <View className="label-panel">
        <View className="label-photo">
          {photo ? <Photo src={photo.thumb} alt={t.labelLook} onTap={look} /> : <Text className="hint">{t.labelFirst}</Text>}
          {photo ? <Text className="hint">{t.labelLook}</Text> : null}
          {photo ? (
            <Tap look="quiet" busy={busy} onTap={() => void read(photo)}>
              {t.readLabel}
            </Tap>
          ) : null}
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
