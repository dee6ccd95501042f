/** A room as the desk hears it: the snapshot, then every message in order. */

import type { BagItemId, LiveSessionId, ShopId, SkuId } from '@shared/ids.ts'
import type { SessionState } from '@shared/live/flow.ts'
import type { ChatLine, FeedMessage, Frame } from '@shared/room/feed.ts'
import { PACES } from '@shared/room/moderation.ts'
import { useEffect, useReducer, useRef } from 'react'
import { type Link, openFeed } from '@/lib/feed.ts'
import { trpc } from '@/lib/trpc.ts'

const CHATS_KEPT = 300

export interface Room {
  link: Link
  /** Null until the room has spoken; then the room's word counts. */
  state: SessionState | null
  pinned: BagItemId | null | undefined
  pinSeq: number
  viewers: number | null
  likes: number | null
  stock: ReadonlyMap<SkuId, number>
  chats: readonly ChatLine[]
  /** Seconds between two chats of one person. */
  pace: number
}

type Step = { link: Link } | { frame: Frame } | { pin: { pinned: BagItemId | null; seq: number } } | { said: readonly ChatLine[] }

const empty: Room = {
  link: 'connecting',
  state: null,
  pinned: undefined,
  pinSeq: 0,
  viewers: null,
  likes: null,
  stock: new Map(),
  chats: [],
  pace: PACES[0],
}

const withChats = (chats: readonly ChatLine[], more: readonly ChatLine[]): readonly ChatLine[] => {
  const known = new Set(chats.map((chat) => chat.id))
  const fresh = more.filter((chat) => !known.has(chat.id))
  return fresh.length === 0 ? chats : [...chats, ...fresh].slice(-CHATS_KEPT)
}

const heard = (room: Room, message: FeedMessage): Room => {
  switch (message.type) {
    case 'hello': {
      const { snapshot } = message
      return {
        ...room,
        state: snapshot.state,
        pinned: snapshot.pinned,
        viewers: snapshot.viewers,
        likes: snapshot.likes,
        stock: new Map(snapshot.stock.map((one) => [one.skuId, one.left])),
        chats: withChats(room.chats, snapshot.chats),
        pace: snapshot.pace,
      }
    }
    case 'chat':
      return { ...room, chats: withChats(room.chats, [message.chat]) }
    case 'gone':
      return { ...room, chats: room.chats.filter((chat) => chat.id !== message.chatId) }
    case 'pace':
      return { ...room, pace: message.seconds }
    case 'pin':
      return message.seq < room.pinSeq ? room : { ...room, pinned: message.bagItemId, pinSeq: message.seq }
    case 'stock':
      return { ...room, stock: new Map(room.stock).set(message.skuId, message.left) }
    case 'viewers':
      return { ...room, viewers: message.count }
    case 'likes':
      return { ...room, likes: message.total }
    case 'state':
      return { ...room, state: message.state }
    case 'bag':
    case 'bought':
    case 'unsent':
      return room
  }
}

const step = (room: Room, taken: Step): Room => {
  if ('link' in taken) return { ...room, link: taken.link }
  if ('frame' in taken) return taken.frame.messages.reduce(heard, room)
  if ('said' in taken) return { ...room, chats: withChats(room.chats, taken.said) }
  return taken.pin.seq < room.pinSeq ? room : { ...room, pinned: taken.pin.pinned, pinSeq: taken.pin.seq }
}

/** Joins the room of a session. `told` hears each message after it has been taken in. */
export const useRoom = (
  shopId: ShopId,
  sessionId: LiveSessionId,
  told: (message: FeedMessage) => void,
): Room & { pinnedNow: (pin: { pinned: BagItemId | null; seq: number }) => void; said: (chats: readonly ChatLine[]) => void } => {
  const [room, take] = useReducer(step, empty)
  const hear = useRef(told)
  hear.current = told
  useEffect(() => {
    const feed = openFeed({
      ticket: () => trpc.shop.room.ticket.mutate({ shopId, sessionId }),
      link: (link) => take({ link }),
      frame: (frame) => {
        take({ frame })
        for (const message of frame.messages) hear.current(message)
      },
    })
    return () => feed.close()
  }, [shopId, sessionId])
  return { ...room, pinnedNow: (pin) => take({ pin }), said: (said) => take({ said }) }
}
