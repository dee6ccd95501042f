/** What may be done about words and people in a room: the shop's doors for its own, the park's for any. */
import type { ChatId, LiveSessionId, MeasureId, ShopId } from '@shared/ids.ts'
import type { MuteSpan, Pace, RoomReason } from '@shared/room/moderation.ts'
import { type Outputs, trpc } from '@/lib/trpc.ts'

export type Measure = Outputs['shop']['room']['measures']['rows'][number]
export type AnyChat = Outputs['shop']['room']['chats']['rows'][number]

interface Why {
  reason: RoomReason
  words: string
}

export interface Doors {
  /** The key of what is asked here. */
  key: readonly string[]
  /** Whether this hand may take that measure back. */
  mayUndo(measure: Measure): boolean
  hide(ask: { chatId: ChatId } & Why): Promise<unknown>
  mute(ask: { chatId: ChatId; span: MuteSpan } & Why): Promise<unknown>
  block(ask: { chatId: ChatId } & Why): Promise<unknown>
  slow(ask: { pace: Pace } & Why): Promise<unknown>
  undo(measureId: MeasureId): Promise<unknown>
  chats(signal?: AbortSignal): Promise<AnyChat[]>
  measures(signal?: AbortSignal): Promise<Measure[]>
}

const MOST = 100

export const shopDoors = (shopId: ShopId, sessionId: LiveSessionId): Doors => {
  const one = { shopId, sessionId }
  const { room } = trpc.shop
  return {
    key: ['room', shopId, sessionId],
    mayUndo: (measure) => measure.side === 'shop',
    hide: (ask) => room.hide.mutate({ ...one, ...ask }),
    mute: (ask) => room.mute.mutate({ ...one, ...ask }),
    block: (ask) => room.block.mutate({ ...one, ...ask }),
    slow: (ask) => room.slow.mutate({ ...one, ...ask }),
    undo: (measureId) => room.undo.mutate({ shopId, measureId }),
    chats: async (signal) => (await room.chats.query({ ...one, limit: MOST }, { signal })).rows,
    measures: async (signal) => (await room.measures.query({ ...one, limit: MOST }, { signal })).rows,
  }
}

export const parkDoors = (sessionId: LiveSessionId): Doors => {
  const { room } = trpc.park
  return {
    key: ['room', 'park', sessionId],
    mayUndo: () => true,
    hide: (ask) => room.hide.mutate({ sessionId, ...ask }),
    mute: (ask) => room.mute.mutate({ sessionId, ...ask }),
    block: (ask) => room.block.mutate({ sessionId, ...ask }),
    slow: (ask) => room.slow.mutate({ sessionId, ...ask }),
    undo: (measureId) => room.undo.mutate({ measureId }),
    chats: async (signal) => (await room.chats.query({ sessionId, limit: MOST }, { signal })).rows,
    measures: async (signal) => (await room.measures.query({ sessionId, limit: MOST }, { signal })).rows,
  }
}
