/** Doors of live for park staff: the patrol wall. */
import { z } from 'zod'
import { STOP_REASON_MAX } from '../../../shared/live/limits.ts'
import { idInput, parkProcedure, router, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { stopByPark } from './end-session.ts'
import { allowSession, preflightOf } from './preflight.ts'
import { pastShows, patrol, snapshot } from './queries.ts'
import { wantedInput, wantedOf } from './replay-input.ts'
import { anyReplay } from './replays.ts'

export const park = router({
  list: parkProcedure('patrol', 'reviewer', 'service')
    .input(z.strictObject({}).optional())
    .query(({ ctx }) => patrol(ctx.app)),
  past: parkProcedure('patrol', 'reviewer', 'service')
    .input(z.strictObject(pageInput))
    .query(({ ctx, input: page }) => pastShows(ctx.app, page)),
  snapshot: parkProcedure('patrol', 'reviewer', 'service')
    .input(z.strictObject({ sessionId: idInput('LiveSession') }))
    .query(({ ctx, input }) => snapshot(ctx.app, input.sessionId)),
  preflight: parkProcedure('patrol', 'reviewer', 'service')
    .input(z.strictObject({ sessionId: idInput('LiveSession') }))
    .query(({ ctx, input }) => preflightOf(ctx.app.read, input.sessionId)),
  allow: parkProcedure('reviewer')
    .input(z.strictObject({ sessionId: idInput('LiveSession'), reason: textInput(2, STOP_REASON_MAX) }))
    .mutation(async ({ ctx, input }) => {
      await ctx.app.work(ctx.by, (work) => allowSession(work, input.sessionId, ctx.userId, input.reason))
      return { allowed: true as const }
    }),
  replay: parkProcedure('patrol', 'reviewer', 'service')
    .input(z.strictObject({ sessionId: idInput('LiveSession'), ...wantedInput }))
    .query(({ ctx, input: { sessionId, ...wanted } }) => anyReplay(ctx.app, sessionId, null, wantedOf(wanted))),
  stop: parkProcedure('patrol', 'reviewer')
    .input(z.strictObject({ sessionId: idInput('LiveSession'), reason: textInput(2, STOP_REASON_MAX) }))
    .mutation(async ({ ctx, input }) => ({
      state: await ctx.app.work(ctx.by, (work) => stopByPark(work, input.sessionId, input.reason)),
    })),
})
