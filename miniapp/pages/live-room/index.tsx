import type { LiveSessionId } from '@shared/ids.ts'
import type { SessionState } from '@shared/live/flow.ts'
import { dayAndTime, span } from '@shared/time.ts'
import { CustomWrapper, Text, View } from '@tarojs/components'
import { useDidHide, useDidShow, useRouter, useShareAppMessage } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { BagList, leftOf } from '../../features/live/bag-list'
import { type BagItem, bagOf, type SessionPage, sessionOf } from '../../features/live/calls'
import { PinCard } from '../../features/live/pin-card'
import { useFlashes } from '../../features/live/use-flashes'
import { CheckoutSheet } from '../../features/orders/checkout-sheet'
import { sayInRoom } from '../../features/room/calls'
import { Comments } from '../../features/room/comments'
import { SayBar } from '../../features/room/say-bar'
import { useRoom } from '../../features/room/use-room'
import { FollowKey } from '../../features/storefront/follow-key'
import { clockOffset, useCountdown } from '../../lib/countdown'
import { keepAwake, onOrigin, topRoom } from '../../lib/device'
import { go, goBack, goHome, pathOf } from '../../lib/go'
import { useLoad } from '../../lib/load'
import { texts } from '../../texts'
import { Empty } from '../../ui/empty'
import { Icon } from '../../ui/icon'
import { LiveVideo } from '../../ui/live-video'
import type { VideoState } from '../../ui/live-video/props'
import { Photo } from '../../ui/photo'
import { Screen } from '../../ui/screen'
import { Sheet } from '../../ui/sheet'
import { Tap } from '../../ui/tap'
import './index.scss'

const t = texts.live

export default function LiveRoom() {
  const params = useRouter().params
  const id = (params.id ?? params.scene ?? '') as LiveSessionId
  const page = useLoad(() => sessionOf(id), [id])
  useDidShow(() => keepAwake(true))
  useDidHide(() => keepAwake(false))
  useEffect(() => () => keepAwake(false), [])
  useShareAppMessage(() => ({
    title: page.data ? t.shared(page.data.title) : texts.app.name,
    path: pathOf('liveRoom', { id }),
    ...(page.data?.cover ? { imageUrl: onOrigin(page.data.cover.card) } : {}),
  }))
  return (
    <Screen className="room" bare>
      {page.data && !page.gone ? (
        // one wrapper around all that moves: every update of the room is a short path inside it, and the page itself is never sent again
        <CustomWrapper>
          <Open session={page.data} onStale={() => void page.again()} />
        </CustomWrapper>
      ) : page.gone ? (
        <View className="room-lost">
          <Empty icon="video" title={t.gone} hint={t.goneHint} act={t.toHome} onAct={goHome} />
        </View>
      ) : page.trouble ? (
        <View className="room-lost">
          <Empty icon="video" title={texts.trouble.failed} hint={page.trouble} act={texts.common.retry} onAct={() => void page.again()} />
          <Tap look="quiet" onTap={goHome}>
            {t.toHome}
          </Tap>
        </View>
      ) : (
        <View className="room-center">
          <Text className="room-words">{texts.common.loading}</Text>
        </View>
      )}
    </Screen>
  )
}

type Over = 'bag' | 'say' | null

function Open({ session, onStale }: { session: SessionPage; onStale: () => void }) {
  const { room, like, add } = useRoom(session.id)
  const [bag, setBag] = useState(session.bag)
  const [over, setOver] = useState<Over>(null)
  const [buying, setBuying] = useState<BagItem | null>(null)
  const [video, setVideo] = useState<VideoState>('waiting')
  const moving = video === 'playing'
  const state: SessionState = room.state ?? session.state
  const pinnedId = room.fresh ? session.pinned : room.pinned
  const pinned = bag.find((b) => b.id === pinnedId) ?? null
  const onAir = state === 'live' || state === 'interrupted'

  useEffect(() => setBag(session.bag), [session.bag])
  useEffect(() => {
    if (room.bagTurn === 0) return
    bagOf(session.id).then(setBag, () => undefined)
  }, [room.bagTurn, session.id])
  // a session that goes on air, or off it, has other addresses: the page is asked again, after a moment for the answer kept by the server
  const known = useRef(session.state)
  useEffect(() => {
    if (state === known.current) return
    known.current = state
    const timer = setTimeout(onStale, 300)
    return () => clearTimeout(timer)
  }, [state])
  useEffect(() => {
    if (!onAir || session.play) return
    const timer = setTimeout(onStale, 2500)
    return () => clearTimeout(timer)
  }, [onAir, session])

  const flashes = useFlashes(session.id, onAir, room.bagTurn)
  const buy = (item: BagItem) => setBuying(item)
  return (
    <View className="room-in">
      <View className="room-picture">
        <Photo src={session.cover?.full ?? session.shop.avatar?.full} shape="fill" alt={t.picture(session.title)} />
        {onAir && session.play ? (
          <View className="room-video">
            <LiveVideo
              play={session.play}
              playback={session.playback}
              label={t.picture(session.title)}
              unmuteWords={t.unmute}
              onState={setVideo}
            />
          </View>
        ) : null}
        <View className={state === 'live' && moving ? 'room-shade' : 'room-shade room-shade-deep'} />
      </View>

      <Top session={session} state={state} viewers={room.viewers} />

      <Middle session={session} state={state} video={video} onBag={() => setOver('bag')} />

      <View className="room-bottom">
        {onAir || room.chats.length > 0 ? <Comments chats={room.chats} /> : null}
        <Bought room={room} bag={bag} />
        {room.out ? (
          <Tap look="bare" className="room-out" onTap={() => go('standing', { id: session.id })}>
            {room.out}
          </Tap>
        ) : null}
        {!room.line && onAir && !room.out ? <Text className="room-line">{t.lineDown}</Text> : null}
        {pinned && onAir ? (
          <PinCard item={pinned} left={leftOf(pinned, room.stock)} flash={flashes.get(pinned.skuId)} onBuy={() => buy(pinned)} />
        ) : null}
        <View className="room-bar">
          {onAir ? (
            <Tap look="bare" className="room-say" label={t.sayTitle} onTap={() => setOver('say')}>
              {t.say}
            </Tap>
          ) : (
            <View className="grow" />
          )}
          <Tap look="bare" className="room-key" label={t.bagOf(bag.length)} onTap={() => setOver('bag')}>
            <Icon name="bag" />
            {bag.length > 0 ? <Text className="room-count num">{String(bag.length)}</Text> : null}
          </Tap>
          {onAir ? (
            <Tap look="bare" className="room-key" label={t.like(room.likes)} onTap={like}>
              <Icon name="heart" />
              {room.likes > 0 ? <Text className="room-count num">{room.likes > 9999 ? '9999+' : String(room.likes)}</Text> : null}
            </Tap>
          ) : null}
          <Tap look="bare" className="room-key" share label={t.share}>
            <Icon name="share" />
          </Tap>
        </View>
      </View>

      {over === 'bag' ? (
        <Sheet title={`${t.bag}${bag.length > 0 ? ` ${bag.length}` : ''}`} onClose={() => setOver(null)}>
          <BagList
            bag={bag}
            pinned={onAir ? pinnedId : null}
            stock={room.stock}
            flashes={flashes}
            onBuy={(item) => {
              setOver(null)
              buy(item)
            }}
          />
        </Sheet>
      ) : null}
      {over === 'say' ? (
        <View className="room-talk">
          <View className="sheet-veil room-clear" onClick={() => setOver(null)} ariaRole="button" ariaLabel={texts.common.close} />
          <View className="room-talk-bar">
            <SayBar
              draftKey="room.say"
              placeholder={t.say}
              focus
              send={(clientId, text) => sayInRoom(session.id, clientId, text)}
              onSent={(chat) => {
                add(chat)
                setOver(null)
              }}
              onRefused={(code) => {
                const kept = code === 'muted' || code === 'blocked'
                if (kept) {
                  setOver(null)
                  go('standing', { id: session.id })
                }
                return kept
              }}
            />
          </View>
        </View>
      ) : null}
      {buying ? (
        <CheckoutSheet
          wares={[{ ...buying, thumb: buying.picture.thumb, left: leftOf(buying, room.stock) }]}
          liveSessionId={session.id}
          onClose={() => setBuying(null)}
        />
      ) : null}
    </View>
  )
}

function Top({ session, state, viewers }: { session: SessionPage; state: SessionState; viewers: number | null }) {
  const [place] = useState(topRoom)
  return (
    <View className="room-top" style={`padding-top: ${place.top}px; padding-right: ${place.right}px`}>
      <View className="room-chip">
        <Tap look="bare" className="room-shop" label={`${t.seller} ${session.shop.name}`} onTap={() => go('shop', { id: session.shop.id })}>
          <View className="room-face">
            <Photo name={session.shop.name} src={session.shop.avatar?.thumb} alt="" />
          </View>
          <View className="room-who">
            <Text className="clip-1 strong">{session.shop.name}</Text>
            <Text className="clip-1 room-small">{session.title}</Text>
          </View>
        </Tap>
        <FollowKey shop={session.shop} over />
      </View>
      <View className="room-top-right">
        {session.aiHost ? <Text className="room-viewers">{t.aiHost}</Text> : null}
        {state === 'live' || state === 'interrupted' ? (
          viewers === null ? null : (
            <Text className="room-viewers num">{t.viewers(viewers)}</Text>
          )
        ) : null}
        <Tap look="bare" className="room-close" label={t.close} onTap={goBack}>
          <Icon name="close" />
        </Tap>
      </View>
    </View>
  )
}

/** What is said in the middle when the picture cannot speak for itself. */
function Middle({ session, state, video, onBag }: { session: SessionPage; state: SessionState; video: VideoState; onBag: () => void }) {
  const [offset] = useState(() => clockOffset(session.serverNow))
  const left = useCountdown(state === 'scheduled' ? session.startsAt : null, offset)
  if (state === 'live') return video === 'playing' ? null : <Center words={video === 'unable' ? t.noFlv : t.connecting} />
  if (state === 'interrupted') return <Center words={t.interrupted} hint={t.interruptedHint} />
  if (state === 'scheduled')
    return (
      <View className="room-center">
        <Text className="room-small">{left > 0 ? t.startsIn : t.startsOn(dayAndTime(session.startsAt))}</Text>
        <Text className="room-countdown num">{left > 0 ? span(left) : t.startsSoon}</Text>
        <Text className="room-title">{session.title}</Text>
        <Text className="room-small">{t.startsOn(dayAndTime(session.startsAt))}</Text>
      </View>
    )
  return (
    <View className="room-center">
      <Text className="room-countdown">{state === 'cancelled' ? t.cancelled : t.ended}</Text>
      {session.endedBecause ? <Text className="room-small">{session.endedBecause}</Text> : null}
      {state === 'ended' ? <Text className="room-small">{t.endedHint}</Text> : null}
      <View className="room-acts">
        {state === 'ended' && session.replay ? (
          <Tap look="main" onTap={() => go('replay', { id: session.id })}>
            {t.replay}
          </Tap>
        ) : null}
        {state === 'ended' && session.bagCount > 0 ? (
          <Tap look={session.replay ? 'plain' : 'main'} onTap={onBag}>
            {t.toBag}
          </Tap>
        ) : null}
        <Tap look="plain" onTap={() => go('shop', { id: session.shop.id })}>
          {t.toShop}
        </Tap>
      </View>
    </View>
  )
}

const Center = ({ words, hint }: { words: string; hint?: string }) => (
  <View className="room-center" ariaRole="status">
    <Text className="room-words">{words}</Text>
    {hint ? <Text className="room-small">{hint}</Text> : null}
  </View>
)

/** The last purchase, for four seconds. */
function Bought({ room, bag }: { room: ReturnType<typeof useRoom>['room']; bag: BagItem[] }) {
  const [shown, setShown] = useState<string | null>(null)
  const n = room.bought?.n ?? 0
  useEffect(() => {
    if (!room.bought) return
    const number = bag.find((b) => b.id === room.bought?.bagItemId)?.number
    if (number === undefined) return
    setShown(t.bought(room.bought.nickname, number))
    const timer = setTimeout(() => setShown(null), 4000)
    return () => clearTimeout(timer)
  }, [n])
  return shown ? <Text className="room-bought">{shown}</Text> : null
}
