/** What is said on the bus about a room. Facts that may overtake one another are only knocked with; the room reads them afresh. */
import type { BagItemId, ChatId, LiveSessionId, SkuId } from '../../../shared/ids.ts'
import type { ChatLine } from '../../../shared/room/feed.ts'
import type { App } from '../../platform/app.ts'

export type RoomNews =
  | { type: 'chat'; chat: ChatLine }
  | { type: 'pin'; bagItemId: BagItemId | null; seq: number }
  | { type: 'likes'; total: number }
  | { type: 'bought'; nickname: string; bagItemId: BagItemId }
  | { type: 'stock'; skuId: SkuId }
  | { type: 'bag' }
  | { type: 'state' }
  | { type: 'gone'; chatId: ChatId }
  | { type: 'pace'; seconds: number }
  /** Whoever holds this key is kept out: their sockets are closed. */
  | { type: 'cut'; viewerKey: string }
  | { type: 'letIn'; viewerKey: string }

export const topicOf = (sessionId: LiveSessionId): string => `room:${sessionId}`

/** Says it to every node that holds sockets of this room. */
export const spread = (app: App, sessionId: LiveSessionId, news: RoomNews): Promise<void> =>
  app.ports.bus.publish(topicOf(sessionId), JSON.stringify(news))
