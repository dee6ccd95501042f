/**
 * Pushes a film (FLV with H.264 and AAC) to an RTMP address over and over, in real time: the streamer of the demonstration and of the tests.
 * By hand: node server/launch/publish-clip.ts <file.flv> <rtmp-url>
 * It speaks RTMP by itself (Adobe rtmp_specification_1.0), knows nothing of our media server but how an FLV is read, and needs no ffmpeg.
 */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createConnection, type Socket } from 'node:net'
import { pathToFileURL } from 'node:url'
import { AUDIO, createFlvReader, type FlvTag, SCRIPT, VIDEO } from '../media/flv.ts'

export interface PublishClip {
  file: string
  /** rtmp://host[:port]/app/stream?query; asked anew for every attempt when it is a function. */
  url: string | (() => string | Promise<string>)
  /** One line when something changes. */
  log?(line: string): void
  /** Wait before the first new attempt after a break, in ms; grows to five times as much. */
  retryMs?: number
}

export interface Publisher {
  /** Resolves when the server has let the first push begin. */
  started: Promise<void>
  state(): 'connecting' | 'publishing' | 'waiting' | 'stopped'
  /** Says goodbye and ends; resolves when the connection is closed. */
  stop(): Promise<void>
  /** Cuts the connection without a word, as a dead phone would; a new attempt follows. */
  cut(): void
}

const DEFAULT_PORT = 1935
const RETRY_MS = 1_000
const CHUNK = 4_096
const TICK_MS = 15
const MAX_UNSENT = 4 * 1024 * 1024
const SILENCE_MS = 15_000
const MAX_ANSWER = 64 * 1024

interface Film {
  headers: FlvTag[]
  frames: FlvTag[]
  /** Milliseconds until the first frame may be shown again. */
  lengthMs: number
}

/** Reads the film; throws when it is no FLV or has no frames. */
const readFilm = async (file: string): Promise<Film> => {
  const tags = createFlvReader().push(await readFile(file))
  const isHeader = (tag: FlvTag): boolean => tag.type === SCRIPT || tag.body[1] === 0
  const frames = tags.filter((tag) => (tag.type === AUDIO || tag.type === VIDEO) && tag.body[1] === 1)
  if (frames.length === 0) throw new Error(`${file} holds no sound and no picture`)
  const first = Math.min(...frames.map((tag) => tag.timestamp))
  for (const tag of frames) tag.timestamp -= first
  // each track is as long as its last time stamp and one mean step; the film as its longest track
  const lengths = [AUDIO, VIDEO].map((type) => {
    const own = frames.filter((tag) => tag.type === type)
    const last = own.at(-1)?.timestamp ?? 0
    return own.length > 1 ? last + last / (own.length - 1) : 0
  })
  return { headers: tags.filter(isHeader), frames, lengthMs: Math.max(40, Math.round(Math.max(...lengths))) }
}

type Value = number | string | boolean | null | { [key: string]: Value }

const amf = (...values: Value[]): Buffer =>
  Buffer.concat(
    values.map((value) => {
      if (value === null) return Buffer.from([5])
      if (typeof value === 'boolean') return Buffer.from([1, value ? 1 : 0])
      if (typeof value === 'number') {
        const out = Buffer.alloc(9)
        out.writeDoubleBE(value, 1)
        return out
      }
      if (typeof value === 'string') return Buffer.concat([Buffer.from([2]), word(value)])
      return Buffer.concat([Buffer.from([3]), ...Object.entries(value).flatMap(([k, v]) => [word(k), amf(v)]), Buffer.from([0, 0, 9])])
    }),
  )

const word = (text: string): Buffer => {
  const bytes = Buffer.from(text)
  const head = Buffer.alloc(2)
  head.writeUInt16BE(bytes.length)
  return Buffer.concat([head, bytes])
}

/** A message as chunks: a full header, then bare continuations. Long time stamps are repeated in every chunk (5.3.1.3). */
const message = (chunkStream: number, type: number, streamId: number, timestamp: number, body: Buffer, chunk: number): Buffer => {
  const long = timestamp >= 0xffffff
  const tail = Buffer.alloc(long ? 4 : 0)
  if (long) tail.writeUInt32BE(timestamp >>> 0)
  const head = Buffer.alloc(12)
  head[0] = chunkStream
  head.writeUIntBE(long ? 0xffffff : timestamp, 1, 3)
  head.writeUIntBE(body.length, 4, 3)
  head[7] = type
  head.writeUInt32LE(streamId, 8)
  const parts: Buffer[] = [head, tail]
  for (let at = 0; at < body.length; at += chunk) {
    if (at > 0) parts.push(Buffer.from([0xc0 | chunkStream]), tail)
    parts.push(body.subarray(at, at + chunk))
  }
  return Buffer.concat(parts)
}

/** The commands among what the server sends, as [name, transaction, first strings found]; enough to know yes from no. */
const createAnswers = (on: (type: number, body: Buffer) => void): ((bytes: Buffer) => void) => {
  const streams = new Map<number, { length: number; type: number; parts: Buffer[]; filled: number }>()
  let held: Buffer = Buffer.alloc(0)
  let chunk = 128
  return (bytes) => {
    held = Buffer.concat([held, bytes])
    for (;;) {
      if (held.length < 1) return
      const format = held[0]! >> 6
      const id = held[0]! & 63
      const head = 1 + [11, 7, 3, 0][format]!
      if (held.length < head) return
      const known = streams.get(id)
      const fresh = format < 2 ? { length: held.readUIntBE(4, 3), type: held[7]!, parts: [], filled: 0 } : known
      if (!fresh || id < 2 || fresh.length > MAX_ANSWER) throw new Error('the server does not speak RTMP')
      const n = Math.min(chunk, fresh.length - fresh.filled)
      if (held.length < head + n) return
      streams.set(id, fresh)
      fresh.parts.push(held.subarray(head, head + n))
      fresh.filled += n
      held = Buffer.from(held.subarray(head + n))
      if (fresh.filled < fresh.length) continue
      const body = Buffer.concat(fresh.parts)
      fresh.parts = []
      fresh.filled = 0
      if (fresh.type === 1 && body.length >= 4) chunk = Math.max(1, body.readUInt32BE())
      on(fresh.type, body)
    }
  }
}

interface Address {
  host: string
  port: number
  app: string
  name: string
}

/** Takes an RTMP address apart; throws when it is none. */
const readAddress = (url: string): Address => {
  const found = /^rtmp:\/\/([^/:?]+|\[[0-9a-fA-F:]+\])(?::(\d+))?\/([^/?]+)\/([^/]+)$/.exec(url)
  if (!found) throw new Error('the address must look like rtmp://host/live/stream?key')
  return { host: found[1]!.replace(/[[\]]/g, ''), port: found[2] ? Number(found[2]) : DEFAULT_PORT, app: found[3]!, name: found[4]! }
}

/** Begins to push and goes on until `stop`: loops without a seam, keeps time, comes back after every break. */
export const publishClip = ({ file, url, log = () => {}, retryMs = RETRY_MS }: PublishClip): Publisher => {
  let state: 'connecting' | 'publishing' | 'waiting' | 'stopped' = 'connecting'
  let socket: Socket | null = null
  let goodbye: (() => void) | null = null
  let wake: (() => void) | null = null
  let begun: () => void
  const started = new Promise<void>((resolve) => {
    begun = resolve
  })
  const film = readFilm(file)

  /** One connection, from hello to its end; resolves to what ended it. */
  const push = (to: Address, { headers, frames, lengthMs }: Film): Promise<string> =>
    new Promise((resolve) => {
      const line = createConnection({ host: to.host, port: to.port })
      socket = line
      let why = 'the connection was closed'
      let stage: 'hello' | 'answer' | 'talk' = 'hello'
      let greeting: Buffer = Buffer.alloc(0)
      let timer: NodeJS.Timeout | null = null
      const send = (chunkStream: number, type: number, streamId: number, timestamp: number, body: Buffer): void => {
        if (line.writable) line.write(message(chunkStream, type, streamId, timestamp, body, CHUNK))
      }
      const command = (streamId: number, ...values: Value[]): void => send(3, 20, streamId, 0, amf(...values))
      const fail = (text: string): void => {
        why = text
        line.destroy()
      }
      goodbye = () => {
        if (state === 'publishing') {
          command(1, 'FCUnpublish', 6, null, to.name)
          command(0, 'deleteStream', 7, null, 1)
        }
        line.end()
      }

      const play = (): void => {
        state = 'publishing'
        line.setTimeout(0)
        begun()
        log('on air')
        const sendTag = (tag: FlvTag, at: number): void => {
          if (tag.type === SCRIPT) send(4, 18, 1, 0, Buffer.concat([amf('@setDataFrame'), tag.body]))
          else send(tag.type === AUDIO ? 4 : 6, tag.type, 1, at, tag.body)
        }
        for (const tag of headers) sendTag(tag, 0)
        const from = performance.now()
        let next = 0
        let round = 0
        timer = setInterval(() => {
          // a line that takes nothing must not fill our memory; what is due waits, the clock goes on
          if (line.writableLength > MAX_UNSENT) return
          const due = performance.now() - from
          line.cork()
          while (frames[next]!.timestamp + round * lengthMs <= due) {
            sendTag(frames[next]!, frames[next]!.timestamp + round * lengthMs)
            if (++next === frames.length) {
              next = 0
              round++
            }
          }
          line.uncork()
        }, TICK_MS)
      }

      const answers = createAnswers((type, body) => {
        if (type === 4 && body.length >= 6 && body.readUInt16BE() === 6)
          send(2, 4, 0, 0, Buffer.concat([Buffer.from([0, 7]), body.subarray(2, 6)]))
        if (type !== 20) return
        // names and codes are plain words in the body: to know yes from no they need only be found
        const text = body.toString('latin1')
        const is = (name: string): boolean => text.startsWith(name, 3)
        if (is('_error')) return fail('the server refused the connection')
        if (is('_result')) {
          const transaction = body.length >= 19 ? body.readDoubleBE(11) : 0
          if (transaction === 1) {
            command(0, 'releaseStream', 2, null, to.name)
            command(0, 'FCPublish', 3, null, to.name)
            command(0, 'createStream', 4, null)
          } else if (transaction === 4) command(1, 'publish', 5, null, to.name, 'live')
        } else if (is('onStatus')) {
          const code = /Net(?:Stream|Connection)\.[A-Za-z.]+/.exec(text)?.[0] ?? ''
          if (code === 'NetStream.Publish.Start') play()
          else if (text.includes('error') || code.startsWith('NetStream.Unpublish')) fail(`the server said ${code}`)
        }
      })

      line.setNoDelay(true)
      line.setTimeout(SILENCE_MS, () => fail('the server is silent'))
      line.on('connect', () => line.write(Buffer.concat([Buffer.from([3]), Buffer.alloc(8), randomBytes(1528)])))
      line.on('data', (bytes) => {
        try {
          if (stage === 'talk') return answers(bytes)
          greeting = Buffer.concat([greeting, bytes])
          if (stage === 'hello' && greeting.length >= 1537) {
            stage = 'answer'
            line.write(greeting.subarray(1, 1537))
            const tcUrl = `rtmp://${to.host}:${to.port}/${to.app}`
            send(2, 1, 0, 0, Buffer.from([0, 0, CHUNK >> 8, CHUNK & 255]))
            command(0, 'connect', 1, { app: to.app, type: 'nonprivate', flashVer: 'FMLE/3.0', tcUrl })
          }
          if (stage === 'answer' && greeting.length >= 3073) {
            stage = 'talk'
            answers(greeting.subarray(3073))
            greeting = Buffer.alloc(0)
          }
        } catch (error) {
          fail(error instanceof Error ? error.message : String(error))
        }
      })
      line.on('error', (error: NodeJS.ErrnoException) => {
        why = error.code ?? error.message
      })
      line.on('close', () => {
        if (timer) clearInterval(timer)
        goodbye = null
        socket = null
        resolve(why)
      })
    })

  const run = async (): Promise<void> => {
    const reel = await film
    if (typeof url === 'string') readAddress(url)
    for (let pause = retryMs; state !== 'stopped'; ) {
      state = 'connecting'
      const since = performance.now()
      const why = await Promise.resolve(typeof url === 'string' ? url : url()).then(
        (address) => push(readAddress(address), reel),
        () => 'there is no address now',
      )
      if ((state as string) === 'stopped') return
      if (performance.now() - since > 5 * retryMs) pause = retryMs
      state = 'waiting'
      log(`off air: ${why}; again in ${pause} ms`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      pause = Math.min(pause * 2, 5 * retryMs)
    }
  }

  const ended = run()
  // whoever waits for the start hears of a film that cannot be read
  const ready = Promise.race([started, ended.then(() => Promise.reject(new Error('stopped before it was on air')))])
  ready.catch(() => {})
  return {
    started: ready,
    state: () => state,
    async stop() {
      goodbye?.()
      state = 'stopped'
      wake?.()
      const late = setTimeout(() => socket?.destroy(), 1_000)
      await ended.catch(() => {})
      clearTimeout(late)
    },
    cut: () => void socket?.destroy(),
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [file, url] = process.argv.slice(2)
  if (!file || !url) {
    console.error('usage: node server/launch/publish-clip.ts <file.flv> <rtmp-url>')
    process.exit(2)
  }
  const publisher = publishClip({ file, url, log: (line) => console.log(line) })
  publisher.started.catch((error: unknown) => {
    if (publisher.state() === 'stopped') return
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void publisher.stop().then(() => process.exit(0)))
}
