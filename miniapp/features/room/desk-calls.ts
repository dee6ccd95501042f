/** The calls of a room for those who broadcast. */
import type { BagItemId, LiveSessionId, ShopId } from '@shared/ids.ts'
import type { ChatLine } from '@shared/room/feed.ts'
import { trpc } from '../../lib/trpc'

interface One {
  shopId: ShopId
  sessionId: LiveSessionId
}

export const deskTicket = (one: One) => trpc.shop.room.ticket.mutate(one)
export const pin = (one: One, bagItemId: BagItemId | null) => trpc.shop.room.pin.mutate({ ...one, bagItemId })
export const sayAsStreamer = async (one: One, clientId: string, text: string): Promise<ChatLine> =>
  (await trpc.shop.room.say.mutate({ ...one, clientId, text })).chat
