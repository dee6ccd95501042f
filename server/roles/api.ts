/** The api role: HTTP, the router, the room's socket, callbacks, pictures and the built front ends. */
import fs from 'node:fs'
import path from 'node:path'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import fastifyStatic from '@fastify/static'
import { sql } from 'drizzle-orm'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { refuse } from '../../shared/refusals.ts'
import type { App } from '../platform/app.ts'
import { refusalOf } from '../platform/doors.ts'
import { openHall } from '../platform/hall.ts'
import { errorFacts } from '../platform/log.ts'
import { appRouter } from '../router.ts'
import { mounts } from './mounts.ts'

export interface ApiRole {
  server: FastifyInstance
  /** The port it really listens on. */
  port: number
  stop(): Promise<void>
}

/** Builds the server without listening; tests use it too. */
export async function buildApi(app: App): Promise<{ server: FastifyInstance; closers: (() => Promise<void>)[] }> {
  const { settings } = app
  const server = Fastify({
    logger: false,
    trustProxy: settings.http.trustedProxies.length > 0 ? settings.http.trustedProxies : false,
    bodyLimit: 256 << 10,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    routerOptions: { maxParamLength: 2_000 },
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  })
  await server.register(cookie)
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        // Taro's components carry an icon font in their style
        'font-src': ["'self'", 'data:'],
        'media-src': ["'self'", 'blob:', ...mediaOrigins(app)],
        'connect-src': ["'self'", ...mediaOrigins(app), ...(settings.wechat.simBase ? [settings.wechat.simBase] : [])],
        'worker-src': ["'self'", 'blob:'],
        'frame-src': settings.wechat.simBase ? [settings.wechat.simBase] : ["'none'"],
        'frame-ancestors': ["'none'"],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
      },
    },
    hsts: settings.http.publicOrigin.startsWith('https://') ? { maxAge: 15_552_000 } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  })
  server.setErrorHandler(async (error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const refusal = refusalOf(error)
    if (refusal) return reply.code(409).send({ error: { refusal: refusal.code, message: refusal.message } })
    const status = error.statusCode && error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : 500
    if (status === 500) app.log('error', 'a request failed', { path: request.routeOptions.url ?? '', ...errorFacts(error) })
    return reply.code(status).send({
      error: { refusal: null, message: status === 413 ? '内容太大了' : status === 500 ? '系统出了点问题，请稍后再试' : '请求有误' },
    })
  })
  server.setNotFoundHandler(async (_request, reply) =>
    reply.code(404).send({ error: { refusal: 'notFound', message: refuse('notFound').message } }),
  )
  openHall(server, app, appRouter)
  server.get('/healthz', async () => ({ ok: true }))
  server.get('/readyz', async (_request, reply) => {
    try {
      await app.read.execute(sql`select 1`)
      return { ok: true }
    } catch {
      return reply.code(503).send({ ok: false })
    }
  })
  server.get('/app-config.json', async () => ({ stage: settings.stage, simBase: settings.wechat.simBase, playback: settings.playback }))
  const closers: (() => Promise<void>)[] = []
  for (const mount of mounts) {
    const close = await mount(server, app)
    if (close) closers.push(close)
  }
  await mountWeb(server, app)
  return { server, closers }
}

const mediaOrigins = (app: App): string[] => {
  const { origin } = new URL(app.settings.media.publicFlv)
  return [origin]
}

/** The built front ends, when this process serves them: buyers at /, desks at /console/. Hashed files are kept for ever, pages are asked anew. */
async function mountWeb(server: FastifyInstance, app: App): Promise<void> {
  const { buyer, console: desk } = app.settings.web
  const headers = (reply: FastifyReply, file: string): void => {
    void reply.header(
      'cache-control',
      /\.[0-9a-f]{8,}\.|-[\w-]{8}\.(js|css)$/.test(path.basename(file)) ? 'public, max-age=31536000, immutable' : 'no-cache',
    )
  }
  if (desk && fs.existsSync(path.join(desk, 'index.html'))) {
    await server.register(fastifyStatic, {
      root: path.resolve(desk),
      prefix: '/console/',
      decorateReply: false,
      cacheControl: false,
      setHeaders: headers,
    })
    server.get('/console', async (_request, reply) => reply.redirect('/console/'))
  }
  if (buyer && fs.existsSync(path.join(buyer, 'index.html')))
    await server.register(fastifyStatic, {
      root: path.resolve(buyer),
      prefix: '/',
      decorateReply: false,
      cacheControl: false,
      setHeaders: headers,
    })
}

/** Starts listening. */
export async function startApi(app: App): Promise<ApiRole> {
  const { server, closers } = await buildApi(app)
  await server.listen({ host: app.settings.http.host, port: app.settings.http.port })
  const address = server.server.address()
  return {
    server,
    port: typeof address === 'object' && address ? address.port : app.settings.http.port,
    stop: async () => {
      for (const close of closers) await close()
      await server.close()
    },
  }
}
