import { treeClasses } from '@shared/catalogue/draft.ts'
import { hills } from '@shared/catalogue/hills.ts'
import { treeClassWords } from '@shared/catalogue/words.ts'
import type { PlotId, ShopId } from '@shared/ids.ts'
import { plotLacks } from '@shared/traceability/complete.ts'
import { crops, emptyPlot, type PlotDraft, yieldStates } from '@shared/traceability/draft.ts'
import { traceLimits as limits } from '@shared/traceability/limits.ts'
import { kilos, muOf, readKilos, readMu, readWhole } from '@shared/traceability/units.ts'
import { cropWords, plotFieldWords, yieldWords } from '@shared/traceability/words.ts'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { fieldsOf } from '@/lib/errors.ts'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import { useAct } from '@/ui/useAct.ts'
import { ProofsEditor, proofsOf, type TypedProof, typedProofs } from './ProofsEditor.tsx'
import type { PlotOpened } from './queries.ts'
import { useKept } from './useKept.ts'
import './traces.css'

const t = texts.traces

/** The form as it is typed: figures are text until they are sent. */
interface Typed extends Omit<PlotDraft, 'areaTenths' | 'trees' | 'altitudeMetres' | 'yearlyGrams' | 'proofs'> {
  /** Under which it was saved, also where the desk then refused it: the next press writes the same one. */
  id: PlotId | null
  area: string
  trees: string
  altitude: string
  yearly: string
  proofs: TypedProof[]
}

const typedFrom = (id: PlotId | null, d: PlotDraft, pictures: PlotOpened['pictures']): Typed => ({
  ...d,
  id,
  area: muOf(d.areaTenths),
  trees: d.trees === null ? '' : String(d.trees),
  altitude: d.altitudeMetres === null ? '' : String(d.altitudeMetres),
  yearly: kilos(d.yearlyGrams),
  proofs: typedProofs(d.proofs, pictures),
})

/** The draft as the server takes it, and which figures cannot be read. */
const draftFrom = ({ id: _, area, trees, altitude, yearly, proofs, ...rest }: Typed) => {
  const draft: PlotDraft = {
    ...rest,
    name: rest.name.trim(),
    village: rest.village.trim(),
    grower: rest.grower.trim(),
    treeBasis: rest.treeBasis.trim(),
    areaTenths: readMu(area),
    trees: readWhole(trees),
    altitudeMetres: readWhole(altitude),
    yearlyGrams: readKilos(yearly),
    proofs: proofsOf(proofs),
  }
  const unread = (
    [
      ['areaTenths', area, draft.areaTenths],
      ['trees', trees, draft.trees],
      ['altitudeMetres', altitude, draft.altitudeMetres],
      ['yearlyGrams', yearly, draft.yearlyGrams],
    ] as const
  ).filter(([, text, read]) => text.trim() !== '' && read === null)
  return { draft, unread: unread.map(([field]) => field) }
}

/** Writes a plot: saved as far as it is, submitted when nothing is lacking. `onSaved` hears the id of what was saved. */
export function PlotForm({
  shopId,
  plot,
  onSaved,
}: {
  shopId: ShopId
  plot: PlotOpened | null
  onSaved: (plotId: PlotId, submitted: boolean) => void
}) {
  const form = useKept<Typed>(
    `plot.${shopId}.${plot?.id ?? 'new'}`,
    typedFrom(plot?.id ?? null, plot?.draft ?? emptyPlot(), plot?.pictures ?? []),
  )
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const v = form.value
  const { draft, unread } = draftFrom(v)
  const send = useAct(
    async (toDesk: boolean) => {
      const { plotId } = await trpc.shop.traceability.savePlot.mutate({ shopId, ...(v.id ? { plotId: v.id } : {}), draft })
      form.set({ id: plotId })
      if (toDesk) await trpc.shop.traceability.submitPlot.mutate({ shopId, plotId })
      return plotId
    },
    {
      done: (_, toDesk) => (toDesk ? t.submitted : t.saved),
      after: async (plotId, toDesk) => {
        form.clear()
        await askAgain(['traces', shopId])
        onSaved(plotId, toDesk)
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
    if (toDesk) for (const { field, words } of plotLacks(draft)) lacks[field] ??= words
    else if (draft.name === '') lacks.name = t.needed(plotFieldWords.name)
    setWrong(lacks)
    if (Object.keys(lacks).length === 0) send.mutate(toDesk)
  }
  const line = (id: 'name' | 'village' | 'grower' | 'treeBasis', max: number, hint?: string) => (
    <Field id={id} label={plotFieldWords[id]} hint={hint} wrong={wrong[id]}>
      <Input id={id} maxLength={max} status={statusOf(wrong[id])} value={v[id]} onChange={(e) => form.set({ [id]: e.target.value })} />
    </Field>
  )
  const figure = (
    id: 'areaTenths' | 'trees' | 'altitudeMetres' | 'yearlyGrams',
    at: 'area' | 'trees' | 'altitude' | 'yearly',
    unit: string,
    hint?: string,
  ) => (
    <Field id={id} label={plotFieldWords[id]} hint={hint} wrong={wrong[id]}>
      <Input
        id={id}
        inputMode="decimal"
        maxLength={12}
        suffix={unit}
        status={statusOf(wrong[id])}
        value={v[at]}
        onChange={(e) => form.set({ [at]: e.target.value })}
      />
    </Field>
  )
  return (
    <div className="card stack">
      {form.kept ? <p className="notice leaf">{t.kept}</p> : null}
      <div className="trace-fields">
        {line('name', limits.plotName)}
        <Field id="crop" label={plotFieldWords.crop} wrong={wrong.crop}>
          <Select
            id="crop"
            value={v.crop}
            onChange={(crop) => form.set(crop === 'tea' ? { crop } : { crop, hill: null, treeClass: null })}
            options={crops.map((crop) => ({ value: crop, label: cropWords[crop] }))}
          />
        </Field>
        {v.crop === 'tea' ? (
          <Field id="hill" label={plotFieldWords.hill} hint={t.hillHint} wrong={wrong.hill}>
            <Select
              id="hill"
              value={v.hill ?? ''}
              onChange={(hill) => form.set({ hill: hill === '' ? null : hill })}
              options={[
                { value: '', label: t.hillNone },
                ...hills.map((h) => ({ value: h.id, label: `${h.name} · ${h.county}${h.town ?? ''}` })),
              ]}
            />
          </Field>
        ) : null}
        {line('village', limits.village)}
        {line('grower', limits.grower, texts.common.optional)}
        {figure('areaTenths', 'area', t.mu)}
        {figure('trees', 'trees', t.trees, texts.common.optional)}
        {figure('altitudeMetres', 'altitude', t.metres, texts.common.optional)}
        <Field id="yieldState" label={plotFieldWords.yieldState}>
          <Select
            id="yieldState"
            value={v.yieldState}
            onChange={(yieldState) => form.set({ yieldState })}
            options={yieldStates.map((state) => ({ value: state, label: yieldWords[v.crop][state] }))}
          />
        </Field>
        {figure('yearlyGrams', 'yearly', t.kilo, t.yearlyHint)}
        {v.crop === 'tea' ? (
          <>
            <Field id="treeClass" label={plotFieldWords.treeClass} wrong={wrong.treeClass} hint={texts.common.optional}>
              <Select
                id="treeClass"
                allowClear
                value={v.treeClass}
                onChange={(treeClass) => form.set({ treeClass: treeClass ?? null })}
                options={treeClasses.map((one) => ({ value: one, label: treeClassWords[one] }))}
              />
            </Field>
            {line('treeBasis', limits.treeBasis, t.basisHint)}
          </>
        ) : null}
        <div className="trace-wide">
          <ProofsEditor
            shopId={shopId}
            value={v.proofs}
            first="plotEvidence"
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
