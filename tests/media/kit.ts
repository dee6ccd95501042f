/** Parts for the media tests: a house with a media server of its own, viewers that read FLV, raw RTMP lines, and films. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmbeddedMedia } from '../../server/adapters/embedded/media.ts'
import { AUDIO, createFlvReader, type FlvTag, flvHeader, flvTag, type Tracks, VIDEO } from '../../server/media/flv.ts'
import type { MediaHooks, MediaPort } from '../../server/ports/media.ts'
import { type Instant, instant } from '../../shared/time.ts'

export const KEY = 'a key only these tests know'

/** Waits for a condition, asking every few milliseconds; fails with its name when it does not come true in time. */
export const until = async <T>(what: string, condition: () => T | Promise<T>, ms = 8_000): Promise<NonNullable<T>> => {
  for (const end = performance.now() + ms; ; ) {
    const value = await condition()
    if (value) return value as NonNullable<T>
    if (performance.now() > end) throw new Error(`it did not happen within ${ms} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

export interface House {
  media: MediaPort
  dir: string
  asked: { stream: string; publisherId: string; addr: string }[]
  /** What the hooks heard, in order. */
  heard: (
    | { what: 'published'; stream: string; publisherId: string }
    | { what: 'unpublished'; stream: string; publisherId: string; recording: string | null }
  )[]
  logs: { level: string; message: string; facts: Record<string, unknown> }[]
  /** What the house says to `mayPublish`. */
  open: { value: boolean }
  clock: { now: number }
  /** An address that is good for an hour. */
  push(stream: string): string
  later(ms: number): Instant
  /** Of the media server's present process. */
  pid(): number
  faults(): string[]
  close(): Promise<void>
}

/** A house with a running media server on free ports. */
export const openHouse = async (limits: Record<string, number> = {}, hooks: Partial<MediaHooks> = {}): Promise<House> => {
  const dir = mkdtempSync(join(tmpdir(), 'chashan-media-'))
  const clock = { now: Date.UTC(2026, 10, 23, 12) }
  const open = { value: true }
  const asked: House['asked'] = []
  const heard: House['heard'] = []
  const logs: House['logs'] = []
  const media = createEmbeddedMedia({
    key: KEY,
    rtmp: { host: '127.0.0.1', port: 0 },
    http: { host: '127.0.0.1', port: 0 },
    publicRtmp: 'rtmp://unused/live',
    publicFlv: 'http://unused/live',
    recordingsDir: join(dir, 'recordings'),
    filmsDir: join(dir, 'films'),
    publicFilms: '/films',
    log: (level, message, facts = {}) => void logs.push({ level, message, facts }),
    clock: () => clock.now,
    limits,
  })
  await media.start({
    async mayPublish(ask) {
      asked.push(ask)
      return open.value
    },
    async published(fact) {
      heard.push({ what: 'published', ...fact })
    },
    async unpublished(fact) {
      heard.push({ what: 'unpublished', ...fact })
    },
    ...hooks,
  })
  const later = (ms: number): Instant => instant(clock.now + ms)
  return {
    media,
    dir,
    asked,
    heard,
    logs,
    open,
    clock,
    later,
    push: (stream) => media.pushAddress(stream, later(3_600_000)).url,
    pid: () => Number(logs.filter((line) => line.message === 'the media server listens').at(-1)?.facts.pid),
    faults: () => logs.filter((line) => line.level === 'error').map((line) => `${line.message} ${JSON.stringify(line.facts)}`),
    async close() {
      await media.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export interface Watching {
  status: number
  headers: IncomingMessage['headers']
  tags: (FlvTag & { at: number })[]
  tracks(): Tracks | null
  ended(): boolean
  /** Why the bytes were no FLV, if they were not. */
  broken(): string | null
  bytes: Buffer[]
  frames(): (FlvTag & { at: number })[]
  leave(): void
}

/** A viewer over HTTP-FLV. */
export const watch = (url: string): Promise<Watching> =>
  new Promise((resolve, reject) => {
    const request = get(url, { agent: false }, (response) => {
      const reader = createFlvReader()
      const tags: Watching['tags'] = []
      const bytes: Buffer[] = []
      let ended = false
      let broken: string | null = null
      response.on('data', (part: Buffer) => {
        if (broken || response.statusCode !== 200) return
        bytes.push(part)
        try {
          for (const tag of reader.push(part)) tags.push({ ...tag, at: performance.now() })
        } catch (error) {
          broken = String(error)
        }
      })
      response.on('close', () => {
        ended = true
      })
      response.on('error', () => {})
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        tags,
        bytes,
        tracks: () => reader.header(),
        ended: () => ended,
        broken: () => broken,
        frames: () => tags.filter((tag) => tag.type === VIDEO && tag.body[1] === 1),
        leave: () => request.destroy(),
      })
    })
    request.on('error', reject)
  })

/** A viewer who may come before the first picture: tries until the stream is there. */
export const watchSoon = (url: string): Promise<Watching> =>
  until(`${url} to be there`, async () => {
    const one = await watch(url)
    return one.status === 200 ? one : null
  })

export const isKey = (tag: FlvTag): boolean => tag.type === VIDEO && tag.body[0] === 0x17 && tag.body[1] === 1

/** The widest hole between arrivals, ms. */
export const widestGap = (tags: { at: number }[]): number =>
  tags.reduce((most, tag, i) => (i === 0 ? 0 : Math.max(most, tag.at - tags[i - 1]!.at)), 0)

// A baseline picture of 320 × 180, as x264 writes it: enough to be taken for a stream; its frames are only noise of the right shape.
const SPS = Buffer.from('6742c00cda05067e7c0440000003004000000c83c50aa8', 'hex')
const PPS = Buffer.from('68ce0fc8', 'hex')
const sized = (unit: Buffer): Buffer => {
  const head = Buffer.alloc(2)
  head.writeUInt16BE(unit.length)
  return Buffer.concat([head, unit])
}

export const VIDEO_HEADER = Buffer.concat([
  Buffer.from([0x17, 0, 0, 0, 0, 1, SPS[1]!, SPS[2]!, SPS[3]!, 0xff, 0xe1]),
  sized(SPS),
  Buffer.from([1]),
  sized(PPS),
])
export const AUDIO_HEADER = Buffer.from([0xaf, 0, 0x12, 0x10])

/** A frame of the right shape: one unit that fills it. */
export const frame = (key: boolean, bytes: number, fill = 0x55): Buffer => {
  const out = Buffer.alloc(9 + bytes, fill)
  out.set([key ? 0x17 : 0x27, 1, 0, 0, 0])
  out.writeUInt32BE(bytes, 5)
  out[9] = key ? 0x65 : 0x41
  return out
}
export const sound = (bytes: number): Buffer => Buffer.concat([Buffer.from([0xaf, 1]), Buffer.alloc(bytes, 0x21)])

/** Writes a film that no decoder would enjoy, but every transport takes: 25 frames a second, with a key frame every `gop`. */
export const noiseFilm = (path: string, { seconds = 2, gop = 25, bytes = 800, audio = true } = {}): string => {
  const parts = [flvHeader({ audio, video: true }), flvTag(VIDEO, 0, VIDEO_HEADER)]
  if (audio) parts.push(flvTag(AUDIO, 0, AUDIO_HEADER))
  for (let n = 0; n < seconds * 25; n++) {
    parts.push(flvTag(VIDEO, n * 40, frame(n % gop === 0, bytes)))
    if (audio) parts.push(flvTag(AUDIO, n * 40, sound(60)), flvTag(AUDIO, n * 40 + 20, sound(60)))
  }
  writeFileSync(path, Buffer.concat(parts))
  return path
}

export const hasFfmpeg = spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status === 0

/** A film that decodes: the house's own, or one drawn now. */
export const realFilm = (dir: string): string => {
  const own = new URL('../../server/seed/clip.flv', import.meta.url).pathname
  if (existsSync(own)) return own
  const path = join(dir, 'film.flv')
  execFileSync('ffmpeg', [
    ...['-y', '-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=270x480:r=25', '-f', 'lavfi', '-i', 'sine=440', '-t', '3'],
    ...['-c:v', 'libx264', '-profile:v', 'main', '-preset', 'ultrafast', '-g', '25', '-c:a', 'aac', '-f', 'flv', path],
  ])
  return path
}

/** Decodes a file with ffmpeg; the frames found and what it complained of. */
export const decode = (path: string): { video: number; audio: number; complaints: string; width: number; height: number } => {
  const probe = spawnSync(
    'ffprobe',
    ['-v', 'error', '-count_frames', '-show_entries', 'stream=codec_type,nb_read_frames,width,height', '-of', 'json', path],
    { encoding: 'utf8' },
  )
  const streams = (JSON.parse(probe.stdout || '{}').streams ?? []) as {
    codec_type: string
    nb_read_frames?: string
    width?: number
    height?: number
  }[]
  const of = (type: string) => streams.find((one) => one.codec_type === type)
  return {
    video: Number(of('video')?.nb_read_frames ?? 0),
    audio: Number(of('audio')?.nb_read_frames ?? 0),
    complaints: probe.stderr,
    width: of('video')?.width ?? 0,
    height: of('video')?.height ?? 0,
  }
}

export const rssMiB = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

export const rtmpPlace = (url: string): { host: string; port: number } => {
  const { hostname, port } = new URL(url.replace('rtmp:', 'http:'))
  return { host: hostname, port: Number(port) }
}

export interface Line {
  socket: Socket
  /** Everything the server said, as latin1: commands can be found in it by their words. */
  said(): string
  closed(): boolean
}

/** A bare TCP line that listens. */
export const dial = (place: { host: string; port: number }): Promise<Line> =>
  new Promise((resolve, reject) => {
    const socket = connect(place)
    let said = ''
    let closed = false
    socket.on('data', (bytes) => {
      said += bytes.toString('latin1')
    })
    socket.on('error', (error) => reject(error))
    socket.on('close', () => {
      closed = true
    })
    socket.on('connect', () => resolve({ socket, said: () => said, closed: () => closed }))
  })

export interface Capture {
  /** What a publisher says up to its being let in, and after. */
  before: Buffer
  after: Buffer
}

/** Listens in on a publisher: a relay that writes down what it says. `run` gets the relay's address; the capture ends when it resolves. */
export const capture = async (url: string, run: (relayed: string) => Promise<void>): Promise<Capture> => {
  const before: Buffer[] = []
  const after: Buffer[] = []
  const place = rtmpPlace(url)
  const relay = createServer((inner) => {
    let started = false
    const outer = connect(place)
    outer.on('data', (bytes) => {
      if (bytes.includes('NetStream.Publish.Start')) started = true
      inner.write(bytes)
    })
    inner.on('data', (bytes: Buffer) => {
      const part = started ? after : before
      part.push(bytes)
      outer.write(bytes)
    })
    inner.on('close', () => outer.destroy())
    outer.on('close', () => inner.destroy())
    inner.on('error', () => {})
    outer.on('error', () => {})
  })
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
  const { port } = relay.address() as { port: number }
  await run(url.replace(`:${place.port}/`, `:${port}/`))
  await new Promise((resolve) => relay.close(resolve))
  return { before: Buffer.concat(before), after: Buffer.concat(after) }
}
