/**
 * The feed 房间消息: every message the room's socket may carry down. Up goes everything by tRPC; a client says nothing on the socket but
 * `{"type":"ping"}`, at most once in ten seconds, and is answered by a frame without messages.
 *
 * A frame is one JSON text. `seq` numbers the last message in it, so the first has `seq - messages.length + 1`; numbers of one room have no
 * holes. A `hello` is no message of the count: it is the room as it stands after `seq`, and the next frame goes on from there. Who was cut
 * comes back with `since=<seq of the last frame>` and gets what was missed, or a `hello` when that is too long ago.
 */
import type { BagItemId, ChatId, SkuId } from '../ids.ts'
import type { SessionState } from '../live/flow.ts'
import type { Instant } from '../time.ts'

export interface ChatLine {
  id: ChatId
  nickname: string
  text: string
  at: Instant
  by: 'buyer' | 'streamer'
  /** Who said it, without saying who: the same person has the same key in this session and another in the next. */
  userKey: string
}

export interface RoomSnapshot {
  state: SessionState
  pinned: BagItemId | null
  viewers: number
  likes: number
  /** The last ones, oldest first. */
  chats: ChatLine[]
  stock: { skuId: SkuId; left: number }[]
  /** Seconds between two chats of one person. */
  pace: number
}

export type FeedMessage =
  | { type: 'hello'; seq: number; snapshot: RoomSnapshot }
  | { type: 'chat'; chat: ChatLine }
  /** A chat was taken away; it comes back as a `chat`. */
  | { type: 'gone'; chatId: ChatId }
  /** So many chats were not sent because too many spoke at once; the desk reads them by its own door. */
  | { type: 'unsent'; count: number }
  | { type: 'pace'; seconds: number }
  /** `seq` counts the pins of this session. */
  | { type: 'pin'; bagItemId: BagItemId | null; seq: number }
  | { type: 'stock'; skuId: SkuId; left: number }
  | { type: 'viewers'; count: number }
  | { type: 'likes'; total: number }
  /** The bag has changed: ask for it again. */
  | { type: 'bag' }
  | { type: 'state'; state: SessionState }
  /** Somebody has paid for something out of the bag; the nickname is its first character and two stars. */
  | { type: 'bought'; nickname: string; bagItemId: BagItemId }

export interface Frame {
  seq: number
  at: Instant
  messages: FeedMessage[]
}

/** A nickname as strangers may see it: "茶山人" → "茶**". */
export const maskNickname = (nickname: string): string => `${[...nickname.trim()][0] ?? '茶'}**`
