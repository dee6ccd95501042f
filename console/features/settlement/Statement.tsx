import type { ShopId } from '@shared/ids.ts'
import { businessDay, type Instant } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { saveWorkbook } from '@/lib/save.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Money } from '@/ui/Money.tsx'
import { Answer, Bones } from '@/ui/states.tsx'
import { useAct } from '@/ui/useAct.ts'

const t = texts.money.statement

/** A month on one page, large enough to read, and as a workbook. */
export function Statement({ shopId }: { shopId: ShopId }) {
  const [month, setMonth] = useState(() => businessDay(Date.now() as Instant).slice(0, 7))
  const page = useQuery({
    queryKey: ['settlement', shopId, 'statement', month],
    queryFn: ({ signal }) => trpc.shop.settlement.statement.query({ shopId, month }, { signal }),
    enabled: /^\d{4}-\d{2}$/.test(month),
  })
  const file = useAct(() => trpc.shop.settlement.statementFile.query({ shopId, month }), { after: saveWorkbook, done: t.saved })
  return (
    <section className="card stack">
      <div className="row row-apart">
        <h2>{t.title}</h2>
        <span className="row">
          <Input type="month" aria-label={t.month} style={{ width: 170 }} value={month} onChange={(e) => setMonth(e.target.value)} />
          <Button loading={file.isPending} onClick={() => file.mutate(undefined)}>
            {t.save}
          </Button>
        </span>
      </div>
      <Answer query={page} bones={<Bones rows={3} height={36} />}>
        {(p) => (
          <dl className="facts statement">
            {(
              [
                [t.opening, p.openingFen, ''],
                [t.sold, p.soldFen, '+'],
                [t.commission, -p.commissionFen, '−'],
                [t.fee, -p.channelFeeFen, '−'],
                [t.refunded, -p.refundedFen, '−'],
                [t.closing, p.closingFen, '='],
              ] as const
            ).map(([words, fen]) => (
              <div key={words} style={{ display: 'contents' }}>
                <dt>{words}</dt>
                <dd className="right">
                  <Money fen={fen} big />
                </dd>
              </div>
            ))}
            <dt className="hint">{t.freight}</dt>
            <dd className="right hint">
              <Money fen={p.freightFen} />
            </dd>
            <dt className="strong">{t.arrived}</dt>
            <dd className="right">
              <Money fen={p.arrivedFen} big />
            </dd>
            {p.arrivals.map((a) => (
              <div key={a.day} style={{ display: 'contents' }}>
                <dt className="hint">{a.day}</dt>
                <dd className="right hint">
                  <Money fen={a.amountFen} />
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Answer>
    </section>
  )
}
