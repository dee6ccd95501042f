/** Doors of the room for those who run the broadcast. */
import { z } from 'zod'
import type { LiveSessionId, ShopId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { ANSWER_MAX, CHAT_MAX, CLIENT_ID } from '../../../shared/room/limits.ts'
import type { App } from '../../platform/app.ts'
import { idInput, router, shopProcedure, textInput } from '../../platform/doors.ts'
import { sessionOf } from '../live/index.ts'
import { enterRoom } from './enter-room.ts'
import { viewerKeyOf } from './keys.ts'
import { type Hand, measure, undoMeasure } from './measure.ts'
import { measureInput } from './measure-input.ts'
import { pin } from './pin.ts'
import { allChats, measuresOf } from './queries.ts'
import { endQuestion, questionFor, questionsOf } from './questions.ts'
import { say } from './say.ts'

const one = { shopId: idInput('Shop'), sessionId: idInput('LiveSession') }
const onTheSet = ['owner', 'streamer', 'assistant'] as const

const handOf = (ctx: { shopId: ShopId; userId: UserId }): Hand => ({ side: 'shop', shopId: ctx.shopId, userId: ctx.userId })

/** Refuses `notFound` for a session of any other shop. */
const ourSession = async (app: App, shopId: ShopId, sessionId: LiveSessionId): Promise<void> => {
  if ((await sessionOf(app.read, sessionId))?.shopId !== shopId) throw refuse('notFound')
}

export const shop = router({
  ticket: shopProcedure()
    .input(z.strictObject(one))
    .mutation(({ ctx, input: { sessionId } }) => {
      const viewerKey = viewerKeyOf(ctx.app.settings.secret, sessionId, { kind: 'desk', userId: ctx.userId })
      return enterRoom(ctx.app, ctx.by, { sessionId, viewerKey, shopId: ctx.shopId, userId: ctx.userId })
    }),
  say: shopProcedure(...onTheSet)
    .input(z.strictObject({ ...one, clientId: z.string().regex(CLIENT_ID, '请求标识有误'), text: textInput(1, CHAT_MAX) }))
    .mutation(async ({ ctx, input }) => ({ chat: await say(ctx.app, ctx.by, { ...input, userId: ctx.userId }) })),
  pin: shopProcedure(...onTheSet)
    .input(z.strictObject({ ...one, bagItemId: idInput('BagItem').nullable() }))
    .mutation(({ ctx, input }) => pin(ctx.app, ctx.by, input)),
  chats: shopProcedure()
    .input(z.strictObject({ ...one, cursor: idInput('Chat').nullish(), limit: z.number().int().min(1).max(100).default(50) }))
    .query(async ({ ctx, input }) => {
      await ourSession(ctx.app, ctx.shopId, input.sessionId)
      return allChats(ctx.app, input.sessionId, input.cursor ?? null, input.limit)
    }),
  questions: shopProcedure()
    .input(z.strictObject(one))
    .query(async ({ ctx, input }) => {
      await ourSession(ctx.app, ctx.shopId, input.sessionId)
      return questionsOf(ctx.app.read, input.sessionId)
    }),
  answer: shopProcedure(...onTheSet)
    .input(
      z.strictObject({
        shopId: idInput('Shop'),
        questionId: idInput('Question'),
        clientId: z.string().regex(CLIENT_ID, '请求标识有误'),
        reply: textInput(0, ANSWER_MAX).default(''),
      }),
    )
    .mutation(async ({ ctx, input: { questionId, clientId, reply } }) => {
      const { text, sessionId } = await questionFor(ctx.app.read, ctx.shopId, questionId)
      // said first, and once under one key: where it cannot be said now the question stays open and the words stay typed
      const said = `回答「${[...text].slice(0, CHAT_MAX - ANSWER_MAX - 6).join('')}」：${reply}`
      const chat =
        reply === '' ? null : await say(ctx.app, ctx.by, { sessionId, userId: ctx.userId, clientId, text: said, shopId: ctx.shopId })
      const { state } = await endQuestion(ctx.app, ctx.by, { shopId: ctx.shopId, userId: ctx.userId, questionId, act: 'answer', reply })
      return { state, chat }
    }),
  passOver: shopProcedure(...onTheSet)
    .input(z.strictObject({ shopId: idInput('Shop'), questionId: idInput('Question') }))
    .mutation(async ({ ctx, input: { questionId } }) => {
      const { state } = await endQuestion(ctx.app, ctx.by, {
        shopId: ctx.shopId,
        userId: ctx.userId,
        questionId,
        act: 'dismiss',
        reply: '',
      })
      return { state }
    }),
  measures: shopProcedure()
    .input(z.strictObject({ ...one, cursor: idInput('Measure').nullish(), limit: z.number().int().min(1).max(100).default(50) }))
    .query(async ({ ctx, input }) => {
      await ourSession(ctx.app, ctx.shopId, input.sessionId)
      return measuresOf(ctx.app, input.sessionId, input.cursor ?? null, input.limit)
    }),
  hide: shopProcedure(...onTheSet)
    .input(z.strictObject({ ...one, ...measureInput.hide }))
    .mutation(({ ctx, input: { shopId: _, ...input } }) => measure(ctx.app, ctx.by, handOf(ctx), { measure: 'hide', ...input })),
  mute: shopProcedure(...onTheSet)
    .input(z.strictObject({ ...one, ...measureInput.mute }))
    .mutation(({ ctx, input: { shopId: _, ...input } }) => measure(ctx.app, ctx.by, handOf(ctx), { measure: 'mute', ...input })),
  block: shopProcedure(...onTheSet)
    .input(z.strictObject({ ...one, ...measureInput.hide }))
    .mutation(({ ctx, input: { shopId: _, ...input } }) => measure(ctx.app, ctx.by, handOf(ctx), { measure: 'block', ...input })),
  slow: shopProcedure(...onTheSet)
    .input(z.strictObject({ ...one, ...measureInput.slow }))
    .mutation(({ ctx, input: { shopId: _, ...input } }) => measure(ctx.app, ctx.by, handOf(ctx), { measure: 'slow', ...input })),
  undo: shopProcedure(...onTheSet)
    .input(z.strictObject({ shopId: idInput('Shop'), measureId: idInput('Measure') }))
    .mutation(({ ctx, input }) => undoMeasure(ctx.app, ctx.by, handOf(ctx), input.measureId)),
})
