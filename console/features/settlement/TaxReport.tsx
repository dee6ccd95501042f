import { quarterOf } from '@shared/settlement/periods.ts'
import { businessDay, type Instant } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { saveWorkbook } from '@/lib/save.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Money } from '@/ui/Money.tsx'
import { Answer, Bones, Empty } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'
import { useAct } from '@/ui/useAct.ts'

const t = texts.parkMoney.tax

/** The last eight quarters, the present one first. */
const quarters = (): string[] => {
  const now = quarterOf(businessDay(Date.now() as Instant).slice(0, 7))
  const [year, q] = [Number(now.slice(0, 4)), Number(now.slice(5))]
  return Array.from({ length: 8 }, (_, i) => {
    const n = year * 4 + q - 1 - i
    return `${Math.floor(n / 4)}Q${(n % 4) + 1}`
  })
}

/** What is reported of the tenants' income for a quarter; the page is the file. */
export function TaxReport() {
  const [choices] = useState(quarters)
  const [quarter, setQuarter] = useState(choices[0] ?? '')
  const report = useQuery({
    queryKey: ['park', 'tax', quarter],
    queryFn: ({ signal }) => trpc.park.settlement.taxReport.query({ quarter }, { signal }),
  })
  const file = useAct(() => trpc.park.settlement.taxFile.query({ quarter }), { after: saveWorkbook, done: t.saved })
  return (
    <section className="card flush">
      <div className="card-head row row-apart" style={{ padding: '16px 24px 8px' }}>
        <h2>{t.title}</h2>
        <span className="row">
          <Select
            aria-label={t.quarter}
            style={{ width: 130 }}
            value={quarter}
            options={choices.map((value) => ({ value, label: value }))}
            onChange={setQuarter}
          />
          <Button loading={file.isPending} onClick={() => file.mutate(undefined)}>
            {t.save}
          </Button>
        </span>
      </div>
      <p className="hint" style={{ padding: '0 24px 8px' }}>
        {t.hint}
      </p>
      <Answer query={report} bones={<Bones rows={4} height={40} />}>
        {(data) =>
          data.tenants.length === 0 ? (
            <Empty title={t.empty[0]} hint={t.empty[1]} />
          ) : (
            <Table
              rowKey="shopId"
              dataSource={data.tenants}
              columns={[
                {
                  title: t.columns.tenant,
                  render: (_, row) => (
                    <span className="stack-s" style={{ gap: 0 }}>
                      <span>{row.tenant}</span>
                      <span className="hint small">{row.uscc === '' ? t.selfGrown : row.uscc}</span>
                    </span>
                  ),
                },
                { title: t.columns.orders, align: 'right', dataIndex: 'orders' },
                { title: t.columns.income, align: 'right', render: (_, row) => <Money fen={row.incomeFen} /> },
                { title: t.columns.refunded, align: 'right', render: (_, row) => <Money fen={row.refundedFen} /> },
                { title: t.columns.net, align: 'right', render: (_, row) => <Money fen={row.netFen} /> },
                { title: t.columns.commission, align: 'right', render: (_, row) => <Money fen={row.commissionFen} /> },
              ]}
            />
          )
        }
      </Answer>
    </section>
  )
}
