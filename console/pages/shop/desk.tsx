import type { BagItemId, LiveSessionId, ShopId } from '@shared/ids.ts'
import { onAir } from '@shared/live/flow.ts'
import type { ShopRole } from '@shared/tenants/roles.ts'
import { dayAndTime } from '@shared/time.ts'
import { useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { Link, useParams } from 'react-router'
import { StockDialog } from '@/features/catalogue/StockDialog.tsx'
import { Figures } from '@/features/live/Figures.tsx'
import { type BagItem, type Desk, deskOptions } from '@/features/live/queries.ts'
import { RunSheet } from '@/features/live/RunSheet.tsx'
import { StreamHealth } from '@/features/live/StreamHealth.tsx'
import { SessionMark } from '@/features/live/words.tsx'
import { Recent } from '@/features/orders/Recent.tsx'
import { FlashDialog, FlashLine, useFlashes } from '@/features/promotions/FlashDialog.tsx'
import { Comments, Say } from '@/features/room/Comments.tsx'
import { shopDoors } from '@/features/room/doors.ts'
import { type Doing, MeasureDialog } from '@/features/room/MeasureDialog.tsx'
import { Measures } from '@/features/room/Measures.tsx'
import { PaceSelect } from '@/features/room/PaceSelect.tsx'
import { Questions, questionsOptions } from '@/features/room/Questions.tsx'
import { useRoom } from '@/features/room/useRoom.ts'
import { onTheSet } from '@/lib/may.ts'
import { askAgain } from '@/lib/query.ts'
import { useMe } from '@/lib/session.ts'
import { texts } from '@/lib/texts.ts'
import { trpc } from '@/lib/trpc.ts'
import { useKeys } from '@/lib/useKeys.ts'
import { Mark } from '@/ui/Mark.tsx'
import { useTitle } from '@/ui/Page.tsx'
import { Player } from '@/ui/Player.tsx'
import { Answer, Bones, Empty } from '@/ui/states.tsx'
import { useAct, useAsk } from '@/ui/useAct.ts'
import { NotThere } from '../frame.tsx'
import '@/features/live/Desk.css'

const FIGURES_EVERY = 5_000
const ORDERS_AT_MOST_EVERY = 2_000

/** The control desk: picture, run sheet, room, and the numbers above. */
export function Component() {
  useTitle(texts.desk.title)
  const { shopId, sessionId } = useParams()
  const shop = useMe().shops.find((one) => one.id === shopId)
  if (!shop) return <NotThere />
  return <Control key={sessionId} shopId={shop.id} role={shop.role} sessionId={sessionId as LiveSessionId} />
}

function Control({ shopId, role, sessionId }: { shopId: ShopId; role: ShopRole; sessionId: LiveSessionId }) {
  const desk = useQuery({ ...deskOptions(shopId, sessionId), refetchInterval: FIGURES_EVERY, staleTime: 0 })
  return (
    <Answer
      query={desk}
      bones={
        <div className="page">
          <Bones rows={3} height={160} />
        </div>
      }
    >
      {(data) => <Columns shopId={shopId} role={role} sessionId={sessionId} desk={data} />}
    </Answer>
  )
}

function Columns({ shopId, role, sessionId, desk }: { shopId: ShopId; role: ShopRole; sessionId: LiveSessionId; desk: Desk }) {
  const ask = useAsk()
  const onSet = onTheSet(role)
  const [counting, setCounting] = useState<BagItem | null>(null)
  const refresh = (): void => void askAgain(['live', shopId])
  const doors = useMemo(() => shopDoors(shopId, sessionId), [shopId, sessionId])
  const [doing, setDoing] = useState<Doing | null>(null)
  const [book, setBook] = useState(false)
  const [flashing, setFlashing] = useState<BagItem | null>(null)
  const [talk, setTalk] = useState<'chats' | 'questions'>('chats')
  const asked = useQuery(questionsOptions(shopId, sessionId))
  const ordersAsked = useRef<number | undefined>(undefined)
  const room = useRoom(shopId, sessionId, (message) => {
    if (message.type === 'bag' || message.type === 'state') refresh()
    // too many spoke at once for the feed: the desk reads them all by its own door
    if (message.type === 'unsent')
      void doors.chats().then(
        (all) => room.said(all.filter((chat) => chat.state === 'shown').reverse()),
        () => undefined,
      )
    if (message.type === 'bought' && ordersAsked.current === undefined)
      ordersAsked.current = window.setTimeout(() => {
        ordersAsked.current = undefined
        void askAgain(['orders', shopId])
      }, ORDERS_AT_MOST_EVERY)
  })
  const { session } = desk
  const state = room.state ?? session.state
  const air = (onAir as readonly string[]).includes(state)
  const over = state === 'ended' || state === 'cancelled'
  const pinned = room.pinned === undefined ? session.pinned : room.pinned
  const mayPin = onSet && air
  const flashes = useFlashes(shopId, sessionId, air)
  const pin = useAct((bagItemId: BagItemId | null) => trpc.shop.room.pin.mutate({ shopId, sessionId, bagItemId }), {
    after: (now) => room.pinnedNow(now),
    done: (now) => {
      const item = session.bag.find((one) => one.id === now.pinned)
      return item ? texts.desk.pinnedDone(item.number) : texts.desk.unpinnedDone
    },
  })
  const end = useAct(() => trpc.shop.live.end.mutate({ shopId, sessionId }), { after: refresh, done: texts.desk.ended })
  useKeys((key) => {
    if (!mayPin || pin.isPending || !/^[0-9]$/.test(key)) return false
    if (key === '0') {
      if (pinned !== null) pin.mutate(null)
      return true
    }
    const item = session.bag.find((one) => one.number === Number(key))
    if (item?.onSale && item.id !== pinned) pin.mutate(item.id)
    return item !== undefined
  })
  const prepare = `/shop/${shopId}/sessions/${sessionId}`
  const cover = over ? (
    <span>
      {session.endedBecause ?? texts.desk.ended}
      {session.endedAt ? <br /> : null}
      {session.endedAt ? texts.desk.endedAt(dayAndTime(session.endedAt)) : null}
    </span>
  ) : state === 'interrupted' ? (
    <span>{texts.desk.interrupted}</span>
  ) : state === 'scheduled' ? (
    <>
      <span>{texts.desk.waiting}</span>
      <span>{dayAndTime(session.startsAt)}</span>
    </>
  ) : undefined
  return (
    <main className="desk">
      <header className="desk-head">
        <div className="row">
          <h1 className="wrap">{session.title}</h1>
          <SessionMark state={state} />
          {session.aiHost ? <Mark>{texts.sessions.aiMark}</Mark> : null}
          <Mark tone={room.link === 'open' ? 'leaf' : 'alarm'}>
            <span role="status">{texts.desk.link[room.link]}</span>
          </Mark>
        </div>
        <div className="row">
          <Link to={`/shop/${shopId}/sessions`}>{texts.desk.back}</Link>
          <Link to={prepare}>{over ? texts.sessions.look : texts.desk.toPrepare}</Link>
          {onSet && air && session.acts.includes('end') ? (
            <Button
              danger
              onClick={() =>
                ask({
                  title: texts.desk.endAsk(session.title),
                  hint: texts.desk.endHint,
                  ok: texts.desk.endDo,
                  cancel: texts.common.back,
                  act: () => end.mutateAsync(undefined),
                })
              }
            >
              {texts.desk.end}
            </Button>
          ) : null}
        </div>
      </header>
      <Figures figures={desk.figures} viewers={room.viewers} likes={room.likes} />
      <div className="desk-columns">
        <section className="desk-column" aria-label={texts.desk.video}>
          <div className="desk-video">
            <Player play={air ? session.play : null}>{cover}</Player>
          </div>
          <div className="desk-panel">
            <div className="desk-panel-head">
              <h2>{texts.desk.health}</h2>
            </div>
            {over ? <p className="desk-health hint">{texts.push.notNow}</p> : <StreamHealth health={desk.health} />}
          </div>
        </section>
        <section className="desk-column" aria-label={texts.bag.title}>
          <div className="desk-panel" style={{ flex: 1 }}>
            <div className="desk-panel-head">
              <h2>{texts.bag.title}</h2>
              {mayPin ? (
                <p className="hint small" title={texts.common.keys}>
                  <kbd className="kbd">1</kbd>–<kbd className="kbd">9</kbd> {texts.desk.keyPin} <kbd className="kbd">0</kbd>{' '}
                  {texts.desk.unpin}
                </p>
              ) : null}
            </div>
            {session.bag.length === 0 ? (
              <Empty title={texts.bag.empty[0]} hint={texts.bag.empty[1]}>
                <Link to={prepare}>{texts.desk.toPrepare}</Link>
              </Empty>
            ) : (
              <RunSheet
                bag={session.bag}
                stock={room.stock}
                pinned={pinned}
                pending={pin.isPending ? pin.variables : undefined}
                mayPin={mayPin}
                mayCount={onSet}
                onPin={(item) => pin.mutate(item)}
                onStock={setCounting}
                flashOf={(item) => {
                  const flash = flashes.get(item.skuId)
                  return flash ? <FlashLine shopId={shopId} sessionId={sessionId} flash={flash} mayStop={mayPin} /> : null
                }}
                onFlash={mayPin ? setFlashing : null}
              />
            )}
          </div>
        </section>
        <section className="desk-column" aria-label={texts.desk.comments}>
          <div className="desk-panel" style={{ flex: 1 }}>
            <div className="desk-panel-head">
              <Segmented
                size="small"
                aria-label={texts.desk.comments}
                value={talk}
                options={[
                  { value: 'chats', label: texts.room.tabs.chats },
                  { value: 'questions', label: texts.room.tabs.questions(asked.data?.open.length ?? 0) },
                ]}
                onChange={(value) => setTalk(value as 'chats')}
              />
              <div className="row">
                {mayPin ? <PaceSelect pace={room.pace} onPick={(pace) => setDoing({ measure: 'slow', pace })} /> : null}
                <Button size="small" onClick={() => setBook(true)}>
                  {texts.room.book}
                </Button>
              </div>
            </div>
            {talk === 'questions' ? (
              <Questions
                shopId={shopId}
                sessionId={sessionId}
                mayAnswer={mayPin}
                numberOf={(id) => session.bag.find((item) => item.id === id)?.number}
                onSaid={(chat) => room.said([chat])}
              />
            ) : (
              <Comments chats={room.chats} onAct={mayPin ? (measure, chat) => setDoing({ measure, chat }) : undefined} />
            )}
            {mayPin ? <Say shopId={shopId} sessionId={sessionId} onSaid={(chat) => room.said([chat])} /> : null}
          </div>
          <div className="desk-panel recent">
            <div className="desk-panel-head">
              <h2>{texts.desk.orders}</h2>
            </div>
            <Recent shopId={shopId} sessionId={sessionId} />
          </div>
        </section>
      </div>
      {flashing ? <FlashDialog shopId={shopId} sessionId={sessionId} ware={flashing} onClose={() => setFlashing(null)} /> : null}
      {doing ? <MeasureDialog doors={doors} doing={doing} onClose={() => setDoing(null)} /> : null}
      {book ? <Measures doors={doors} onClose={() => setBook(false)} /> : null}
      {counting ? (
        <StockDialog
          shopId={shopId}
          listingId={counting.listingId}
          skuId={counting.skuId}
          title={counting.title}
          onDone={refresh}
          onClose={() => setCounting(null)}
        />
      ) : null}
    </main>
  )
}
