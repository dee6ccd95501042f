import type { Known } from '@shared/catalogue/complete.ts'
import type { ListingDraft, SkuDraft } from '@shared/catalogue/draft.ts'
import { addSku, dropSku, setSku } from '@shared/catalogue/form.ts'
import { listingLimits as limits } from '@shared/catalogue/limits.ts'
import { gramsAt, packWords, per100g } from '@shared/catalogue/units.ts'
import { classWords, packUnitWords } from '@shared/catalogue/words.ts'
import type { BatchId } from '@shared/ids.ts'
import { type Fen, readYuan, yuan } from '@shared/money.ts'
import { cleanMoney, cleanWhole, wholeIn } from '@shared/typing.ts'
import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { farmerTexts } from '../../../texts/farmer'
import { ChoiceField, Field, TextField } from '../../../ui/field'
import { Tap } from '../../../ui/tap'

const t = farmerTexts.form.sku

/** The skus: name, level, price, struck price with its proof, stock and batches. */
export function SkuRows({
  label,
  hint,
  wrong,
  draft,
  words,
  known,
  onEdit,
}: {
  label: string
  hint: string | undefined
  wrong: string | undefined
  draft: ListingDraft
  words: Readonly<Record<string, string>>
  known: Known
  onEdit: (change: (draft: ListingDraft) => ListingDraft, path: string) => void
}) {
  return (
    <Field label={label} hint={hint} wrong={wrong}>
      <View className="rows">
        {draft.skus.map((sku, i) => (
          <View key={sku.key} className="row-card" id={`at-skus-${i}`}>
            <OneSku
              draft={draft}
              sku={sku}
              at={i}
              words={words}
              known={known}
              set={(change) => onEdit((d) => setSku(d, i, change), `skus.${i}.${Object.keys(change)[0] ?? ''}`)}
            />
            {draft.skus.length > 1 ? (
              <Tap look="plain" onTap={() => onEdit((d) => dropSku(d, i), 'skus')}>
                {t.drop(sku.name || t.nth(i + 1))}
              </Tap>
            ) : null}
          </View>
        ))}
        {draft.skus.length < limits.skus.max ? (
          <Tap look="plain" onTap={() => onEdit(addSku, 'skus')}>
            {t.add}
          </Tap>
        ) : null}
      </View>
    </Field>
  )
}

function OneSku({
  draft,
  sku,
  at,
  words,
  known,
  set,
}: {
  draft: ListingDraft
  sku: SkuDraft
  at: number
  words: Readonly<Record<string, string>>
  known: Known
  set: (change: Partial<SkuDraft>) => void
}) {
  const wrongAt = (name: keyof SkuDraft) => words[`skus.${at}.${name}`]
  const grams = gramsAt(draft, sku.level)
  const unit = draft.pack[sku.level]?.unit
  const said = unit ? packUnitWords[unit] : t.piece
  const counted = known.opened?.includes(sku.key) === true
  const proven = known.struck?.[sku.key] ?? null
  return (
    <>
      <TextField
        label={t.name}
        max={limits.skuName}
        value={sku.name}
        placeholder={t.nth(at + 1)}
        wrong={wrongAt('name')}
        onChange={(name) => set({ name })}
      />
      {draft.pack.length > 1 && !counted ? (
        <ChoiceField
          label={t.level}
          value={String(sku.level)}
          hint={packWords(draft, sku.level)}
          wrong={wrongAt('level')}
          options={draft.pack.map((level, place) => ({ value: String(place), words: packUnitWords[level.unit] }))}
          onChange={(level) => set({ level: Number(level) })}
        />
      ) : (
        <Text className="hint num">{packWords(draft, sku.level) || t.noPack}</Text>
      )}
      <MoneyField
        label={t.price}
        unit={t.per(said)}
        value={sku.priceFen}
        hint={sku.priceFen && grams ? t.per100(yuan(per100g(sku.priceFen, grams))) : undefined}
        wrong={wrongAt('priceFen')}
        onChange={(priceFen) => set({ priceFen })}
      />
      {proven === null && sku.struckFen === null ? (
        counted ? (
          <Text className="hint">{t.noProof}</Text>
        ) : null
      ) : (
        <>
          <MoneyField
            label={t.struck}
            unit={t.yuan}
            value={sku.struckFen}
            hint={proven === null ? t.noProof : t.proof(yuan(proven))}
            wrong={wrongAt('struckFen')}
            onChange={(struckFen) => set({ struckFen })}
          />
          {proven !== null && sku.struckFen !== proven ? (
            <Tap look="plain" onTap={() => set({ struckFen: proven })}>
              {t.useProof}
            </Tap>
          ) : null}
        </>
      )}
      {counted ? (
        <Text className="hint">{t.counted}</Text>
      ) : (
        <TextField
          label={t.stock}
          kind="number"
          max={6}
          unit={said}
          value={sku.stock === null ? '' : String(sku.stock)}
          wrong={wrongAt('stock')}
          onChange={(text) => set({ stock: wholeIn(cleanWhole(text)) })}
        />
      )}
      <BatchPick
        value={sku.batchIds}
        known={known}
        productClass={draft.productClass}
        wrong={wrongAt('batchIds')}
        onChange={(batchIds) => set({ batchIds })}
      />
    </>
  )
}

/** The batches, in the order in which they were tapped: in that order they are sold. */
function BatchPick({
  value,
  known,
  productClass,
  wrong,
  onChange,
}: {
  value: readonly BatchId[]
  known: Known
  productClass: ListingDraft['productClass']
  wrong: string | undefined
  onChange: (value: BatchId[]) => void
}) {
  // those of another class have no place here; one that was chosen stays until it is taken out
  const batches = known.batches?.filter((b) => b.productClass === productClass || value.includes(b.id)) ?? []
  const tap = (id: BatchId) => onChange(value.includes(id) ? value.filter((b) => b !== id) : [...value, id].slice(0, limits.batches.max))
  return (
    <Field label={t.batches} hint={batches.length === 0 ? t.noBatches : t.batchesHint} wrong={wrong}>
      <View className="choices">
        {batches.map(({ id, code, productClass: made, state }) => {
          const place = value.indexOf(id)
          const fits = state === 'verified' && made === productClass
          return (
            <Tap
              key={id}
              look="bare"
              disabled={!fits && place < 0}
              className={place < 0 ? 'choice' : 'choice choice-on'}
              onTap={() => tap(id)}
            >
              {fits ? t.batch(code, place + 1) : `${code} · ${made === productClass ? t.unverified : classWords[made]}`}
            </Tap>
          )
        })}
      </View>
    </Field>
  )
}

/** A sum in yuan, read by text and never by float. */
function MoneyField({
  value,
  onChange,
  ...common
}: {
  label: string
  unit: string
  hint: string | undefined
  wrong: string | undefined
  value: Fen | null
  onChange: (value: Fen | null) => void
}) {
  const [text, setText] = useState(value === null ? '' : yuan(value))
  // a value from elsewhere than this box (the proven price) takes the place of what stood in it
  const shown = readYuan(text.replace(/\.$/, '')) === value ? text : value === null ? '' : yuan(value)
  return (
    <TextField
      {...common}
      kind="digit"
      max={11}
      value={shown}
      onChange={(typed) => {
        const clean = cleanMoney(typed)
        setText(clean)
        onChange(readYuan(clean.replace(/\.$/, '')))
      }}
    />
  )
}
