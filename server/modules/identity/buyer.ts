/** Doors of identity: signing in, on the phone and at a desk. */
import { z } from 'zod'
import { NICKNAME_MAX } from '../../../shared/identity/words.ts'
import { refuse } from '../../../shared/refusals.ts'
import { after, DAY, HOUR } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { buyerProcedure, type Context, idInput, openProcedure, router, textInput } from '../../platform/doors.ts'
import { consoleCookie } from '../../platform/hall.ts'
import { me } from './me.ts'
import { confirmPairing, pollPairing, refusePairing, scanPairing, startPairing } from './pairing.ts'
import { isDecent, rename } from './rename.ts'
import { endSession, startSession, userFor } from './sign-in.ts'

const NONCE = 'pairing'
const device = (ctx: Context) => ({ userAgent: ctx.userAgent, address: ctx.address })
const enter = (ctx: Context, token: string) =>
  ctx.setCookie(consoleCookie(ctx.app.settings.http.publicOrigin), token, { maxAgeSeconds: ctx.app.settings.login.consoleHours * 3600 })

/** The people of the demo; in production there is no such list. */
const demoPeople = (app: App) => {
  if (app.settings.stage === 'park') throw refuse('notFound')
  return app.gate.deskPeople(app)
}

export const buyer = router({
  login: openProcedure
    .meta({ audience: 'open', weight: 20 })
    .input(z.strictObject({ code: z.string().min(1).max(128), nickname: textInput(1, NICKNAME_MAX).optional() }))
    .mutation(async ({ ctx, input }) => {
      const found = await ctx.app.ports.login.whoIs(input.code)
      if (!found) throw refuse('loginCode')
      // a name that cannot be shown is no reason to turn somebody away
      const nickname = input.nickname && isDecent(input.nickname) ? input.nickname : '茶友'
      const { token, userId, expiresAt } = await ctx.app.work({ kind: 'guest' }, async (work) => {
        const id = await userFor(work, found.openid, nickname)
        const endsAt = after(work.now, ctx.app.settings.login.buyerDays * DAY)
        return { userId: id, expiresAt: endsAt, token: await startSession(work, id, 'bearer', device(ctx), endsAt) }
      })
      return { token, expiresAt, user: await me(ctx.app, userId) }
    }),
  me: buyerProcedure.query(({ ctx }) => me(ctx.app, ctx.userId)),
  rename: buyerProcedure
    .input(z.strictObject({ nickname: textInput(1, NICKNAME_MAX) }))
    .mutation(({ ctx, input }) => rename(ctx.app, ctx.userId, input.nickname)),
  logout: buyerProcedure.input(z.strictObject({})).mutation(async ({ ctx }) => {
    await ctx.app.work(ctx.by, (work) => endSession(work, ctx.sessionId))
    ctx.setCookie(consoleCookie(ctx.app.settings.http.publicOrigin), null, {})
    return { done: true as const }
  }),
  people: openProcedure
    .input(z.strictObject({}))
    .query(async ({ ctx }) => (await demoPeople(ctx.app)).map(({ userId, ...shown }) => ({ key: userId, ...shown }))),
  enterAs: openProcedure.input(z.strictObject({ key: idInput('User') })).mutation(async ({ ctx, input }) => {
    if (!(await demoPeople(ctx.app)).some((p) => p.userId === input.key)) throw refuse('notFound')
    const token = await ctx.app.work({ kind: 'guest' }, (work) =>
      startSession(work, input.key, 'cookie', device(ctx), after(work.now, ctx.app.settings.login.consoleHours * HOUR)),
    )
    enter(ctx, token)
    return { user: await me(ctx.app, input.key) }
  }),
  startPairing: openProcedure
    .meta({ audience: 'open', weight: 20 })
    .input(z.strictObject({}))
    .mutation(async ({ ctx }) => {
      const { nonce, ...shown } = await startPairing(ctx.app, device(ctx))
      ctx.setCookie(NONCE, nonce, { maxAgeSeconds: 150 })
      return shown
    }),
  pollPairing: openProcedure.input(z.strictObject({ pairingId: idInput('Pairing') })).mutation(async ({ ctx, input }) => {
    const { state, token } = await pollPairing(ctx.app, input.pairingId, ctx.cookies[NONCE] ?? '', device(ctx))
    if (token) {
      enter(ctx, token)
      ctx.setCookie(NONCE, null, {})
    }
    return { state }
  }),
  pairing: buyerProcedure
    .input(z.strictObject({ scene: z.string().regex(/^[\w-]{22}$/) }))
    .mutation(({ ctx, input }) => scanPairing(ctx.app, ctx.userId, input.scene)),
  confirmPairing: buyerProcedure
    .meta({ audience: 'buyer', weight: 20 })
    .input(z.strictObject({ pairingId: idInput('Pairing'), number: z.string().regex(/^\d{2}$/) }))
    .mutation(async ({ ctx, input }) => {
      await confirmPairing(ctx.app, ctx.userId, input.pairingId, input.number)
      return { done: true as const }
    }),
  refusePairing: buyerProcedure.input(z.strictObject({ pairingId: idInput('Pairing') })).mutation(async ({ ctx, input }) => {
    await refusePairing(ctx.app, ctx.userId, input.pairingId)
    return { done: true as const }
  }),
})
