import type { BatchId, ShopId } from '@shared/ids.ts'
import { paperLimits } from '@shared/tenants/paper-limits.ts'
import { type LabRow, type PaperDraft, type PaperField, paperForms, paperScopes, paperScopeWords } from '@shared/tenants/papers.ts'
import { batchWords } from '@shared/traceability/words.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Checkbox, Input, Select } from 'antd'
import { texts } from '@/lib/texts.ts'
import { type Picture, uploadPicture } from '@/lib/upload.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import { PhotoPick } from '@/ui/PhotoPick.tsx'
import { batchChoiceOptions } from './queries.ts'

const lengths: Partial<Record<PaperField, number>> = {
  number: paperLimits.number,
  issuer: paperLimits.issuer,
  scope: paperLimits.scope,
  cmaNumber: paperLimits.cmaNumber,
  method: paperLimits.method,
  sampleBatch: paperLimits.sampleBatch,
}

/** The fields of a paper, drawn from the table of its kind. */
export function PaperFields({
  shopId,
  draft,
  pictures,
  wrong,
  disabled,
  onChange,
  onPictures,
}: {
  shopId: ShopId
  draft: PaperDraft
  pictures: Picture[]
  wrong: Record<string, string>
  disabled: boolean
  onChange: (change: Partial<PaperDraft>) => void
  onPictures: (change: (now: Picture[]) => Picture[]) => void
}) {
  return (
    <div className="stack">
      {paperForms[draft.kind].fields.map(({ name, words, hint, is, must }) => {
        const group = is === 'pictures' || is === 'classes' || is === 'batches' || is === 'results'
        const label = must ? words : `${words}（${texts.common.optional}）`
        const value = draft[name]
        return (
          <Field key={name} id={name} label={label} hint={hint} wrong={wrong[name]} group={group}>
            {is === 'pictures' ? (
              <PhotoPick
                id={name}
                value={pictures}
                most={paperLimits.pictures}
                add={texts.papers.addPhoto}
                altOf={(n) => `${words} ${n}`}
                removeWords={texts.photos.remove}
                wrong={wrong[name] !== undefined}
                disabled={disabled}
                upload={(file, progress, signal) => uploadPicture(shopId, file, progress, signal)}
                onChange={onPictures}
              />
            ) : is === 'classes' ? (
              <Checkbox.Group
                disabled={disabled}
                value={draft.classes}
                options={paperScopes.map((scope) => ({ value: scope, label: paperScopeWords[scope] }))}
                onChange={(classes) => onChange({ classes: classes as PaperDraft['classes'] })}
              />
            ) : is === 'batches' ? (
              <Batches
                shopId={shopId}
                value={draft.batchIds}
                most={draft.kind === 'labReport' ? 1 : paperLimits.batches}
                disabled={disabled}
                onChange={(batchIds) => onChange({ batchIds })}
              />
            ) : is === 'results' ? (
              <Results rows={draft.results} disabled={disabled} onChange={(results) => onChange({ results })} />
            ) : is === 'text' ? (
              <Input.TextArea
                id={name}
                disabled={disabled}
                rows={3}
                maxLength={lengths[name]}
                status={statusOf(wrong[name])}
                value={String(value ?? '')}
                onChange={(e) => onChange({ [name]: e.target.value })}
              />
            ) : (
              <Input
                id={name}
                disabled={disabled}
                type={is === 'day' ? 'date' : 'text'}
                maxLength={lengths[name]}
                status={statusOf(wrong[name])}
                value={String(value ?? '')}
                onChange={(e) => onChange({ [name]: is === 'day' ? e.target.value || null : e.target.value })}
              />
            )}
          </Field>
        )
      })}
    </div>
  )
}

/** The shop's batches to choose from, newest first; what is typed narrows them by their code. */
function Batches({
  shopId,
  value,
  most,
  disabled,
  onChange,
}: {
  shopId: ShopId
  value: BatchId[]
  most: number
  disabled: boolean
  onChange: (batchIds: BatchId[]) => void
}) {
  const batches = useInfiniteQuery(batchChoiceOptions(shopId))
  const rows = batches.data?.pages.flatMap((page) => page.rows) ?? []
  const options = rows.map((row) => ({ value: row.id, label: `${row.code} · ${batchWords[row.state]}` }))
  return (
    <Select
      id="batchIds"
      aria-label={texts.papers.batches}
      mode="multiple"
      maxCount={most}
      disabled={disabled}
      loading={batches.isFetching}
      optionFilterProp="label"
      placeholder={batches.isSuccess && rows.length === 0 ? texts.papers.noBatches : texts.papers.chooseBatch}
      value={value}
      options={options}
      onPopupScroll={() => batches.hasNextPage && !batches.isFetchingNextPage && void batches.fetchNextPage()}
      onChange={onChange}
    />
  )
}

/** The rows of a lab report. */
function Results({ rows, disabled, onChange }: { rows: LabRow[]; disabled: boolean; onChange: (rows: LabRow[]) => void }) {
  const set = (at: number, change: Partial<LabRow>) => onChange(rows.map((row, i) => (i === at ? { ...row, ...change } : row)))
  return (
    <div className="stack-s">
      {rows.map((row, i) => (
        // rows have no name of their own; their place is what they are
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={i} className="row">
          {(['item', 'value', 'limit'] as const).map((part) => (
            <Input
              key={part}
              style={{ width: 150 }}
              disabled={disabled}
              aria-label={`${texts.papers.result[part]} ${i + 1}`}
              placeholder={texts.papers.result[part]}
              maxLength={paperLimits.item}
              value={row[part]}
              onChange={(e) => set(i, { [part]: e.target.value })}
            />
          ))}
          <Checkbox disabled={disabled} checked={row.passed} onChange={(e) => set(i, { passed: e.target.checked })}>
            {texts.papers.passed}
          </Checkbox>
          <Button disabled={disabled} onClick={() => onChange(rows.filter((_, at) => at !== i))}>
            {texts.papers.removeRow}
          </Button>
        </div>
      ))}
      {rows.length < paperLimits.results ? (
        <div>
          <Button disabled={disabled} onClick={() => onChange([...rows, { item: '', value: '', limit: '', passed: true }])}>
            {texts.papers.addRow}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
