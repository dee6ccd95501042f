import type { ListingDraft, PackUnit } from '@shared/catalogue/draft.ts'
import { addLevel, dropLevel, edited, mayAddLevel, setLevel, unitsAt } from '@shared/catalogue/form.ts'
import { packWords } from '@shared/catalogue/units.ts'
import { packUnitWords } from '@shared/catalogue/words.ts'
import { cleanWhole, wholeIn } from '@shared/typing.ts'
import { Button, Input, Select } from 'antd'
import { texts } from '@/lib/texts.ts'
import { statusOf } from '@/ui/Field.tsx'

const t = texts.form.pack

/** The pack tree, from the smallest unit upwards, with what each level weighs. */
export function PackTree({
  draft,
  disabled,
  words,
  onEdit,
}: {
  draft: ListingDraft
  disabled: boolean
  words: Readonly<Record<string, string>>
  onEdit: (change: (draft: ListingDraft) => ListingDraft) => void
}) {
  const levels = draft.pack.length > 0 ? draft.pack : [null]
  return (
    <div className="stack-s" id="pack">
      {levels.map((level, i) => {
        const wrong = words[`pack.${i}`]
        const below = draft.pack[i - 1]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place
          <div key={i} className="stack-s">
            <div className="row">
              <span>{i === 0 ? t.base : t.one}</span>
              <Select<PackUnit>
                id={`pack.${i}`}
                aria-label={t.unit(i + 1)}
                style={{ width: 104 }}
                value={level?.unit ?? null}
                placeholder={texts.form.choose}
                disabled={disabled}
                status={statusOf(wrong)}
                options={unitsAt(draft, i).map((unit) => ({ value: unit, label: packUnitWords[unit] }))}
                onChange={(unit) => onEdit((d) => (level ? setLevel(d, i, { unit }) : edited(d, 'pack', [{ unit, count: 1 }])))}
              />
              {below && level ? (
                <>
                  <span>{t.holds}</span>
                  <Input
                    aria-label={t.count(packUnitWords[level.unit], packUnitWords[below.unit])}
                    style={{ width: 112 }}
                    value={level.count === 0 ? '' : String(level.count)}
                    inputMode="numeric"
                    disabled={disabled}
                    status={statusOf(wrong)}
                    suffix={packUnitWords[below.unit]}
                    onChange={(e) => onEdit((d) => setLevel(d, i, { count: Math.min(wholeIn(cleanWhole(e.target.value)) ?? 1, 1000) }))}
                  />
                </>
              ) : null}
              <output className="strong">{level ? packWords(draft, i) : ''}</output>
              {i > 0 && i === draft.pack.length - 1 && !disabled ? (
                <Button size="small" type="text" onClick={() => onEdit(dropLevel)}>
                  {t.drop}
                </Button>
              ) : null}
            </div>
            {wrong ? (
              <span className="field-wrong" role="alert">
                {wrong}
              </span>
            ) : null}
          </div>
        )
      })}
      {!disabled && mayAddLevel(draft) ? (
        <div>
          <Button size="small" onClick={() => onEdit(addLevel)}>
            {t.add}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
