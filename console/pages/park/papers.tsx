import type { BatchId, PaperId } from '@shared/ids.ts'
import { paperActWords, paperStateWords } from '@shared/tenants/paper-flow.ts'
import { paperLimits } from '@shared/tenants/paper-limits.ts'
import { paperWords } from '@shared/tenants/papers.ts'
import { dayAndTime } from '@shared/time.ts'
import { batchWords } from '@shared/traceability/words.ts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { PaperSays } from '@/features/tenants/PaperSays.tsx'
import { batchOptions, type DeskPaper, type DeskTab, deskOptions, deskPaperOptions, deskTabs } from '@/features/tenants/queries.ts'
import { Ending, PaperMark } from '@/features/tenants/words.tsx'
import { refusalOf, wordsOf } from '@/lib/errors.ts'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { useTitle } from '@/ui/Page.tsx'
import { ReasonDialog } from '@/ui/ReasonDialog.tsx'
import { Answer, Bones, Empty, More } from '@/ui/states.tsx'
import { useAct } from '@/ui/useAct.ts'
import '@/features/moderation/Review.css'

const tabWords = (tab: DeskTab): string => (tab === 'ending' ? texts.papers.ending : paperStateWords[tab])

/** The desk of papers: who waits, what ends soon, the pictures beside the typed words. */
export function Component() {
  useTitle(texts.papers.title)
  const [search, setSearch] = useSearchParams()
  const asked = search.get('tab') as DeskTab | null
  const tab: DeskTab = asked && deskTabs.includes(asked) ? asked : 'inReview'
  const queue = useInfiniteQuery(deskOptions(tab))
  const rows = queue.data?.pages.flatMap((page) => page.rows) ?? []
  const paperId = (search.get('paper') ?? rows[0]?.id ?? null) as PaperId | null
  const one = useQuery({ ...deskPaperOptions(paperId as PaperId), enabled: paperId !== null })
  const opened = one.data?.id === paperId ? one.data : null
  const [asking, setAsking] = useState<{ of: DeskPaper; act: 'reject' | 'withdraw' } | null>(null)
  const decide = useAct(
    ({ of, verdict, reasons = '' }: { of: DeskPaper; verdict: 'verify' | 'reject' | 'withdraw'; reasons?: string }) =>
      verdict === 'withdraw'
        ? trpc.park.tenants.withdrawPaper.mutate({ paperId: of.id, reasons })
        : trpc.park.tenants.decidePaper.mutate({ paperId: of.id, version: of.version, verdict, reasons }),
    {
      after: async (_, { of }) => {
        const next = rows.find((row) => row.id !== of.id)
        setSearch({ tab, ...(next ? { paper: next.id } : {}) }, { replace: true })
        await askAgain(['desk-papers'])
      },
      done: ({ state }, { of }) => `${of.title} · ${paperStateWords[state]}`,
      failed: (error) => (refusalOf(error) === 'stale' ? askAgain(['desk-papers']) : undefined),
    },
  )
  const openCount = queue.data?.pages[0]?.openCount
  return (
    <div className="review paper-desk">
      <section className="review-pane review-list" aria-label={texts.review.queue}>
        <div className="review-head stack-s">
          <h1>{texts.papers.title}</h1>
          <Select
            aria-label={texts.papers.show}
            value={tab}
            onChange={(next) => setSearch({ tab: next })}
            options={deskTabs.map((value) => ({
              value,
              label: value === 'inReview' && openCount !== undefined ? `${tabWords(value)} ${openCount}` : tabWords(value),
            }))}
          />
        </div>
        <div className="review-scroll">
          <Answer query={queue} bones={<Bones rows={6} height={56} />}>
            {() =>
              rows.length === 0 ? (
                <Empty title={texts.papers.deskEmpty} hint={texts.papers.deskEmptyHint} />
              ) : (
                <>
                  {rows.map((row) => (
                    <button
                      key={row.id}
                      type="button"
                      className="review-row"
                      style={{ gridTemplateColumns: 'minmax(0, 1fr)' }}
                      aria-current={row.id === paperId}
                      onClick={() => setSearch({ tab, paper: row.id }, { replace: true })}
                    >
                      <span>
                        <strong>{paperWords[row.kind]}</strong>
                        <br />
                        <span className="hint small">{row.shop.name}</span>
                        <br />
                        <span className="small">
                          {tab === 'inReview' && row.submittedAt ? dayAndTime(row.submittedAt) : <Ending row={row} />}
                        </span>
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
      <section className="review-pane" aria-label={texts.papers.title}>
        {paperId === null ? (
          <Empty title={texts.papers.pick} hint="" />
        ) : (
          <>
            <div className="review-scroll review-pad">
              <Answer query={{ ...one, data: opened ?? undefined }} bones={<Bones rows={6} height={48} />}>
                {(paper) => <Sheet paper={paper} />}
              </Answer>
            </div>
            {opened && opened.acts.length > 0 ? (
              <div className="review-acts">
                {opened.acts.includes('verify') ? (
                  <Button type="primary" loading={decide.isPending} onClick={() => decide.mutate({ of: opened, verdict: 'verify' })}>
                    {paperActWords.verify}
                  </Button>
                ) : null}
                {opened.acts.includes('reject') ? (
                  <Button danger onClick={() => setAsking({ of: opened, act: 'reject' })}>
                    {paperActWords.reject}
                  </Button>
                ) : null}
                {opened.acts.includes('withdraw') ? (
                  <Button danger onClick={() => setAsking({ of: opened, act: 'withdraw' })}>
                    {paperActWords.withdraw}
                  </Button>
                ) : null}
              </div>
            ) : null}
          </>
        )}
      </section>
      {asking ? (
        <ReasonDialog
          title={`${paperActWords[asking.act]}「${asking.of.title}」`}
          hint={asking.act === 'reject' ? texts.papers.rejectHint : texts.papers.withdrawHint}
          act={paperActWords[asking.act]}
          quick={texts.papers.quick}
          most={paperLimits.reasons}
          onAct={(reasons) => decide.mutateAsync({ of: asking.of, verdict: asking.act, reasons })}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </div>
  )
}

/** The pictures of a paper beside what was typed off them. */
function Sheet({ paper }: { paper: DeskPaper }) {
  return (
    <div className="stack">
      <header>
        <h2>{paper.title}</h2>
        <p className="hint">
          {paper.shop.name} · {paper.tenant.name}
          {paper.tenant.uscc ? ` · ${paper.tenant.uscc}` : ''}
        </p>
        <p className={paper.state === 'verified' || paper.state === 'inReview' ? 'notice' : 'notice alarm'}>
          <PaperMark state={paper.state} />
          {paper.decidedAt ? ` ${texts.review.decided(paper.decidedBy ?? texts.common.none, dayAndTime(paper.decidedAt))}` : ''}
          {paper.reasons ? ` · ${paper.reasons}` : ''}
        </p>
      </header>
      <PaperSays
        draft={paper.draft}
        pictures={paper.pictures}
        wrong={new Map(paper.missing.map((m) => [m.field, m.words]))}
        batch={(id) => <BatchCode batchId={id} />}
      />
    </div>
  )
}

/** A batch by the code on its label, so that it can be held beside the report's own. */
function BatchCode({ batchId }: { batchId: BatchId }) {
  const batch = useQuery(batchOptions(batchId))
  return <span>{batch.data ? `${batch.data.code} · ${batchWords[batch.data.state]} ` : batch.error ? wordsOf(batch.error) : '…'}</span>
}
