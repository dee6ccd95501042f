import type { SubOrderId } from '@shared/ids.ts'
import { subOrderStateWords } from '@shared/orders/words.ts'
import { dayAndTime, type Instant } from '@shared/time.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Tabs } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { OrderDrawer } from '@/features/orders/OrderDrawer.tsx'
import { PickList } from '@/features/orders/PickList.tsx'
import { type OrderState, ordersOptions, type ShopOrder } from '@/features/orders/queries.ts'
import { ShipDialog } from '@/features/orders/ShipDialog.tsx'
import { ShipManyDialog } from '@/features/orders/ShipManyDialog.tsx'
import { OrderMark, ShipBy } from '@/features/orders/words.tsx'
import { mayShip } from '@/lib/may.ts'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { Money } from '@/ui/Money.tsx'
import { Page } from '@/ui/Page.tsx'
import { Photo } from '@/ui/Photo.tsx'
import { Answer, Bones, Empty, More } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'

const states = ['toShip', 'shipped', 'completed', 'unpaid', 'closed'] as const satisfies readonly OrderState[]
type Tab = OrderState | 'all'
const isTab = (text: string | null): text is Tab => text === 'all' || (states as readonly (string | null)[]).includes(text)

/** The orders of a shop, by state; one opens beside the list. */
export function Component() {
  const { shopId, role } = useShop()
  const [search, setSearch] = useSearchParams()
  const asked = search.get('state')
  const tab: Tab = isTab(asked) ? asked : 'toShip'
  const one = search.get('one') as SubOrderId | null
  const [over, setOver] = useState<'picks' | 'many' | null>(null)
  const [shipping, setShipping] = useState<ShopOrder | null>(null)
  const orders = useInfiniteQuery(ordersOptions(shopId, tab === 'all' ? undefined : tab))
  const counts = orders.data?.pages[0]?.counts
  const go = (next: { state: string; one?: string }): void => setSearch(next)
  const [emptyTitle, emptyHint] = texts.orders.empty[tab]
  return (
    <Page
      title={texts.orders.title}
      acts={
        <span className="row">
          <Button onClick={() => setOver('picks')}>{texts.orders.picks.open}</Button>
          {mayShip(role) ? (
            <Button type="primary" onClick={() => setOver('many')}>
              {texts.orders.many.open}
            </Button>
          ) : null}
        </span>
      }
    >
      {over === 'picks' ? <PickList shopId={shopId} onClose={() => setOver(null)} /> : null}
      {over === 'many' ? <ShipManyDialog shopId={shopId} onClose={() => setOver(null)} /> : null}
      <div className="card flush">
        <Tabs
          activeKey={tab}
          onChange={(state) => go({ state })}
          tabBarStyle={{ padding: '0 24px', margin: 0 }}
          items={[
            ...states.map((state) => ({
              key: state,
              label: counts ? `${subOrderStateWords[state]} ${counts[state]}` : subOrderStateWords[state],
            })),
            { key: 'all', label: texts.common.all },
          ]}
        />
        <Answer query={orders} bones={<Bones rows={6} height={64} />}>
          {(data) => {
            const rows = data.pages.flatMap((page) => page.rows)
            if (rows.length === 0) return <Empty title={emptyTitle} hint={emptyHint} />
            return (
              <>
                <Table
                  rowKey="id"
                  dataSource={rows}
                  columns={[
                    {
                      title: texts.orders.columns.goods,
                      render: (_, order) => (
                        <span className="item" style={{ width: 340 }}>
                          <Photo picture={order.lines[0]?.picture ?? null} size={48} />
                          <span className="grow">
                            <span className="clip2">{order.lines[0]?.title}</span>
                            <span className="hint small">
                              × {order.lines[0]?.quantity} {order.lines[0]?.unit}
                              {order.lines.length > 1 ? ` ${texts.orders.more(order.lines.length)}` : ''}
                            </span>
                          </span>
                        </span>
                      ),
                    },
                    { title: texts.orders.columns.paid, align: 'right', render: (_, order) => <Money fen={order.payableFen} /> },
                    {
                      title: texts.orders.columns.state,
                      render: (_, order) => (
                        <span className="stack-s" style={{ gap: 0 }}>
                          <OrderMark state={order.state} />
                          <ShipBy order={order} />
                        </span>
                      ),
                    },
                    {
                      title: texts.orders.columns.order,
                      render: (_, order) => (
                        <span className="stack-s" style={{ gap: 0 }}>
                          <span>{order.subOrderNo}</span>
                          <span className="hint small">
                            {dayAndTime(order.placedAt as Instant)}
                            {order.liveSessionId ? ` · ${texts.orders.fromLive}` : ''}
                          </span>
                        </span>
                      ),
                    },
                    {
                      title: texts.orders.columns.acts,
                      fixed: 'right',
                      render: (_, order) => (
                        <span className="row" style={{ flexWrap: 'nowrap' }}>
                          {order.acts.includes('ship') && mayShip(role) ? (
                            <Button type="primary" size="small" onClick={() => setShipping(order)}>
                              {texts.orders.ship}
                            </Button>
                          ) : null}
                          <Button size="small" onClick={() => go({ state: tab, one: order.id })}>
                            {texts.orders.view}
                          </Button>
                        </span>
                      ),
                    },
                  ]}
                />
                <More query={orders} />
              </>
            )
          }}
        </Answer>
      </div>
      {one ? (
        <OrderDrawer
          key={one}
          shopId={shopId}
          subOrderId={one}
          onShip={mayShip(role) ? setShipping : null}
          onClose={() => go({ state: tab })}
        />
      ) : null}
      {shipping ? <ShipDialog shopId={shopId} order={shipping} onClose={() => setShipping(null)} /> : null}
    </Page>
  )
}
