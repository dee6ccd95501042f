/** Doors of the room for viewers. Up by these, down by the socket. */
import { z } from 'zod'
import { refuse } from '../../../shared/refusals.ts'
import { CHAT_MAX, CLIENT_ID, LIKES_MAX } from '../../../shared/room/limits.ts'
import { ROOM_WORDS_MAX } from '../../../shared/room/moderation.ts'
import { buyerProcedure, idInput, openProcedure, router, textInput } from '../../platform/doors.ts'
import { shownSession } from '../live/index.ts'
import { enterRoom } from './enter-room.ts'
import { guestKey, viewerKeyOf } from './keys.ts'
import { like } from './like.ts'
import { appeal } from './measure.ts'
import { myStanding, recentChats } from './queries.ts'
import { answersOf } from './questions.ts'
import { roomsOf } from './rooms.ts'
import { say } from './say.ts'

const sessionId = idInput('LiveSession')
const clientId = z.string().regex(CLIENT_ID, '请求标识有误')

export const buyer = router({
  ticket: openProcedure
    .input(z.strictObject({ sessionId, viewerKey: z.string().regex(guestKey).optional() }))
    .mutation(({ ctx, input }) => {
      const who = ctx.userId ? ({ kind: 'buyer', userId: ctx.userId } as const) : ({ kind: 'guest', before: input.viewerKey } as const)
      const viewerKey = viewerKeyOf(ctx.app.settings.secret, input.sessionId, who)
      return enterRoom(ctx.app, ctx.by, { sessionId: input.sessionId, viewerKey, shopId: null, userId: ctx.userId })
    }),
  say: buyerProcedure.input(z.strictObject({ sessionId, clientId, text: textInput(1, CHAT_MAX) })).mutation(async ({ ctx, input }) => ({
    chat: await say(ctx.app, ctx.by, { ...input, userId: ctx.userId, shopId: null }),
  })),
  standing: buyerProcedure.input(z.strictObject({ sessionId })).query(({ ctx, input }) => myStanding(ctx.app, input.sessionId, ctx.userId)),
  appeal: buyerProcedure
    .input(z.strictObject({ measureId: idInput('Measure'), words: textInput(2, ROOM_WORDS_MAX) }))
    .mutation(({ ctx, input }) => appeal(ctx.app, ctx.by, ctx.userId, input.measureId, input.words)),
  answers: openProcedure.input(z.strictObject({ sessionId })).query(async ({ ctx, input }) => {
    if (!(await shownSession(ctx.app.read, input.sessionId))) throw refuse('notFound')
    return answersOf(ctx.app.read, input.sessionId)
  }),
  like: openProcedure
    .input(z.strictObject({ sessionId, count: z.number().int().min(1).max(LIKES_MAX) }))
    .mutation(async ({ ctx, input }) => {
      await like(ctx.app, { ...input, who: ctx.userId ?? ctx.address })
      return { done: true as const }
    }),
  recent: openProcedure.input(z.strictObject({ sessionId })).query(async ({ ctx, input }) => {
    if (!(await shownSession(ctx.app.read, input.sessionId))) throw refuse('notFound')
    const seq = roomsOf(ctx.app).seqOf(input.sessionId)
    return { seq, chats: await recentChats(ctx.app, input.sessionId, ctx.userId) }
  }),
})
