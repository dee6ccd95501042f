import { kinds, productClasses, seasons } from '@shared/catalogue/draft.ts'
import { classWords, kindWords, seasonWords } from '@shared/catalogue/words.ts'
import type { BatchId, ShopId } from '@shared/ids.ts'
import { businessDay, instant } from '@shared/time.ts'
import { conversions, materialOf, originRules } from '@shared/traceability/balance.ts'
import { batchLacks } from '@shared/traceability/complete.ts'
import { type BatchDraft, emptyBatch } from '@shared/traceability/draft.ts'
import { traceLimits as limits } from '@shared/traceability/limits.ts'
import { kilos, readKilos, readWhole } from '@shared/traceability/units.ts'
import { batchFieldWords } from '@shared/traceability/words.ts'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { fieldsOf } from '@/lib/errors.ts'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import { useAct } from '@/ui/useAct.ts'
import { PartsEditor, partOf, type TypedPart, typedParts } from './PartsEditor.tsx'
import { ProofsEditor, proofsOf, type TypedProof, typedProofs } from './ProofsEditor.tsx'
import type { BatchOpened, Sources } from './queries.ts'
import { useKept } from './useKept.ts'
import './traces.css'

const t = texts.traces

/** The form as it is typed: figures are text until they are sent. */
interface Typed
  extends Omit<BatchDraft, 'materialYear' | 'madeGrams' | 'parts' | 'proofs' | 'productionDate' | 'pressingDate' | 'storedSince'> {
  /** Under which it was saved, also where the desk then refused it: the next press writes the same one. */
  id: BatchId | null
  year: string
  made: string
  productionDate: string
  pressingDate: string
  storedSince: string
  parts: TypedPart[]
  proofs: TypedProof[]
}

const typedFrom = (id: BatchId | null, d: BatchDraft, pictures: BatchOpened['pictures']): Typed => ({
  ...d,
  id,
  year: d.materialYear === null ? '' : String(d.materialYear),
  made: kilos(d.madeGrams),
  productionDate: d.productionDate ?? '',
  pressingDate: d.pressingDate ?? '',
  storedSince: d.storedSince ?? '',
  parts: typedParts(d.parts),
  proofs: typedProofs(d.proofs, pictures),
})

/** The draft as the server takes it, and which fields cannot be read. */
const draftFrom = ({ id: _, year, made, parts, proofs, ...rest }: Typed) => {
  const read = parts.map(partOf)
  const draft: BatchDraft = {
    ...rest,
    code: rest.code.trim(),
    village: rest.village.trim(),
    makerName: rest.makerName.trim(),
    makerAddress: rest.makerAddress.trim(),
    scNumber: rest.scNumber.trim().toUpperCase(),
    standardCode: rest.standardCode.trim(),
    productionDate: rest.productionDate || null,
    pressingDate: rest.pressingDate || null,
    storedSince: rest.storedSince || null,
    materialYear: readWhole(year),
    madeGrams: readKilos(made),
    parts: read.flatMap((part) => part ?? []),
    proofs: proofsOf(proofs),
  }
  const unread: (keyof BatchDraft)[] = []
  if (year.trim() !== '' && draft.materialYear === null) unread.push('materialYear')
  if (made.trim() !== '' && !draft.madeGrams) unread.push('madeGrams')
  if (read.some((part) => part === null)) unread.push('parts')
  return { draft, unread }
}

/** Writes a batch: saved as far as it is, submitted when nothing is lacking. `onSaved` hears the id of what was saved. */
export function BatchForm({
  shopId,
  batch,
  sources,
  onSaved,
}: {
  shopId: ShopId
  batch: BatchOpened | null
  sources: Sources
  onSaved: (batchId: BatchId, submitted: boolean) => void
}) {
  const form = useKept<Typed>(
    `batch.${shopId}.${batch?.id ?? 'new'}`,
    typedFrom(batch?.id ?? null, batch?.draft ?? emptyBatch('puer'), batch?.pictures ?? []),
  )
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const v = form.value
  const { draft, unread } = draftFrom(v)
  const rule = originRules[v.productClass]
  const material = materialOf(v.productClass, v.kind)
  const send = useAct(
    async (toDesk: boolean) => {
      const { batchId } = await trpc.shop.traceability.saveBatch.mutate({ shopId, ...(v.id ? { batchId: v.id } : {}), draft })
      form.set({ id: batchId })
      if (toDesk) await trpc.shop.traceability.submitBatch.mutate({ shopId, batchId })
      return batchId
    },
    {
      done: (_, toDesk) => (toDesk ? t.submitted : t.saved),
      after: async (batchId, toDesk) => {
        form.clear()
        await askAgain(['traces', shopId])
        onSaved(batchId, toDesk)
      },
      failed: (error) =>
        setWrong(
          Object.fromEntries(
            Object.entries(fieldsOf(error)).map(([path, words]) => [path.replace('draft.', '').replace(/\..*/, ''), words]),
          ),
        ),
    },
  )
  const go = (toDesk: boolean): void => {
    const lacks: Record<string, string> = {}
    for (const field of unread) lacks[field] = t.unread
    if (toDesk) for (const { field, words } of batchLacks(draft, businessDay(instant(Date.now())))) lacks[field] ??= words
    else if (draft.code === '') lacks.code = t.needed(batchFieldWords.code)
    setWrong(lacks)
    if (Object.keys(lacks).length === 0) send.mutate(toDesk)
  }
  const line = (id: 'code' | 'village' | 'makerName' | 'makerAddress' | 'scNumber' | 'standardCode', max: number, hint?: string) => (
    <Field id={id} label={batchFieldWords[id]} hint={hint} wrong={wrong[id]}>
      <Input id={id} maxLength={max} status={statusOf(wrong[id])} value={v[id]} onChange={(e) => form.set({ [id]: e.target.value })} />
    </Field>
  )
  const day = (id: 'productionDate' | 'pressingDate' | 'storedSince', hint?: string) => (
    <Field id={id} label={batchFieldWords[id]} hint={hint} wrong={wrong[id]}>
      <Input id={id} type="date" status={statusOf(wrong[id])} value={v[id]} onChange={(e) => form.set({ [id]: e.target.value })} />
    </Field>
  )
  return (
    <div className="card stack">
      {form.kept ? <p className="notice leaf">{t.kept}</p> : null}
      <div className="trace-fields">
        {line('code', limits.code, t.codeHint)}
        <Field id="productClass" label={batchFieldWords.productClass} wrong={wrong.productClass}>
          <Select
            id="productClass"
            value={v.productClass}
            onChange={(productClass) => {
              const { crop } = originRules[productClass]
              form.set({
                productClass,
                kind: productClass === 'maocha' ? 'raw' : crop === 'tea' ? v.kind : null,
                season: crop === 'tea' ? v.season : null,
                parts: crop === rule.crop ? v.parts : [],
              })
            }}
            options={productClasses.map((one) => ({ value: one, label: classWords[one] }))}
          />
        </Field>
        {v.productClass === 'puer' || v.productClass === 'workshopTea' ? (
          <Field id="kind" label={batchFieldWords.kind} wrong={wrong.kind}>
            <Select
              id="kind"
              value={v.kind}
              onChange={(kind) => form.set({ kind })}
              options={kinds.map((one) => ({ value: one, label: kindWords[one] }))}
            />
          </Field>
        ) : null}
        {rule.crop === 'tea' ? (
          <Field id="season" label={batchFieldWords.season} wrong={wrong.season}>
            <Select
              id="season"
              value={v.season}
              onChange={(season) => form.set({ season })}
              options={seasons.map((one) => ({ value: one, label: seasonWords[one] }))}
            />
          </Field>
        ) : null}
        <Field id="madeGrams" label={batchFieldWords.madeGrams} wrong={wrong.madeGrams}>
          <Input
            id="madeGrams"
            inputMode="decimal"
            maxLength={12}
            suffix={t.kilo}
            status={statusOf(wrong.madeGrams)}
            value={v.made}
            onChange={(e) => form.set({ made: e.target.value })}
          />
        </Field>
        {rule.crop === null ? null : (
          <div className="trace-wide stack-s">
            <PartsEditor
              value={v.parts}
              sources={sources}
              self={batch?.id ?? null}
              to={material}
              wrong={wrong.parts}
              onChange={(edit) => form.change((now) => ({ ...now, parts: edit(now.parts) }))}
            />
            <details>
              <summary className="hint">{t.conversionsTitle}</summary>
              <ul className="hint small">
                {conversions.map((c) => (
                  <li key={c.says}>
                    {c.says}（{c.source}）
                  </li>
                ))}
              </ul>
            </details>
          </div>
        )}
        {v.parts.length === 0 && !rule.must ? (
          <>
            {line('village', limits.village)}
            {rule.crop === null ? null : (
              <Field id="materialYear" label={batchFieldWords.materialYear} wrong={wrong.materialYear}>
                <Input
                  id="materialYear"
                  inputMode="numeric"
                  maxLength={4}
                  suffix={t.year}
                  status={statusOf(wrong.materialYear)}
                  value={v.year}
                  onChange={(e) => form.set({ year: e.target.value })}
                />
              </Field>
            )}
          </>
        ) : null}
        {line('makerName', limits.makerName)}
        {line('makerAddress', limits.makerAddress)}
        {line('scNumber', limits.scNumber, t.scHint)}
        {line('standardCode', limits.standardCode)}
        {day('productionDate')}
        {rule.crop === 'tea' ? day('pressingDate') : null}
        {day('storedSince', t.storedHint)}
        <div className="trace-wide">
          <ProofsEditor
            shopId={shopId}
            value={v.proofs}
            first="labReport"
            wrong={wrong.proofs}
            onChange={(edit) => form.change((now) => ({ ...now, proofs: edit(now.proofs) }))}
          />
        </div>
      </div>
      <div className="row">
        <Button type="primary" loading={send.isPending} onClick={() => go(true)}>
          {t.submit}
        </Button>
        <Button disabled={send.isPending} onClick={() => go(false)}>
          {t.save}
        </Button>
      </div>
    </div>
  )
}
