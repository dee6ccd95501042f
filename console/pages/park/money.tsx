import { accounts } from '@shared/settlement/words.ts'
import { useQuery } from '@tanstack/react-query'
import { Audit } from '@/features/settlement/Audit.tsx'
import { BillDays, Differences } from '@/features/settlement/Bills.tsx'
import { Equation } from '@/features/settlement/Equation.tsx'
import { Stuck } from '@/features/settlement/Stuck.tsx'
import { TaxReport } from '@/features/settlement/TaxReport.tsx'
import { Untold } from '@/features/settlement/Untold.tsx'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Money } from '@/ui/Money.tsx'
import { Page } from '@/ui/Page.tsx'
import { Answer, Bones, Empty } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'

/** Where the park's money is, in all and by shop. */
export function Component() {
  const overview = useQuery({
    queryKey: ['park', 'money'],
    queryFn: ({ signal }) => trpc.park.settlement.overview.query(undefined, { signal }),
    refetchInterval: 30_000,
  })
  return (
    <Page title={texts.parkMoney.title}>
      <Answer query={overview} bones={<Bones rows={3} height={96} />}>
        {(sums) => (
          <div className="stack">
            <section className="card">
              <div className="card-head">
                <h2>{texts.money.equation}</h2>
              </div>
              <Equation
                paid={{ words: texts.money.paid, fen: sums.paidFen }}
                parts={[
                  { words: accounts.held, fen: sums.heldFen, hint: texts.money.heldHint },
                  { words: accounts.shopDue, fen: sums.dueFen, hint: texts.money.dueHint },
                  { words: accounts.shop, fen: sums.earnedFen, hint: texts.money.earnedHint },
                  { words: accounts.commission, fen: sums.commissionFen },
                  { words: accounts.channelFee, fen: sums.channelFeeFen, hint: texts.money.feeHint },
                  { words: accounts.refunded, fen: sums.refundedFen },
                  ...(sums.suspenseFen ? [{ words: accounts.suspense, fen: sums.suspenseFen }] : []),
                ]}
              />
            </section>
            <Stuck />
            <Untold />
            <Audit />
            <Differences />
            <BillDays />
            <TaxReport />
            <section className="card flush">
              <div className="card-head" style={{ padding: '16px 24px 0' }}>
                <h2>{texts.parkMoney.byShop}</h2>
              </div>
              {sums.byShop.length === 0 ? (
                <Empty title={texts.parkMoney.empty[0]} hint={texts.parkMoney.empty[1]} />
              ) : (
                <Table
                  rowKey={(row) => row.shop.id}
                  dataSource={sums.byShop}
                  columns={[
                    { title: texts.parkMoney.columns.shop, render: (_, row) => row.shop.name },
                    { title: texts.parkMoney.columns.paid, align: 'right', render: (_, row) => <Money fen={row.paidFen} /> },
                    { title: accounts.held, align: 'right', render: (_, row) => <Money fen={row.heldFen} /> },
                    { title: accounts.shopDue, align: 'right', render: (_, row) => <Money fen={row.dueFen} /> },
                    { title: accounts.shop, align: 'right', render: (_, row) => <Money fen={row.earnedFen} /> },
                    { title: accounts.commission, align: 'right', render: (_, row) => <Money fen={row.commissionFen} /> },
                    { title: accounts.refunded, align: 'right', render: (_, row) => <Money fen={row.refundedFen} /> },
                  ]}
                />
              )}
            </section>
          </div>
        )}
      </Answer>
    </Page>
  )
}
