import { hillOf } from '@shared/catalogue/hills.ts'
import { netWords } from '@shared/catalogue/units.ts'
import type { BatchId, PlotId } from '@shared/ids.ts'
import { dayAndTime, type Instant } from '@shared/time.ts'
import { batchFlow, plotFlow } from '@shared/traceability/flow.ts'
import { traceLimits } from '@shared/traceability/limits.ts'
import { batchWords, plotWords } from '@shared/traceability/words.ts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, InputNumber, Segmented, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useSearchParams } from 'react-router'
import {
  type BatchSheet,
  batchQueueOptions,
  batchSheetOptions,
  type PlotSheet,
  plotQueueOptions,
  plotSheetOptions,
  waitingOptions,
} from '@/features/traceability/queries.ts'
import { BatchFacts, PlotFacts } from '@/features/traceability/Sheet.tsx'
import { BatchMark, PlotMark } from '@/features/traceability/words.tsx'
import { refusalOf } from '@/lib/errors.ts'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Field } from '@/ui/Field.tsx'
import { useTitle } from '@/ui/Page.tsx'
import { ReasonDialog } from '@/ui/ReasonDialog.tsx'
import { Answer, Bones, Empty, More } from '@/ui/states.tsx'
import { useAct } from '@/ui/useAct.ts'
import '@/features/moderation/Review.css'

const t = texts.traces

type What = 'plots' | 'batches'

/** The desk of plots and batches: what waits, how it was written, and the account it would draw on. */
export function Component() {
  useTitle(t.title)
  const [search, setSearch] = useSearchParams()
  const what: What = search.get('what') === 'batches' ? 'batches' : 'plots'
  const waiting = useQuery(waitingOptions)
  const head = (states: ReactNode) => (
    <div className="review-head stack-s">
      <h1>{t.title}</h1>
      <Segmented
        block
        value={what}
        onChange={(next) => setSearch({ what: next })}
        options={(['plots', 'batches'] as const).map((one) => ({
          value: one,
          label: waiting.data?.[one] ? `${t.tabs[one]} ${waiting.data[one]}` : t.tabs[one],
        }))}
      />
      {states}
    </div>
  )
  return what === 'plots' ? <Plots key="plots" head={head} /> : <Batches key="batches" head={head} />
}

/** The frame that both share: a list at the left, the sheet in the middle, the acts under it. */
function Desk({ head, list, children }: { head: ReactNode; list: ReactNode; children: ReactNode }) {
  return (
    <div className="review" style={{ gridTemplateColumns: '300px minmax(0, 1fr)' }}>
      <section className="review-pane review-list" aria-label={t.queue}>
        {head}
        <div className="review-scroll">{list}</div>
      </section>
      <section className="review-pane">{children}</section>
    </div>
  )
}

function Plots({ head }: { head: (states: ReactNode) => ReactNode }) {
  const [search, setSearch] = useSearchParams()
  const state = plotFlow.states.find((s) => s === search.get('state')) ?? 'inReview'
  const queue = useInfiniteQuery(plotQueueOptions(state))
  const rows = queue.data?.pages.flatMap((page) => page.rows) ?? []
  const plotId = (search.get('one') ?? rows[0]?.id ?? null) as PlotId | null
  const one = useQuery({ ...plotSheetOptions(plotId as PlotId), enabled: plotId !== null })
  const opened = one.data?.id === plotId ? one.data : undefined
  return (
    <Desk
      head={head(
        <Select
          aria-label={t.columns.state}
          value={state}
          onChange={(next) => setSearch({ what: 'plots', state: next })}
          options={plotFlow.states.map((s) => ({ value: s, label: plotWords[s] }))}
        />,
      )}
      list={
        <Answer query={queue} bones={<Bones rows={6} height={56} />}>
          {() =>
            rows.length === 0 ? (
              <Empty title={t.deskEmpty[0]} hint={t.deskEmpty[1]} />
            ) : (
              <>
                {rows.map((row) => (
                  <Row
                    key={row.id}
                    on={row.id === plotId}
                    title={row.name}
                    hint={`${row.shop.name} · ${row.village} · ${netWords(row.claimedGrams)}`}
                    when={row.updatedAt}
                    onTap={() => setSearch({ what: 'plots', state, one: row.id }, { replace: true })}
                  />
                ))}
                <More query={queue} />
              </>
            )
          }
        </Answer>
      }
    >
      {plotId === null ? (
        <Empty title={t.pick} hint="" />
      ) : (
        <>
          <div className="review-scroll review-pad">
            <Answer query={{ ...one, data: opened }} bones={<Bones rows={5} height={64} />}>
              {(data) => (
                <div className="stack">
                  <Standing title={data.name} one={data} mark={<PlotMark state={data.state} />} />
                  <HillAccount plot={data} />
                  <PlotFacts plot={data} />
                </div>
              )}
            </Answer>
          </div>
          {opened ? <PlotActs key={`${opened.id}${opened.state}`} plot={opened} /> : null}
        </>
      )}
    </Desk>
  )
}

function Batches({ head }: { head: (states: ReactNode) => ReactNode }) {
  const [search, setSearch] = useSearchParams()
  const state = batchFlow.states.find((s) => s === search.get('state')) ?? 'inReview'
  const queue = useInfiniteQuery(batchQueueOptions(state))
  const rows = queue.data?.pages.flatMap((page) => page.rows) ?? []
  const batchId = (search.get('one') ?? rows[0]?.id ?? null) as BatchId | null
  const one = useQuery({ ...batchSheetOptions(batchId as BatchId), enabled: batchId !== null })
  const opened = one.data?.id === batchId ? one.data : undefined
  return (
    <Desk
      head={head(
        <Select
          aria-label={t.columns.state}
          value={state}
          onChange={(next) => setSearch({ what: 'batches', state: next })}
          options={batchFlow.states.map((s) => ({ value: s, label: batchWords[s] }))}
        />,
      )}
      list={
        <Answer query={queue} bones={<Bones rows={6} height={56} />}>
          {() =>
            rows.length === 0 ? (
              <Empty title={t.deskEmpty[0]} hint={t.deskEmpty[1]} />
            ) : (
              <>
                {rows.map((row) => (
                  <Row
                    key={row.id}
                    on={row.id === batchId}
                    title={row.code}
                    hint={`${row.shop.name} · ${netWords(row.madeGrams)}`}
                    when={row.updatedAt}
                    onTap={() => setSearch({ what: 'batches', state, one: row.id }, { replace: true })}
                  />
                ))}
                <More query={queue} />
              </>
            )
          }
        </Answer>
      }
    >
      {batchId === null ? (
        <Empty title={t.pick} hint="" />
      ) : (
        <>
          <div className="review-scroll review-pad">
            <Answer query={{ ...one, data: opened }} bones={<Bones rows={5} height={64} />}>
              {(data) => (
                <div className="stack">
                  <Standing title={data.code} one={data} mark={<BatchMark state={data.state} />} />
                  <BatchFacts batch={data} />
                </div>
              )}
            </Answer>
          </div>
          {opened ? <BatchActs key={`${opened.id}${opened.state}`} batch={opened} /> : null}
        </>
      )}
    </Desk>
  )
}

function Row({ on, title, hint, when, onTap }: { on: boolean; title: string; hint: string; when: Instant; onTap: () => void }) {
  return (
    <button type="button" className="review-row" style={{ gridTemplateColumns: 'minmax(0, 1fr)' }} aria-current={on} onClick={onTap}>
      <span>
        <span className="clip2">{title}</span>
        <span className="hint small">{hint}</span>
        <br />
        <span className="hint small">{dayAndTime(when)}</span>
      </span>
    </button>
  )
}

function Standing({ title, one, mark }: { title: string; one: PlotSheet | BatchSheet; mark: ReactNode }) {
  return (
    <header className="stack-s">
      <h2 className="wrap">{title}</h2>
      <p className="row">
        {mark}
        <span className="hint">{one.shop.name}</span>
      </p>
      {one.decidedAt ? (
        <p className="notice">
          {t.decided(one.decidedBy ?? texts.common.none, dayAndTime(one.decidedAt))}
          {one.reasons ? (
            <>
              <br />
              {one.reasons}
            </>
          ) : null}
        </p>
      ) : null}
    </header>
  )
}

/** What the hill's plots have been granted together: what this one would come on top of. */
function HillAccount({ plot }: { plot: PlotSheet }) {
  const hill = hillOf(plot.hill)
  if (!hill) return null
  return (
    <div className="notice leaf stack-s">
      <p>
        {hill.yearlyGrams
          ? t.hillAccount(hill.name, netWords(plot.hillGrantedGrams), netWords(hill.yearlyGrams[1]))
          : t.hillUnknown(hill.name)}
      </p>
      {hill.notes.map((note) => (
        <p key={note.says} className="hint small">
          {note.says}（{note.source}）
        </p>
      ))}
    </div>
  )
}

/** After an act everything of traces is asked again; somebody else was faster: likewise. */
const after = {
  after: () => askAgain(['traces']),
  failed: (error: unknown) => (refusalOf(error) === 'stale' ? askAgain(['traces']) : undefined),
}

function PlotActs({ plot }: { plot: PlotSheet }) {
  const [granted, setGranted] = useState<number | null>(plot.claimedGrams / 1000)
  const [asking, setAsking] = useState<'reject' | 'revoke' | null>(null)
  const { id: plotId, name, acts } = plot
  const verify = useAct(() => trpc.park.traceability.verifyPlot.mutate({ plotId, grantedGrams: Math.round((granted ?? 0) * 1000) }), {
    ...after,
    done: t.done.verify(name),
  })
  const say = useAct(
    ({ what, reasons }: { what: 'reject' | 'revoke'; reasons: string }) =>
      what === 'reject'
        ? trpc.park.traceability.rejectPlot.mutate({ plotId, reasons })
        : trpc.park.traceability.revokePlot.mutate({ plotId, reasons }),
    { ...after, done: (_, { what }) => t.done[what](name) },
  )
  if (acts.length === 0) return null
  return (
    <div className="review-acts">
      {acts.includes('verify') ? (
        <>
          <Field id="granted" label={t.granted} hint={t.grantHint}>
            <InputNumber
              id="granted"
              min={0.001}
              max={plot.claimedGrams / 1000}
              precision={3}
              value={granted}
              onChange={setGranted}
              addonAfter={t.kilo}
            />
          </Field>
          <Button type="primary" loading={verify.isPending} disabled={!granted} onClick={() => verify.mutate(undefined)}>
            {t.verify}
          </Button>
        </>
      ) : null}
      {(['reject', 'revoke'] as const).map((what) =>
        acts.includes(what) ? (
          <Button key={what} danger onClick={() => setAsking(what)}>
            {t[what]}
          </Button>
        ) : null,
      )}
      {asking ? (
        <ReasonDialog
          title={t.ask[asking](name)}
          hint={t.askHint[asking]}
          act={t[asking]}
          quick={t.quick[asking]}
          most={traceLimits.reasons}
          onAct={(reasons) => say.mutateAsync({ what: asking, reasons })}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </div>
  )
}

type Said = 'reject' | 'freeze' | 'thaw'

function BatchActs({ batch }: { batch: BatchSheet }) {
  const [asking, setAsking] = useState<Said | null>(null)
  const { id: batchId, code, acts } = batch
  const desk = trpc.park.traceability
  const verify = useAct(() => desk.verifyBatch.mutate({ batchId }), { ...after, done: t.done.verify(code) })
  const say = useAct(
    ({ what, reasons }: { what: Said; reasons: string }): Promise<unknown> => {
      const said = { batchId, reasons }
      if (what === 'reject') return desk.rejectBatch.mutate(said)
      return what === 'freeze' ? desk.freeze.mutate(said) : desk.thaw.mutate(said)
    },
    { ...after, done: (_, { what }) => t.done[what](code) },
  )
  if (acts.length === 0) return null
  return (
    <div className="review-acts">
      {acts.includes('verify') ? (
        <Button type="primary" loading={verify.isPending} onClick={() => verify.mutate(undefined)}>
          {t.verify}
        </Button>
      ) : null}
      {(['reject', 'freeze', 'thaw'] as const).map((what) =>
        acts.includes(what) ? (
          <Button key={what} danger={what !== 'thaw'} onClick={() => setAsking(what)}>
            {t[what]}
          </Button>
        ) : null,
      )}
      {asking ? (
        <ReasonDialog
          title={t.ask[asking](code)}
          hint={t.askHint[asking]}
          act={t[asking]}
          quick={t.quick[asking]}
          most={traceLimits.reasons}
          onAct={(reasons) => say.mutateAsync({ what: asking, reasons })}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </div>
  )
}
