/** What a batch consists of: rows of a source, a year and a weight, each with what its source has left. */
import { netWords } from '@shared/catalogue/units.ts'
import type { BatchId, PlotId } from '@shared/ids.ts'
import { becomes, type Material, materialOf, yieldOf } from '@shared/traceability/balance.ts'
import type { Part } from '@shared/traceability/draft.ts'
import { traceLimits } from '@shared/traceability/limits.ts'
import { kilos, readKilos, readWhole } from '@shared/traceability/units.ts'
import { Text, View } from '@tarojs/components'
import { traceTexts } from '../../texts/trace'
import { PickField, TextField } from '../../ui/field'
import { Tap } from '../../ui/tap'
import type { Sources } from './calls'
import './trace.scss'

const t = traceTexts.form

/** A part as it is typed; `source` is the id of a plot or of a batch. */
export interface TypedPart {
  key: string
  source: string
  year: string
  weight: string
}

let keys = 0

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
  const [grams, of] = [readKilos(weight), readWhole(year)]
  if (source === '' || !grams) return null
  if (!isPlot(source)) return { batchId: source as BatchId, grams }
  return of === null ? null : { plotId: source as PlotId, year: of, grams }
}

const materialOfSource = (source: string, { plots, batches }: Sources): Material | null => {
  const plot = plots.find((p) => p.id === source)
  if (plot) return yieldOf[plot.crop].dry
  const batch = batches.find((b) => b.id === source)
  return batch ? materialOf(batch.productClass, batch.kind) : null
}

/** What the readable parts can become in words; null while nothing can be said. */
const mostWords = (parts: readonly TypedPart[], sources: Sources, to: Material | null): string | null => {
  if (to === null || parts.length === 0) return null
  let sum = 0
  for (const typed of parts) {
    const [part, material] = [partOf(typed), materialOfSource(typed.source, sources)]
    if (!part || !material) continue
    const made = becomes(part.grams, material, to)
    if (made === null) return t.cannotMake
    sum += made
  }
  return t.canMake(netWords(sum))
}

const leftOf = ({ source, year }: TypedPart, { plots, batches }: Sources): string | undefined => {
  const batch = batches.find((b) => b.id === source)
  if (batch) return t.leftOfBatch(netWords(Math.max(0, batch.madeGrams - batch.listedGrams - batch.usedGrams)))
  const [plot, of] = [plots.find((p) => p.id === source), readWhole(year)]
  if (!plot || of === null || of < traceLimits.year.min) return undefined
  return t.leftOfYear(of, netWords(Math.max(0, plot.grantedGrams - (plot.years.find((y) => y.year === of)?.takenGrams ?? 0))))
}

export function PartsField({
  value,
  sources,
  self,
  to,
  wrong,
  onChange,
}: {
  value: TypedPart[]
  sources: Sources
  /** The batch that is written: it is no material of itself. */
  self: BatchId | null
  /** What is to be made of it. */
  to: Material | null
  wrong: string | null
  onChange: (parts: TypedPart[]) => void
}) {
  const edit = (key: string, change: Partial<TypedPart>) => onChange(value.map((one) => (one.key === key ? { ...one, ...change } : one)))
  const options = [
    ...sources.plots.map((p) => ({ value: p.id as string, words: `${p.name} · ${p.village}` })),
    ...sources.batches.filter((b) => b.id !== self).map((b) => ({ value: b.id as string, words: b.code })),
  ]
  const most = mostWords(value, sources, to)
  return (
    <View className="stack">
      {wrong ? <Text className="field-words">{wrong}</Text> : <Text className="hint">{t.submitHint}</Text>}
      {value.map((part, i) => (
        <View key={part.key} className="trace-row">
          <Text className="strong">{t.part(i + 1)}</Text>
          <PickField
            label={t.source}
            value={part.source === '' ? null : part.source}
            options={options}
            onChange={(source) => edit(part.key, { source, ...(isPlot(source) ? {} : { year: '' }) })}
          />
          {part.source === '' || isPlot(part.source) ? (
            <TextField
              label={t.partYear}
              kind="number"
              max={4}
              unit={t.year}
              value={part.year}
              onChange={(year) => edit(part.key, { year })}
            />
          ) : null}
          <TextField
            label={t.partWeight}
            kind="digit"
            max={11}
            unit={t.kilo}
            hint={leftOf(part, sources)}
            value={part.weight}
            onChange={(weight) => edit(part.key, { weight })}
          />
          <Tap look="quiet" onTap={() => onChange(value.filter((one) => one.key !== part.key))}>
            {t.removePart}
          </Tap>
        </View>
      ))}
      {most ? <Text className="strong">{most}</Text> : null}
      {options.length === 0 ? <Text className="hint">{t.noSources}</Text> : null}
      {options.length > 0 && value.length < traceLimits.parts ? (
        <Tap onTap={() => onChange([...value, { key: `new${Date.now()}${++keys}`, source: '', year: '', weight: '' }])}>{t.addPart}</Tap>
      ) : null}
    </View>
  )
}
