import type { LabelFields, ListingDraft } from '@shared/catalogue/draft.ts'
import { withLabel } from '@shared/catalogue/form.ts'
import { labelWords } from '@shared/catalogue/words.ts'
import { texts } from '@/lib/texts.ts'
import type { Picture } from '@/lib/upload.ts'
import { Field } from '@/ui/Field.tsx'
import { Photo } from '@/ui/Photo.tsx'
import { TextInput } from './inputs.tsx'

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
  return (
    <div className="label-panel">
      {photo ? (
        <a href={photo.full} target="_blank" rel="noreferrer" aria-label={texts.form.openLabel}>
          <Photo picture={photo} size={240} alt={texts.photos.labelAlt} />
        </a>
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
