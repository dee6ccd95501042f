import { accounts } from '@shared/settlement/words.ts'
import { dayAndTime, type Instant } from '@shared/time.ts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Equation } from '@/features/settlement/Equation.tsx'
import { entriesOptions, summaryOptions } from '@/features/settlement/queries.ts'
import { Statement } from '@/features/settlement/Statement.tsx'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Money } from '@/ui/Money.tsx'
import { Page } from '@/ui/Page.tsx'
import { Answer, Bones, Empty, More } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'

/** Where the shop's money is, and every movement of it. */
export function Component() {
  const { shopId } = useShop()
  const summary = useQuery(summaryOptions(shopId))
  const entries = useInfiniteQuery(entriesOptions(shopId))
  const shop = useQuery({
    queryKey: ['shop', shopId],
    queryFn: ({ signal }) => trpc.shop.tenants.shop.query({ shopId }, { signal }),
    staleTime: 60_000,
  })
  const rate = shop.data ? texts.money.commissionHint(`${shop.data.commissionBp / 100}%`) : ''
  return (
    <Page title={texts.money.title}>
      <div className="stack">
        <section className="card">
          <div className="card-head">
            <h2>{texts.money.equation}</h2>
          </div>
          <Answer query={summary} bones={<Bones rows={1} height={72} />}>
            {(sums) => (
              <Equation
                paid={{ words: texts.money.paid, fen: sums.paidFen }}
                parts={[
                  { words: accounts.held, fen: sums.heldFen, hint: texts.money.heldHint },
                  { words: accounts.shopDue, fen: sums.dueFen, hint: texts.money.dueHint },
                  { words: accounts.shop, fen: sums.earnedFen, hint: texts.money.earnedHint },
                  { words: accounts.commission, fen: sums.commissionFen, hint: rate },
                  { words: accounts.channelFee, fen: sums.channelFeeFen, hint: texts.money.feeHint },
                  { words: accounts.refunded, fen: sums.refundedFen },
                  ...(sums.suspenseFen ? [{ words: accounts.suspense, fen: sums.suspenseFen }] : []),
                ]}
              />
            )}
          </Answer>
        </section>
        <Statement shopId={shopId} />
        <section className="card flush">
          <div className="card-head" style={{ padding: '16px 24px 0' }}>
            <h2>{texts.money.entries}</h2>
          </div>
          <Answer query={entries} bones={<Bones rows={6} height={36} />}>
            {(data) => {
              const rows = data.pages.flatMap((page) => page.rows)
              if (rows.length === 0) return <Empty title={texts.money.empty[0]} hint={texts.money.empty[1]} />
              return (
                <>
                  <Table
                    rowKey="id"
                    dataSource={rows}
                    columns={[
                      { title: texts.money.columns.at, render: (_, row) => dayAndTime(row.at as Instant) },
                      { title: texts.money.columns.words, dataIndex: 'words' },
                      { title: texts.money.columns.account, render: (_, row) => accounts[row.account] },
                      { title: texts.money.columns.delta, align: 'right', render: (_, row) => <Money fen={row.deltaFen} sign /> },
                      {
                        title: texts.money.columns.order,
                        render: (_, row) => (
                          <Link to={`/shop/${shopId}/orders?state=all&one=${row.subOrderId}`}>{texts.money.toOrder}</Link>
                        ),
                      },
                    ]}
                  />
                  <More query={entries} />
                </>
              )
            }}
          </Answer>
        </section>
      </div>
    </Page>
  )
}
