/**
 * Media, embedded: our own media server, in a child process of ours. This side signs and checks keys, asks the house, and keeps the child alive.
 * The child's messages are described on both sides of the process wall (server/media/main.ts has the other), as neither imports the other.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { createHash, timingSafeEqual } from 'node:crypto'
import { mkdirSync, statSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MediaHooks, MediaPort, StreamStats } from '../../ports/media.ts'
import { remux } from './remux.ts'

type Level = 'debug' | 'info' | 'warn' | 'error'

export interface EmbeddedMediaSettings {
  /** Signs push keys. */
  key: string
  /** Where to listen; port 0 takes a free one, and then the public addresses are made of host and that port. */
  rtmp: { host: string; port: number }
  http: { host: string; port: number }
  /** rtmp://host:1935/live */
  publicRtmp: string
  /** http://host:8801/live */
  publicFlv: string
  recordingsDir: string
  /** Where films are kept, and where browsers read them. */
  filmsDir: string
  publicFilms: string
  log(level: Level, message: string, facts?: Record<string, string | number | boolean | null | undefined>): void
  /** Milliseconds since 1970. */
  clock(): number
  /** Bounds of the media server to set otherwise (server/media/limits.ts has them all, and what they mean). */
  limits?: Record<string, number>
}

type FromChild =
  | { kind: 'listening'; rtmpPort: number; httpPort: number; hls: boolean }
  | { kind: 'cannot'; why: string }
  | { kind: 'stopped' }
  | { kind: 'authorize'; id: number; ask: { stream: string; query: string; publisherId: string; addr: string } }
  | { kind: 'published'; stream: string; publisherId: string }
  | { kind: 'unpublished'; stream: string; publisherId: string; recording: string | null }
  | { kind: 'reply'; id: number; value: unknown }
  | { kind: 'log'; level: Level; message: string; facts: Record<string, string | number> }

const CHILD = fileURLToPath(new URL('../../media/main.ts', import.meta.url))
const START_MS = 15_000
const STOP_MS = 5_000
const HOOK_MS = 5_000
const CALL_MS = 3_000
const COVER_MS = 8_000
const AGAIN_MS = 50
/** A child that dies within this time of its start is started again more slowly. */
const YOUNG_MS = 2_000
const MAX_AGAIN_MS = 1_000
const MAX_COMPLAINT = 2_000

/** Tencent's push key: md5(key + stream + txTime), lower-case hex; `txTime` is the expiry in upper-case hex seconds. */
export const txSecret = (key: string, stream: string, txTime: string): string =>
  createHash('md5')
    .update(key + stream + txTime)
    .digest('hex')

/** Is this the query of a push key that is ours and not yet over? The answer says what is wrong, for the log and the streamer's own screen. */
const checkKey = (key: string, stream: string, query: string, now: number): string | null => {
  const given = new URLSearchParams(query)
  const time = given.get('txTime') ?? ''
  const secret = given.get('txSecret') ?? ''
  if (!/^[0-9A-Fa-f]{1,12}$/.test(time) || !/^[0-9a-fA-F]{32}$/.test(secret)) return 'The key is missing or incomplete.'
  const expected = Buffer.from(txSecret(key, stream, time))
  if (!timingSafeEqual(expected, Buffer.from(secret.toLowerCase()))) return 'The key is wrong.'
  if (Number.parseInt(time, 16) * 1000 <= now) return 'The key has expired.'
  return null
}

const within = <T>(ms: number, promise: Promise<T>): Promise<T> => {
  let late: NodeJS.Timeout
  const limit = new Promise<never>((_resolve, reject) => {
    late = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  return Promise.race([promise, limit]).finally(() => clearTimeout(late))
}

/** Makes the adapter; nothing runs before `start`. */
export const createEmbeddedMedia = (settings: EmbeddedMediaSettings): MediaPort => {
  const { key, log } = settings
  let hooks: MediaHooks | null = null
  let child: ChildProcess | null = null
  let ready = false
  let stopping = false
  let again: NodeJS.Timeout | null = null
  let againMs = AGAIN_MS
  let rtmpPort = settings.rtmp.port
  let httpPort = settings.http.port
  let hls = false
  let serial = 0
  const calls = new Map<number, { resolve(value: unknown): void; late: NodeJS.Timeout }>()
  const live = new Map<string, { publisherId: string; recording: string }>()
  /** Where a push that may begin any moment will be recorded, by publisher. */
  const granted = new Map<string, string>()
  /** One line of hooks per stream: facts arrive in order and one at a time. */
  const lines = new Map<string, Promise<void>>()

  const inLine = (stream: string, act: () => Promise<void>): void => {
    const line = (lines.get(stream) ?? Promise.resolve()).then(act).catch((error: unknown) => {
      log('error', 'a media hook failed', { stream, error: error instanceof Error ? error.message : String(error) })
    })
    lines.set(stream, line)
    void line.then(() => {
      if (lines.get(stream) === line) lines.delete(stream)
    })
  }

  const tellUnpublished = (stream: string, publisherId: string, recording: string | null): void => {
    if (live.get(stream)?.publisherId === publisherId) live.delete(stream)
    granted.delete(publisherId)
    inLine(stream, async () => hooks?.unpublished({ stream, publisherId, recording }))
  }

  const whatIsThere = (path: string): string | null => {
    try {
      return statSync(path).size > 0 ? path : null
    } catch {
      return null
    }
  }

  const recordingOf = (stream: string, publisherId: string): string => {
    const when = new Date(settings.clock()).toISOString().replace(/[-:]/g, '').slice(0, 15)
    return join(settings.recordingsDir, `${stream}-${when}-${publisherId.slice(0, 8)}.flv`)
  }

  const judge = async (
    ask: Extract<FromChild, { kind: 'authorize' }>['ask'],
  ): Promise<{ ok: true; recordTo: string } | { ok: false; why: string }> => {
    const { stream, query, publisherId, addr } = ask
    const wrong = checkKey(key, stream, query, settings.clock())
    if (wrong) return { ok: false, why: wrong }
    try {
      if (!hooks || !(await within(HOOK_MS, hooks.mayPublish({ stream, publisherId, addr }))))
        return { ok: false, why: 'This session is not open.' }
    } catch (error) {
      log('error', 'nobody could say whether a stream may go on air', {
        stream,
        error: error instanceof Error ? error.message : String(error),
      })
      return { ok: false, why: 'Please try again.' }
    }
    const recordTo = recordingOf(stream, publisherId)
    granted.set(publisherId, recordTo)
    // most that are granted publish at once; the rest were refused for another reason
    setTimeout(() => live.get(stream)?.publisherId !== publisherId && granted.delete(publisherId), START_MS).unref()
    return { ok: true, recordTo }
  }

  const hear = (from: ChildProcess, message: FromChild): void => {
    switch (message.kind) {
      case 'authorize':
        void judge(message.ask).then((verdict) => {
          if (from.connected) from.send({ kind: 'verdict', id: message.id, verdict })
        })
        return
      case 'published': {
        const { stream, publisherId } = message
        live.set(stream, { publisherId, recording: granted.get(publisherId) ?? '' })
        inLine(stream, async () => hooks?.published({ stream, publisherId }))
        return
      }
      case 'unpublished':
        tellUnpublished(message.stream, message.publisherId, message.recording)
        return
      case 'reply': {
        const call = calls.get(message.id)
        if (!call) return
        calls.delete(message.id)
        clearTimeout(call.late)
        call.resolve(message.value)
        return
      }
      case 'log':
        log(message.level, message.message, message.facts)
        return
      default:
        return
    }
  }

  /** Starts a child; resolves when it listens, rejects when it cannot. From then on its death starts another. */
  const launch = (): Promise<void> =>
    new Promise((resolve, reject) => {
      // much of what it handles is young and short-lived: a small nursery keeps its memory flat (30 MB instead of 80 under attack) at no measurable cost
      const one = fork(CHILD, [], {
        execArgv: ['--max-semi-space-size=4'],
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      })
      child = one
      const bornAt = performance.now()
      let complaint = ''
      let listening = false
      const late = setTimeout(() => one.kill('SIGKILL'), START_MS)
      one.stderr!.setEncoding('utf8').on('data', (text: string) => {
        complaint = (complaint + text).slice(-MAX_COMPLAINT)
      })
      one.on('error', (error) => log('error', 'the media server could not be reached', { error: error.message }))
      one.on('message', (message: FromChild) => {
        if (message.kind === 'listening') {
          clearTimeout(late)
          listening = true
          ready = true
          rtmpPort = message.rtmpPort
          httpPort = message.httpPort
          hls = message.hls
          log('info', 'the media server listens', { rtmpPort, httpPort, hls, pid: one.pid })
          resolve()
        } else if (message.kind === 'cannot') complaint = message.why
        else hear(one, message)
      })
      one.once('close', (code, signal) => {
        clearTimeout(late)
        if (child !== one) return
        child = null
        ready = false
        for (const call of calls.values()) {
          clearTimeout(call.late)
          call.resolve(null)
        }
        calls.clear()
        for (const [stream, { publisherId, recording }] of [...live]) tellUnpublished(stream, publisherId, whatIsThere(recording))
        granted.clear()
        if (!listening) reject(new Error(`the media server cannot start: ${complaint || (signal ?? code)}`))
        if (stopping) return
        log('error', 'the media server died', { code: code ?? null, signal: signal ?? null, complaint })
        if (!hooks) return
        againMs = performance.now() - bornAt < YOUNG_MS ? Math.min(MAX_AGAIN_MS, againMs * 2) : AGAIN_MS
        again = setTimeout(() => {
          launch().catch((error: unknown) => log('error', 'the media server did not come back yet', { error: String(error) }))
        }, againMs)
      })
      one.send({
        kind: 'begin',
        // the ports of the first start are kept: addresses that were given out stay right
        rtmp: { host: settings.rtmp.host, port: rtmpPort },
        http: { host: settings.http.host, port: httpPort },
        recordingsDir: settings.recordingsDir,
        limits: settings.limits ?? {},
      })
    })

  const call = (kind: 'kick' | 'stats' | 'cover', stream: string, ms: number): Promise<unknown> =>
    new Promise((resolve) => {
      if (!child?.connected || !ready) return resolve(null)
      const id = ++serial
      const late = setTimeout(() => {
        calls.delete(id)
        resolve(null)
      }, ms)
      calls.set(id, { resolve, late })
      child.send({ kind, id, stream })
    })

  const filmOf = (name: string): string => {
    if (!/^[0-9A-Za-z_]{1,64}$/.test(name)) throw new RangeError('not the name of a film')
    return join(settings.filmsDir, `${name}.mp4`)
  }
  const publicRtmp = (): string => (settings.rtmp.port === 0 ? `rtmp://${settings.rtmp.host}:${rtmpPort}/live` : settings.publicRtmp)
  const publicFlv = (): string => (settings.http.port === 0 ? `http://${settings.http.host}:${httpPort}/live` : settings.publicFlv)

  return {
    pushAddress(stream, until) {
      const txTime = Math.floor(until / 1000)
        .toString(16)
        .toUpperCase()
      const server = publicRtmp()
      const streamKey = `${stream}?txSecret=${txSecret(key, stream, txTime)}&txTime=${txTime}`
      return { server, streamKey, url: `${server}/${streamKey}` }
    },

    playAddresses: (stream) => ({
      flv: `${publicFlv()}/${stream}.flv`,
      hls: hls ? `${publicFlv()}/${stream}/index.m3u8` : null,
    }),

    async start(given) {
      mkdirSync(settings.recordingsDir, { recursive: true })
      stopping = false
      // the child may ask as soon as it listens; until it does, its death is an answer, not an accident
      await launch()
      hooks = given
    },

    async stop() {
      stopping = true
      if (again) clearTimeout(again)
      again = null
      const one = child
      if (one) {
        const gone = new Promise<void>((resolve) => one.once('close', () => resolve()))
        if (one.connected) one.send({ kind: 'stop' })
        const late = setTimeout(() => one.kill('SIGKILL'), STOP_MS)
        await gone
        clearTimeout(late)
      }
      await Promise.all(lines.values())
      hooks = null
    },

    kick: async (stream) => (await call('kick', stream, CALL_MS)) === true,
    stats: async (stream) => (await call('stats', stream, CALL_MS)) as StreamStats | null,
    async leftRecording(stream, publisherId) {
      const ending = `-${publisherId.slice(0, 8)}.flv`
      const names = await readdir(settings.recordingsDir).catch(() => [])
      const name = names.find((n) => n.startsWith(`${stream}-`) && n.endsWith(ending))
      return name ? whatIsThere(join(settings.recordingsDir, name)) : null
    },
    async makeFilm(recording, name) {
      await mkdir(settings.filmsDir, { recursive: true })
      return remux(recording, filmOf(name))
    },
    filmUrl: (name) => `${settings.publicFilms}/${name}.mp4`,
    dropRecording: (recording) => rm(recording, { force: true }),
    dropFilm: (name) => rm(filmOf(name), { force: true }),
    async cover(stream) {
      const picture = await call('cover', stream, COVER_MS)
      return picture instanceof Uint8Array ? Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength) : null
    },
  }
}
