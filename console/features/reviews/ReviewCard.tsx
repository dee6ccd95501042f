import { reviewLimits as limits } from '@shared/reviews/draft.ts'
import { brewLine } from '@shared/reviews/words.ts'
import { dayAndTime } from '@shared/time.ts'
import { Button, Image, Input } from 'antd'
import { useState } from 'react'
import { fieldsOf } from '@/lib/errors.ts'
import { mayWrite } from '@/lib/may.ts'
import { askAgain } from '@/lib/query.ts'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Field, statusOf } from '@/ui/Field.tsx'
import { ReasonDialog } from '@/ui/ReasonDialog.tsx'
import { useAct } from '@/ui/useAct.ts'
import type { ReviewRow } from './queries.ts'
import './reviews.css'

const t = texts.reviews

/** One review as its shop reads it: to answer, or to report to the park; it stays as it was written. */
export function ReviewCard({ row }: { row: ReviewRow }) {
  const { shopId, role } = useShop()
  const [answering, setAnswering] = useState(false)
  const [reporting, setReporting] = useState(false)
  const report = useAct((words: string) => trpc.shop.reviews.report.mutate({ shopId, reviewId: row.id, report: words }), {
    done: t.reported,
    after: () => askAgain(['reviews', shopId]),
  })
  return (
    <article className="card stack-s">
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <span>
          {row.stars === null ? (
            <strong>{t.followUp}</strong>
          ) : (
            <span role="img" aria-label={t.stars(row.stars)} className="stars">
              {'★'.repeat(row.stars)}
              <span className="stars-off">{'★'.repeat(5 - row.stars)}</span>
            </span>
          )}{' '}
          <span className="hint">{row.nickname}</span>
        </span>
        <span className="hint small">{dayAndTime(row.writtenAt)}</span>
      </div>
      <p className="review-words">{row.text}</p>
      {row.brew ? <p className="hint small">{brewLine(row.brew)}</p> : null}
      {row.pictures.length > 0 ? (
        <Image.PreviewGroup>
          <div className="row">
            {row.pictures.map((p, i) => (
              <Image key={p.id} width={88} height={88} className="photo" src={p.thumb} preview={{ src: p.full }} alt={t.photo(i + 1)} />
            ))}
          </div>
        </Image.PreviewGroup>
      ) : null}
      <p className="hint small">
        {[row.title, row.skuName, row.batches.length > 0 ? t.batches(row.batches) : ''].filter(Boolean).join(' · ')}
      </p>
      {row.answer && !answering ? (
        <p className="notice leaf">
          <strong>{t.answer}</strong>
          <br />
          {row.answer}
        </p>
      ) : null}
      {answering ? <Answering row={row} onDone={() => setAnswering(false)} /> : null}
      {mayWrite(role) && !answering ? (
        <div className="row">
          {row.mayAnswer ? <Button onClick={() => setAnswering(true)}>{row.answer ? t.reword : t.doAnswer}</Button> : null}
          {row.report === null ? (
            <Button type="text" onClick={() => setReporting(true)}>
              {t.doReport}
            </Button>
          ) : (
            <span className="hint small">{t.reportedAs(row.report)}</span>
          )}
        </div>
      ) : null}
      {reporting ? (
        <ReasonDialog
          title={t.reportTitle}
          hint={t.reportHint}
          act={t.doReport}
          quick={t.quick}
          least={limits.report.min}
          most={limits.report.max}
          onAct={(words) => report.mutateAsync(words)}
          onClose={() => setReporting(false)}
        />
      ) : null}
    </article>
  )
}

function Answering({ row, onDone }: { row: ReviewRow; onDone: () => void }) {
  const { shopId } = useShop()
  const [text, setText] = useState(row.answer ?? '')
  const [wrong, setWrong] = useState<string>()
  const send = useAct(() => trpc.shop.reviews.answer.mutate({ shopId, reviewId: row.id, text: text.trim() }), {
    done: t.answered,
    after: async () => {
      await askAgain(['reviews', shopId])
      onDone()
    },
    failed: (error) => setWrong(fieldsOf(error).text),
  })
  const id = `answer-${row.id}`
  return (
    <div className="stack-s">
      <Field id={id} label={t.answer} hint={t.answerHint} wrong={wrong}>
        <Input.TextArea
          id={id}
          autoFocus
          rows={3}
          maxLength={limits.answer.max}
          showCount
          status={statusOf(wrong)}
          value={text}
          onChange={(e) => setText(e.target.value)}
        />
      </Field>
      <div className="row">
        <Button type="primary" disabled={text.trim() === ''} loading={send.isPending} onClick={() => send.mutate(undefined)}>
          {t.send}
        </Button>
        <Button disabled={send.isPending} onClick={onDone}>
          {texts.common.cancel}
        </Button>
      </div>
    </div>
  )
}
