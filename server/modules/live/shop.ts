/** Doors of live for shop members. */
import { z } from 'zod'
import { BAG_ADD_MAX, BAG_MAX, SESSION_TITLE_MAX } from '../../../shared/live/limits.ts'
import { instant } from '../../../shared/time.ts'
import { idInput, router, shopProcedure, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { cancelByShop, endByShop } from './end-session.ts'
import { addToBag, arrangeBag, removeFromBag } from './fill-bag.ts'
import { shopPreflight } from './preflight.ts'
import { bagPage, candidates, desk, shopSessions } from './queries.ts'
import { wantedInput, wantedOf } from './replay-input.ts'
import { anyReplay } from './replays.ts'
import { scheduleSession } from './schedule-session.ts'
import { takePushAddress } from './take-push-address.ts'

const shopId = idInput('Shop')
const one = { shopId, sessionId: idInput('LiveSession') }
/** Who runs a broadcast: the owner, the one before the camera, the one beside it. */
const onTheSet = ['owner', 'streamer', 'assistant'] as const

export const shop = router({
  list: shopProcedure()
    .input(z.strictObject({ shopId, ...pageInput }))
    .query(({ ctx, input }) => shopSessions(ctx.app, ctx.shopId, input)),
  desk: shopProcedure()
    .input(z.strictObject(one))
    .query(({ ctx, input }) => desk(ctx.app, ctx.shopId, input.sessionId)),
  preflight: shopProcedure()
    .input(z.strictObject(one))
    .query(({ ctx, input }) => shopPreflight(ctx.app.read, ctx.shopId, input.sessionId)),
  replay: shopProcedure()
    .input(z.strictObject({ ...one, ...wantedInput }))
    .query(({ ctx, input: { sessionId, ...wanted } }) => anyReplay(ctx.app, sessionId, ctx.shopId, wantedOf(wanted))),
  candidates: shopProcedure()
    .input(z.strictObject(one))
    .query(({ ctx, input }) => candidates(ctx.app, ctx.shopId, input.sessionId)),
  schedule: shopProcedure(...onTheSet)
    .input(
      z.strictObject({
        shopId,
        title: textInput(1, SESSION_TITLE_MAX),
        startsAt: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).transform(instant),
        coverId: idInput('Asset').nullish(),
        aiHost: z.boolean().default(false),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { title, startsAt, aiHost } = input
      const sessionId = await ctx.app.work(ctx.by, (work) =>
        scheduleSession(work, { shopId: ctx.shopId, title, startsAt, aiHost, coverId: input.coverId ?? null, streamer: ctx.userId }),
      )
      return { sessionId }
    }),
  cancel: shopProcedure(...onTheSet)
    .input(z.strictObject(one))
    .mutation(async ({ ctx, input }) => ({
      state: await ctx.app.work(ctx.by, (work) => cancelByShop(work, ctx.shopId, input.sessionId)),
    })),
  end: shopProcedure(...onTheSet)
    .input(z.strictObject(one))
    .mutation(async ({ ctx, input }) => ({ state: await ctx.app.work(ctx.by, (work) => endByShop(work, ctx.shopId, input.sessionId)) })),
  addToBag: shopProcedure(...onTheSet)
    .input(z.strictObject({ ...one, listingIds: z.array(idInput('Listing')).min(1).max(BAG_ADD_MAX) }))
    .mutation(async ({ ctx, input }) => {
      await ctx.app.work(ctx.by, (work) => addToBag(work, input))
      return bagPage(ctx.app, input.sessionId)
    }),
  removeFromBag: shopProcedure(...onTheSet)
    .input(z.strictObject({ ...one, bagItemId: idInput('BagItem') }))
    .mutation(async ({ ctx, input }) => {
      await ctx.app.work(ctx.by, (work) => removeFromBag(work, input))
      return bagPage(ctx.app, input.sessionId)
    }),
  arrangeBag: shopProcedure(...onTheSet)
    .input(z.strictObject({ ...one, bagItemIds: z.array(idInput('BagItem')).max(BAG_MAX) }))
    .mutation(async ({ ctx, input }) => {
      await ctx.app.work(ctx.by, (work) => arrangeBag(work, input))
      return bagPage(ctx.app, input.sessionId)
    }),
  pushAddress: shopProcedure(...onTheSet)
    .input(z.strictObject(one))
    .mutation(({ ctx, input }) => takePushAddress(ctx.app, ctx.by, { ...input, userId: ctx.userId, role: ctx.role })),
})
