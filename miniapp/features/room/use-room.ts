/** The room as it stands on this phone: one state, set once per handing over of the feed. */
import type { BagItemId, ChatId, LiveSessionId, SkuId } from '@shared/ids.ts'
import type { SessionState } from '@shared/live/flow.ts'
import type { ChatLine } from '@shared/room/feed.ts'
import { LIKES_MAX } from '@shared/room/limits.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { followRoom, type News } from '../../lib/feed'
import { likeRoom, ticket } from './calls'

/**
 * Comments grow to this many and are then cut to half at once: taking the first row away makes the phone draw the whole list again, so it
 * is done rarely.
 */
const MOST_CHATS = 60
const KEPT_CHATS = 30

export interface Room {
  /** Nothing has come yet. */
  fresh: boolean
  line: boolean
  state: SessionState | null
  viewers: number | null
  likes: number
  chats: ChatLine[]
  pinned: BagItemId | null
  stock: ReadonlyMap<SkuId, number>
  /** The last purchase told by the feed, with a number of its own so that the same words twice are two. */
  bought: { n: number; nickname: string; bagItemId: BagItemId } | null
  /** Why one is kept out of this room, in the server's words; null for everyone else. */
  out: string | null
  /** Counts how often the bag was said to have changed. */
  bagTurn: number
}

const start: Room = {
  fresh: true,
  line: true,
  state: null,
  viewers: null,
  likes: 0,
  chats: [],
  pinned: null,
  stock: new Map(),
  bought: null,
  out: null,
  bagTurn: 0,
}

const trim = (chats: ChatLine[]): ChatLine[] => (chats.length > MOST_CHATS ? chats.slice(-KEPT_CHATS) : chats)

const append = (have: ChatLine[], more: ChatLine[]): ChatLine[] => {
  if (more.length === 0) return have
  const known = new Set(have.map((c) => c.id))
  const fresh = more.filter((c) => !known.has(c.id) && known.add(c.id))
  return fresh.length === 0 ? have : trim([...have, ...fresh])
}

const without = (have: ChatLine[], gone: readonly ChatId[]): ChatLine[] =>
  gone.length === 0 ? have : have.filter((c) => !gone.includes(c.id))

/** The room after some news. */
const afterNews = (room: Room, news: News): Room => {
  const snap = news.snapshot
  const base: Room = snap
    ? {
        ...room,
        state: snap.state,
        pinned: snap.pinned,
        viewers: snap.viewers,
        likes: snap.likes,
        // a comment of mine that is still being checked is in no snapshot: keep what is already shown
        chats: append(room.chats, snap.chats),
        stock: new Map(snap.stock.map((s) => [s.skuId, s.left])),
      }
    : room
  const last = news.bought.at(-1)
  return {
    ...base,
    fresh: false,
    state: news.state ?? base.state,
    pinned: news.pinned === undefined ? base.pinned : news.pinned,
    viewers: news.viewers ?? base.viewers,
    likes: news.likes ?? base.likes,
    chats: append(without(base.chats, news.gone), news.chats),
    stock: news.stock.size === 0 ? base.stock : new Map([...base.stock, ...news.stock]),
    bought: last ? { n: (base.bought?.n ?? 0) + 1, ...last } : base.bought,
    bagTurn: news.bagChanged ? base.bagTurn + 1 : base.bagTurn,
  }
}

/** Follows a room while the page is open. `enter` overrides who enters (a desk has its own ticket). */
export const useRoom = (
  sessionId: LiveSessionId,
  enter?: () => Promise<{ path: string }>,
): { room: Room; like: () => void; add: (chat: ChatLine) => void } => {
  const [room, setRoom] = useState<Room>(start)
  useEffect(
    () =>
      followRoom({
        ticket: enter ?? (() => ticket(sessionId)),
        onNews: (news) => setRoom((r) => afterNews(r, news)),
        onOut: (out) => setRoom((r) => ({ ...r, out })),
        onLine: (line) => setRoom((r) => (r.line === line ? r : { ...r, line })),
      }),
    [sessionId],
  )
  const taps = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const send = useCallback(() => {
    timer.current = undefined
    const count = Math.min(LIKES_MAX, taps.current)
    taps.current -= count
    if (count > 0) likeRoom(sessionId, count).catch(() => undefined)
  }, [sessionId])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      send()
    },
    [send],
  )
  const like = useCallback(() => {
    taps.current++
    setRoom((r) => ({ ...r, likes: r.likes + 1 }))
    timer.current ??= setTimeout(send, 1000)
  }, [send])
  const add = useCallback((chat: ChatLine) => setRoom((r) => ({ ...r, chats: append(r.chats, [chat]) })), [])
  return { room, like, add }
}
