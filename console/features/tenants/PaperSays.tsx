import type { BatchId } from '@shared/ids.ts'
import { type PaperDraft, type PaperField, paperForms, paperScopeWords } from '@shared/tenants/papers.ts'
import type { ReactNode } from 'react'
import { texts } from '@/lib/texts.ts'
import type { Picture } from '@/lib/upload.ts'
import './papers.css'

/** What a paper says: its pictures, then each field as it was typed, and beside it what the house finds wrong. */
export function PaperSays({
  draft,
  pictures,
  wrong,
  batch,
}: {
  draft: PaperDraft
  pictures: readonly Picture[]
  wrong: ReadonlyMap<PaperField, string>
  /** A batch by the code on its label. */
  batch: (id: BatchId) => ReactNode
}) {
  const say = (name: PaperField): ReactNode => {
    if (name === 'classes') return draft.classes.map((c) => paperScopeWords[c]).join('、') || texts.papers.allClasses
    if (name === 'batchIds') return draft.batchIds.length > 0 ? draft.batchIds.map((id) => <span key={id}>{batch(id)} </span>) : null
    if (name === 'results')
      return draft.results
        .map((r) => `${r.item} ${r.value}（${r.limit}）${r.passed ? texts.papers.passed : texts.papers.failed}`)
        .join('\n')
    return String(draft[name] ?? '')
  }
  return (
    <div className="stack">
      {pictures.length === 0 ? <p className="hint">{texts.papers.noPictures}</p> : null}
      <div className="paper-pictures">
        {pictures.map((picture, i) => (
          <a key={picture.id} href={picture.full} target="_blank" rel="noreferrer">
            <img src={picture.card} width={picture.width} height={picture.height} alt={`${texts.papers.title} ${i + 1}`} />
          </a>
        ))}
      </div>
      <dl className="facts">
        {paperForms[draft.kind].fields
          .filter(({ is }) => is !== 'pictures')
          .map(({ name, words }) => (
            <div key={name} className="paper-fact">
              <dt>{words}</dt>
              <dd className="wrap">
                {say(name) || texts.common.none}
                {wrong.has(name) ? <span className="field-wrong"> {wrong.get(name)}</span> : null}
              </dd>
            </div>
          ))}
      </dl>
    </div>
  )
}
