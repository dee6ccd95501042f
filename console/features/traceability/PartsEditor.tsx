import { netWords } from '@shared/catalogue/units.ts'
import type { BatchId, PlotId } from '@shared/ids.ts'
import { becomes, type Material, materialOf, yieldOf } from '@shared/traceability/balance.ts'
import type { Part } from '@shared/traceability/draft.ts'
import { traceLimits } from '@shared/traceability/limits.ts'
import { kilos, readKilos, readWhole } from '@shared/traceability/units.ts'
import { Button, Input, Select } from 'antd'
import { texts } from '@/lib/texts.ts'
import { Field } from '@/ui/Field.tsx'
import type { Sources } from './queries.ts'

const t = texts.traces

/** A part as it is typed; `source` is the id of a plot or of a batch. */
export interface TypedPart {
  key: string
  source: string
  year: string
  weight: string
}

let keys = 0

/** The parts of a draft as the form has them. */
export const typedParts = (parts: readonly Part[]): TypedPart[] =>
  parts.map((p) => ({
    key: `had${++keys}`,
    source: 'plotId' in p ? p.plotId : p.batchId,
    year: 'plotId' in p ? String(p.year) : '',
    weight: kilos(p.grams),
  }))

const isPlot = (source: string): boolean => source.startsWith('plt_')

/** A part as the server takes it, or null while it cannot be read. */
export const partOf = ({ source, year, weight }: TypedPart): Part | null => {
  const [grams, in_] = [readKilos(weight), readWhole(year)]
  if (source === '' || grams === null || grams === 0) return null
  if (!isPlot(source)) return { batchId: source as BatchId, grams }
  return in_ === null ? null : { plotId: source as PlotId, year: in_, grams }
}

const materialOfSource = (source: string, { plots, batches }: Sources): Material | null => {
  const plot = plots.find((p) => p.id === source)
  if (plot) return yieldOf[plot.crop].dry
  const batch = batches.find((b) => b.id === source)
  return batch ? materialOf(batch.productClass, batch.kind) : null
}

/** What the readable parts can become, in grams; null where one of them cannot, or it is not known what they are to be. */
export const canMake = (parts: readonly TypedPart[], sources: Sources, to: Material | null): number | null => {
  if (to === null) return null
  let sum = 0
  for (const typed of parts) {
    const part = partOf(typed)
    const material = materialOfSource(typed.source, sources)
    if (!part || !material) continue
    const made = becomes(part.grams, material, to)
    if (made === null) return null
    sum += made
  }
  return sum
}

/** What is left of the row's source, in words; empty while it is not known. */
const leftOf = ({ source, year }: TypedPart, { plots, batches }: Sources): string => {
  const batch = batches.find((b) => b.id === source)
  if (batch) return t.leftOfBatch(netWords(Math.max(0, batch.madeGrams - batch.listedGrams - batch.usedGrams)))
  const plot = plots.find((p) => p.id === source)
  const of = readWhole(year)
  if (!plot || of === null || of < traceLimits.year.min) return ''
  return t.leftOfYear(of, netWords(Math.max(0, plot.grantedGrams - (plot.years.find((y) => y.year === of)?.takenGrams ?? 0))))
}

/** Where the material comes from: rows of a source, a year and a weight, each with what its source has left. */
export function PartsEditor({
  value,
  sources,
  self,
  to,
  wrong,
  onChange,
}: {
  value: readonly TypedPart[]
  sources: Sources
  /** The batch that is written: it is no material of itself. */
  self: BatchId | null
  /** What is to be made of it. */
  to: Material | null
  wrong: string | undefined
  onChange: (edit: (now: readonly TypedPart[]) => TypedPart[]) => void
}) {
  const edit = (key: string, change: Partial<TypedPart>): void =>
    onChange((now) => now.map((one) => (one.key === key ? { ...one, ...change } : one)))
  const options = [
    { label: t.sourcePlots, options: sources.plots.map((p) => ({ value: p.id as string, label: `${p.name} · ${p.village}` })) },
    {
      label: t.sourceBatches,
      options: sources.batches.filter((b) => b.id !== self).map((b) => ({ value: b.id as string, label: b.code })),
    },
  ].filter((group) => group.options.length > 0)
  const most = canMake(value, sources, to)
  return (
    <Field id="parts" label={t.parts} wrong={wrong} hint={t.submitHint} group>
      <div className="stack-s">
        {value.map((part) => (
          <div key={part.key} className="stack-s">
            <div className="trace-line">
              <Select
                aria-label={t.source}
                placeholder={t.sourcePick}
                value={part.source === '' ? null : part.source}
                onChange={(source) => edit(part.key, { source, ...(isPlot(source) ? {} : { year: '' }) })}
                options={options}
              />
              <Input
                aria-label={t.partYear}
                placeholder={t.partYear}
                inputMode="numeric"
                maxLength={4}
                suffix={t.year}
                disabled={part.source !== '' && !isPlot(part.source)}
                value={part.year}
                onChange={(e) => edit(part.key, { year: e.target.value })}
              />
              <Input
                aria-label={t.partWeight}
                placeholder={t.partWeight}
                inputMode="decimal"
                maxLength={12}
                suffix={t.kilo}
                value={part.weight}
                onChange={(e) => edit(part.key, { weight: e.target.value })}
              />
              <Button onClick={() => onChange((now) => now.filter((one) => one.key !== part.key))}>{t.removePart}</Button>
            </div>
            <span className="hint small">{leftOf(part, sources)}</span>
          </div>
        ))}
        {value.length > 0 && to !== null ? <p className="strong">{most === null ? t.cannotMake : t.canMake(netWords(most))}</p> : null}
        {options.length === 0 ? <p className="hint">{t.noSources}</p> : null}
        {value.length < traceLimits.parts && options.length > 0 ? (
          <div>
            <Button onClick={() => onChange((now) => [...now, { key: `new${++keys}`, source: '', year: '', weight: '' }])}>
              {t.addPart}
            </Button>
          </div>
        ) : null}
      </div>
    </Field>
  )
}
