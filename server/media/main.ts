/**
 * The media server's process. Its parent (the media adapter) sends `begin`, answers `authorize` and may ask `kick`, `stats` and `cover`;
 * it tells the parent what begins and ends. Without a parent it has nobody to ask who may publish, so it goes when the parent goes.
 */
import type { AddressInfo, Server } from 'node:net'
import { join } from 'node:path'
import { cachedCover, createHls, findFfmpeg, type Hls } from './ffmpeg.ts'
import { createHttpServer } from './http.ts'
import { createHub, type Figures } from './hub.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { type AuthorizeAsk, createRtmpServer, type Verdict } from './rtmp.ts'

interface Place {
  host: string
  port: number
}

type FromParent =
  | { kind: 'begin'; rtmp: Place; http: Place; recordingsDir: string; limits: Partial<Limits> }
  | { kind: 'verdict'; id: number; verdict: Verdict }
  | { kind: 'kick' | 'stats' | 'cover'; id: number; stream: string }
  | { kind: 'stop' }

type Level = 'debug' | 'info' | 'warn' | 'error'

type ToParent =
  | { kind: 'listening'; rtmpPort: number; httpPort: number; hls: boolean }
  | { kind: 'cannot'; why: string }
  | { kind: 'stopped' }
  | { kind: 'authorize'; id: number; ask: AuthorizeAsk }
  | { kind: 'published'; stream: string; publisherId: string }
  | { kind: 'unpublished'; stream: string; publisherId: string; recording: string | null }
  | { kind: 'reply'; id: number; value: boolean | Figures | Buffer | null }
  | { kind: 'log'; level: Level; message: string; facts: Record<string, string | number> }

/** The parent answers within five seconds; this is for the case that it does not answer at all. */
const VERDICT_MS = 8_000

const say = (message: ToParent): void => {
  if (process.connected) process.send!(message)
}
const log = (level: Level, message: string, facts: Record<string, string | number>): void => say({ kind: 'log', level, message, facts })

const listen = (server: Server, place: Place): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(place.port, place.host, () => {
      server.off('error', reject)
      server.on('error', (error) => log('error', 'a server socket failed', { error: String(error) }))
      resolve((server.address() as AddressInfo).port)
    })
  })

const run = async (begin: Extract<FromParent, { kind: 'begin' }>): Promise<(message: FromParent) => void> => {
  const limits: Limits = { ...defaultLimits, ...begin.limits }
  const hub = createHub(limits, {
    published: (fact) => say({ kind: 'published', ...fact }),
    unpublished: (fact) => say({ kind: 'unpublished', ...fact }),
    trouble: (message, facts) => log('warn', message, facts),
  })
  const waiting = new Map<number, (verdict: Verdict) => void>()
  let serial = 0
  const rtmp = createRtmpServer({
    limits,
    hub,
    log,
    authorize: (ask) =>
      new Promise((resolve) => {
        const id = ++serial
        const late = setTimeout(() => settle({ ok: false, why: 'No answer.' }), VERDICT_MS)
        const settle = (verdict: Verdict): void => {
          clearTimeout(late)
          waiting.delete(id)
          resolve(verdict)
        }
        waiting.set(id, settle)
        say({ kind: 'authorize', id, ask })
      }),
  })
  const ffmpeg = await findFfmpeg()
  const hls: Hls | null = ffmpeg ? await createHls(hub, limits, join(begin.recordingsDir, '.hls')) : null
  const http = createHttpServer(hub, limits, hls, (error) =>
    log('error', 'a viewer met a fault of ours', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
  const rtmpPort = await listen(rtmp.server, begin.rtmp)
  const httpPort = await listen(http.server, begin.http)
  say({ kind: 'listening', rtmpPort, httpPort, hls: hls !== null })

  const cover = async (stream: string): Promise<Buffer | null> => {
    const still = ffmpeg ? hub.still(stream) : null
    return still ? cachedCover(still.frame, still.flv) : null
  }

  const stop = async (): Promise<void> => {
    await hub.close()
    await Promise.all([rtmp.close(), http.close(), hls?.close()])
    // what was said last must leave before we do
    process.send?.({ kind: 'stopped' } satisfies ToParent, () => process.exit(0))
  }

  return (message) => {
    switch (message.kind) {
      case 'verdict':
        waiting.get(message.id)?.(message.verdict)
        return
      case 'kick':
        say({ kind: 'reply', id: message.id, value: hub.kick(message.stream) })
        return
      case 'stats': {
        const figures = hub.figures(message.stream)
        if (figures) figures.viewers += hls?.viewers(message.stream) ?? 0
        say({ kind: 'reply', id: message.id, value: figures })
        return
      }
      case 'cover':
        cover(message.stream).then(
          (value) => say({ kind: 'reply', id: message.id, value }),
          (error: unknown) => {
            log('warn', 'a cover could not be drawn', { error: String(error) })
            say({ kind: 'reply', id: message.id, value: null })
          },
        )
        return
      case 'stop':
        stop().catch(() => process.exit(1))
        return
      case 'begin':
        return
    }
  }
}

// Ctrl-C reaches the whole group of processes; the parent decides when we go
process.on('SIGINT', () => {})
process.on('disconnect', () => process.exit(0))
process.once('message', (first: FromParent) => {
  if (first.kind !== 'begin') process.exit(1)
  const running = run(first)
  running.catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    process.send?.({ kind: 'cannot', why } satisfies ToParent, () => process.exit(1))
  })
  process.on('message', (message: FromParent) => {
    void running.then((hear) => hear(message))
  })
})
