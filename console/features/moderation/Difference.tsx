import { originWords, type PhotoOrigin } from '@shared/assets/capture.ts'
import { Image } from 'antd'
import { texts } from '@/lib/texts.ts'
import { sideBySide, withDoubts } from './marks.ts'
import type { CasePage } from './queries.ts'
import { Runs } from './Runs.tsx'

type Pictures = CasePage['now']['pictures']

/** What changed since the last approved revision, field by field, and the pictures side by side. */
export function Difference({ one }: { one: CasePage }) {
  const { before, now, changes } = one
  // only what is sold has a label
  const labelled = one.subject === 'listing'
  const words = changes.filter((change) => change.field !== 'pictures' && change.field !== 'labelPicture')
  const changed = new Set(changes.map((change) => change.field))
  const same = before ? now.fields.filter((field) => !changed.has(field.field)) : []
  const doubtsOf = (field: string): string[] => one.findings.filter((f) => f.field === field).map((f) => f.text)
  const typed = labelled ? now.fields.filter((field) => field.field.startsWith('label.') && field.value) : []
  return (
    <div className="stack">
      {now.labelPicture && typed.length > 0 ? <LabelBeside picture={now.labelPicture} typed={typed} /> : null}
      <p className="strong">
        {before ? (changes.length > 0 ? texts.review.changed(changes.length) : texts.review.unchanged) : texts.review.first}
      </p>
      {words.length === 0 ? null : (
        <table className="review-changes">
          <thead>
            <tr>
              <th scope="col">{texts.review.field}</th>
              {before ? <th scope="col">{texts.review.before}</th> : null}
              <th scope="col">{texts.review.after}</th>
            </tr>
          </thead>
          <tbody>
            {words.map((change) => (
              <tr key={change.field}>
                <th scope="row">{change.label}</th>
                {before ? (
                  <Cells change={change} doubts={doubtsOf(change.field)} />
                ) : (
                  <Cell text={change.after} doubts={doubtsOf(change.field)} />
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {before ? (
        <div className="review-pictures">
          <Strip title={texts.review.picturesBefore} pictures={before.pictures} label={before.labelPicture} labelled={labelled} />
          <Strip
            title={texts.review.picturesNow}
            pictures={now.pictures}
            label={now.labelPicture}
            labelled={labelled}
            fresh={newOnes(before.pictures, now.pictures)}
          />
        </div>
      ) : (
        <Strip title={texts.review.picturesNow} pictures={now.pictures} label={now.labelPicture} labelled={labelled} />
      )}
      {same.length === 0 ? null : (
        <details>
          <summary>{texts.review.same}</summary>
          <table className="review-changes">
            <tbody>
              {same.map((field) => (
                <tr key={field.field}>
                  <th scope="row">{field.label}</th>
                  <Cell text={field.value} doubts={doubtsOf(field.field)} />
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </div>
  )
}

/** A wording with what somebody has doubts about. */
const Cell = ({ text, doubts }: { text: string | null; doubts: readonly string[] }) => (
  <td>{text ? <Runs of={withDoubts(text, doubts)} /> : texts.review.blank}</td>
)

/** Both wordings, word by word. */
function Cells({ change, doubts }: { change: CasePage['changes'][number]; doubts: readonly string[] }) {
  const { before, after } = sideBySide(change.before ?? '', change.after ?? '', doubts)
  return (
    <>
      <td>{change.before ? <Runs of={before} gone /> : texts.review.blank}</td>
      <td>{change.after ? <Runs of={after} /> : texts.review.blank}</td>
    </>
  )
}

/** The label's photo, large, beside what was typed of it: to be read line against line. */
function LabelBeside({ picture, typed }: { picture: NonNullable<CasePage['now']['labelPicture']>; typed: CasePage['now']['fields'] }) {
  return (
    <section className="review-label" aria-label={texts.review.labelBeside}>
      <Image className="photo" src={picture.card} preview={{ src: picture.full }} alt={texts.photos.labelAlt} />
      <table className="review-changes">
        <tbody>
          {typed.map((field) => (
            <tr key={field.field}>
              <th scope="row">{field.label.replace(/^标签 · /, '')}</th>
              <td>{field.value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const newOnes = (before: Pictures, now: Pictures): Set<string> => {
  const known = new Set(before.map((picture) => picture.id))
  return new Set(now.filter((picture) => !known.has(picture.id)).map((picture) => picture.id))
}

function Strip({
  title,
  pictures,
  label,
  labelled,
  fresh,
}: {
  title: string
  pictures: Pictures
  label: CasePage['now']['labelPicture']
  labelled: boolean
  fresh?: Set<string>
}) {
  return (
    <section className="stack-s" aria-label={title}>
      <h3>{title}</h3>
      <Image.PreviewGroup>
        <div className="row" style={{ alignItems: 'flex-start' }}>
          {pictures.map((picture, n) => (
            <figure key={picture.id}>
              <Image
                width={104}
                height={104}
                className="photo"
                src={picture.card}
                preview={{ src: picture.full }}
                alt={texts.photos.alt(n + 1)}
              />
              <figcaption className="small hint review-origin">
                {fresh?.has(picture.id) ? <strong>{texts.review.fresh} · </strong> : null}
                {originWords(picture.origin as PhotoOrigin)}
              </figcaption>
            </figure>
          ))}
          {label ? (
            <figure>
              <Image
                width={104}
                height={104}
                className="photo"
                src={label.card}
                preview={{ src: label.full }}
                alt={texts.photos.labelAlt}
              />
              <figcaption className="small hint review-origin">
                {texts.review.label} · {originWords(label.origin as PhotoOrigin)}
              </figcaption>
            </figure>
          ) : labelled ? (
            <p className="field-wrong">{texts.review.labelNone}</p>
          ) : null}
        </div>
      </Image.PreviewGroup>
    </section>
  )
}
