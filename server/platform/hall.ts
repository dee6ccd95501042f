/**
 * The front hall: a thin adapter between Fastify and the router. Same wire format as tRPC's own plugin (single and batch calls), at a
 * fraction of its cost, because no Fetch Request or Response is built in between. Answers that everyone shares are kept serialised in
 * front of it and dropped by the events that make them stale; after two seconds they are asked anew in any case, for the sake of other nodes.
 */
import { createHash, randomBytes } from 'node:crypto'
import type {} from '@fastify/cookie'
import type {} from '@fastify/helmet'
import { type AnyRouter, callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError } from '@trpc/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App, SignedIn } from './app.ts'
import { type Context, type Meta, refusalOf, statusOf } from './doors.ts'
import { errorFacts } from './log.ts'

/** The most calls one batch may carry. */
export const MAX_BATCH = 10
const KEPT_FOR = 2_000
const [OPEN, COMMA, CLOSE] = ['[', ',', ']'].map((mark) => Buffer.from(mark)) as [Buffer, Buffer, Buffer]
const MOST_KEPT = 5_000
/** The cookie of the console; `__Host-` where there is https. */
export const consoleCookie = (origin: string): string => (origin.startsWith('https://') ? '__Host-sid' : 'sid')

interface Outcome {
  /** UTF-8, made once: what is kept is sent as it lies. */
  body: Buffer
  status: number
  /** Of answers that everyone shares. */
  etag?: string
}

interface Kept {
  outcome: Outcome
  tags: string[]
  at: number
}

interface Asking {
  outcome: Promise<Outcome>
  tags: string[]
  /** News came while it was being read. */
  stale: boolean
}

interface Call {
  path: string
  input: unknown
}

/**
 * What an event is news about: its name, and the ids that stand in its facts alone or in a list. What lies deeper is detail (which shops
 * share in a paid order), and no page is about it: a flash sale would empty the hall with every payment.
 */
const newsOf = (name: string, facts: unknown): Set<unknown> =>
  new Set<unknown>([name, ...Object.values(facts as Record<string, unknown>).flat()])

/** Mounts the router under /trpc, in a scope of its own that takes JSON and nothing else. */
export function openHall(server: FastifyInstance, app: App, appRouter: AnyRouter): void {
  void server.register(async (scope) => mountHall(scope, app, appRouter))
}

function mountHall(scope: FastifyInstance, app: App, appRouter: AnyRouter): void {
  const kept = new Map<string, Kept>()
  const asking = new Map<string, Asking>()
  app.bell.on('told', ({ name, facts }) => {
    const news = newsOf(name, facts)
    for (const [key, one] of kept) if (one.tags.some((tag) => news.has(tag))) kept.delete(key)
    // who asks from now on must not be handed what was read before the news
    for (const [key, one] of asking)
      if (one.tags.some((tag) => news.has(tag))) {
        one.stale = true
        asking.delete(key)
      }
  })
  const defOf = (path: string): { type?: string; meta?: Meta } | undefined =>
    (appRouter._def.procedures as Record<string, { _def: { type?: string; meta?: Meta } } | undefined>)[path]?._def
  const allowance = createAllowance(app)

  const run = async (call: Call, type: 'query' | 'mutation', ctx: Context, batchIndex: number): Promise<Outcome> => {
    try {
      const is = defOf(call.path)?.type
      if (is !== undefined && is !== type) throw new TRPCError({ code: 'METHOD_NOT_SUPPORTED', message: `a ${is} is not asked like this` })
      const data: unknown = await callTRPCProcedure({
        router: appRouter,
        path: call.path,
        getRawInput: () => Promise.resolve(call.input),
        ctx,
        type,
        signal: undefined,
        batchIndex,
      })
      return { body: Buffer.from(JSON.stringify({ result: { data } })), status: 200 }
    } catch (cause) {
      const error = getTRPCErrorFromUnknown(cause)
      const refusal = refusalOf(error.cause ?? error)
      const shape = getTRPCErrorShape({ config: appRouter._def._config, error, type, path: call.path, input: call.input, ctx })
      if (!refusal && error.code === 'INTERNAL_SERVER_ERROR')
        app.log('error', 'a call failed', { trace: ctx.traceId, procedure: call.path, ...errorFacts(error.cause ?? error) })
      return {
        body: Buffer.from(JSON.stringify({ error: shape })),
        status: (shape.data as { httpStatus?: number }).httpStatus ?? statusOf(error.code),
      }
    }
  }

  const runShared = async (call: Call, shared: (input: unknown) => string[], ctx: Context): Promise<Outcome> => {
    const key = `${call.path}?${JSON.stringify(call.input)}`
    const have = kept.get(key)
    if (have && app.clock.now() - have.at < KEPT_FOR) return have.outcome
    const running = asking.get(key)
    if (running) return running.outcome
    const at = app.clock.now()
    const one: Asking = {
      outcome: run(call, 'query', ctx, 0).then((o) => (o.status === 200 ? { ...o, etag: etagOf(o.body) } : o)),
      tags: tagsOf(shared, call.input),
      stale: false,
    }
    asking.set(key, one)
    try {
      const outcome = await one.outcome
      if (outcome.status === 200 && !one.stale && key.length < 300) {
        if (kept.size >= MOST_KEPT) kept.clear()
        kept.set(key, { outcome, tags: one.tags, at })
      }
      return outcome
    } finally {
      if (asking.get(key) === one) asking.delete(key)
    }
  }

  /** One error for the whole request; the client gives it to every call of a batch. */
  const fail = (reply: FastifyReply, ctx: Context, code: TRPCError['code'], message: string): Promise<void> => {
    const error = new TRPCError({ code, message })
    const shape = getTRPCErrorShape({ config: appRouter._def._config, error, type: 'unknown', path: undefined, input: undefined, ctx })
    return send(reply, Buffer.from(JSON.stringify({ error: shape })), statusOf(code))
  }

  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const type = request.method === 'POST' ? 'mutation' : 'query'
    const query = request.query as Record<string, string | undefined>
    const ctx = contextOf(app, request, reply, allowance.greet)
    const path = (request.params as { '*': string })['*']
    const batched = query.batch === '1'
    if (type === 'mutation' && !isJson(request.headers['content-type']))
      return fail(reply, ctx, 'UNSUPPORTED_MEDIA_TYPE', 'application/json only')
    if (type === 'mutation' && !sameOrigin(request, app)) return fail(reply, ctx, 'FORBIDDEN', 'foreign origin')
    const names = batched ? path.split(',') : [path]
    if (names.length > MAX_BATCH) return fail(reply, ctx, 'BAD_REQUEST', 'too many calls in one batch')
    let inputs: unknown
    try {
      inputs = type === 'mutation' ? request.body : query.input ? JSON.parse(query.input) : undefined
    } catch {
      return fail(reply, ctx, 'BAD_REQUEST', 'input is not JSON')
    }
    if (batched && inputs !== undefined && (typeof inputs !== 'object' || inputs === null || Array.isArray(inputs)))
      return fail(reply, ctx, 'BAD_REQUEST', 'the inputs of a batch are an object')
    const calls = names.map(
      (name, i): Call => ({ path: name, input: batched ? (inputs as Record<string, unknown> | undefined)?.[i] : inputs }),
    )
    const weight = calls.reduce((sum, c) => sum + (defOf(c.path)?.meta?.weight ?? 1), 0)
    if (!allowance.take(request, ctx, weight)) {
      reply.header('retry-after', '5')
      return fail(reply, ctx, 'TOO_MANY_REQUESTS', 'too many calls')
    }
    const one = (call: Call, i: number) => {
      const shared = type === 'query' ? defOf(call.path)?.meta?.shared : undefined
      return shared ? runShared(call, shared, ctx) : run(call, type, ctx, i)
    }
    if (!batched) {
      const outcome = await one(calls[0] as Call, 0)
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
    return send(
      reply,
      Buffer.concat(outcomes.flatMap((o, i) => [i === 0 ? OPEN : COMMA, o.body]).concat(CLOSE)),
      statuses.size === 1 ? (outcomes[0] as Outcome).status : 207,
    )
  }

  // a body that is no JSON, too large or of another kind never reaches the handler, and is told in the client's own form
  scope.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
    const ctx = contextOf(app, request, reply, allowance.greet)
    const code = bodyTroubles[error.statusCode ?? 500] ?? 'INTERNAL_SERVER_ERROR'
    if (code === 'INTERNAL_SERVER_ERROR') app.log('error', 'the hall stumbled', { trace: ctx.traceId, ...errorFacts(error) })
    await fail(reply, ctx, code, 'a body that cannot be read')
    return reply
  })
  scope.removeAllContentTypeParsers()
  const parse = scope.getDefaultJsonParser('error', 'error')
  scope.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    // a call without an input has an empty body
    if (body === '') done(null, undefined)
    else parse(request, body, done)
  })
  const safe = safeHeaders(app.settings.http.publicOrigin.startsWith('https://'))
  scope.addHook('onRequest', (_request, reply, done) => {
    for (const name in safe) reply.raw.setHeader(name, safe[name] as string)
    done()
  })
  scope.get('/trpc/*', { helmet: false }, handle)
  scope.post('/trpc/*', { helmet: false }, handle)
}

/** What keeps an answer of data from being taken for a page; the pages' own, longer list is helmet's and is made anew for each request. */
const safeHeaders = (https: boolean): Record<string, string> => ({
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  ...(https ? { 'strict-transport-security': 'max-age=15552000; includeSubDomains' } : {}),
})

const bodyTroubles: Record<number, TRPCError['code']> = { 400: 'BAD_REQUEST', 413: 'PAYLOAD_TOO_LARGE', 415: 'UNSUPPORTED_MEDIA_TYPE' }

/** The tags of an answer; an input that the door will refuse has none. */
const tagsOf = (shared: (input: unknown) => string[], input: unknown): string[] => {
  try {
    return shared(input)
  } catch {
    return []
  }
}

const send = async (reply: FastifyReply, body: Buffer, status: number): Promise<void> => {
  await reply.code(status).header('content-type', 'application/json; charset=utf-8').send(body)
}

const etagOf = (body: Buffer): string => `"${createHash('sha1').update(body).digest('base64url')}"`
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

const contextOf = (app: App, request: FastifyRequest, reply: FastifyReply, greet: (token: string) => void): Context => {
  const cookies = ((request as { cookies?: Record<string, string | undefined> }).cookies ?? {}) as Record<string, string | undefined>
  let who: Promise<SignedIn | null> | undefined
  let trace: string | undefined
  return {
    app,
    /** Thrown when first wanted: most answers are kept ones, which nobody has to trace. */
    get traceId() {
      trace ??= randomBytes(8).toString('hex')
      return trace
    },
    address: callerAddress(request.ip),
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 200),
    cookies,
    who: () => {
      who ??= whoIs(app, request.headers.authorization, cookies).then((somebody) => {
        const token = tokenOf(app, request.headers.authorization, cookies)
        if (somebody && token) greet(token.text)
        return somebody
      })
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

type Cookies = Record<string, string | undefined>

/** What a call shows of itself: a phone's bearer token, else the console's cookie. */
const tokenOf = (app: App, authorization: string | undefined, cookies: Cookies): { text: string; kind: 'bearer' | 'cookie' } | null => {
  const bearer = /^Bearer ([\w-]{20,100})$/.exec(authorization ?? '')?.[1]
  if (bearer) return { text: bearer, kind: 'bearer' }
  const cookie = cookies[consoleCookie(app.settings.http.publicOrigin)]
  return cookie ? { text: cookie, kind: 'cookie' } : null
}

/** Who is behind a bearer token (phones) or the console's cookie (desks). */
export const whoIs = async (app: App, authorization: string | undefined, cookies: Cookies): Promise<SignedIn | null> => {
  const token = tokenOf(app, authorization, cookies)
  return token ? app.gate.userOf(app, token.text, token.kind) : null
}

const MOST_BUCKETS = 50_000

/**
 * How much a caller may ask for in a minute. A token that turned out to be somebody's (`greet`) has a bucket of its own, and its address ten
 * times the room, for many people sit behind one; everything else is counted against its address alone, so that made-up tokens buy
 * nothing, not even memory. Calls are counted, by their weight, not requests.
 */
const createAllowance = (app: App) => {
  const buckets = new Map<string, { left: number; at: number }>()
  const perMinute = app.settings.http.callsPerMinute
  const bucketOf = (key: string, size: number) => {
    const now = app.clock.now()
    let bucket = buckets.get(key)
    if (!bucket) {
      if (buckets.size >= MOST_BUCKETS) {
        // who has not called for a minute has a full bucket, which need not be remembered
        for (const [name, one] of buckets) if (now - one.at >= 60_000) buckets.delete(name)
        if (buckets.size >= MOST_BUCKETS) buckets.clear()
      }
      bucket = { left: size, at: now }
      buckets.set(key, bucket)
    }
    bucket.left = Math.min(size, bucket.left + ((now - bucket.at) / 60_000) * size)
    bucket.at = now
    return bucket
  }
  const keyOf = (token: string): string => `t${createHash('sha256').update(token).digest('base64url')}`
  return {
    /** Takes what a call weighs, or answers that there is not so much left. */
    take(request: FastifyRequest, ctx: Context, weight: number): boolean {
      const token = tokenOf(app, request.headers.authorization, ctx.cookies)
      const key = token ? keyOf(token.text) : null
      const asked =
        key !== null && buckets.has(key)
          ? [bucketOf(`s${ctx.address}`, perMinute * 10), bucketOf(key, perMinute)]
          : [bucketOf(`g${ctx.address}`, perMinute)]
      if (asked.some((b) => b.left < weight)) return false
      for (const b of asked) b.left -= weight
      return true
    },
    /** Notes that a token is somebody's. */
    greet(token: string): void {
      bucketOf(keyOf(token), perMinute)
    },
  }
}
