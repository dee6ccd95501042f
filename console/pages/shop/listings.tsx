import { PlusOutlined } from '@ant-design/icons'
import { classWords, type ShopAct, shopActWords } from '@shared/catalogue/words.ts'
import { dayAndTime, type Instant } from '@shared/time.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Tabs } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { type ListingRow, listingsOptions, type Shelf } from '@/features/catalogue/queries.ts'
import { StockDialog } from '@/features/catalogue/StockDialog.tsx'
import { ReviewMark, ShelfMark } from '@/features/catalogue/words.tsx'
import { mayWrite, onTheSet } from '@/lib/may.ts'
import { askAgain } from '@/lib/query.ts'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { Money } from '@/ui/Money.tsx'
import { Page } from '@/ui/Page.tsx'
import { Photo } from '@/ui/Photo.tsx'
import { Answer, Bones, Empty, More } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'
import { useAct, useAsk } from '@/ui/useAct.ts'

const shelves = ['onShelf', 'draft', 'offShelf'] as const satisfies readonly Shelf[]
type Tab = Shelf | 'all'
const isTab = (text: string | null): text is Tab => text === 'all' || (shelves as readonly (string | null)[]).includes(text)

/** The listings of a shop, by shelf. */
export function Component() {
  const { shopId, role } = useShop()
  const [search, setSearch] = useSearchParams()
  const navigate = useNavigate()
  const asked = search.get('shelf')
  const tab: Tab = isTab(asked) ? asked : 'all'
  const listings = useInfiniteQuery(listingsOptions(shopId, tab === 'all' ? undefined : tab))
  const counts = listings.data?.pages[0]?.counts
  const [emptyTitle, emptyHint] = texts.listings.empty[tab]
  const [counting, setCounting] = useState<ListingRow | null>(null)
  const add = mayWrite(role) ? (
    <span className="row">
      <Button onClick={() => void navigate(`/shop/${shopId}/listings/import`)}>{texts.listings.import}</Button>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(`/shop/${shopId}/listings/new`)}>
        {texts.listings.add}
      </Button>
    </span>
  ) : null
  return (
    <Page
      title={texts.listings.title}
      aside={counts && counts.inReview > 0 ? <span className="hint">{texts.listings.inReview(counts.inReview)}</span> : null}
      acts={add}
    >
      <div className="card flush">
        <Tabs
          activeKey={tab}
          onChange={(shelf) => setSearch({ shelf })}
          tabBarStyle={{ padding: '0 24px', margin: 0 }}
          items={[
            { key: 'all', label: texts.listings.tabs.all },
            ...shelves.map((shelf) => ({
              key: shelf,
              label: counts ? `${texts.listings.tabs[shelf]} ${counts[shelf]}` : texts.listings.tabs[shelf],
            })),
          ]}
        />
        <Answer query={listings} bones={<Bones rows={6} height={64} />}>
          {(data) => {
            const rows = data.pages.flatMap((page) => page.rows)
            if (rows.length === 0)
              return (
                <Empty title={emptyTitle} hint={emptyHint}>
                  {tab === 'all' || tab === 'draft' ? add : null}
                </Empty>
              )
            return (
              <>
                <Table
                  rowKey="id"
                  dataSource={rows}
                  columns={[
                    {
                      title: texts.listings.columns.item,
                      render: (_, row) => (
                        <span className="item" style={{ width: 380 }}>
                          <Photo picture={row.picture} size={56} />
                          <span className="grow">
                            <Link to={`/shop/${shopId}/listings/${row.id}`} className="clip2">
                              {row.title || texts.listings.untitled}
                            </Link>
                            {row.offBecause ? <span className="field-wrong clip2">{texts.listings.offBecause(row.offBecause)}</span> : null}
                            {row.productClass ? <span className="hint small">{classWords[row.productClass]}</span> : null}
                            {row.review === 'rejected' && row.reasons ? (
                              <span className="field-wrong clip2">
                                {texts.listings.rejected}：{row.reasons}
                              </span>
                            ) : null}
                          </span>
                        </span>
                      ),
                    },
                    {
                      title: texts.listings.columns.state,
                      render: (_, row) => (
                        <span className="stack-s" style={{ gap: 0 }}>
                          <ShelfMark shelf={row.shelf} />
                          {row.review === 'approved' || (row.shelf === 'draft' && row.review === 'draft') ? null : (
                            <ReviewMark review={row.review} />
                          )}
                        </span>
                      ),
                    },
                    {
                      title: texts.listings.columns.price,
                      align: 'right',
                      render: (_, row) => (row.priceFen === null ? texts.common.none : <Money fen={row.priceFen} />),
                    },
                    {
                      title: texts.listings.columns.skus,
                      render: (_, row) =>
                        row.skus.length === 0
                          ? texts.common.none
                          : row.skus.map((sku) => (
                              <span key={sku.id} className="sku-left nowrap">
                                {texts.listings.skuLeft(sku.name, sku.left, sku.unit)}
                              </span>
                            )),
                    },
                    {
                      title: texts.listings.columns.updated,
                      render: (_, row) => <span className="hint">{dayAndTime(row.updatedAt as Instant)}</span>,
                    },
                    { title: texts.listings.columns.acts, fixed: 'right', render: (_, row) => <Acts row={row} onStock={setCounting} /> },
                  ]}
                />
                <More query={listings} />
              </>
            )
          }}
        </Answer>
      </div>
      {counting ? <StockDialog shopId={shopId} listingId={counting.id} title={counting.title} onClose={() => setCounting(null)} /> : null}
    </Page>
  )
}

function Acts({ row, onStock }: { row: ListingRow; onStock: (row: ListingRow) => void }) {
  const { shopId, role } = useShop()
  const navigate = useNavigate()
  const ask = useAsk()
  const after = { after: () => askAgain(['catalogue', shopId]) }
  const input = { shopId, listingId: row.id }
  const takeOff = useAct(() => trpc.shop.catalogue.takeOff.mutate(input), { ...after, done: texts.listings.done.takeOff })
  const putOn = useAct(() => trpc.shop.catalogue.putOn.mutate(input), { ...after, done: texts.listings.done.putOn })
  const may = (act: ShopAct): boolean => row.acts.includes(act) && (act === 'changeStock' ? onTheSet(role) : mayWrite(role))
  return (
    <span className="row" style={{ flexWrap: 'nowrap' }}>
      <Button size="small" onClick={() => void navigate(`/shop/${shopId}/listings/${row.id}`)}>
        {may('saveDraft') ? texts.listings.edit : texts.listings.view}
      </Button>
      {may('changeStock') ? (
        <Button size="small" onClick={() => onStock(row)}>
          {shopActWords.changeStock}
        </Button>
      ) : null}
      {may('putOn') ? (
        <Button size="small" loading={putOn.isPending} onClick={() => putOn.mutate(undefined)}>
          {shopActWords.putOn}
        </Button>
      ) : null}
      {may('takeOff') ? (
        <Button
          size="small"
          onClick={() =>
            ask({
              title: texts.listings.takeOffAsk(row.title),
              hint: texts.listings.takeOffHint,
              ok: shopActWords.takeOff,
              cancel: texts.common.cancel,
              act: () => takeOff.mutateAsync(undefined),
            })
          }
        >
          {shopActWords.takeOff}
        </Button>
      ) : null}
    </span>
  )
}
