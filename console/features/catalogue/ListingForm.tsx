import { classPicture } from '@shared/catalogue/class-pictures.ts'
import { classForms } from '@shared/catalogue/classes.ts'
import type { Missing } from '@shared/catalogue/complete.ts'
import { type ListingDraft, type ProductClass, productClasses } from '@shared/catalogue/draft.ts'
import { chooseClass, type DrawnField, drawnForm, edited, withCaption, wordsByPath, wordsWithin } from '@shared/catalogue/form.ts'
import { hills } from '@shared/catalogue/hills.ts'
import { listingLimits as limits } from '@shared/catalogue/limits.ts'
import { fieldWords } from '@shared/catalogue/words.ts'
import type { ShopId } from '@shared/ids.ts'
import type { Fen } from '@shared/money.ts'
import { addDays, businessDay, instant } from '@shared/time.ts'
import { Radio, Select, Switch } from 'antd'
import { type ReactNode, useState } from 'react'
import { texts } from '@/lib/texts.ts'
import { uploadPicture } from '@/lib/upload.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import { TextInput, WholeInput } from '@/ui/inputs.tsx'
import { PhotoPick } from '@/ui/PhotoPick.tsx'
import { BrewInput } from './BrewInput.tsx'
import { DayInput, PeriodInput } from './inputs.tsx'
import { LabelPanel } from './LabelPanel.tsx'
import { PackTree } from './PackTree.tsx'
import type { BatchChoice } from './queries.ts'
import { SkuRows } from './SkuRows.tsx'
import type { DraftForm } from './useDraft.ts'

export interface FormFacts {
  batches: readonly BatchChoice[]
  /** Keys of skus whose stock is counted already. */
  opened: readonly string[]
  /** The price that may be struck, by key of the sku. */
  struck: Readonly<Record<string, Fen | null>>
}

/** The form of a listing, drawn from its class's table: first the class, then its groups; beside each input what is wrong with it. */
export function ListingForm({
  shopId,
  form,
  lacks,
  told,
  locked,
  facts,
}: {
  shopId: ShopId
  form: DraftForm
  lacks: Missing[]
  /** Show what is missing beside every field, not only beside those begun. */
  told: boolean
  locked: boolean
  facts: FormFacts
}) {
  const { draft } = form
  const [begun, setBegun] = useState<ReadonlySet<string>>(new Set())
  const words = wordsByPath(draft, lacks, { said: form.said, begun, told })
  return (
    <div
      className="stack"
      onBlur={(e) => {
        const { id } = e.target
        if (id !== '') setBegun((now) => (now.has(id) ? now : new Set(now).add(id)))
      }}
    >
      <ClassPick
        draft={draft}
        locked={locked}
        wrong={words.productClass}
        onPick={(c) => form.edit((d) => chooseClass(d, c), ['productClass'])}
      />
      {drawnForm(draft).map((group) => (
        <section key={group.key} className="card" aria-labelledby={`group-${group.key}`}>
          <h2 id={`group-${group.key}`} className="card-head">
            {group.words}
          </h2>
          <div className="listing-fields">
            {group.fields.map((field) => (
              <OneField key={field.name} {...{ field, shopId, form, words, locked, facts }} />
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}

function ClassPick({
  draft,
  locked,
  wrong,
  onPick,
}: {
  draft: ListingDraft
  locked: boolean
  wrong: string | undefined
  onPick: (productClass: ProductClass) => void
}) {
  const needs = draft.productClass ? texts.form.needs(classForms[draft.productClass].papers.map((p) => p.why)) : undefined
  return (
    <section className="card" aria-labelledby="productClass-label">
      <Field id="productClass" label={fieldWords.productClass} hint={needs} wrong={wrong} group must>
        <Radio.Group
          className="class-pick"
          value={draft.productClass}
          disabled={locked}
          onChange={(e) => onPick(e.target.value as ProductClass)}
        >
          {productClasses.map((one) => (
            <Radio key={one} value={one} className={one === draft.productClass ? 'class-one chosen' : 'class-one'}>
              <img src={classPicture(one)} alt="" width={48} height={48} />
              <span>
                <span className="strong">{classForms[one].words}</span>
                <span className="hint small">{classForms[one].sentence}</span>
              </span>
            </Radio>
          ))}
        </Radio.Group>
      </Field>
    </section>
  )
}

/** What takes the whole width of the form, and what is a group of controls. */
const WIDE: ReadonlySet<string> = new Set(['pictures', 'picture', 'label', 'pack', 'skus', 'presale', 'brew', 'text'])
const GROUPS: ReadonlySet<string> = new Set(['pictures', 'picture', 'label', 'pack', 'skus', 'presale', 'brew', 'period'])

function OneField(asked: {
  field: DrawnField
  shopId: ShopId
  form: DraftForm
  words: Readonly<Record<string, string>>
  locked: boolean
  facts: FormFacts
}) {
  const { field, words } = asked
  const { name, input } = field
  // rows and panels say what is wrong at their own inputs
  const own = input.is === 'skus' || input.is === 'label' || input.is === 'pack'
  const wrong = own ? words[name] : wordsWithin(words, name)
  const short = input.is === 'choice' && input.options.length <= 4
  return (
    <div className={WIDE.has(input.is) || name === 'title' ? 'listing-wide' : ''}>
      <Field id={name} label={field.label} hint={field.hint} wrong={wrong} must={field.must} group={GROUPS.has(input.is) || short}>
        {controlOf(asked, wrong)}
      </Field>
    </div>
  )
}

/** The control of a field, by how the table says that it is asked. */
function controlOf({ field, shopId, form, words, locked, facts }: Parameters<typeof OneField>[0], wrong: string | undefined): ReactNode {
  const { name, input } = field
  const { draft } = form
  const value = draft[name]
  const set = (next: unknown): void => form.edit((d) => edited(d, name, next as never), [name])
  const common = { id: name, disabled: locked, wrong }
  const today = businessDay(instant(Date.now()))
  const photos = (ids: readonly string[], most: number, add: string, altOf: (n: number) => string) => ({
    id: name,
    value: ids.flatMap((id) => form.pictures.find((p) => p.id === id) ?? []),
    most,
    add,
    altOf,
    disabled: locked,
    wrong: wrong !== undefined,
    upload: (file: File, progress: (percent: number) => void, signal: AbortSignal) => uploadPicture(shopId, file, progress, signal),
  })
  switch (input.is) {
    case 'line':
    case 'text':
      return <TextInput {...common} value={value as string} max={input.max} long={input.is === 'text'} onChange={set} />
    case 'whole':
      return <WholeInput {...common} value={value as number | null} unit={input.unit} onChange={set} />
    case 'day':
      return <DayInput {...common} value={value as string | null} max={today} onChange={set} />
    case 'period':
      return <PeriodInput {...common} value={draft.picking} max={today} onChange={set} />
    case 'choice': {
      const options = input.options.map((o) => ({ value: o.value, label: o.words }))
      return options.length <= 4 ? (
        <Radio.Group id={name} value={value} disabled={locked} options={options} onChange={(e) => set(e.target.value)} />
      ) : (
        <Select
          id={name}
          value={value as string | null}
          disabled={locked}
          allowClear={!field.must}
          placeholder={texts.form.choose}
          status={statusOf(wrong)}
          options={options}
          onChange={(one) => set(one ?? null)}
        />
      )
    }
    case 'hill':
      return (
        <Select
          id={name}
          value={draft.hill}
          disabled={locked}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={texts.form.noHill}
          status={statusOf(wrong)}
          options={hills.map((hill) => ({ value: hill.id, label: `${hill.name} · ${hill.county}${hill.town ?? ''}` }))}
          onChange={(hill: string | null | undefined) => set(hill ?? null)}
        />
      )
    case 'pictures':
      return (
        <PhotoPick
          {...photos(draft.pictures, input.max, texts.photos.add, texts.photos.alt)}
          cover
          removeWords={texts.photos.remove}
          caption={{
            of: (i) => draft.captions[i] ?? '',
            max: input.caption,
            label: texts.photos.caption,
            set: (i, text) => form.edit((d) => withCaption(d, i, text), [`captions.${i}`]),
          }}
          onChange={(change) => form.setPictures('pictures', change)}
        />
      )
    case 'picture':
      return (
        <PhotoPick
          {...photos(draft.labelPicture ? [draft.labelPicture] : [], 1, texts.photos.addOne(field.label), () => field.label)}
          removeWords={() => texts.photos.removeOne(field.label)}
          onChange={(change) => form.setPictures('labelPicture', change)}
        />
      )
    case 'label':
      return (
        <LabelPanel
          draft={draft}
          photo={form.pictures.find((p) => p.id === draft.labelPicture) ?? null}
          musts={draft.productClass && !draft.presale ? classForms[draft.productClass].label : []}
          max={input.max}
          disabled={locked}
          words={words}
          onEdit={(change, path) => form.edit(change, [path])}
        />
      )
    case 'pack':
      return <PackTree draft={draft} disabled={locked} words={words} onEdit={(change) => form.edit(change, ['pack'])} />
    case 'skus':
      return <SkuRows draft={draft} disabled={locked} words={words} {...facts} onEdit={(change, path) => form.edit(change, [path])} />
    case 'presale':
      return (
        <div className="row">
          <Switch
            id={name}
            aria-label={texts.form.presale.on}
            checked={draft.presale !== null}
            disabled={locked}
            onChange={(on) => set(on ? { shipBy: addDays(today, 30) } : null)}
          />
          {texts.form.presale.on}
          {draft.presale ? (
            <>
              <label htmlFor="presale.shipBy">{texts.form.presale.shipBy}</label>
              <DayInput
                key={draft.presale.shipBy}
                id="presale.shipBy"
                disabled={locked}
                wrong={wrong}
                value={draft.presale.shipBy}
                min={addDays(today, 1)}
                max={addDays(today, limits.presaleDays)}
                onChange={(shipBy) => (shipBy ? set({ shipBy }) : undefined)}
              />
            </>
          ) : null}
        </div>
      )
    case 'brew':
      return <BrewInput value={draft.brew} disabled={locked} onChange={set} />
  }
}
