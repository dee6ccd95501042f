import { longTime } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Mark } from '@/ui/Mark.tsx'
import { Answer, Bones } from '@/ui/states.tsx'
import { useAct } from '@/ui/useAct.ts'

const t = texts.parkMoney.audit

/** Whether the books agree with themselves: the nightly audit, what it found, and a way to run it now. */
export function Audit() {
  const latest = useQuery({
    queryKey: ['park', 'audit'],
    queryFn: ({ signal }) => trpc.park.settlement.audit.query(undefined, { signal }),
  })
  const run = useAct(() => trpc.park.settlement.runAudit.mutate({}), { done: t.done, after: () => askAgain(['park', 'audit']) })
  return (
    <section className="card stack-s">
      <div className="row row-apart">
        <h2>{t.title}</h2>
        <Button loading={run.isPending} onClick={() => run.mutate(undefined)}>
          {t.run}
        </Button>
      </div>
      <Answer query={latest} bones={<Bones rows={1} height={40} />}>
        {(audit) =>
          audit === null ? (
            <p className="hint">{t.never}</p>
          ) : (
            <>
              <p className="row">
                <Mark tone={audit.broken.length === 0 ? 'leaf' : 'alarm'}>
                  {audit.broken.length === 0 ? t.good(audit.checked) : t.bad(audit.broken.length, audit.checked)}
                </Mark>
                <span className="hint">{t.when(longTime(audit.ranAt), audit.ledgerRows)}</span>
              </p>
              {audit.broken.map((b) => (
                <div key={b.no} className="notice stack-s">
                  <strong>{t.broken(b.no, b.words, b.count)}</strong>
                  {b.rows.slice(0, 5).map((r) => (
                    <code key={r.ref} className="wrap small">{`${r.ref} · ${r.facts}`}</code>
                  ))}
                </div>
              ))}
            </>
          )
        }
      </Answer>
    </section>
  )
}
