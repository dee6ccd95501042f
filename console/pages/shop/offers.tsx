import { PlusOutlined } from '@ant-design/icons'
import type { ListingId, OfferId, ShopId } from '@shared/ids.ts'
import { MAX_QUANTITY } from '@shared/orders/limits.ts'
import { dayAndTime } from '@shared/time.ts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { listingsOptions } from '@/features/catalogue/queries.ts'
import { FreightForm } from '@/features/freight/FreightForm.tsx'
import { sessionsOptions } from '@/features/live/queries.ts'
import { type Choices, OfferDialog } from '@/features/promotions/OfferDialog.tsx'
import { OfferTable } from '@/features/promotions/OfferTable.tsx'
import { limitsOptions, offersOptions, parkOffersOptions } from '@/features/promotions/queries.ts'
import { mayWrite } from '@/lib/may.ts'
import { askAgain } from '@/lib/query.ts'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { WholeInput } from '@/ui/inputs.tsx'
import { Mark } from '@/ui/Mark.tsx'
import { Page } from '@/ui/Page.tsx'
import { Photo } from '@/ui/Photo.tsx'
import { Answer, Bones, Empty, More } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'
import { useAct } from '@/ui/useAct.ts'

const t = texts.offers
const tabs = ['own', 'parks', 'limits', 'freight'] as const
type Tab = (typeof tabs)[number]

/** What a shop takes off, whether it takes part in the park's offers, how much one may buy, and what sending costs. */
export function Component() {
  const { shopId, role } = useShop()
  const [search, setSearch] = useSearchParams()
  const asked = search.get('tab') as Tab | null
  const tab: Tab = asked && tabs.includes(asked) ? asked : 'own'
  const [making, setMaking] = useState(false)
  const writes = mayWrite(role)
  return (
    <Page
      title={t.title}
      aside={
        <span className="hint">
          {tab === 'freight' ? t.freight.hint : tab === 'limits' ? t.limits.hint : tab === 'parks' ? t.parkHint : t.rule}
        </span>
      }
      acts={
        writes && tab === 'own' ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
            {t.make}
          </Button>
        ) : null
      }
    >
      <div className="stack">
        <div>
          <Segmented
            value={tab}
            onChange={(next) => setSearch({ tab: next })}
            options={tabs.map((value) => ({ value, label: t.tabs[value] }))}
          />
        </div>
        {tab === 'own' ? <Own shopId={shopId} /> : null}
        {tab === 'parks' ? <Parks shopId={shopId} mayJoin={role === 'owner'} /> : null}
        {tab === 'limits' ? <Limits shopId={shopId} mayWrite={writes} /> : null}
        {tab === 'freight' ? <Freight shopId={shopId} mayWrite={writes} /> : null}
      </div>
      {making ? <Making shopId={shopId} onClose={() => setMaking(false)} /> : null}
    </Page>
  )
}

function Own({ shopId }: { shopId: ShopId }) {
  const list = useInfiniteQuery(offersOptions(shopId))
  return (
    <div className="card flush">
      <Answer query={list} bones={<Bones rows={4} height={56} />}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.rows)
          return rows.length === 0 ? (
            <Empty title={t.none[0]} hint={t.none[1]} />
          ) : (
            <>
              <OfferTable shopId={shopId} rows={rows} />
              <More query={list} />
            </>
          )
        }}
      </Answer>
    </div>
  )
}

/** The dialog with what may be chosen in it: what is on the shelf, and the sessions to come. */
function Making({ shopId, onClose }: { shopId: ShopId; onClose: () => void }) {
  const listings = useInfiniteQuery(listingsOptions(shopId, 'onShelf'))
  const sessions = useInfiniteQuery(sessionsOptions(shopId))
  const choices: Choices = {
    skus: (listings.data?.pages ?? []).flatMap((p) =>
      p.rows.flatMap((row) => row.skus.map((sku) => ({ value: sku.id, label: `${row.title} · ${sku.name}` }))),
    ),
    sessions: (sessions.data?.pages ?? []).flatMap((p) =>
      p.rows.flatMap((s) =>
        s.state === 'ended' || s.state === 'cancelled' ? [] : [{ value: s.id, label: `${s.title} · ${dayAndTime(s.startsAt)}` }],
      ),
    ),
  }
  return <OfferDialog shopId={shopId} choices={choices} onClose={onClose} />
}

function Parks({ shopId, mayJoin }: { shopId: ShopId; mayJoin: boolean }) {
  const list = useQuery(parkOffersOptions(shopId))
  const turn = useAct(
    ({ offerId, takes }: { offerId: OfferId; takes: boolean }) => trpc.shop.promotions.takePart.mutate({ shopId, offerId, takes }),
    {
      done: (_, { takes }) => (takes ? t.joined : t.left),
      after: () => askAgain(['offers', shopId]),
    },
  )
  return (
    <div className="card flush">
      <Answer query={list} bones={<Bones rows={3} height={56} />}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t.parksNone[0]} hint={t.parksNone[1]} />
          ) : (
            <Table
              rowKey="id"
              dataSource={rows}
              columns={[
                {
                  title: t.columns.offer,
                  render: (_, row) => (
                    <span className="stack-s" style={{ gap: 0 }}>
                      <span>{row.title}</span>
                      <span className="hint small">{row.words}</span>
                    </span>
                  ),
                },
                { title: t.columns.when, width: 220, render: (_, row) => `${dayAndTime(row.startsAt)} – ${dayAndTime(row.endsAt)}` },
                {
                  title: t.columns.acts,
                  width: 180,
                  render: (_, row) => (
                    <span className="row">
                      {row.takesPart ? <Mark tone="leaf">{t.takesPart}</Mark> : null}
                      {mayJoin ? (
                        <Button
                          size="small"
                          loading={turn.isPending}
                          onClick={() => turn.mutate({ offerId: row.id, takes: !row.takesPart })}
                        >
                          {row.takesPart ? t.leave : t.takePart}
                        </Button>
                      ) : null}
                    </span>
                  ),
                },
              ]}
            />
          )
        }
      </Answer>
    </div>
  )
}

function Limits({ shopId, mayWrite: writes }: { shopId: ShopId; mayWrite: boolean }) {
  const listings = useInfiniteQuery(listingsOptions(shopId, 'onShelf'))
  const ids = (listings.data?.pages ?? []).flatMap((p) => p.rows.map((r) => r.id)).slice(0, 100)
  const limits = useQuery(limitsOptions(shopId, ids))
  return (
    <div className="card flush">
      <Answer query={listings} bones={<Bones rows={5} height={56} />}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.rows)
          return rows.length === 0 ? (
            <Empty title={t.limits.empty[0]} hint={t.limits.empty[1]} />
          ) : (
            <>
              <Table
                rowKey="id"
                dataSource={rows}
                columns={[
                  {
                    title: texts.listings.title,
                    render: (_, row) => (
                      <span className="row">
                        <Photo picture={row.picture} size={40} />
                        <span className="clip2">{row.title}</span>
                      </span>
                    ),
                  },
                  {
                    title: t.limits.set,
                    width: 260,
                    render: (_, row) =>
                      limits.data || ids.length === 0 ? (
                        <Limit
                          key={`${row.id}${limits.data?.[row.id] ?? 0}`}
                          shopId={shopId}
                          listingId={row.id}
                          most={limits.data?.[row.id] ?? null}
                          mayWrite={writes}
                        />
                      ) : null,
                  },
                ]}
              />
              <More query={listings} />
            </>
          )
        }}
      </Answer>
    </div>
  )
}

function Limit({
  shopId,
  listingId,
  most,
  mayWrite: writes,
}: {
  shopId: ShopId
  listingId: ListingId
  most: number | null
  mayWrite: boolean
}) {
  const [value, setValue] = useState(most)
  const save = useAct((wanted: number | null) => trpc.shop.promotions.setLimit.mutate({ shopId, listingId, most: wanted }), {
    done: t.limits.saved,
    after: () => askAgain(['offers', shopId, 'limits']),
  })
  if (!writes) return <span>{most === null ? t.limits.none : `${most} ${t.limits.piece}`}</span>
  return (
    <span className="row">
      <span style={{ width: 110 }}>
        <WholeInput
          id={`limit-${listingId}`}
          label={t.limits.set}
          disabled={save.isPending}
          wrong={undefined}
          value={value}
          unit={t.limits.piece}
          onChange={(n) => setValue(n === null || n === 0 ? null : Math.min(n, MAX_QUANTITY))}
        />
      </span>
      <Button size="small" loading={save.isPending} disabled={value === most} onClick={() => save.mutate(value)}>
        {texts.common.save}
      </Button>
      {most === null ? <span className="hint small">{t.limits.none}</span> : null}
    </span>
  )
}

function Freight({ shopId, mayWrite: writes }: { shopId: ShopId; mayWrite: boolean }) {
  const template = useQuery({
    queryKey: ['freight', shopId],
    queryFn: ({ signal }) => trpc.shop.freight.template.query({ shopId }, { signal }),
  })
  return (
    <Answer query={template} bones={<Bones rows={4} height={72} />}>
      {(data) => <FreightForm key={data.version} shopId={shopId} template={data} mayWrite={writes} />}
    </Answer>
  )
}
