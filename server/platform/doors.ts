/**
 * Doors: who may come in. A procedure is built from one of these and from nothing else, so each declares its audience; what a caller may
 * not see is "not found", in the same words as what does not exist.
 */
import { initTRPC, type TRPCError } from '@trpc/server'
import { z } from 'zod'
import { type Id, isId, type Noun, type ShopId } from '../../shared/ids.ts'
import { Refusal, type RefusalKind, refusals, refusalWords, refuse } from '../../shared/refusals.ts'
import { OutsideTrouble } from '../ports/trouble.ts'
import type { App, SignedIn } from './app.ts'
import type { Actor } from './work.ts'

/** What a door knows of a call. */
export interface Context {
  app: App
  traceId: string
  /** The caller's address, IPv6 cut to its /64. */
  address: string
  userAgent: string
  /** Who is signed in, asked once per request. */
  who(): Promise<SignedIn | null>
  /** The console's cookie as it came, and a way to set or clear cookies in the answer. */
  cookies: Record<string, string | undefined>
  setCookie(name: string, value: string | null, options: { maxAgeSeconds?: number; httpOnly?: boolean }): void
}

export interface Meta {
  audience: 'open' | 'buyer' | 'shop' | 'park'
  roles?: readonly string[]
  /** For answers that everyone shares: the ids and event names whose news make the kept answer stale. */
  shared?: (input: unknown) => string[]
  /** What a call weighs against the caller's allowance; 1 unless said. */
  weight?: number
}

const codes: Record<RefusalKind, TRPCError['code']> = {
  bad: 'BAD_REQUEST',
  signIn: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  notFound: 'NOT_FOUND',
  conflict: 'CONFLICT',
  tooLarge: 'PAYLOAD_TOO_LARGE',
  tooMany: 'TOO_MANY_REQUESTS',
  busy: 'SERVICE_UNAVAILABLE',
}

/** The refusal behind an error, if it is one that people may read. */
export const refusalOf = (error: unknown): Refusal | null => {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    if (e instanceof Refusal) return e
    if (e instanceof OutsideTrouble) return refuse('outside', { what: suppliers[e.system] ?? '外部服务' })
    if (e instanceof z.ZodError) {
      const fields: Record<string, string> = {}
      for (const issue of e.issues) fields[issue.path.join('.') || 'input'] ??= issue.message
      return refuse('badInput', { what: Object.keys(fields).slice(0, 5).join('、') }, fields)
    }
  }
  return null
}

const suppliers: Record<string, string> = { 'wechat-pay': '微信支付', wechat: '微信', media: '直播服务', storage: '图片服务' }

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    defaultMeta: { audience: 'open' },
    errorFormatter({ shape, error, ctx }) {
      const refusal = refusalOf(error.cause ?? error)
      const kind = refusal ? refusals[refusal.code].kind : null
      return {
        code: shape.code,
        message: refusal
          ? refusal.message
          : error.code === 'INTERNAL_SERVER_ERROR'
            ? '系统出了点问题，请稍后再试'
            : (plain[error.code] ?? '请求有误'),
        data: {
          code: kind ? codes[kind] : error.code,
          httpStatus: statusOf(kind ? codes[kind] : error.code),
          refusal: refusal?.code ?? null,
          facts: refusal?.facts ?? {},
          fields: refusal?.fields ?? {},
          traceId: ctx?.traceId ?? null,
        },
      }
    },
  })

const plain: Partial<Record<TRPCError['code'], string>> = {
  NOT_FOUND: refusalWords('notFound'),
  UNAUTHORIZED: refusalWords('signIn'),
  METHOD_NOT_SUPPORTED: '请求方式有误',
  BAD_REQUEST: '请求有误',
  PARSE_ERROR: '请求有误',
}

const statuses: Partial<Record<TRPCError['code'], number>> = {
  BAD_REQUEST: 400,
  PARSE_ERROR: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_SUPPORTED: 405,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
  SERVICE_UNAVAILABLE: 503,
}

/** The HTTP status that goes with a tRPC code. */
export const statusOf = (code: TRPCError['code']): number => statuses[code] ?? 500

/** The HTTP status of a refusal, for the doors beside tRPC. */
export const httpStatusOf = (refusal: Refusal): number => statusOf(codes[refusals[refusal.code].kind])

export const router = t.router

/** Anyone, signed in or not. `ctx.by` is a buyer when signed in, else a guest. */
export const openProcedure = t.procedure.meta({ audience: 'open' }).use(async ({ ctx, next }) => {
  const signedIn = await ctx.who()
  const by: Actor = signedIn ? { kind: 'buyer', userId: signedIn.userId } : { kind: 'guest' }
  return next({ ctx: { ...ctx, by, userId: signedIn?.userId ?? null } })
})

/** Anyone, for answers that are the same for all: no session is looked up, and the hall may keep the answer. */
export const sharedProcedure = (shared: (input: unknown) => string[]) => t.procedure.meta({ audience: 'open', shared })

/** Someone signed in. */
export const buyerProcedure = t.procedure.meta({ audience: 'buyer' }).use(async ({ ctx, next }) => {
  const signedIn = await ctx.who()
  if (!signedIn) throw refuse('signIn')
  const by: Actor = { kind: 'buyer', userId: signedIn.userId }
  return next({ ctx: { ...ctx, by, userId: signedIn.userId, sessionId: signedIn.sessionId } })
})

/** Members of the shop named by the input's `shopId`, all roles unless some are named. A foreign shop is not found. */
export const shopProcedure = (...roles: readonly string[]) =>
  t.procedure.meta({ audience: 'shop', roles }).use(async ({ ctx, next, getRawInput }) => {
    const signedIn = await ctx.who()
    if (!signedIn) throw refuse('signIn')
    const raw = (await getRawInput()) as { shopId?: unknown } | null | undefined
    const shopId = raw?.shopId
    if (!isId('Shop', shopId)) throw refuse('notFound')
    const role = await ctx.app.gate.roleIn(ctx.app, signedIn.userId, shopId)
    if (role === null) throw refuse('notFound')
    if (roles.length > 0 && !roles.includes(role)) throw refuse('roleNeeded')
    const by: Actor = { kind: 'member', userId: signedIn.userId, shopId, role }
    return next({ ctx: { ...ctx, by, userId: signedIn.userId, shopId: shopId as ShopId, role } })
  })

/** Park staff, all park roles unless some are named. To anyone else the desk does not exist. */
export const parkProcedure = (...roles: readonly string[]) =>
  t.procedure.meta({ audience: 'park', roles }).use(async ({ ctx, next }) => {
    const signedIn = await ctx.who()
    if (!signedIn) throw refuse('signIn')
    const role = await ctx.app.gate.parkRole(ctx.app, signedIn.userId)
    if (role === null || (roles.length > 0 && role !== 'head' && !roles.includes(role))) throw refuse('notFound')
    const by: Actor = { kind: 'staff', userId: signedIn.userId, role }
    return next({ ctx: { ...ctx, by, userId: signedIn.userId, role } })
  })

/** The input of an id; anything else is "not found", as an unknown id would be. */
export const idInput = <N extends Noun>(noun: N) =>
  z.custom<Id<N>>((value) => {
    if (!isId(noun, value)) throw refuse('notFound')
    return true
  })

/** The form of a request key: made by the phone when a sheet opens, the same on every retry. */
export const keyInput = z.string().regex(/^[0-9A-Za-z_-]{16,40}$/, '请求标识有误')

/** Text that people type: trimmed, normalised, without control, zero-width and direction marks, within a length in characters. */
export const textInput = (min: number, max: number) =>
  z
    .string()
    .max(max * 4 + 16, `最多 ${max} 个字`)
    .transform((s) => s.normalize('NFC').trim())
    .refine((s) => !hidden.test(s), '含有看不见的字符')
    .refine((s) => [...s].length >= min, min === 1 ? '不能为空' : `至少 ${min} 个字`)
    .refine((s) => [...s].length <= max, `最多 ${max} 个字`)

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const hidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/
