import { dayAndTime } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Mark } from '@/ui/Mark.tsx'
import { Money } from '@/ui/Money.tsx'
import { Table } from '@/ui/Table.tsx'

const t = texts.parkMoney.stuck

/** Money that does not go on by itself; draws nothing when there is none. */
export function Stuck() {
  const list = useQuery({
    queryKey: ['park', 'stuck'],
    queryFn: ({ signal }) => trpc.park.settlement.stuck.query(undefined, { signal }),
    refetchInterval: 60_000,
  })
  if (!list.data || list.data.length === 0) return null
  return (
    <section className="card flush">
      <div className="card-head" style={{ padding: '16px 24px 0' }}>
        <h2>{t.title}</h2>
      </div>
      <Table
        rowKey="no"
        dataSource={list.data}
        columns={[
          { title: t.columns.kind, width: 110, render: (_, row) => <Mark tone="alarm">{t.kinds[row.kind]}</Mark> },
          { title: t.columns.what, render: (_, row) => row.words },
          { title: t.columns.shop, render: (_, row) => row.shop ?? texts.common.none },
          {
            title: t.columns.amount,
            align: 'right',
            render: (_, row) => (row.amountFen === null ? texts.common.none : <Money fen={row.amountFen} />),
          },
          { title: t.columns.since, width: 140, render: (_, row) => dayAndTime(row.since) },
          { title: t.columns.no, render: (_, row) => <code className="wrap small">{row.no}</code> },
        ]}
      />
    </section>
  )
}
