import type { BagItemId, LiveSessionId, ShopId } from '@shared/ids.ts'
import { sessionStateWords } from '@shared/live/words.ts'
import { type Fen, yuan } from '@shared/money.ts'
import type { ChatLine } from '@shared/room/feed.ts'
import { dayAndTime } from '@shared/time.ts'
import { Text, View } from '@tarojs/components'
import Taro, { useDidShow, useRouter } from '@tarojs/taro'
import { type ReactNode, useEffect, useState } from 'react'
import { StockSheet } from '../../../features/catalogue/stock-sheet'
import { leftOf } from '../../../features/live/bag-list'
import { type BagItem, bagOf } from '../../../features/live/calls'
import { type Desk, desk, endSession, type Preflight, type PushAddress, preflight, pushAddress } from '../../../features/live/shop-calls'
import { CommentPaper } from '../../../features/room/comments'
import { deskTicket, pin, sayAsStreamer } from '../../../features/room/desk-calls'
import { MeasureSheet } from '../../../features/room/measure-sheet'
import { QuestionList } from '../../../features/room/question-list'
import { SayBar } from '../../../features/room/say-bar'
import { useRoom } from '../../../features/room/use-room'
import { keepAwake } from '../../../lib/device'
import { go } from '../../../lib/go'
import { useAct, useLoad } from '../../../lib/load'
import { confirm, say, wordsOf } from '../../../lib/trouble'
import { texts } from '../../../texts'
import { farmerTexts } from '../../../texts/farmer'
import { roomTexts } from '../../../texts/room'
import { Empty } from '../../../ui/empty'
import { Icon, type IconName } from '../../../ui/icon'
import { Loading } from '../../../ui/loading'
import { Photo } from '../../../ui/photo'
import { Screen } from '../../../ui/screen'
import { Sheet } from '../../../ui/sheet'
import { Skeleton } from '../../../ui/skeleton'
import { Tabs } from '../../../ui/tabs'
import { Tag } from '../../../ui/tag'
import { Tap } from '../../../ui/tap'
import { useUndo } from '../../../ui/undo'
import { AfterShow } from './after-show'
import { FlashSheet } from './flash-sheet'
import './index.scss'

const t = farmerTexts.desk
/** How often figures and the stream's health are asked for, ms; comments, stock and pins come by themselves. */
const EVERY = 5_000

interface One {
  shopId: ShopId
  sessionId: LiveSessionId
}

export default function DeskPage() {
  const params = useRouter().params
  const one: One = { shopId: (params.shop ?? '') as ShopId, sessionId: (params.id ?? '') as LiveSessionId }
  const page = useLoad(() => desk(one), [one.shopId, one.sessionId])
  useDidShow(() => void page.again())
  useEffect(() => {
    keepAwake(true)
    const timer = setInterval(() => void page.again(), EVERY)
    return () => {
      clearInterval(timer)
      keepAwake(false)
    }
  }, [page.again])
  return (
    <Screen>
      <Loading of={page} skeleton={<Skeleton kind="rows" count={4} />}>
        {(data) => <Console one={one} data={data} trouble={page.trouble} again={() => void page.again()} />}
      </Loading>
    </Screen>
  )
}

type Over = 'stock' | 'talk' | 'push' | 'pick' | 'flash' | null

function Console({ one, data, trouble, again }: { one: One; data: Desk; trouble: string | null; again: () => void }) {
  const { session, health, figures } = data
  const { room, add } = useRoom(one.sessionId, () => deskTicket(one))
  const [bag, setBag] = useState<BagItem[]>(session.bag)
  const [over, setOver] = useState<Over>(null)
  const [flashing, setFlashing] = useState<BagItem | null>(null)
  const [stock, setStock] = useState<BagItem | null>(null)
  const [about, setAbout] = useState<ChatLine | null>(null)
  const [talk, setTalk] = useState<'chats' | 'questions'>('chats')
  const [busy, act] = useAct()
  const [offer, undo] = useUndo()
  const [mine, setMine] = useState<BagItemId | null | undefined>(undefined)
  const state = room.state ?? session.state
  const pinnedId = mine !== undefined ? mine : room.fresh ? session.pinned : room.pinned
  const pinned = bag.find((b) => b.id === pinnedId) ?? null
  const onAir = state === 'live' || state === 'interrupted'
  const over_ = state === 'ended' || state === 'cancelled'

  useEffect(() => setBag(session.bag), [session.bag])
  useEffect(() => {
    if (room.bagTurn > 0) bagOf(one.sessionId).then(setBag, () => undefined)
  }, [room.bagTurn])
  // the feed's word overrides what this phone did last
  useEffect(() => setMine(undefined), [room.pinned])
  useEffect(() => {
    if (state !== session.state) again()
  }, [state])

  const at = bag.findIndex((b) => b.id === pinnedId)
  const next = bag.length === 0 ? null : (bag.slice(at + 1).find((b) => b.onSale) ?? bag.find((b) => b.onSale && b.id !== pinnedId) ?? null)

  const show = (item: BagItem | null) =>
    act(async () => {
      const before = pinnedId
      try {
        const { pinned: now } = await pin(one, item?.id ?? null)
        setMine(now)
        offer(item ? t.pinned(item.number) : t.unpinned, async () => {
          setMine((await pin(one, before)).pinned)
          return t.undone
        })
      } catch (error) {
        say(wordsOf(error))
      }
    })
  const end = () =>
    act(async () => {
      if (!(await confirm(t.endTitle, t.endHint, t.end))) return
      try {
        await endSession(one)
        say(t.ended)
        again()
      } catch (error) {
        say(wordsOf(error))
      }
    })

  return (
    <View className="page-pad stack">
      <View>
        <View className="between">
          <Text className="section-title grow">{session.title}</Text>
          <Tag tone={state === 'live' ? 'live' : state === 'interrupted' ? 'alarm' : 'quiet'}>{sessionStateWords[state]}</Tag>
        </View>
        <Text className="hint">{dayAndTime(session.startsAt)}</Text>
      </View>
      {trouble ? (
        <View className="banner banner-alarm">
          <Text>{trouble}</Text>
        </View>
      ) : null}
      {over_ ? (
        <View className="banner">
          <Text>{session.endedBecause ?? sessionStateWords[state]}</Text>
        </View>
      ) : (
        <View className={state === 'interrupted' ? 'banner banner-alarm' : health?.publishing ? 'banner banner-leaf' : 'banner'}>
          <Text className="num">
            {state === 'interrupted'
              ? t.health.lost
              : health?.publishing
                ? t.health.ok(Math.round(health.videoKbps), Math.round(health.fps))
                : `${t.health.none}。${t.notLive}`}
          </Text>
        </View>
      )}
      <View className="desk-figures">
        <Figure words={t.viewers} value={String(onAir ? (room.viewers ?? figures.viewers) : figures.viewers)} />
        <Figure words={t.likes} value={String(Math.max(room.likes, figures.likes))} />
        <Figure words={t.orders} value={String(figures.orders)} />
        <Figure words={t.paid} value={`¥${yuan(figures.paidFen as Fen)}`} />
      </View>
      <Text className="hint num">
        {`${t.last10}：${t.orders} ${figures.last10.orders} · ¥${yuan(figures.last10.paidFen as Fen)}　${t.before10}：${t.orders} ${figures.before10.orders} · ¥${yuan(figures.before10.paidFen as Fen)}`}
      </Text>
      {onAir ? (
        <View className="card between">
          <View className="grow">
            <Text className="hint">{t.now}</Text>
            <View>
              <Text className="strong">{pinned ? t.nextOf(pinned.number, pinned.title) : t.nothingPinned}</Text>
            </View>
          </View>
          {pinned ? (
            <Tap look="plain" busy={busy} onTap={() => void show(null)}>
              {t.stop}
            </Tap>
          ) : null}
        </View>
      ) : null}
      <View className="desk-keys">
        {onAir ? (
          <Key
            icon="pin"
            words={t.next}
            note={next ? t.nextOf(next.number, next.title) : t.noBag}
            main
            busy={busy}
            onTap={() => (next ? void show(next) : go('bag', { shop: one.shopId, id: one.sessionId }))}
          />
        ) : null}
        <Key icon="box" words={t.stock} note={texts.home.bag(bag.length)} onTap={() => setOver('stock')} />
        {onAir && bag.length > 0 ? <Key icon="yuan" words={roomTexts.flash.act} onTap={() => setOver('flash')} /> : null}
        {onAir ? <Key icon="talk" words={t.talk} note={room.chats.at(-1)?.text ?? t.noChats} onTap={() => setOver('talk')} /> : null}
        {over_ ? null : (
          <Key
            icon="bag"
            words={t.bag}
            note={texts.home.bag(bag.length)}
            onTap={() => go('bag', { shop: one.shopId, id: one.sessionId })}
          />
        )}
        {over_ ? null : <Key icon="video" words={t.push} onTap={() => setOver('push')} />}
        <Key icon="person" words={t.look} onTap={() => go('liveRoom', { id: one.sessionId })} />
        {session.acts.includes('end') && onAir ? <Key icon="close" words={t.end} danger busy={busy} onTap={() => void end()} /> : null}
      </View>
      {onAir && bag.length > 1 ? (
        <Tap look="quiet" onTap={() => setOver('pick')}>
          {t.pickNext}
        </Tap>
      ) : null}

      {over === 'pick' ? (
        <Sheet title={t.pickNext} onClose={() => setOver(null)}>
          <Picks
            bag={bag}
            note={(b) => (b.id === pinnedId ? texts.live.explaining : texts.tea.left(leftOf(b, room.stock), b.unit))}
            onPick={(b) => {
              setOver(null)
              void show(b)
            }}
          />
        </Sheet>
      ) : null}
      {over_ && state === 'ended' ? <AfterShow one={one} /> : null}
      {over === 'flash' ? (
        <Sheet title={roomTexts.flash.title} onClose={() => setOver(null)}>
          <Picks
            bag={bag.filter((b) => b.onSale)}
            note={(b) => `¥${yuan(b.priceFen)}/${b.unit}`}
            onPick={(b) => {
              setOver(null)
              setFlashing(b)
            }}
          />
        </Sheet>
      ) : null}
      {flashing ? <FlashSheet one={one} item={flashing} offer={offer} onClose={() => setFlashing(null)} /> : null}
      {over === 'stock' ? (
        <Sheet title={farmerTexts.stock.pick} onClose={() => setOver(null)}>
          <Picks
            bag={bag}
            note={(b) => farmerTexts.stock.now(leftOf(b, room.stock))}
            onPick={(b) => {
              setOver(null)
              setStock(b)
            }}
          />
        </Sheet>
      ) : null}
      {stock ? (
        <StockSheet
          shopId={one.shopId}
          listingId={stock.listingId}
          skuId={stock.skuId}
          title={stock.title}
          onClose={() => setStock(null)}
          onChanged={(left, back) => {
            setStock(null)
            again()
            offer(farmerTexts.stock.saved(left), async () => {
              await back()
              again()
              return farmerTexts.stock.undone
            })
          }}
        />
      ) : null}
      {over === 'talk' ? (
        <Sheet
          title={t.talk}
          onClose={() => setOver(null)}
          foot={
            <SayBar
              draftKey={`desk.say.${one.sessionId}`}
              placeholder={t.answer}
              send={(clientId, text) => sayAsStreamer(one, clientId, text)}
              onSent={add}
            />
          }
        >
          <Tabs
            value={talk}
            options={[
              { value: 'chats', words: roomTexts.tabs.chats },
              { value: 'questions', words: roomTexts.tabs.questions },
            ]}
            onChange={setTalk}
          />
          {talk === 'questions' ? (
            <QuestionList one={one} mayAnswer={onAir} />
          ) : room.chats.length === 0 ? (
            <Empty icon="talk" title={t.noChats} hint={t.noChatsHint} />
          ) : (
            <CommentPaper chats={room.chats} onTap={setAbout} />
          )}
        </Sheet>
      ) : null}
      {about ? <MeasureSheet one={one} chat={about} offer={offer} onClose={() => setAbout(null)} /> : null}
      {over === 'push' ? <Push one={one} scheduled={state === 'scheduled'} onClose={() => setOver(null)} /> : null}
      {undo}
    </View>
  )
}

const Figure = ({ words, value }: { words: string; value: string }) => (
  <View className="desk-figure">
    <Text className="desk-n num">{value}</Text>
    <Text className="hint">{words}</Text>
  </View>
)

const Key = ({
  icon,
  words,
  note,
  main,
  danger,
  busy,
  onTap,
}: {
  icon: IconName
  words: string
  note?: string
  main?: boolean
  danger?: boolean
  busy?: boolean
  onTap: () => void
}): ReactNode => (
  <Tap
    look="bare"
    className={main ? 'desk-key desk-key-main' : danger ? 'desk-key desk-key-danger' : 'desk-key'}
    label={words}
    busy={busy ?? false}
    onTap={onTap}
  >
    <Icon name={icon} />
    <Text className="desk-key-words">{words}</Text>
    {note ? <Text className="desk-key-note clip-2">{note}</Text> : null}
  </Tap>
)

function Picks({ bag, note, onPick }: { bag: BagItem[]; note: (item: BagItem) => string; onPick: (item: BagItem) => void }) {
  if (bag.length === 0) return <Empty icon="bag" title={texts.live.emptyBag} hint={farmerTexts.bag.emptyHint} />
  return (
    <View className="stack">
      {bag.map((b) => (
        <Tap key={b.id} look="bare" className="desk-pick" label={b.title} onTap={() => onPick(b)}>
          <View className="desk-pick-photo">
            <Photo src={b.picture.thumb} alt="" />
          </View>
          <View className="grow desk-pick-words">
            <Text className="strong clip-2">{t.nextOf(b.number, b.title)}</Text>
            <Text className="hint num">{note(b)}</Text>
          </View>
        </Tap>
      ))}
    </View>
  )
}

/** What keeps the broadcast back, or else where the pictures go. */
function Push({ one, scheduled, onClose }: { one: One; scheduled: boolean; onClose: () => void }) {
  const check = useLoad(() => (scheduled ? preflight(one) : Promise.resolve(null)), [one.sessionId, scheduled])
  return (
    <Sheet title={t.pushTitle} onClose={onClose}>
      <Loading of={check} skeleton={<Skeleton kind="rows" count={2} />}>
        {(found) => (
          <View className="stack">
            {found ? <Check found={found} one={one} /> : null}
            {found?.blocked ? null : <Address one={one} />}
          </View>
        )}
      </Loading>
    </Sheet>
  )
}

function Check({ found, one }: { found: Preflight; one: One }) {
  return (
    <View className="stack">
      <Tag tone={found.blocked ? 'alarm' : 'leaf'}>{found.blocked ? t.check.blocked : t.check.ready}</Tag>
      {found.allowed ? <Text className="soft">{t.check.allowed(found.allowed.why)}</Text> : null}
      {found.findings.map((finding) => (
        <View key={`${finding.code}${finding.words}`} className="between">
          <Text className={finding.blocks ? 'grow strong' : 'grow soft'}>{finding.words}</Text>
          {finding.fix === 'bag' || finding.fix === 'listing' ? (
            <Tap
              look="plain"
              onTap={() =>
                finding.code === 'wareWords' && finding.listingId
                  ? go('listingForm', { shop: one.shopId, id: finding.listingId })
                  : finding.code === 'wareAsleep'
                    ? go('listings', { shop: one.shopId })
                    : go('bag', { shop: one.shopId, id: one.sessionId })
              }
            >
              {t.check.fix}
            </Tap>
          ) : null}
        </View>
      ))}
    </View>
  )
}

/** Where the pictures go. Asked for when it is wanted, and never kept on the phone. */
function Address({ one }: { one: One }) {
  const address = useLoad(() => pushAddress(one), [one.sessionId])
  const copy = (data: string) =>
    void Taro.setClipboardData({ data }).then(
      () => say(texts.common.copied),
      () => undefined,
    )
  const rows = (a: PushAddress): [string, string][] => [
    [t.pushServer, a.server],
    [t.pushKey, a.streamKey],
  ]
  return (
    <View className="stack">
      <Text className="hint">{t.pushHint}</Text>
      <Loading of={address} skeleton={<Skeleton kind="rows" count={2} />}>
        {(a) => (
          <View className="facts">
            {rows(a).map(([label, value]) => (
              <View key={label} className="desk-address">
                <View className="grow">
                  <Text className="hint">{label}</Text>
                  <View>
                    <Text className="desk-secret" userSelect>
                      {value}
                    </Text>
                  </View>
                </View>
                <Tap look="plain" label={`${texts.common.copy}${label}`} onTap={() => copy(value)}>
                  {texts.common.copy}
                </Tap>
              </View>
            ))}
            <Text className="hint">{t.pushUntil(dayAndTime(a.until))}</Text>
          </View>
        )}
      </Loading>
    </View>
  )
}
