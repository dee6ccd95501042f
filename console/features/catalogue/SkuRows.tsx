import type { ListingDraft } from '@shared/catalogue/draft.ts'
import { addSku, dropSku, setSku } from '@shared/catalogue/form.ts'
import { listingLimits as limits } from '@shared/catalogue/limits.ts'
import { gramsAt, packWords, per100g } from '@shared/catalogue/units.ts'
import { packUnitWords } from '@shared/catalogue/words.ts'
import { type Fen, yuan } from '@shared/money.ts'
import { Button, Select } from 'antd'
import { texts } from '@/lib/texts.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import { MoneyInput, TextInput, WholeInput } from '@/ui/inputs.tsx'
import type { BatchChoice } from './queries.ts'

const t = texts.form.sku

/** The skus: name, level, price, struck price with its proof, stock and batches. */
export function SkuRows({
  draft,
  disabled,
  words,
  batches,
  opened,
  struck,
  onEdit,
}: {
  draft: ListingDraft
  disabled: boolean
  words: Readonly<Record<string, string>>
  batches: readonly BatchChoice[]
  /** Keys whose stock is counted already and changed by differences. */
  opened: readonly string[]
  /** The only price that may be struck, by key; null where none may. */
  struck: Readonly<Record<string, Fen | null>>
  onEdit: (change: (draft: ListingDraft) => ListingDraft, path: string) => void
}) {
  return (
    <div className="stack" id="skus">
      {draft.skus.map((sku, i) => {
        const at = (name: string): string => `skus.${i}.${name}`
        const set = (change: Parameters<typeof setSku>[2]): void => {
          const [name = ''] = Object.keys(change)
          onEdit((d) => setSku(d, i, change), at(name))
        }
        const grams = gramsAt(draft, sku.level)
        const unit = draft.pack[sku.level]?.unit
        const said = unit ? packUnitWords[unit] : texts.common.pieces
        const proven = struck[sku.key] ?? null
        const counted = opened.includes(sku.key)
        return (
          <fieldset key={sku.key} className="sku-row">
            <legend className="strong">{sku.name || t.nth(i + 1)}</legend>
            <div className="sku-fields">
              <Field id={at('name')} label={t.name} must wrong={words[at('name')]}>
                <TextInput
                  id={at('name')}
                  value={sku.name}
                  max={limits.skuName}
                  disabled={disabled}
                  wrong={words[at('name')]}
                  onChange={(name) => set({ name })}
                />
              </Field>
              <Field id={at('level')} label={t.level} must hint={packWords(draft, sku.level)} wrong={words[at('level')]}>
                <Select
                  id={at('level')}
                  value={unit ? sku.level : null}
                  placeholder={t.noPack}
                  disabled={disabled || counted}
                  status={statusOf(words[at('level')])}
                  options={draft.pack.map((level, place) => ({ value: place, label: packUnitWords[level.unit] }))}
                  onChange={(level) => set({ level })}
                />
              </Field>
              <Field
                id={at('priceFen')}
                label={t.price}
                must
                hint={sku.priceFen && grams ? texts.form.per100(yuan(per100g(sku.priceFen, grams))) : undefined}
                wrong={words[at('priceFen')]}
              >
                <MoneyInput
                  id={at('priceFen')}
                  value={sku.priceFen}
                  unit={`${texts.common.yuan} / ${said}`}
                  disabled={disabled}
                  wrong={words[at('priceFen')]}
                  onChange={(priceFen) => set({ priceFen })}
                />
              </Field>
              <Field
                id={at('struckFen')}
                label={t.struck}
                hint={
                  proven === null ? (
                    t.noProof
                  ) : (
                    <>
                      {t.proof(yuan(proven))}{' '}
                      {sku.struckFen === proven || disabled ? null : (
                        <Button size="small" type="link" onClick={() => set({ struckFen: proven })}>
                          {t.useProof}
                        </Button>
                      )}
                    </>
                  )
                }
                wrong={words[at('struckFen')]}
              >
                <MoneyInput
                  id={at('struckFen')}
                  value={sku.struckFen}
                  unit={texts.common.yuan}
                  disabled={disabled || (proven === null && sku.struckFen === null)}
                  wrong={words[at('struckFen')]}
                  onChange={(struckFen) => set({ struckFen })}
                />
              </Field>
              <Field id={at('stock')} label={t.stock} must={!counted} hint={counted ? t.counted : undefined} wrong={words[at('stock')]}>
                <WholeInput
                  id={at('stock')}
                  value={sku.stock}
                  unit={said}
                  disabled={disabled || counted}
                  wrong={words[at('stock')]}
                  onChange={(stock) => set({ stock })}
                />
              </Field>
              <Field
                id={at('batchIds')}
                label={t.batches}
                must
                hint={batches.length === 0 ? t.noBatches : t.batchesHint}
                wrong={words[at('batchIds')]}
              >
                <Select
                  id={at('batchIds')}
                  mode="multiple"
                  maxCount={limits.batches.max}
                  value={sku.batchIds}
                  disabled={disabled}
                  placeholder={texts.form.choose}
                  status={statusOf(words[at('batchIds')])}
                  options={batches.map((b) => ({ value: b.id, label: b.words, disabled: b.disabled }))}
                  onChange={(batchIds) => set({ batchIds })}
                />
              </Field>
            </div>
            {disabled || draft.skus.length < 2 ? null : (
              <Button size="small" type="text" onClick={() => onEdit((d) => dropSku(d, i), 'skus')}>
                {t.drop(sku.name || t.nth(i + 1))}
              </Button>
            )}
          </fieldset>
        )
      })}
      {disabled || draft.skus.length >= limits.skus.max ? null : (
        <div>
          <Button onClick={() => onEdit(addSku, 'skus')}>{t.add}</Button>
        </div>
      )}
    </div>
  )
}
