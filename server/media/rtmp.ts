/**
 * RTMP, the publisher's side only (Adobe rtmp_specification_1.0): simple handshake, connect, createStream, publish, media, goodbye.
 * A connection that breaks the protocol is closed; whatever one connection does, the others go on.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import { type Amf, readAmf, writeAmf } from './amf.ts'
import { type ChunkReader, createChunkReader, type Message, writeMessage } from './chunks.ts'
import { AUDIO, VIDEO } from './flv.ts'
import type { Hub, Publication } from './hub.ts'
import type { Limits } from './limits.ts'
import { Malformed } from './malformed.ts'

export interface AuthorizeAsk {
  stream: string
  /** What stood behind the question mark, as it came. */
  query: string
  publisherId: string
  addr: string
}

export type Verdict = { ok: true; recordTo: string | null } | { ok: false; why: string }

export interface RtmpWiring {
  limits: Limits
  hub: Hub
  authorize(ask: AuthorizeAsk): Promise<Verdict>
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string, facts: Record<string, string | number>): void
}

/** Stream names: they become parts of paths and addresses. */
export const STREAM_NAME = /^[A-Za-z0-9_-]{1,64}$/

const APP = 'live'
const MAX_KEY = 1024
const OUT_CHUNK = 4096
const ACK_WINDOW = 2_500_000
const HANDSHAKE = 1536
const MAX_UNREAD = 256 * 1024
const MAX_BEFORE_PUBLISH = 512 * 1024
const WINDOW_MS = 10_000
/** A refused client gets this long to read why. */
const FAREWELL_MS = 500

const CONTROL = 2
const COMMAND = 3
const STATUS = 5

const SET_CHUNK_SIZE = 1
const ABORT = 2
const ACKNOWLEDGEMENT = 3
const USER_CONTROL = 4
const WINDOW_SIZE = 5
const PEER_BANDWIDTH = 6
const AMF3_DATA = 15
const AMF3_COMMAND = 17
const DATA = 18
const AMF0_COMMAND = 20

const u32 = (...values: number[]): Buffer => {
  const out = Buffer.alloc(4 * values.length)
  values.forEach((value, i) => {
    out.writeUInt32BE(value >>> 0, 4 * i)
  })
  return out
}

const isRecord = (value: Amf): value is { [key: string]: Amf } => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Serves one connection until it ends; never throws. */
const serve = (socket: Socket, addr: string, wiring: RtmpWiring): void => {
  const { limits, hub, log } = wiring
  const publisherId = randomUUID()
  let stage: 'hello' | 'answer' | 'talk' = 'hello'
  let held: Buffer = Buffer.alloc(0)
  let connected = false
  let asking = false
  let over = false
  let publication: Publication | null = null
  let streamName = ''
  let received = 0
  let acknowledged = 0
  let ackWindow = ACK_WINDOW
  let windowBytes = 0
  let windowAt = performance.now()

  const deadline = setTimeout(() => socket.destroy(), limits.handshakeMs)

  const send = (chunkStream: number, type: number, streamId: number, body: Buffer): void => {
    if (!socket.writable) return
    // who asks and never reads the answers
    if (socket.writableLength > MAX_UNREAD) socket.destroy()
    else socket.write(writeMessage(chunkStream, type, streamId, body, OUT_CHUNK))
  }
  const command = (streamId: number, ...values: Amf[]): void =>
    send(streamId ? STATUS : COMMAND, AMF0_COMMAND, streamId, writeAmf(...values))
  const status = (level: 'status' | 'error', code: string, description: string): void =>
    command(1, 'onStatus', 0, null, { level, code, description })

  /** Says why and hangs up. */
  const farewell = (code: string, description: string): void => {
    over = true
    status('error', code, description)
    hangUp()
  }
  const hangUp = (): void => {
    over = true
    socket.end()
    setTimeout(() => socket.destroy(), FAREWELL_MS).unref()
    // what still comes in is of no interest, but must be read for the farewell to arrive
    socket.resume()
  }
  const leave = (): void => {
    publication?.end('left')
    publication = null
  }

  const publish = async (name: Amf): Promise<void> => {
    if (!connected) throw new Malformed('publish before connect')
    if (asking || publication) throw new Malformed('publish twice')
    if (typeof name !== 'string' || name.length > MAX_KEY) throw new Malformed('publish without a name')
    const cut = name.indexOf('?')
    const stream = cut < 0 ? name : name.slice(0, cut)
    if (!STREAM_NAME.test(stream)) return farewell('NetStream.Publish.BadName', 'No such stream.')
    asking = true
    socket.pause()
    let verdict: Verdict
    try {
      verdict = await wiring.authorize({ stream, query: cut < 0 ? '' : name.slice(cut + 1), publisherId, addr })
    } finally {
      asking = false
    }
    if (over || socket.destroyed) return
    if (!verdict.ok) {
      log('info', 'a publisher was refused', { stream, addr, why: verdict.why })
      return farewell('NetStream.Publish.Denied', verdict.why)
    }
    publication = hub.open({
      stream,
      publisherId,
      recordTo: verdict.recordTo,
      putOut(why) {
        publication = null
        log('info', 'a publisher was put out', { stream, addr, why })
        if (over) return
        status('status', 'NetStream.Unpublish.Success', why)
        hangUp()
      },
    })
    if (!publication) {
      log('info', 'a publisher was refused', { stream, addr, why: 'somebody is on air' })
      return farewell('NetStream.Publish.BadName', 'This stream is on air already.')
    }
    streamName = stream
    clearTimeout(deadline)
    socket.setTimeout(limits.idleMs, () => socket.destroy())
    reader.setMaxMessage(limits.maxMessageBytes)
    log('info', 'a publisher is on air', { stream, addr })
    send(CONTROL, USER_CONTROL, 0, Buffer.from([0, 0, 0, 0, 0, 1])) // stream begin
    status('status', 'NetStream.Publish.Start', 'On air.')
    socket.resume()
  }

  const onCommand = (values: Amf[]): void => {
    const [name, transaction, ...rest] = values
    if (typeof name !== 'string') throw new Malformed('command without a name')
    const id = typeof transaction === 'number' && Number.isFinite(transaction) ? transaction : 0
    switch (name) {
      case 'connect': {
        if (connected) throw new Malformed('connect twice')
        const ask = rest[0] ?? null
        const app = isRecord(ask) ? ask.app : null
        // OBS and phones add slashes and instance names; the first word decides
        if (typeof app !== 'string' || app.split(/[/?]/)[0] !== APP) {
          command(0, '_error', id, null, { level: 'error', code: 'NetConnection.Connect.InvalidApp', description: 'No such application.' })
          hangUp()
          return
        }
        connected = true
        send(CONTROL, WINDOW_SIZE, 0, u32(ACK_WINDOW))
        send(CONTROL, PEER_BANDWIDTH, 0, Buffer.concat([u32(ACK_WINDOW), Buffer.from([2])]))
        send(CONTROL, SET_CHUNK_SIZE, 0, u32(OUT_CHUNK))
        command(
          0,
          '_result',
          id,
          { fmsVer: 'FMS/3,0,1,123', capabilities: 31 },
          { level: 'status', code: 'NetConnection.Connect.Success', description: 'Welcome.', objectEncoding: 0 },
        )
        return
      }
      case 'createStream':
        command(0, '_result', id, null, 1)
        return
      case 'publish':
        publish(rest[1]).catch(fault)
        return
      case 'play':
      case 'play2':
        farewell('NetStream.Play.Failed', 'This server takes pushes only.')
        return
      case 'FCUnpublish':
      case 'closeStream':
      case 'deleteStream':
        if (publication) {
          leave()
          hangUp()
        }
        return
      case 'releaseStream':
      case 'FCPublish':
      case '_checkbw':
      case 'getStreamLength':
        if (id) command(0, '_result', id, null, undefined)
        return
      default: // results of ours, and words we need not understand
        return
    }
  }

  const onMessage = (message: Message): void => {
    if (over) return
    const { type, body } = message
    switch (type) {
      case SET_CHUNK_SIZE:
        if (body.length < 4) throw new Malformed('set chunk size')
        reader.setChunkSize(body.readUInt32BE())
        return
      case ABORT:
        if (body.length >= 4) reader.abort(body.readUInt32BE())
        return
      case WINDOW_SIZE:
        if (body.length >= 4) ackWindow = Math.min(Math.max(body.readUInt32BE(), 16_384), 64 * 1024 * 1024)
        return
      case USER_CONTROL:
        // ping request: the same number goes back
        if (body.length >= 6 && body.readUInt16BE() === 6)
          send(CONTROL, USER_CONTROL, 0, Buffer.concat([Buffer.from([0, 7]), body.subarray(2, 6)]))
        return
      case AMF0_COMMAND:
        onCommand(readAmf(body))
        return
      case AMF3_COMMAND: // one byte ahead, then AMF0 all the same
        onCommand(readAmf(body.subarray(1)))
        return
      case AUDIO:
      case VIDEO:
        if (publication && body.length > 0 && !publication.media(type, message.timestamp, body)) {
          leave()
          farewell('NetStream.Publish.Rejected', 'Only H.264 and AAC are carried.')
        }
        return
      case DATA:
      case AMF3_DATA:
        onData(type === DATA ? body : body.subarray(1))
        return
      default:
        return
    }
  }

  /** Metadata is a courtesy: damaged metadata is passed over, the stream goes on. */
  const onData = (body: Buffer): void => {
    if (!publication || body.length > 16_384) return
    try {
      for (const value of readAmf(body)) {
        if (isRecord(value) && typeof value.framerate === 'number') publication.framerate(value.framerate)
      }
    } catch (error) {
      if (!(error instanceof Malformed)) throw error
    }
  }

  const reader: ChunkReader = createChunkReader(limits.maxEarlyMessageBytes, onMessage)

  const fault = (error: unknown): void => {
    if (error instanceof Malformed)
      log('debug', 'a connection broke the protocol', { addr, why: error.message, ...(streamName ? { stream: streamName } : {}) })
    else
      log('error', 'a connection met a fault of ours', {
        addr,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
    over = true
    socket.destroy()
  }

  const onBytes = (bytes: Buffer): void => {
    if (over) return
    const at = performance.now()
    if (at - windowAt > WINDOW_MS) {
      windowAt = at
      windowBytes = 0
    }
    windowBytes += bytes.length
    if (windowBytes > limits.maxBytesPerWindow) throw new Malformed('too many bytes')
    received += bytes.length
    if (!publication && received > MAX_BEFORE_PUBLISH) throw new Malformed('too many bytes before publishing')
    let rest = bytes
    if (stage !== 'talk') {
      held = Buffer.concat([held, rest])
      if (held[0] !== 3) throw new Malformed('not plain RTMP')
      if (stage === 'hello') {
        if (held.length < 1 + HANDSHAKE) return
        // S0, S1 (time, zero, random) and S2 (theirs, back)
        socket.write(Buffer.concat([Buffer.from([3]), Buffer.alloc(8), randomBytes(HANDSHAKE - 8), held.subarray(1, 1 + HANDSHAKE)]))
        stage = 'answer'
      }
      if (held.length < 1 + 2 * HANDSHAKE) return
      rest = held.subarray(1 + 2 * HANDSHAKE)
      held = Buffer.alloc(0)
      stage = 'talk'
    }
    reader.push(rest)
    if (received - acknowledged >= ackWindow / 2) {
      acknowledged = received
      send(CONTROL, ACKNOWLEDGEMENT, 0, u32(received))
    }
  }

  socket.setNoDelay(true)
  socket.on('data', (bytes: Buffer) => {
    try {
      onBytes(bytes)
    } catch (error) {
      fault(error)
    }
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    over = true
    clearTimeout(deadline)
    if (publication) log('info', 'a publisher was lost', { stream: streamName, addr })
    publication?.end('lost')
    publication = null
  })
}

/** A server for publishers; the caller lets it listen. Beyond the limits connections are closed as they come. */
export const createRtmpServer = (wiring: RtmpWiring): { server: Server; close(): Promise<void> } => {
  const open = new Set<Socket>()
  const perAddress = new Map<string, number>()
  const server = createServer((socket) => {
    const addr = socket.remoteAddress ?? ''
    const count = perAddress.get(addr) ?? 0
    if (!addr || open.size >= wiring.limits.maxConnections || count >= wiring.limits.maxConnectionsPerAddress) {
      socket.destroy()
      return
    }
    open.add(socket)
    perAddress.set(addr, count + 1)
    socket.once('close', () => {
      open.delete(socket)
      const left = (perAddress.get(addr) ?? 1) - 1
      if (left > 0) perAddress.set(addr, left)
      else perAddress.delete(addr)
    })
    serve(socket, addr, wiring)
  })
  return {
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}
