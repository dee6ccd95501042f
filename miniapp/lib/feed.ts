/**
 * The room's feed, down by socket. Messages are gathered and handed over at most 2.5 times a second, whatever the room does: each handing
 * over costs the phone one setData. A cut line comes back by itself with growing, jittered waits, and asks for what it missed by number.
 */
import type { BagItemId, ChatId, SkuId } from '@shared/ids.ts'
import type { SessionState } from '@shared/live/flow.ts'
import type { ChatLine, FeedMessage, Frame, RoomSnapshot } from '@shared/room/feed.ts'
import Taro from '@tarojs/taro'
import { socketOrigin } from './device'
import { refusalOf, wordsOf } from './trouble'

/** What has come since the last handing over. */
export interface News {
  /** The room as it stands: forget what was shown and begin from here. */
  snapshot: RoomSnapshot | null
  chats: ChatLine[]
  /** Chats that were taken away. */
  gone: ChatId[]
  pinned: BagItemId | null | undefined
  stock: Map<SkuId, number>
  viewers: number | undefined
  likes: number | undefined
  state: SessionState | undefined
  bagChanged: boolean
  bought: { nickname: string; bagItemId: BagItemId }[]
  /** The server's clock at the last frame. */
  at: number
}

const GATHER = 400
const FIRST_WAIT = 500
const LONGEST_WAIT = 15_000
/** The server speaks at least every 30 s on a living line: our ping is answered by an empty frame. */
const PING = 20_000
const SILENCE = 45_000

const nothing = (): News => ({
  snapshot: null,
  chats: [],
  gone: [],
  pinned: undefined,
  stock: new Map(),
  viewers: undefined,
  likes: undefined,
  state: undefined,
  bagChanged: false,
  bought: [],
  at: 0,
})

const take = (news: News, m: FeedMessage): News => {
  switch (m.type) {
    case 'hello':
      // whatever was gathered is older than the snapshot; a change of the bag is not in it
      return { ...nothing(), snapshot: m.snapshot, bagChanged: news.bagChanged, at: news.at }
    case 'chat':
      news.chats.push(m.chat)
      // it was taken away and has come back
      news.gone = news.gone.filter((id) => id !== m.chat.id)
      break
    case 'gone':
      news.gone.push(m.chatId)
      news.chats = news.chats.filter((c) => c.id !== m.chatId)
      break
    // what was not sent, and the pace of speaking, change nothing that is drawn here: the server says so where it matters
    case 'unsent':
    case 'pace':
      break
    case 'pin':
      news.pinned = m.bagItemId
      break
    case 'stock':
      news.stock.set(m.skuId, m.left)
      break
    case 'viewers':
      news.viewers = m.count
      break
    case 'likes':
      news.likes = m.total
      break
    case 'state':
      news.state = m.state
      break
    case 'bag':
      news.bagChanged = true
      break
    case 'bought':
      news.bought.push({ nickname: m.nickname, bagItemId: m.bagItemId })
  }
  return news
}

/** Follows a room until the answer is called. `ticket` is asked anew for every connection. */
export const followRoom = (o: {
  ticket: () => Promise<{ path: string }>
  onNews: (news: News) => void
  onLine: (up: boolean) => void
  /** One is kept out of this room, in the server's words; it is not tried again. */
  onOut?: (words: string) => void
}): (() => void) => {
  let over = false
  let seq: number | null = null
  let failures = 0
  let socket: Taro.SocketTask | null = null
  let news = nothing()
  let fresh = false
  let gathering: ReturnType<typeof setTimeout> | undefined
  let waiting: ReturnType<typeof setTimeout> | undefined
  let pinging: ReturnType<typeof setInterval> | undefined
  let heardAt = 0

  const hand = () => {
    gathering = undefined
    if (!fresh || over) return
    const done = news
    news = nothing()
    fresh = false
    o.onNews(done)
  }
  const hear = (text: string) => {
    heardAt = Date.now()
    const frame = JSON.parse(text) as Frame
    news.at = frame.at
    let n = frame.seq - frame.messages.length
    for (const m of frame.messages) {
      n++
      if (m.type !== 'hello' && seq !== null && n <= seq) continue
      news = take(news, m)
      fresh = true
    }
    seq = frame.seq
    if (fresh) gathering ??= setTimeout(hand, news.snapshot ? 0 : GATHER)
  }
  const lost = (from: Taro.SocketTask | null) => {
    if (over || from !== socket || waiting !== undefined) return
    clearInterval(pinging)
    socket = null
    o.onLine(false)
    const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures++)
    waiting = setTimeout(connect, ceiling / 2 + Math.random() * (ceiling / 2))
  }
  const connect = async () => {
    waiting = undefined
    let task: Taro.SocketTask | null = null
    try {
      const { path } = await o.ticket()
      if (over) return
      const since = seq === null ? '' : `&since=${seq}`
      task = await Taro.connectSocket({ url: `${socketOrigin}${path}${since}` })
    } catch (error) {
      if (refusalOf(error) === 'blocked') o.onOut?.(wordsOf(error))
      else lost(null)
      return
    }
    if (over) {
      task.close({})
      return
    }
    const mine = task
    socket = mine
    heardAt = Date.now()
    mine.onOpen(() => {
      o.onLine(true)
    })
    mine.onMessage(({ data }) => {
      if (over || socket !== mine) return
      failures = 0
      hear(String(data))
    })
    mine.onClose(() => lost(mine))
    mine.onError(() => lost(mine))
    clearInterval(pinging)
    pinging = setInterval(() => {
      if (Date.now() - heardAt > SILENCE) {
        mine.close({})
        lost(mine)
      } else mine.send({ data: '{"type":"ping"}', fail: () => lost(mine) })
    }, PING)
  }
  void connect()
  return () => {
    over = true
    clearTimeout(gathering)
    clearTimeout(waiting)
    clearInterval(pinging)
    socket?.close({})
  }
}
