import type { LabelFields, ListingDraft } from '@shared/catalogue/draft.ts'
import { withLabel, withRead } from '@shared/catalogue/form.ts'
import { labelWords } from '@shared/catalogue/words.ts'
import { Button } from 'antd'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import type { Picture } from '@/lib/upload.ts'
import { Field } from '@/ui/Field.tsx'
import { TextInput } from '@/ui/inputs.tsx'
import { Photo } from '@/ui/Photo.tsx'
import { useAct } from '@/ui/useAct.ts'

const names = Object.keys(labelWords) as (keyof LabelFields)[]

/** The label's photo at the left, its words beside it; where they differ from the form, both are quoted. */
export function LabelPanel({
  draft,
  photo,
  musts,
  max,
  disabled,
  words,
  onEdit,
}: {
  draft: ListingDraft
  photo: Picture | null
  /** What must be typed off the label. */
  musts: readonly (keyof LabelFields)[]
  max: number
  disabled: boolean
  words: Readonly<Record<string, string>>
  onEdit: (change: (draft: ListingDraft) => ListingDraft, path: string) => void
}) {
  const { shopId } = useShop()
  const read = useAct((from: Picture) => trpc.shop.catalogue.readLabel.mutate({ shopId, assetId: from.id }), {
    after: (found) => onEdit((d) => withRead(d, found), 'label'),
    done: texts.form.labelRead,
  })
  return (
    <div className="label-panel">
      {photo ? (
        <div className="stack-s">
          <a href={photo.full} target="_blank" rel="noreferrer" aria-label={texts.form.openLabel}>
            <Photo picture={photo} size={240} alt={texts.photos.labelAlt} />
          </a>
          {disabled ? null : (
            <Button loading={read.isPending} onClick={() => read.mutate(photo)}>
              {texts.form.readLabel}
            </Button>
          )}
        </div>
      ) : (
        <p className="label-panel-none hint">{texts.form.noLabelPhoto}</p>
      )}
      <div className="listing-fields">
        {names.map((name) => {
          const path = `label.${name}`
          return (
            <Field key={name} id={path} label={labelWords[name]} must={musts.includes(name)} wrong={words[path]}>
              <TextInput
                id={path}
                value={draft.label[name]}
                max={max}
                disabled={disabled}
                wrong={words[path]}
                onChange={(text) => onEdit((d) => withLabel(d, name, text), path)}
              />
            </Field>
          )
        })}
      </div>
    </div>
  )
}
