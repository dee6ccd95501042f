/** The calls of a room for those who broadcast. */
import type { BagItemId, ChatId, LiveSessionId, MeasureId, QuestionId, ShopId } from '@shared/ids.ts'
import type { ChatLine } from '@shared/room/feed.ts'
import type { MuteSpan, RoomReason } from '@shared/room/moderation.ts'
import { trpc } from '../../lib/trpc'

interface One {
  shopId: ShopId
  sessionId: LiveSessionId
}

export const deskTicket = (one: One) => trpc.shop.room.ticket.mutate(one)
export const pin = (one: One, bagItemId: BagItemId | null) => trpc.shop.room.pin.mutate({ ...one, bagItemId })
export const sayAsStreamer = async (one: One, clientId: string, text: string): Promise<ChatLine> =>
  (await trpc.shop.room.say.mutate({ ...one, clientId, text })).chat

export const questions = (one: One) => trpc.shop.room.questions.query(one)
export type Question = Awaited<ReturnType<typeof questions>>['open'][number]
export const answer = (one: One, questionId: QuestionId, clientId: string) =>
  trpc.shop.room.answer.mutate({ shopId: one.shopId, questionId, clientId })
export const passOver = (one: One, questionId: QuestionId) => trpc.shop.room.passOver.mutate({ shopId: one.shopId, questionId })

interface Why {
  chatId: ChatId
  reason: RoomReason
}
export const hideChat = (one: One, why: Why) => trpc.shop.room.hide.mutate({ ...one, ...why })
export const mute = (one: One, why: Why, span: MuteSpan) => trpc.shop.room.mute.mutate({ ...one, ...why, span })
export const block = (one: One, why: Why) => trpc.shop.room.block.mutate({ ...one, ...why })
export const undoMeasure = (one: One, measureId: MeasureId) => trpc.shop.room.undo.mutate({ shopId: one.shopId, measureId })
