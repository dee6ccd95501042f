/** The fields of a paper, drawn from the table of its kind. */
import type { ShopId } from '@shared/ids.ts'
import { paperLimits } from '@shared/tenants/paper-limits.ts'
import { type LabRow, type PaperDraft, type PaperField, paperForms, paperScopes, paperScopeWords } from '@shared/tenants/papers.ts'
import { batchWords } from '@shared/traceability/words.ts'
import { Text, View } from '@tarojs/components'
import { PhotosField, type Sent } from '../../../features/assets/photos-field'
import { batchChoices } from '../../../features/tenants/papers'
import { useLoad } from '../../../lib/load'
import { paperTexts as t } from '../../../texts/papers'
import { Field, LongField, SwitchField, TextField, WhenField } from '../../../ui/field'
import { Loading } from '../../../ui/loading'
import { Photo } from '../../../ui/photo'
import { Skeleton } from '../../../ui/skeleton'
import { Tap } from '../../../ui/tap'

const lengths: Partial<Record<PaperField, number>> = {
  number: paperLimits.number,
  issuer: paperLimits.issuer,
  scope: paperLimits.scope,
  cmaNumber: paperLimits.cmaNumber,
  method: paperLimits.method,
  sampleBatch: paperLimits.sampleBatch,
}

/** One more or one less of a list. */
const toggled = <V,>(list: readonly V[], value: V): V[] => (list.includes(value) ? list.filter((v) => v !== value) : [...list, value])

export function PaperFields({
  shopId,
  draft,
  photos,
  wrong,
  mayWrite,
  onChange,
  onPhotos,
}: {
  shopId: ShopId
  draft: PaperDraft
  photos: Sent[]
  wrong: Record<string, string>
  mayWrite: boolean
  onChange: (change: Partial<PaperDraft>) => void
  onPhotos: (photos: Sent[]) => void
}) {
  if (!mayWrite) return <Said draft={draft} photos={photos} shopId={shopId} />
  return (
    <View>
      {paperForms[draft.kind].fields.map(({ name, words, hint, is, must }) => {
        const common = { label: must ? words : t.optional(words), hint, wrong: wrong[name] }
        const value = draft[name]
        if (is === 'pictures')
          return <PhotosField key={name} {...common} shopId={shopId} most={paperLimits.pictures} photos={photos} onChange={onPhotos} />
        if (is === 'classes')
          return (
            <Chips
              key={name}
              {...common}
              options={paperScopes.map((scope) => ({ value: scope, words: paperScopeWords[scope] }))}
              value={draft.classes}
              onToggle={(scope) => onChange({ classes: toggled(draft.classes, scope) })}
            />
          )
        if (is === 'batches')
          return <Batches key={name} {...common} shopId={shopId} draft={draft} onChange={(batchIds) => onChange({ batchIds })} />
        if (is === 'results') return <Results key={name} {...common} rows={draft.results} onChange={(results) => onChange({ results })} />
        if (is === 'day')
          return (
            <View key={name}>
              <WhenField
                {...common}
                mode="date"
                start="1980-01-01"
                end="2099-12-31"
                value={(value as string | null) ?? null}
                onChange={(day) => onChange({ [name]: day })}
              />
              {!must && value ? (
                <Tap look="quiet" onTap={() => onChange({ [name]: null })}>
                  {t.day}
                </Tap>
              ) : null}
            </View>
          )
        const typed = { ...common, value: String(value ?? ''), max: lengths[name] ?? 100, onChange: (v: string) => onChange({ [name]: v }) }
        return is === 'text' ? <LongField key={name} {...typed} /> : <TextField key={name} {...typed} />
      })}
    </View>
  )
}

interface Common {
  label: string
  hint: string
  wrong: string | undefined
}

function Chips<V extends string>({
  options,
  value,
  onToggle,
  ...common
}: Common & { options: readonly { value: V; words: string }[]; value: readonly V[]; onToggle: (value: V) => void }) {
  return (
    <Field {...common}>
      <View className="choices">
        {options.map((o) => (
          <Tap
            key={o.value}
            look="bare"
            className={value.includes(o.value) ? 'choice choice-on' : 'choice'}
            onTap={() => onToggle(o.value)}
          >
            {o.words}
          </Tap>
        ))}
      </View>
    </Field>
  )
}

/** The shop's newest batches; a lab report takes one, and another choice takes its place. */
function Batches({
  shopId,
  draft,
  onChange,
  ...common
}: Common & { shopId: ShopId; draft: PaperDraft; onChange: (batchIds: PaperDraft['batchIds']) => void }) {
  const batches = useLoad(() => batchChoices(shopId), [shopId])
  return (
    <Loading of={batches} skeleton={<Skeleton kind="rows" count={1} />}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Field {...common}>
            <Text className="hint">{t.noBatches}</Text>
          </Field>
        ) : (
          <Chips
            {...common}
            options={rows.map((row) => ({ value: row.id, words: `${row.code} · ${batchWords[row.state]}` }))}
            value={draft.batchIds}
            onToggle={(id) =>
              onChange(draft.kind === 'labReport' ? (draft.batchIds.includes(id) ? [] : [id]) : toggled(draft.batchIds, id))
            }
          />
        )
      }
    </Loading>
  )
}

/** The rows of a lab report. */
function Results({ rows, onChange, ...common }: Common & { rows: LabRow[]; onChange: (rows: LabRow[]) => void }) {
  const set = (at: number, change: Partial<LabRow>) => onChange(rows.map((row, i) => (i === at ? { ...row, ...change } : row)))
  return (
    <Field {...common}>
      {rows.map((row, i) => (
        // rows have no name of their own; their place is what they are
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <View key={i} className="card">
          {(['item', 'value', 'limit'] as const).map((part) => (
            <TextField
              key={part}
              label={t.result[part]}
              value={row[part]}
              max={part === 'item' ? paperLimits.item : paperLimits.value}
              onChange={(words) => set(i, { [part]: words })}
            />
          ))}
          <SwitchField label={t.passed} value={row.passed} onChange={(passed) => set(i, { passed })} />
          <Tap look="quiet" onTap={() => onChange(rows.filter((_, at) => at !== i))}>
            {t.removeRow}
          </Tap>
        </View>
      ))}
      {rows.length < paperLimits.results ? (
        <Tap onTap={() => onChange([...rows, { item: '', value: '', limit: '', passed: true }])}>{t.addRow}</Tap>
      ) : null}
    </Field>
  )
}

/** What it says, once it may not be written any more. */
function Said({ shopId, draft, photos }: { shopId: ShopId; draft: PaperDraft; photos: Sent[] }) {
  const batches = useLoad(async () => (draft.batchIds.length > 0 ? (await batchChoices(shopId)).rows : []), [shopId])
  const say = (name: PaperField): string => {
    if (name === 'classes') return draft.classes.map((c) => paperScopeWords[c]).join('、')
    if (name === 'batchIds') return draft.batchIds.map((id) => batches.data?.find((b) => b.id === id)?.code ?? '').join('、')
    if (name === 'results') return draft.results.map((r) => `${r.item} ${r.value} ${r.passed ? t.passed : t.failed}`).join('\n')
    return String(draft[name] ?? '')
  }
  return (
    <View className="card">
      <View className="photos">
        {photos.map((p) => (
          <View key={p.id} className="photos-one">
            <Photo src={p.thumb} alt="" />
          </View>
        ))}
      </View>
      <View className="facts">
        {paperForms[draft.kind].fields
          .filter(({ name, is }) => is !== 'pictures' && say(name) !== '')
          .map(({ name, words }) => (
            <View key={name} className="fact">
              <Text className="fact-label">{words}</Text>
              <Text className="fact-value">{say(name)}</Text>
            </View>
          ))}
      </View>
    </View>
  )
}
