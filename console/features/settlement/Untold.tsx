import { dayAndTime } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { askAgain } from '@/lib/query.ts'
import { texts } from '@/lib/texts.ts'
import { type Outputs, trpc } from '@/lib/trpc.ts'
import { Table } from '@/ui/Table.tsx'
import { useAct } from '@/ui/useAct.ts'

const t = texts.parkMoney.untold
type Refused = Outputs['park']['shipping']['refused'][number]

/** Parcels that WeChat would not hear of, so that it keeps the shop's money; draws nothing when there are none. */
export function Untold() {
  const list = useQuery({
    queryKey: ['park', 'untold'],
    queryFn: ({ signal }) => trpc.park.shipping.refused.query(undefined, { signal }),
    refetchInterval: 60_000,
  })
  if (!list.data || list.data.length === 0) return null
  return (
    <section className="card flush">
      <div className="card-head" style={{ padding: '16px 24px 0' }}>
        <h2>{t.title}</h2>
        <p className="hint">{t.hint}</p>
      </div>
      <Table
        rowKey="id"
        dataSource={list.data}
        columns={[
          { title: t.columns.shop, render: (_, row) => row.shopName },
          { title: t.columns.no, render: (_, row) => <code className="wrap small">{row.subOrderNo}</code> },
          { title: t.columns.why, render: (_, row) => t.whys[row.why] ?? t.code(row.why) },
          { title: t.columns.since, width: 140, render: (_, row) => dayAndTime(row.since) },
          { title: t.columns.acts, width: 120, render: (_, row) => <Again notice={row} /> },
        ]}
      />
    </section>
  )
}

function Again({ notice }: { notice: Refused }) {
  const again = useAct(() => trpc.park.shipping.tellAgain.mutate({ noticeId: notice.id }), {
    done: t.again,
    after: () => askAgain(['park', 'untold']),
    failed: () => askAgain(['park', 'untold']),
  })
  return (
    <Button size="small" loading={again.isPending} onClick={() => again.mutate()}>
      {t.tell}
    </Button>
  )
}
