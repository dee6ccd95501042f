import type { Missing } from '@shared/catalogue/complete.ts'
import { isDay } from '@shared/catalogue/complete.ts'
import { forms, isFarmProduce, kinds, type ListingDraft, seasons } from '@shared/catalogue/draft.ts'
import { hills } from '@shared/catalogue/hills.ts'
import { listingLimits as limits } from '@shared/catalogue/limits.ts'
import { per100g } from '@shared/catalogue/units.ts'
import { fieldWords, formWords, kindWords, seasonWords, unitWords } from '@shared/catalogue/words.ts'
import type { AssetId, ShopId } from '@shared/ids.ts'
import { readYuan, yuan } from '@shared/money.ts'
import { businessDay, instant } from '@shared/time.ts'
import { Input, InputNumber, Radio, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { texts } from '@/lib/texts.ts'
import { uploadPicture } from '@/lib/upload.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import { PhotoPick } from '@/ui/PhotoPick.tsx'
import type { DraftForm } from './useDraft.ts'

type Name = keyof ListingDraft
type TextName = { [K in Name]: ListingDraft[K] extends string ? K : never }[Name]

/** The typed fields of a tea; beside each what it still lacks, or what the server finds wrong with it. */
export function ListingForm({
  shopId,
  form,
  lacks,
  told,
  locked,
  stockFixed,
}: {
  shopId: ShopId
  form: DraftForm
  lacks: Missing[]
  /** Show what is missing beside every field, not only beside those begun. */
  told: boolean
  locked: boolean
  /** Opening stock counts until the first approval. */
  stockFixed: boolean
}) {
  const { draft, set } = form
  const [begun, setBegun] = useState<ReadonlySet<string>>(new Set())
  const begin = (name: Name): void => setBegun((now) => (now.has(name) ? now : new Set(now).add(name)))
  const wrongOf = (name: Name): string | undefined =>
    form.fields[name] ?? (told || begun.has(name) || hasValue(draft[name]) ? lacks.find((lack) => lack.field === name)?.words : undefined)
  const field = (name: Name, hint: ReactNode, control: ReactNode, options: { wide?: boolean; group?: boolean } = {}): ReactNode => (
    <div className={options.wide ? 'listing-wide' : ''} onBlur={() => begin(name)}>
      <Field id={name} label={fieldWords[name]} hint={hint} wrong={wrongOf(name)} group={options.group ?? false}>
        {control}
      </Field>
    </div>
  )
  const line = (name: TextName, most: number, hint?: string, wide = false): ReactNode =>
    field(
      name,
      hint,
      <Input
        id={name}
        value={draft[name]}
        maxLength={most}
        disabled={locked}
        status={statusOf(wrongOf(name))}
        onChange={(e) => set({ [name]: e.target.value })}
      />,
      { wide },
    )
  const known = new Map(form.pictures.map((picture) => [picture.id, picture]))
  const shown = (ids: readonly AssetId[]) => ids.flatMap((id) => known.get(id) ?? [])
  const per100 = draft.priceFen !== null && draft.netGrams ? texts.form.per100(yuan(per100g(draft.priceFen, draft.netGrams))) : undefined
  const farm = isFarmProduce(draft)
  return (
    <div className="stack">
      <section className="card" aria-labelledby="group-pictures">
        <h2 id="group-pictures" className="card-head">
          {texts.form.groups.pictures}
        </h2>
        <div className="stack">
          {field(
            'pictures',
            texts.form.hints.pictures,
            <PhotoPick
              id="pictures"
              value={shown(draft.pictures)}
              most={limits.pictures.max}
              cover
              add={texts.photos.add}
              altOf={texts.photos.alt}
              removeWords={texts.photos.remove}
              disabled={locked}
              wrong={wrongOf('pictures') !== undefined}
              upload={(file, progress, signal) => uploadPicture(shopId, file, progress, signal)}
              onChange={(change) => form.setPictures('pictures', change)}
            />,
            { group: true },
          )}
          {field(
            'labelPicture',
            texts.form.hints.labelPicture,
            <PhotoPick
              id="labelPicture"
              value={shown(draft.labelPicture ? [draft.labelPicture] : [])}
              most={1}
              add={texts.photos.addLabel}
              altOf={() => texts.photos.labelAlt}
              removeWords={() => texts.photos.removeLabel}
              disabled={locked}
              wrong={wrongOf('labelPicture') !== undefined}
              upload={(file, progress, signal) => uploadPicture(shopId, file, progress, signal)}
              onChange={(change) => form.setPictures('labelPicture', change)}
            />,
            { group: true },
          )}
        </div>
      </section>

      <section className="card" aria-labelledby="group-what">
        <h2 id="group-what" className="card-head">
          {texts.form.groups.what}
        </h2>
        <div className="listing-fields">
          {line('title', limits.title.max, texts.form.hints.title, true)}
          {field(
            'kind',
            undefined,
            <Radio.Group
              value={draft.kind}
              disabled={locked}
              options={kinds.map((kind) => ({ value: kind, label: kindWords[kind] }))}
              onChange={(e) => set({ kind: e.target.value })}
            />,
            { group: true },
          )}
          {field(
            'form',
            undefined,
            <Select
              id="form"
              value={draft.form}
              disabled={locked}
              placeholder={texts.form.choose}
              status={statusOf(wrongOf('form'))}
              options={forms.map((one) => ({ value: one, label: formWords[one] }))}
              onChange={(one) => set({ form: one })}
            />,
          )}
          {field(
            'netGrams',
            texts.form.hints.netGrams,
            <InputNumber
              id="netGrams"
              style={{ width: '100%' }}
              value={draft.netGrams}
              precision={0}
              min={limits.netGrams.min}
              max={limits.netGrams.max}
              disabled={locked}
              suffix={texts.form.grams}
              status={statusOf(wrongOf('netGrams'))}
              onChange={(n) => set({ netGrams: n })}
            />,
          )}
          {field(
            'materialYear',
            texts.form.hints.materialYear,
            <InputNumber
              id="materialYear"
              style={{ width: '100%' }}
              value={draft.materialYear}
              precision={0}
              min={limits.materialYear.min}
              max={limits.materialYear.max}
              disabled={locked}
              suffix={texts.form.year}
              status={statusOf(wrongOf('materialYear'))}
              onChange={(n) => set({ materialYear: n })}
            />,
          )}
          {field(
            'season',
            undefined,
            <Select
              id="season"
              value={draft.season}
              disabled={locked}
              placeholder={texts.form.choose}
              status={statusOf(wrongOf('season'))}
              options={seasons.map((season) => ({ value: season, label: seasonWords[season] }))}
              onChange={(season) => set({ season })}
            />,
          )}
          {field(
            'productionDate',
            undefined,
            <DayInput
              value={draft.productionDate}
              disabled={locked}
              wrong={wrongOf('productionDate')}
              onChange={(productionDate) => set({ productionDate })}
            />,
          )}
        </div>
      </section>

      <section className="card" aria-labelledby="group-from">
        <h2 id="group-from" className="card-head">
          {texts.form.groups.from}
        </h2>
        <div className="listing-fields">
          {field(
            'hill',
            texts.form.hints.hill,
            <Select
              id="hill"
              value={draft.hill}
              disabled={locked}
              allowClear
              placeholder={texts.form.noHill}
              status={statusOf(wrongOf('hill'))}
              options={hills.map((hill) => ({ value: hill.id, label: `${hill.name} · ${hill.county}${hill.town ?? ''}` }))}
              onChange={(hill: string | null | undefined) => set({ hill: hill ?? null })}
            />,
          )}
          {line('village', limits.village)}
        </div>
      </section>

      <section className="card" aria-labelledby="group-papers">
        <h2 id="group-papers" className="card-head">
          {texts.form.groups.papers}
        </h2>
        <div className="listing-fields">
          {line('makerName', limits.makerName)}
          {line('makerAddress', limits.makerAddress)}
          {line('scNumber', limits.scNumber, farm ? texts.form.hints.farmSc : texts.form.hints.scNumber)}
          {line('standardCode', limits.standardCode)}
          {line('shelfLife', limits.shelfLife)}
          {line('storage', limits.storage)}
        </div>
      </section>

      <section className="card" aria-labelledby="group-sale">
        <h2 id="group-sale" className="card-head">
          {texts.form.groups.sale}
        </h2>
        <div className="listing-fields">
          {field(
            'priceFen',
            per100 ?? texts.form.hints.priceFen,
            <PriceInput
              value={draft.priceFen}
              unit={draft.form ? `${texts.common.yuan} / ${unitWords[draft.form]}` : texts.common.yuan}
              disabled={locked}
              wrong={wrongOf('priceFen')}
              onChange={(priceFen) => set({ priceFen })}
            />,
          )}
          {field(
            'stock',
            stockFixed ? texts.form.hints.stockFixed : texts.form.hints.stock,
            <InputNumber
              id="stock"
              style={{ width: '100%' }}
              value={draft.stock}
              precision={0}
              min={limits.stock.min}
              max={limits.stock.max}
              disabled={locked || stockFixed}
              suffix={texts.common.pieces}
              status={statusOf(wrongOf('stock'))}
              onChange={(n) => set({ stock: n })}
            />,
          )}
        </div>
      </section>

      <section className="card" aria-labelledby="group-story">
        <h2 id="group-story" className="card-head">
          {texts.form.groups.story}
        </h2>
        {field(
          'story',
          texts.form.hints.story,
          <Input.TextArea
            id="story"
            value={draft.story}
            maxLength={limits.story}
            showCount
            disabled={locked}
            autoSize={{ minRows: 4, maxRows: 16 }}
            status={statusOf(wrongOf('story'))}
            onChange={(e) => set({ story: e.target.value })}
          />,
        )}
      </section>
    </div>
  )
}

const hasValue = (value: ListingDraft[Name]): boolean => (Array.isArray(value) ? value.length > 0 : value !== null && value !== '')

/** A sum in yuan, read by text and never by float; what is no sum stays in the box and says so. */
function PriceInput({
  value,
  unit,
  disabled,
  wrong,
  onChange,
}: {
  value: ListingDraft['priceFen']
  unit: string
  disabled: boolean
  wrong: string | undefined
  onChange: (value: ListingDraft['priceFen']) => void
}) {
  const [text, setText] = useState(value === null ? '' : yuan(value))
  const bad = text.trim() !== '' && readYuan(text) === null
  return (
    <>
      <Input
        id="priceFen"
        value={text}
        inputMode="decimal"
        prefix="¥"
        suffix={unit}
        disabled={disabled}
        maxLength={14}
        status={statusOf(bad ? texts.form.badPrice : wrong)}
        onChange={(e) => {
          setText(e.target.value)
          onChange(readYuan(e.target.value))
        }}
        onBlur={() => {
          const read = readYuan(text)
          if (read !== null) setText(yuan(read))
        }}
      />
      {bad ? (
        <span className="field-wrong" role="alert">
          {texts.form.badPrice}
        </span>
      ) : null}
    </>
  )
}

/** A day of the calendar; while it is half typed the field keeps it and the draft has none. */
function DayInput({
  value,
  disabled,
  wrong,
  onChange,
}: {
  value: string | null
  disabled: boolean
  wrong: string | undefined
  onChange: (value: string | null) => void
}) {
  const [text, setText] = useState(value ?? '')
  return (
    <Input
      id="productionDate"
      type="date"
      value={text}
      max={businessDay(instant(Date.now()))}
      disabled={disabled}
      status={statusOf(wrong)}
      onChange={(e) => {
        setText(e.target.value)
        onChange(isDay(e.target.value) ? e.target.value : null)
      }}
    />
  )
}
