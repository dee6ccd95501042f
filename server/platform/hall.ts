/**
 * The front hall: a thin adapter between Fastify and the router. Same wire format as tRPC's own plugin (single and batch calls), at a
 * fraction of its cost, because no Fetch Request or Response is built in between. Answers that everyone shares are kept serialised in
 * front of it and dropped by the events that make them stale; after two seconds they are asked anew in any case, for the sake of other nodes.
 */
import { createHash, randomBytes } from 'node:crypto'
import type {} from '@fastify/cookie'
import { type AnyRouter, callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError } from '@trpc/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App, SignedIn } from './app.ts'
import { type Context, type Meta, refusalOf, statusOf } from './doors.ts'
import { errorFacts } from './log.ts'

/** The most calls one batch may carry. */
export const MAX_BATCH = 10
const KEPT_FOR = 2_000
const MOST_KEPT = 5_000
/** The cookie of the console; `__Host-` where there is https. */
export const consoleCookie = (origin: string): string => (origin.startsWith('https://') ? '__Host-sid' : 'sid')

interface Kept {
  body: string
  etag: string
  tags: string[]
  at: number
}

interface Call {
  path: string
  input: unknown
}

interface Outcome {
  body: string
  status: number
}

/** Mounts the router under /trpc. */
export function openHall(server: FastifyInstance, app: App, appRouter: AnyRouter): void {
  const kept = new Map<string, Kept>()
  const asking = new Map<string, Promise<Outcome>>()
  let drops = 0
  app.bell.on('told', ({ name, facts }) => {
    drops++
    const news = new Set<unknown>([name, ...Object.values(facts as Record<string, unknown>).flat()])
    for (const [key, one] of kept) if (one.tags.some((tag) => news.has(tag))) kept.delete(key)
  })
  const metaOf = (path: string): Meta | undefined =>
    (appRouter._def.procedures as Record<string, { _def: { meta?: Meta } }>)[path]?._def.meta
  const allowance = createAllowance(app)

  const run = async (call: Call, type: 'query' | 'mutation', ctx: Context, batchIndex: number): Promise<Outcome> => {
    try {
      const data: unknown = await callTRPCProcedure({
        router: appRouter,
        path: call.path,
        getRawInput: () => Promise.resolve(call.input),
        ctx,
        type,
        signal: undefined,
        batchIndex,
      })
      return { body: `{"result":{"data":${data === undefined ? 'null' : JSON.stringify(data)}}}`, status: 200 }
    } catch (cause) {
      const error = getTRPCErrorFromUnknown(cause)
      const refusal = refusalOf(error.cause ?? error)
      const shape = getTRPCErrorShape({ config: appRouter._def._config, error, type, path: call.path, input: call.input, ctx })
      if (!refusal && error.code === 'INTERNAL_SERVER_ERROR')
        app.log('error', 'a call failed', { trace: ctx.traceId, procedure: call.path, ...errorFacts(error.cause ?? error) })
      return { body: JSON.stringify({ error: shape }), status: (shape.data as { httpStatus?: number }).httpStatus ?? statusOf(error.code) }
    }
  }

  const runShared = async (call: Call, meta: Meta, ctx: Context): Promise<Outcome & { etag?: string }> => {
    const key = `${call.path}?${JSON.stringify(call.input ?? null)}`
    const have = kept.get(key)
    if (have && app.clock.now() - have.at < KEPT_FOR) return { body: have.body, status: 200, etag: have.etag }
    const running = asking.get(key)
    if (running) return running
    const before = drops
    const promise = run(call, 'query', ctx, 0)
    asking.set(key, promise)
    try {
      const outcome = await promise
      // an event that came while we read may have made this very answer stale: hand it out, but do not keep it
      if (outcome.status === 200 && drops === before && key.length < 300) {
        if (kept.size >= MOST_KEPT) kept.clear()
        kept.set(key, { body: outcome.body, etag: etagOf(outcome.body), tags: meta.shared?.(call.input) ?? [], at: app.clock.now() })
      }
      return outcome
    } finally {
      asking.delete(key)
    }
  }

  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const type = request.method === 'GET' ? 'query' : 'mutation'
    const query = request.query as Record<string, string | undefined>
    const ctx = contextOf(app, request, reply)
    const paths = decodeURIComponent((request.params as { '*': string })['*'])
    const batched = query.batch === '1'
    const fail = (code: TRPCError['code'], message: string) => {
      const shape = getTRPCErrorShape({
        config: appRouter._def._config,
        error: new TRPCError({ code, message }),
        type,
        path: undefined,
        input: undefined,
        ctx,
      })
      const body = JSON.stringify({ error: shape })
      return send(reply, batched ? `[${body}]` : body, statusOf(code))
    }
    if (type === 'mutation' && !isJson(request.headers['content-type'])) return fail('UNSUPPORTED_MEDIA_TYPE', 'application/json only')
    if (type === 'mutation' && !sameOrigin(request, app)) return fail('FORBIDDEN', 'foreign origin')
    const names = batched ? paths.split(',') : [paths]
    if (names.length > MAX_BATCH) return fail('BAD_REQUEST', 'too many calls in one batch')
    let inputs: unknown
    try {
      inputs = type === 'query' ? (query.input === undefined ? undefined : JSON.parse(query.input)) : request.body
    } catch {
      return fail('PARSE_ERROR', 'input is not JSON')
    }
    const calls = names.map((path, i): Call => ({ path, input: batched ? (inputs as Record<string, unknown> | undefined)?.[i] : inputs }))
    if (
      !allowance(
        request,
        ctx,
        calls.reduce((sum, c) => sum + (metaOf(c.path)?.weight ?? 1), 0),
      )
    ) {
      reply.header('retry-after', '5')
      return fail('TOO_MANY_REQUESTS', 'too many calls')
    }
    const one = (call: Call, i: number) => {
      const meta = type === 'query' ? metaOf(call.path) : undefined
      return meta?.shared ? runShared(call, meta, ctx) : run(call, type, ctx, i)
    }
    if (!batched) {
      const outcome: Outcome & { etag?: string } = await one(calls[0] as Call, 0)
      if (outcome.etag) {
        reply.header('etag', outcome.etag).header('cache-control', 'no-cache')
        if (request.headers['if-none-match'] === outcome.etag) {
          await reply.code(304).send()
          return
        }
      }
      return send(reply, outcome.body, outcome.status)
    }
    const outcomes = await Promise.all(calls.map(one))
    const statuses = new Set(outcomes.map((o) => o.status))
    return send(reply, `[${outcomes.map((o) => o.body).join(',')}]`, statuses.size === 1 ? (outcomes[0] as Outcome).status : 207)
  }
  server.get('/trpc/*', handle)
  server.post('/trpc/*', handle)
}

const send = async (reply: FastifyReply, body: string, status: number): Promise<void> => {
  await reply.code(status).header('content-type', 'application/json; charset=utf-8').send(body)
}

const etagOf = (body: string): string => `"${createHash('sha1').update(body).digest('base64url')}"`
const isJson = (type: string | undefined): boolean => type !== undefined && /^application\/json\s*(;|$)/i.test(type)

/** A call that carries the console's cookie must come from our own pages; a mini-program's token cannot be sent by a foreign page. */
const sameOrigin = (request: FastifyRequest, app: App): boolean => {
  const carries = (request as { cookies?: Record<string, string | undefined> }).cookies?.[consoleCookie(app.settings.http.publicOrigin)]
  if (!carries) return true
  const origin = request.headers.origin
  if (origin !== undefined) return origin === app.settings.http.publicOrigin
  return request.headers['sec-fetch-site'] === 'same-origin'
}

/** The caller's address for limits: what a trusted proxy says, IPv6 by its /64. */
export const callerAddress = (ip: string): string => {
  if (!ip.includes(':')) return ip
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(ip)
  return v4?.[1] ?? `${ip.split(':').slice(0, 4).join(':')}::/64`
}

const contextOf = (app: App, request: FastifyRequest, reply: FastifyReply): Context => {
  const cookies = ((request as { cookies?: Record<string, string | undefined> }).cookies ?? {}) as Record<string, string | undefined>
  let who: Promise<SignedIn | null> | undefined
  return {
    app,
    traceId: randomBytes(8).toString('hex'),
    address: callerAddress(request.ip),
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 200),
    cookies,
    who: () => {
      who ??= whoIs(app, request.headers.authorization, cookies)
      return who
    },
    setCookie: (name, value, options) => {
      const secure = app.settings.http.publicOrigin.startsWith('https://')
      const common = { path: '/', sameSite: 'lax' as const, secure, httpOnly: options.httpOnly ?? true }
      if (value === null) void reply.clearCookie(name, common)
      else
        void reply.setCookie(name, value, { ...common, ...(options.maxAgeSeconds === undefined ? {} : { maxAge: options.maxAgeSeconds }) })
    },
  }
}

/** Who is behind a bearer token (phones) or the console's cookie (desks). */
export const whoIs = async (
  app: App,
  authorization: string | undefined,
  cookies: Record<string, string | undefined>,
): Promise<SignedIn | null> => {
  const bearer = /^Bearer ([\w-]{20,100})$/.exec(authorization ?? '')?.[1]
  if (bearer) return app.gate.userOf(app, bearer, 'bearer')
  const cookie = cookies[consoleCookie(app.settings.http.publicOrigin)]
  return cookie ? app.gate.userOf(app, cookie, 'cookie') : null
}

/**
 * Two buckets for each call: the caller's token where there is one, and the address with ten times the room, so that made-up tokens buy
 * nothing. Calls are counted, not requests.
 */
const createAllowance = (app: App) => {
  const buckets = new Map<string, { left: number; at: number }>()
  const perMinute = app.settings.http.callsPerMinute
  const bucketOf = (key: string, size: number, now: number) => {
    const bucket = buckets.get(key) ?? { left: size, at: now }
    bucket.left = Math.min(size, bucket.left + ((now - bucket.at) / 60_000) * size)
    bucket.at = now
    if (buckets.size > 50_000) buckets.clear()
    buckets.set(key, bucket)
    return bucket
  }
  return (request: FastifyRequest, ctx: Context, weight: number): boolean => {
    const now = app.clock.now()
    const token = request.headers.authorization ?? ctx.cookies[consoleCookie(app.settings.http.publicOrigin)]
    const asked = [bucketOf(token ? `s${ctx.address}` : `g${ctx.address}`, token ? perMinute * 10 : perMinute, now)]
    if (token) asked.push(bucketOf(`t${createHash('sha256').update(token).digest('base64url')}`, perMinute, now))
    if (asked.some((b) => b.left < weight)) return false
    for (const b of asked) b.left -= weight
    return true
  }
}
