import type { CaseId } from '@shared/ids.ts'
import { moderationLimits } from '@shared/moderation/limits.ts'
import { riskLevels, riskWords } from '@shared/moderation/risk.ts'
import { caseActWords, caseWords } from '@shared/moderation/words.ts'
import { removalReasons } from '@shared/reviews/words.ts'
import { clockTime, dayAndTime } from '@shared/time.ts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, Segmented, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { Difference } from '@/features/moderation/Difference.tsx'
import { Findings, Papers, Risks } from '@/features/moderation/Papers.tsx'
import {
  type CasePage,
  type CaseRow,
  caseOptions,
  type QueueState,
  queueOptions,
  subjects,
  takeOptions,
} from '@/features/moderation/queries.ts'
import { isNotFound, refusalOf } from '@/lib/errors.ts'
import { askAgain, queryClient } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { useKeys } from '@/lib/useKeys.ts'
import { Legend } from '@/ui/Legend.tsx'
import { useTitle } from '@/ui/Page.tsx'
import { Photo } from '@/ui/Photo.tsx'
import { ReasonDialog } from '@/ui/ReasonDialog.tsx'
import { Answer, Bones, Empty, More } from '@/ui/states.tsx'
import { useAct } from '@/ui/useAct.ts'
import '@/features/moderation/Review.css'

/** A finding as a sentence for the author. */
const sentenceOf = ({ text, why }: CasePage['findings'][number]): string[] => (text === '' ? [] : [`「${text}」${why}`])

/** The filter without one of its parts. */
const without = <F extends object>(filter: F, part: string): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).filter(([key]) => key !== part))

const states = ['open', 'approved', 'rejected'] as const satisfies readonly QueueState[]

/** The review desk: the queue, what changed, and who sells it. */
export function Component() {
  useTitle(texts.review.title)
  const [search, setSearch] = useSearchParams()
  const asked = search.get('state') as QueueState | null
  const state: QueueState = asked && states.includes(asked) ? asked : 'open'
  const level = riskLevels.find((one) => one === search.get('level'))
  const subject = subjects.find((one) => one === search.get('subject'))
  const filter = { state, ...(level ? { level } : {}), ...(subject ? { subject } : {}) }
  const queue = useInfiniteQuery(queueOptions(filter))
  const rows = queue.data?.pages.flatMap((page) => page.rows) ?? []
  const caseId = (search.get('case') ?? rows[0]?.id ?? null) as CaseId | null
  const at = rows.findIndex((row) => row.id === caseId)
  const one = useQuery({ ...caseOptions(caseId as CaseId), enabled: caseId !== null })
  const opened = one.data?.id === caseId ? one.data : null
  const taken = useQuery({ ...takeOptions(caseId as CaseId), enabled: opened?.state === 'open' })
  const reader = taken.data?.reader ?? null
  const theirs = opened?.state === 'open' && reader !== null && !reader.isMe ? reader : null
  const [rejecting, setRejecting] = useState<CasePage | null>(null)
  const go = (row: CaseRow | undefined): void => {
    if (row) setSearch({ ...filter, case: row.id }, { replace: true })
  }
  const decide = useAct(
    ({ of, verdict, reasons }: { of: CasePage; verdict: 'approved' | 'rejected'; reasons?: string }) =>
      trpc.park.moderation.decide.mutate({ caseId: of.id, verdict, ...(reasons ? { reasons } : {}) }),
    {
      after: async (_, { of }) => {
        const index = rows.findIndex((row) => row.id === of.id)
        const next = rows[index + 1] ?? rows[index - 1]
        if (next) go(next)
        else setSearch(filter, { replace: true })
        await askAgain(['moderation'])
      },
      done: (_, { of, verdict }) => (verdict === 'approved' ? texts.review.approved : texts.review.rejected)(of.title),
      failed: (error) => (['stale', 'beingRead'].includes(refusalOf(error) ?? '') ? askAgain(['moderation']) : undefined),
    },
  )
  const may = (act: 'approve' | 'reject'): boolean => opened?.acts.includes(act) === true && theirs === null && !decide.isPending
  const approve = (): void => {
    if (opened && may('approve')) decide.mutate({ of: opened, verdict: 'approved' })
  }
  useKeys((key) => {
    if (key === 'j') go(rows[at + 1])
    else if (key === 'k') go(rows[at - 1])
    else if (key === 'a') approve()
    else if (key === 'r' && opened && may('reject')) setRejecting(opened)
    else return false
    return true
  })
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [caseId])
  // the next one is read ahead, so that going on costs no waiting
  const ahead = rows[at + 1]?.id
  useEffect(() => {
    if (ahead) void queryClient.prefetchQuery(caseOptions(ahead))
  }, [ahead])
  const waiting = queue.data?.pages[0]?.waiting
  const openCount = waiting ? waiting.high + waiting.middle + waiting.low : undefined
  const [emptyTitle, emptyHint] = texts.review.empty[state]
  return (
    <div className="review">
      <section className="review-pane review-list" aria-label={texts.review.queue}>
        <div className="review-head stack-s">
          <h1>{texts.review.title}</h1>
          <Segmented
            block
            value={state}
            onChange={(next) => setSearch({ ...filter, state: next })}
            options={states.map((one) => ({
              value: one,
              label: one === 'open' && openCount !== undefined ? `${caseWords.open} ${openCount}` : caseWords[one],
            }))}
          />
          <div className="row">
            <Select
              aria-label={texts.review.level}
              value={level ?? ''}
              onChange={(next) => setSearch({ ...without(filter, 'level'), ...(next ? { level: next } : {}) })}
              options={[
                { value: '', label: texts.review.anyLevel },
                ...riskLevels.map((one) => ({ value: one, label: waiting ? `${riskWords[one]} ${waiting[one]}` : riskWords[one] })),
              ]}
            />
            <Select
              aria-label={texts.review.subject}
              value={subject ?? ''}
              onChange={(next) => setSearch({ ...without(filter, 'subject'), ...(next ? { subject: next } : {}) })}
              options={[
                { value: '', label: texts.review.anySubject },
                ...subjects.map((one) => ({ value: one, label: texts.review.subjects[one] ?? one })),
              ]}
            />
          </div>
        </div>
        <div className="review-scroll" ref={list}>
          <Answer query={queue} bones={<Bones rows={6} height={56} />}>
            {() =>
              rows.length === 0 ? (
                <Empty title={emptyTitle} hint={emptyHint} />
              ) : (
                <>
                  {rows.map((row) => (
                    <button key={row.id} type="button" className="review-row" aria-current={row.id === caseId} onClick={() => go(row)}>
                      <Photo picture={row.picture} size={48} />
                      <span>
                        <span className="clip2">{row.title}</span>
                        <span className="hint small">
                          {row.shopName} · {texts.review.subjects[row.subject] ?? ''} {texts.review.revision(row.revisionNo)}
                        </span>
                        <br />
                        {row.level === 'low' ? null : (
                          <strong className={row.level === 'high' ? 'field-wrong' : ''}>{riskWords[row.level]} · </strong>
                        )}
                        <span className="hint small">{dayAndTime(row.openedAt)}</span>
                        {row.reader && row.id !== caseId ? <span className="hint small"> · {texts.review.readBy(row.reader)}</span> : null}
                        {row.findings > 0 ? <span className="field-wrong"> · {texts.review.findingsCount(row.findings)}</span> : null}
                      </span>
                    </button>
                  ))}
                  <More query={queue} />
                </>
              )
            }
          </Answer>
        </div>
      </section>

      <section className="review-pane" aria-label={texts.review.after}>
        {caseId === null ? (
          <Empty title={texts.review.pick} hint="" />
        ) : (
          <>
            <div className="review-scroll review-pad">
              <Answer query={{ ...one, data: opened ?? undefined }} bones={<Bones rows={5} height={64} />}>
                {(data) => (
                  <div className="stack">
                    <header>
                      <h2>{data.title}</h2>
                      <p className="hint">
                        {data.shop.name} · {texts.review.revision(data.now.no)} · {texts.review.openedAt} {dayAndTime(data.openedAt)}
                      </p>
                      {data.decidedAt ? (
                        <p className="notice">
                          {caseWords[data.state]} · {texts.review.decided(data.decidedBy ?? texts.common.none, dayAndTime(data.decidedAt))}
                          {data.reasons ? (
                            <>
                              <br />
                              {data.reasons}
                            </>
                          ) : null}
                        </p>
                      ) : null}
                    </header>
                    {theirs ? <p className="notice alarm">{texts.review.taken(theirs.name, clockTime(theirs.until))}</p> : null}
                    <Difference one={data} />
                  </div>
                )}
              </Answer>
            </div>
            {opened && opened.acts.length > 0 ? (
              <div className="review-acts">
                <Button type="primary" loading={decide.isPending} disabled={!may('approve') && !decide.isPending} onClick={approve}>
                  {caseActWords.approve}
                </Button>
                <Button danger disabled={!may('reject')} onClick={() => setRejecting(opened)}>
                  {caseActWords.reject}
                </Button>
                <Legend keys={texts.review.legend} />
              </div>
            ) : (
              <div className="review-acts">
                <Legend keys={texts.review.legend.slice(0, 2)} />
              </div>
            )}
          </>
        )}
      </section>

      <section className="review-pane" aria-label={texts.review.papers}>
        <div className="review-scroll review-pad">
          {opened ? (
            <div className="stack">
              <Risks one={opened} />
              <Findings one={opened} />
              <Papers one={opened} />
            </div>
          ) : caseId !== null && !(one.error && isNotFound(one.error)) ? (
            <Bones rows={4} />
          ) : null}
        </div>
      </section>
      {rejecting ? (
        <ReasonDialog
          title={(rejecting.subject === 'review' ? texts.review.removeTitle : texts.review.rejectTitle)(rejecting.title)}
          hint={rejecting.subject === 'review' ? texts.review.removeHint : texts.review.rejectHint}
          act={rejecting.subject === 'review' ? texts.review.removeDo : texts.review.rejectDo}
          quick={rejecting.subject === 'review' ? removalReasons : [...rejecting.findings.flatMap(sentenceOf), ...texts.review.quick]}
          most={moderationLimits.reasons}
          onAct={(reasons) => decide.mutateAsync({ of: rejecting, verdict: 'rejected', reasons })}
          onClose={() => setRejecting(null)}
        />
      ) : null}
    </div>
  )
}
