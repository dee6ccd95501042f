/** Doors of the room for those who run the broadcast. */
import { z } from 'zod'
import { CHAT_MAX, CLIENT_ID } from '../../../shared/room/limits.ts'
import { idInput, router, shopProcedure, textInput } from '../../platform/doors.ts'
import { enterRoom } from './enter-room.ts'
import { viewerKeyOf } from './keys.ts'
import { pin } from './pin.ts'
import { say } from './say.ts'

const one = { shopId: idInput('Shop'), sessionId: idInput('LiveSession') }
const onTheSet = ['owner', 'streamer', 'assistant'] as const

export const shop = router({
  ticket: shopProcedure()
    .input(z.strictObject(one))
    .mutation(({ ctx, input: { sessionId } }) => {
      const viewerKey = viewerKeyOf(ctx.app.settings.secret, sessionId, { kind: 'desk', userId: ctx.userId })
      return enterRoom(ctx.app, ctx.by, { sessionId, viewerKey, shopId: ctx.shopId })
    }),
  say: shopProcedure(...onTheSet)
    .input(z.strictObject({ ...one, clientId: z.string().regex(CLIENT_ID, '请求标识有误'), text: textInput(1, CHAT_MAX) }))
    .mutation(async ({ ctx, input }) => ({ chat: await say(ctx.app, ctx.by, { ...input, userId: ctx.userId }) })),
  pin: shopProcedure(...onTheSet)
    .input(z.strictObject({ ...one, bagItemId: idInput('BagItem').nullable() }))
    .mutation(({ ctx, input }) => pin(ctx.app, ctx.by, input)),
})
