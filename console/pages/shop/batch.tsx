import type { BatchId } from '@shared/ids.ts'
import { batchActWords } from '@shared/traceability/words.ts'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link, useNavigate, useParams } from 'react-router'
import { BatchForm } from '@/features/traceability/BatchForm.tsx'
import { type BatchOpened, batchOptions, sourcesOptions } from '@/features/traceability/queries.ts'
import { BatchFacts } from '@/features/traceability/Sheet.tsx'
import { BatchMark } from '@/features/traceability/words.tsx'
import { mayWrite } from '@/lib/may.ts'
import { askAgain } from '@/lib/query.ts'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Page } from '@/ui/Page.tsx'
import { Answer, Bones } from '@/ui/states.tsx'
import { useAct } from '@/ui/useAct.ts'

const t = texts.traces

/** One batch of the shop: its form while it may be written, else its sheet. */
export function Component() {
  const { shopId, role } = useShop()
  const { batchId } = useParams()
  const navigate = useNavigate()
  const isNew = batchId === 'new'
  const one = useQuery({ ...batchOptions(shopId, batchId as BatchId), enabled: !isNew })
  const sources = useQuery({ ...sourcesOptions(shopId), enabled: mayWrite(role) })
  const list = `/shop/${shopId}/traces?what=batches`
  const saved = (id: BatchId, submitted: boolean): void =>
    void navigate(submitted ? list : `/shop/${shopId}/traces/batches/${id}`, { replace: true })
  const form = (batch: BatchOpened | null) => (
    <Answer query={sources} bones={<Bones rows={5} height={64} />}>
      {(known) => (
        <BatchForm key={batch ? `${batch.id}${batch.updatedAt}` : 'new'} shopId={shopId} batch={batch} sources={known} onSaved={saved} />
      )}
    </Answer>
  )
  return (
    <Page title={isNew ? t.newBatch : (one.data?.code ?? t.tabs.batches)} acts={<Link to={list}>{t.back}</Link>}>
      {isNew ? (
        mayWrite(role) ? (
          form(null)
        ) : (
          <p className="notice">{t.readOnly}</p>
        )
      ) : (
        <Answer query={one} bones={<Bones rows={5} height={64} />}>
          {(batch) => (
            <div className="stack">
              <p>
                <BatchMark state={batch.state} />
              </p>
              {batch.reasons ? (
                <p className="notice alarm">
                  <strong>{t.reasons}</strong>
                  <br />
                  {batch.reasons}
                </p>
              ) : null}
              {mayWrite(role) && (batch.state === 'draft' || batch.state === 'rejected') ? (
                form(batch)
              ) : (
                <div className="card stack">
                  <BatchFacts batch={batch} />
                  {mayWrite(role) && batch.acts.includes('recall') ? <Recall batch={batch} /> : null}
                </div>
              )}
            </div>
          )}
        </Answer>
      )}
    </Page>
  )
}

function Recall({ batch }: { batch: BatchOpened }) {
  const { shopId } = useShop()
  const recall = useAct(() => trpc.shop.traceability.recallBatch.mutate({ shopId, batchId: batch.id }), {
    done: t.recalled,
    after: () => askAgain(['traces', shopId]),
    failed: () => askAgain(['traces', shopId]),
  })
  return (
    <div>
      <Button loading={recall.isPending} onClick={() => recall.mutate(undefined)}>
        {batchActWords.recall}
      </Button>
    </div>
  )
}
