import type { LiveSessionId, ShopId } from '@shared/ids.ts'
import { dayAndTime, MINUTE, span } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Mark } from '@/ui/Mark.tsx'
import { Money } from '@/ui/Money.tsx'
import { Answer, Bones } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'

const t = texts.afterShow

/** What each tea took of a show and brought, and what to do otherwise next time. */
export function AfterShow({ shopId, sessionId }: { shopId: ShopId; sessionId: LiveSessionId }) {
  const sheet = useQuery({
    queryKey: ['live', shopId, sessionId, 'after-show'],
    queryFn: ({ signal }) => trpc.shop.orders.afterShow.query({ shopId, sessionId }, { signal }),
  })
  return (
    <section className="card stack">
      <div className="card-head">
        <h2>{t.title}</h2>
      </div>
      <Answer query={sheet} bones={<Bones rows={4} />}>
        {(data) => (
          <div className="stack">
            <dl className="facts">
              <dt>{t.onAir}</dt>
              <dd>{span(data.onAirMs)}</dd>
              <dt>{t.paid}</dt>
              <dd>
                <Money fen={data.paidFen} /> <span className="hint">{t.orders(data.orders)}</span>
              </dd>
              <dt>{t.refunded}</dt>
              <dd>
                <Money fen={data.refundedFen} />
              </dd>
              <dt>{t.kept}</dt>
              <dd className="strong">
                <Money fen={data.keptFen} />{' '}
                {data.keptBp === null ? null : <span className="hint">{t.keptShare((data.keptBp / 100).toFixed(1))}</span>}
              </dd>
            </dl>
            <div className="row">
              <Mark tone={data.agrees ? 'leaf' : 'alarm'}>{data.agrees ? t.agrees : t.disagrees}</Mark>
              <span className="hint">{data.settledFrom === null ? t.provisional : t.settles(dayAndTime(data.settledFrom))}</span>
            </div>
            {data.advice.length > 0 ? (
              <div className="notice stack-s">
                <p className="strong">{t.advice}</p>
                <ul className="stack-s">
                  {data.advice.map((words) => (
                    <li key={words} className="wrap">
                      {words}
                    </li>
                  ))}
                </ul>
              </div>
            ) : null}
            <Table
              rowKey={(row) => `${row.number ?? ''} ${row.listingId}${row.title}`}
              dataSource={data.rows}
              columns={[
                { title: t.columns.number, width: 64, render: (_, row) => row.number ?? t.outside },
                { title: t.columns.tea, render: (_, row) => row.title },
                { title: t.columns.minutes, align: 'right', render: (_, row) => (row.ms / MINUTE).toFixed(1) },
                { title: t.columns.questions, align: 'right', render: (_, row) => row.questions },
                { title: t.columns.orders, align: 'right', render: (_, row) => row.orders },
                { title: t.columns.units, align: 'right', render: (_, row) => `${row.units} ${row.unit}` },
                { title: t.columns.paid, align: 'right', render: (_, row) => <Money fen={row.paidFen} /> },
                { title: t.columns.refunded, align: 'right', render: (_, row) => <Money fen={row.refundedFen} /> },
                {
                  title: t.columns.perMinute,
                  align: 'right',
                  render: (_, row) => (row.perMinuteFen === null ? texts.common.none : <Money fen={row.perMinuteFen} />),
                },
              ]}
            />
            <p className="hint small">{t.definition(data.freightFen / 100)}</p>
          </div>
        )}
      </Answer>
    </section>
  )
}
