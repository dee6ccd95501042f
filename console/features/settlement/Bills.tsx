import type { DifferenceId } from '@shared/ids.ts'
import { differenceWords } from '@shared/settlement/words.ts'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Mark } from '@/ui/Mark.tsx'
import { Money } from '@/ui/Money.tsx'
import { ReasonDialog } from '@/ui/ReasonDialog.tsx'
import { Answer, Bones, Empty, More } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'

const t = texts.parkMoney

/** The bills of the last days, and whether our books agree with each. */
export function BillDays() {
  const days = useQuery({
    queryKey: ['park', 'bills', 'days'],
    queryFn: ({ signal }) => trpc.park.settlement.billDays.query(undefined, { signal }),
  })
  return (
    <section className="card flush">
      <div className="card-head" style={{ padding: '16px 24px 0' }}>
        <h2>{t.bills}</h2>
        <span className="hint">{t.billsHint}</span>
      </div>
      <Answer query={days} bones={<Bones rows={3} height={36} />}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t.billsEmpty[0]} hint={t.billsEmpty[1]} />
          ) : (
            <Table
              rowKey="day"
              dataSource={rows}
              columns={[
                { title: t.billColumns.day, dataIndex: 'day' },
                { title: t.billColumns.lines, dataIndex: 'lines', align: 'right' },
                { title: t.billColumns.payments, align: 'right', render: (_, row) => <Money fen={row.paymentsFen} /> },
                { title: t.billColumns.refunds, align: 'right', render: (_, row) => <Money fen={row.refundsFen} /> },
                { title: t.billColumns.fee, align: 'right', render: (_, row) => <Money fen={row.feeFen} /> },
                {
                  title: t.billColumns.open,
                  render: (_, row) => <Mark tone={row.open ? 'alarm' : 'leaf'}>{row.open ? t.differ(row.open) : t.agrees}</Mark>,
                },
              ]}
            />
          )
        }
      </Answer>
    </section>
  )
}

/** What differs between our books and the bills, for a person to find out why. */
export function Differences() {
  const client = useQueryClient()
  const [open, setOpen] = useState<DifferenceId>()
  const found = useInfiniteQuery({
    queryKey: ['park', 'bills', 'differences'],
    queryFn: ({ pageParam, signal }) => trpc.park.settlement.differences.query({ state: 'open', cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  return (
    <section className="card flush">
      <div className="card-head" style={{ padding: '16px 24px 0' }}>
        <h2>{t.differences}</h2>
      </div>
      <Answer query={found} bones={<Bones rows={3} height={36} />}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.rows)
          if (rows.length === 0) return <Empty title={t.differencesEmpty[0]} hint={t.differencesEmpty[1]} />
          const money = (amount: number | null) => (amount === null ? '—' : <Money fen={amount} />)
          return (
            <>
              <Table
                rowKey="id"
                dataSource={rows}
                columns={[
                  { title: t.differenceColumns.day, dataIndex: 'day' },
                  { title: t.differenceColumns.kind, render: (_, row) => <Mark tone="alarm">{differenceWords[row.kind]}</Mark> },
                  { title: t.differenceColumns.line, render: (_, row) => t.line[row.line] },
                  { title: t.differenceColumns.no, dataIndex: 'no' },
                  { title: t.differenceColumns.shop, render: (_, row) => row.shop?.name ?? '—' },
                  { title: t.differenceColumns.ours, align: 'right', render: (_, row) => money(row.oursFen) },
                  { title: t.differenceColumns.theirs, align: 'right', render: (_, row) => money(row.theirsFen) },
                  { title: '', render: (_, row) => <Button onClick={() => setOpen(row.id)}>{t.explain}</Button> },
                ]}
              />
              <More query={found} />
            </>
          )
        }}
      </Answer>
      {open ? (
        <ReasonDialog
          title={t.explain}
          hint={t.explainHint}
          act={t.explain}
          quick={t.explainQuick}
          least={4}
          most={300}
          onAct={async (words) => {
            await trpc.park.settlement.explainDifference.mutate({ differenceId: open, words })
            await client.invalidateQueries({ queryKey: ['park', 'bills'] })
          }}
          onClose={() => setOpen(undefined)}
        />
      ) : null}
    </section>
  )
}
