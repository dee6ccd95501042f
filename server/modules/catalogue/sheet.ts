import { classForms, type FieldInput, type FieldName, fieldsOfClass, inputs } from '../../../shared/catalogue/classes.ts'
import type { LabelFields, ListingDraft } from '../../../shared/catalogue/draft.ts'
import { hillName, hillOf } from '../../../shared/catalogue/hills.ts'
import { netWords, packWords } from '../../../shared/catalogue/units.ts'
import { classWords, fieldWords, labelWords, packUnitWords } from '../../../shared/catalogue/words.ts'
import type { BatchId, RevisionId } from '../../../shared/ids.ts'
import type { ClaimFacts } from '../../../shared/moderation/claims.ts'
import type { CaseSheet } from '../../../shared/moderation/sheet.ts'
import { yuan } from '../../../shared/money.ts'
import { DAY, type Instant } from '../../../shared/time.ts'
import type { Db } from '../../platform/db.ts'
import { type BatchFacts, batchesOf } from '../traceability/index.ts'

type Row = CaseSheet['fields'][number]
type Codes = ReadonlyMap<BatchId, string>

/** The batches that these drafts name; one query. */
export const batchesNamed = (db: Db, drafts: readonly (ListingDraft | undefined)[]): Promise<Map<BatchId, BatchFacts>> =>
  batchesOf(db, [...new Set(drafts.flatMap((d) => d?.skus.flatMap((s) => s.batchIds) ?? []))])

/** Their codes, as the desk reads them. */
export const codesOf = (batches: ReadonlyMap<BatchId, BatchFacts>): Codes => new Map([...batches].map(([id, b]) => [id, b.code]))

/** What the verified batches of a draft bear out of what may be claimed: where the tea grew, and how long it has lain. */
export const claimFactsOf = (draft: ListingDraft, batches: ReadonlyMap<BatchId, BatchFacts>, now: Instant): ClaimFacts => {
  const sold = [...new Set(draft.skus.flatMap((s) => s.batchIds))].flatMap((id) => batches.get(id) ?? [])
  if (sold.length === 0 || sold.some((b) => b.state !== 'verified')) return {}
  const places = [...new Set(sold.flatMap((b) => [b.village, hillOf(b.hill)?.name.replace(/（.*）/, '') ?? '']))].filter(Boolean)
  const stored = sold.map((b) => (b.storedSince === null ? 0 : Math.floor((now - b.storedSince) / (365.25 * DAY))))
  const yearsStored = Math.min(...stored)
  // a place is borne out only where all that is sold comes from it
  const borne = places.filter((place) => sold.every((b) => b.village === place || (hillOf(b.hill)?.name ?? '').startsWith(place)))
  return { ...(borne.length > 0 ? { places: borne } : {}), ...(yearsStored > 0 ? { yearsStored } : {}) }
}

/** A revision as the desk reads it, in the order of its class's form; empty fields are null. Stock is no wording and not reviewed. */
export const sheetOf = (revision: { id: RevisionId; no: number; draft: ListingDraft }, codes: Codes): CaseSheet => {
  const { draft } = revision
  const fields = draft.productClass === null ? [] : fieldsOfClass(classForms[draft.productClass])
  return {
    revision: revision.id,
    no: revision.no,
    fields: [
      { field: 'productClass', label: fieldWords.productClass, value: draft.productClass && classWords[draft.productClass] },
      ...fields.flatMap(({ name, words }) => rowsOf(draft, name, words ?? fieldWords[name], codes)),
    ],
    pictureIds: draft.pictures,
    labelPictureId: draft.labelPicture,
  }
}

/** A field in the rows by which it is read: most have one, a label and the skus one for each of theirs, pictures none. */
const rowsOf = (draft: ListingDraft, name: FieldName, label: string, codes: Codes): Row[] => {
  if (name === 'pictures')
    return [{ field: 'captions', label: fieldWords.captions, value: draft.captions.filter(Boolean).join('；') || null }]
  if (name === 'labelPicture') return []
  if (name === 'label')
    return (Object.keys(labelWords) as (keyof LabelFields)[]).map((f) => ({
      field: `label.${f}`,
      label: `标签 · ${labelWords[f]}`,
      value: draft.label[f] || null,
    }))
  if (name === 'skus') return draft.skus.map((_, i) => skuRow(draft, i, codes))
  return [{ field: name, label, value: readable(draft, name, inputs[name]) || null }]
}

const skuRow = (draft: ListingDraft, at: number, codes: Codes): Row => {
  const sku = draft.skus[at] as ListingDraft['skus'][number]
  const unit = draft.pack[sku.level]?.unit
  const value = [
    sku.priceFen === null ? '' : `¥${yuan(sku.priceFen)}${unit ? ` / ${packUnitWords[unit]}` : ''}`,
    sku.struckFen === null ? '' : `划线价 ¥${yuan(sku.struckFen)}`,
    packWords(draft, sku.level),
    `批次 ${sku.batchIds.map((id) => codes.get(id) ?? '').join('、')}`,
  ]
  return { field: `skus.${sku.key}`, label: `规格 · ${sku.name}`, value: value.filter(Boolean).join(' · ') }
}

const readable = (draft: ListingDraft, name: FieldName, input: FieldInput): string | null => {
  if (name === 'netGrams') return draft.netGrams === null ? null : netWords(draft.netGrams)
  const value = draft[name]
  if (typeof value === 'string' && input.is === 'choice') return input.options.find((o) => o.value === value)?.words ?? value
  if (typeof value === 'string' && input.is === 'hill') return hillName(value)
  if (typeof value === 'number' && input.is === 'whole') return input.unit === '年' ? String(value) : `${value} ${input.unit}`
  if (typeof value === 'string') return value
  if (name === 'picking') return draft.picking && `${draft.picking.from} 至 ${draft.picking.to}`
  if (name === 'presale') return draft.presale && `最晚 ${draft.presale.shipBy} 发货`
  if (name === 'brew') {
    const { brew } = draft
    return brew && `${brew.grams} 克 · ${brew.celsius} °C · ${brew.millilitres} 毫升 · ${brew.seconds.join('、')} 秒`
  }
  if (name === 'pack')
    return draft.pack.map(({ unit, count }, i) => (i === 0 ? packUnitWords[unit] : `${count} 一${packUnitWords[unit]}`)).join('，')
  return null
}
