import { shelfWords } from '@shared/catalogue/words.ts'
import { notOver, onAir } from '@shared/live/flow.ts'
import { accounts } from '@shared/settlement/words.ts'
import { paperWords } from '@shared/tenants/papers.ts'
import { businessDay, dayAndTime, instant } from '@shared/time.ts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { listingsOptions } from '@/features/catalogue/queries.ts'
import { sessionsOptions } from '@/features/live/queries.ts'
import { SessionMark } from '@/features/live/words.tsx'
import { ordersOptions, type ShopOrder } from '@/features/orders/queries.ts'
import { ShipDialog } from '@/features/orders/ShipDialog.tsx'
import { ShipBy } from '@/features/orders/words.tsx'
import { summaryOptions } from '@/features/settlement/queries.ts'
import { noticesOptions } from '@/features/tenants/queries.ts'
import { Ending, PaperMark } from '@/features/tenants/words.tsx'
import { mayShip, onTheSet, roomsOfShop } from '@/lib/may.ts'
import { useShop } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { Money } from '@/ui/Money.tsx'
import { Page } from '@/ui/Page.tsx'
import { Photo } from '@/ui/Photo.tsx'
import { Answer, Bones, Empty } from '@/ui/states.tsx'
import './today.css'

/** What waits today: parcels, sessions, listings, money. */
export function Component() {
  const { role } = useShop()
  return (
    <Page title={texts.today.title} aside={<span className="hint">{businessDay(instant(Date.now()))}</span>}>
      <div className="today">
        <ToShip />
        <div className="stack">
          {roomsOfShop(role).includes('papers') ? <Papers /> : null}
          <Sessions />
          <Shelves />
          {roomsOfShop(role).includes('money') ? <MoneyCard /> : null}
        </div>
      </div>
    </Page>
  )
}

function ToShip() {
  const { shopId, role } = useShop()
  const orders = useInfiniteQuery(ordersOptions(shopId, 'toShip'))
  const [shipping, setShipping] = useState<ShopOrder | null>(null)
  const waiting = orders.data?.pages[0]?.counts.toShip
  return (
    <section className="card">
      <div className="card-head">
        <h2>
          {texts.today.toShip} {waiting === undefined ? '' : waiting}
        </h2>
        <Link to={`/shop/${shopId}/orders`}>{texts.today.allOrders}</Link>
      </div>
      <Answer query={orders} bones={<Bones rows={4} height={56} />}>
        {(data) => {
          const rows = data.pages[0]?.rows.slice(0, 8) ?? []
          if (rows.length === 0) return <Empty title={texts.today.toShipNone} hint={texts.today.toShipNoneHint} />
          return (
            <ul className="today-list">
              {rows.map((order) => (
                <li key={order.id}>
                  <span className="item grow">
                    <Photo picture={order.lines[0]?.picture ?? null} size={48} />
                    <span className="grow">
                      <Link className="clip2" to={`/shop/${shopId}/orders?state=toShip&one=${order.id}`}>
                        {order.lines[0]?.title}
                        {order.lines.length > 1 ? ` ${texts.orders.more(order.lines.length)}` : ''}
                      </Link>
                      <span className="row hint small">
                        <Money fen={order.payableFen} />
                        <ShipBy order={order} />
                      </span>
                    </span>
                  </span>
                  {order.acts.includes('ship') && mayShip(role) ? (
                    <Button onClick={() => setShipping(order)}>{texts.orders.ship}</Button>
                  ) : null}
                </li>
              ))}
            </ul>
          )
        }}
      </Answer>
      {shipping ? <ShipDialog shopId={shopId} order={shipping} onClose={() => setShipping(null)} /> : null}
    </section>
  )
}

function Papers() {
  const { shopId } = useShop()
  const notices = useQuery(noticesOptions(shopId))
  if (!notices.data || notices.data.length === 0) return null
  return (
    <section className="card">
      <div className="card-head">
        <h2>{texts.papers.today}</h2>
        <Link to={`/shop/${shopId}/papers`}>{texts.papers.all}</Link>
      </div>
      <ul className="today-list">
        {notices.data.map((row) => (
          <li key={row.id}>
            <span className="grow">
              <Link to={`/shop/${shopId}/papers/${row.id}`}>{paperWords[row.kind]}</Link>
              <span className="row hint small">
                <PaperMark state={row.state} />
                {row.state === 'rejected' ? row.reasons : <Ending row={row} />}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Sessions() {
  const { shopId, role } = useShop()
  const navigate = useNavigate()
  const sessions = useInfiniteQuery(sessionsOptions(shopId))
  const schedule = onTheSet(role) ? (
    <Button onClick={() => void navigate(`/shop/${shopId}/sessions?new=1`)}>{texts.today.schedule}</Button>
  ) : null
  return (
    <section className="card">
      <div className="card-head">
        <h2>{texts.today.sessions}</h2>
        {schedule}
      </div>
      <Answer query={sessions} bones={<Bones rows={2} height={48} />}>
        {(data) => {
          const rows = data.pages
            .flatMap((page) => page.rows)
            .filter((row) => (notOver as readonly string[]).includes(row.state))
            .sort((a, b) => Number(b.state !== 'scheduled') - Number(a.state !== 'scheduled') || a.startsAt - b.startsAt)
            .slice(0, 4)
          if (rows.length === 0) return <Empty title={texts.today.sessionsNone} hint={texts.today.sessionsNoneHint} />
          return (
            <ul className="today-list">
              {rows.map((row) => {
                const air = (onAir as readonly string[]).includes(row.state)
                return (
                  <li key={row.id}>
                    <span className="grow">
                      <Link className="clip2" to={`/shop/${shopId}/sessions/${row.id}`}>
                        {row.title}
                      </Link>
                      <span className="row hint small">
                        <SessionMark state={row.state} />
                        {dayAndTime(row.startedAt ?? row.startsAt)} · {texts.sessions.bagCount(row.bagCount)}
                      </span>
                    </span>
                    <Button
                      type={air ? 'primary' : 'default'}
                      onClick={() => void navigate(`/shop/${shopId}/sessions/${row.id}${air ? '/desk' : ''}`)}
                    >
                      {air ? texts.today.openDesk : texts.today.prepare}
                    </Button>
                  </li>
                )
              })}
            </ul>
          )
        }}
      </Answer>
    </section>
  )
}

function Shelves() {
  const { shopId } = useShop()
  const listings = useInfiniteQuery(listingsOptions(shopId))
  return (
    <section className="card">
      <div className="card-head">
        <h2>{texts.today.listings}</h2>
        <Link to={`/shop/${shopId}/listings`}>{texts.today.allListings}</Link>
      </div>
      <Answer query={listings} bones={<Bones rows={1} height={48} />}>
        {(data) => {
          const counts = data.pages[0]?.counts
          return (
            <div className="today-numbers">
              <Link to={`/shop/${shopId}/listings?shelf=onShelf`}>
                <strong>{counts?.onShelf}</strong>
                <span className="hint">{shelfWords.onShelf}</span>
              </Link>
              <Link to={`/shop/${shopId}/listings?shelf=draft`}>
                <strong>{counts?.draft}</strong>
                <span className="hint">{shelfWords.draft}</span>
              </Link>
              <Link to={`/shop/${shopId}/listings`}>
                <strong>{counts?.inReview}</strong>
                <span className="hint">{texts.today.inReview}</span>
              </Link>
            </div>
          )
        }}
      </Answer>
    </section>
  )
}

function MoneyCard() {
  const { shopId } = useShop()
  const summary = useQuery(summaryOptions(shopId))
  return (
    <section className="card">
      <div className="card-head">
        <h2>{texts.today.money}</h2>
        <Link to={`/shop/${shopId}/money`}>{texts.today.moneyMore}</Link>
      </div>
      <Answer query={summary} bones={<Bones rows={1} height={48} />}>
        {(sums) => (
          <dl className="facts">
            <dt>{accounts.shop}</dt>
            <dd className="right">
              <Money fen={sums.earnedFen} big />
            </dd>
            <dt>{accounts.shopDue}</dt>
            <dd className="right">
              <Money fen={sums.dueFen} />
            </dd>
            <dt>{accounts.held}</dt>
            <dd className="right">
              <Money fen={sums.heldFen} />
            </dd>
            <dt>{accounts.refunded}</dt>
            <dd className="right">
              <Money fen={sums.refundedFen} />
            </dd>
          </dl>
        )}
      </Answer>
    </section>
  )
}
