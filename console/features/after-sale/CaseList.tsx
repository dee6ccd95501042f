import type { AfterSaleId, ShopId } from '@shared/ids.ts'
import { dayAndTime } from '@shared/time.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { texts } from '@/lib/texts.ts'
import { Mark } from '@/ui/Mark.tsx'
import { Money } from '@/ui/Money.tsx'
import { Answer, Bones, Empty, More } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'
import { CaseDrawer } from './CaseDrawer.tsx'
import { type CaseFilter, caseFilters, casesOptions } from './queries.ts'

const t = texts.afterSale

/** Cases by whose turn it is; one opens beside the list. `shopId` null: those of all shops, at the park's desk. */
export function CaseList({ shopId, mayServe }: { shopId: ShopId | null; mayServe: boolean }) {
  const [search, setSearch] = useSearchParams()
  const asked = search.get('turn') as CaseFilter | null
  const first: CaseFilter = shopId ? 'ours' : 'park'
  const turn = asked && caseFilters.includes(asked) ? asked : first
  const one = search.get('one') as AfterSaleId | null
  const list = useInfiniteQuery(casesOptions(shopId, turn))
  const counts = list.data?.pages[0]?.counts
  const tabs: CaseFilter[] = shopId ? ['ours', 'theirs', 'park', 'over'] : ['park', 'ours', 'theirs', 'over']
  return (
    <div className="card flush">
      <Tabs
        activeKey={turn}
        onChange={(next) => setSearch({ turn: next })}
        tabBarStyle={{ padding: '0 24px', margin: 0 }}
        items={tabs.map((key) => ({ key, label: counts && key !== 'over' ? `${t.turns[key]} ${counts[key]}` : t.turns[key] }))}
      />
      <Answer query={list} bones={<Bones rows={5} height={56} />}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.rows)
          if (rows.length === 0) return <Empty title={t.empty[turn][0]} hint={t.empty[turn][1]} />
          return (
            <>
              <Table
                rowKey="id"
                dataSource={rows}
                columns={[
                  {
                    title: t.columns.what,
                    render: (_, row) => (
                      <span className="stack-s" style={{ gap: 0 }}>
                        <span>{`${row.kindWords} · ${row.reason}`}</span>
                        <span className="hint small">{shopId ? row.buyerNickname : `${row.buyerNickname} → ${row.shopName}`}</span>
                      </span>
                    ),
                  },
                  {
                    title: t.columns.state,
                    width: 150,
                    render: (_, row) => (
                      <Mark tone={row.state === 'atPark' ? 'alarm' : turn === 'over' ? 'plain' : 'liquor'}>{row.stateWords}</Mark>
                    ),
                  },
                  { title: t.columns.opened, width: 150, render: (_, row) => dayAndTime(row.openedAt) },
                  {
                    title: turn === 'over' ? t.columns.refunded : t.columns.due,
                    width: 150,
                    render: (_, row) =>
                      turn === 'over' ? (
                        row.refundedFen > 0 ? (
                          <Money fen={row.refundedFen} />
                        ) : (
                          texts.common.none
                        )
                      ) : row.dueAt === null ? (
                        texts.common.none
                      ) : (
                        <span className={row.dueAt < Date.now() ? 'field-wrong' : undefined}>{dayAndTime(row.dueAt)}</span>
                      ),
                  },
                  {
                    title: t.columns.acts,
                    width: 96,
                    render: (_, row) => (
                      <Button size="small" onClick={() => setSearch({ turn, one: row.id })}>
                        {t.open}
                      </Button>
                    ),
                  },
                ]}
              />
              <More query={list} />
            </>
          )
        }}
      </Answer>
      {one ? <CaseDrawer key={one} shopId={shopId} afterSaleId={one} mayServe={mayServe} onClose={() => setSearch({ turn })} /> : null}
    </div>
  )
}
