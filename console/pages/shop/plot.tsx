import type { PlotId } from '@shared/ids.ts'
import { plotActWords } from '@shared/traceability/words.ts'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link, useNavigate, useParams } from 'react-router'
import { PlotForm } from '@/features/traceability/PlotForm.tsx'
import { type PlotOpened, plotOptions } from '@/features/traceability/queries.ts'
import { PlotFacts } from '@/features/traceability/Sheet.tsx'
import { PlotMark } from '@/features/traceability/words.tsx'
import { mayWrite } from '@/lib/may.ts'
import { askAgain } from '@/lib/query.ts'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Page } from '@/ui/Page.tsx'
import { Answer, Bones } from '@/ui/states.tsx'
import { useAct } from '@/ui/useAct.ts'

const t = texts.traces

/** One plot of the shop: its form while it may be written, else its sheet. */
export function Component() {
  const { shopId, role } = useShop()
  const { plotId } = useParams()
  const navigate = useNavigate()
  const isNew = plotId === 'new'
  const one = useQuery({ ...plotOptions(shopId, plotId as PlotId), enabled: !isNew })
  const list = `/shop/${shopId}/traces?what=plots`
  const saved = (id: PlotId, submitted: boolean): void =>
    void navigate(submitted ? list : `/shop/${shopId}/traces/plots/${id}`, { replace: true })
  return (
    <Page title={isNew ? t.newPlot : (one.data?.name ?? t.tabs.plots)} acts={<Link to={list}>{t.back}</Link>}>
      {isNew ? (
        mayWrite(role) ? (
          <PlotForm shopId={shopId} plot={null} onSaved={saved} />
        ) : (
          <p className="notice">{t.readOnly}</p>
        )
      ) : (
        <Answer query={one} bones={<Bones rows={5} height={64} />}>
          {(plot) => (
            <div className="stack">
              <p>
                <PlotMark state={plot.state} />
              </p>
              {plot.reasons ? (
                <p className="notice alarm">
                  <strong>{t.reasons}</strong>
                  <br />
                  {plot.reasons}
                </p>
              ) : null}
              {mayWrite(role) && (plot.state === 'draft' || plot.state === 'rejected') ? (
                <PlotForm key={`${plot.id}${plot.updatedAt}`} shopId={shopId} plot={plot} onSaved={saved} />
              ) : (
                <div className="card stack">
                  <PlotFacts plot={plot} />
                  {mayWrite(role) && plot.acts.includes('recall') ? <Recall plot={plot} /> : null}
                </div>
              )}
            </div>
          )}
        </Answer>
      )}
    </Page>
  )
}

function Recall({ plot }: { plot: PlotOpened }) {
  const { shopId } = useShop()
  const recall = useAct(() => trpc.shop.traceability.recallPlot.mutate({ shopId, plotId: plot.id }), {
    done: t.recalled,
    after: () => askAgain(['traces', shopId]),
    failed: () => askAgain(['traces', shopId]),
  })
  return (
    <div>
      <Button loading={recall.isPending} onClick={() => recall.mutate(undefined)}>
        {plotActWords.recall}
      </Button>
    </div>
  )
}
