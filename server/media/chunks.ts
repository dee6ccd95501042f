/** RTMP's chunk stream (Adobe rtmp_specification_1.0, 5.3): messages cut into chunks, and put together again within bounds. */
import { Malformed } from './malformed.ts'

export interface Message {
  type: number
  streamId: number
  /** Milliseconds, unsigned 32 bits. */
  timestamp: number
  body: Buffer
}

interface Assembly {
  length: number
  type: number
  streamId: number
  timestamp: number
  delta: number
  extended: boolean
  /** Grows with what has really arrived, not with what was announced. */
  body: Buffer
  filled: number
  open: boolean
}

export interface ChunkReader {
  /** Throws Malformed when the bytes break the protocol or a bound; the connection is then of no more use. */
  push(bytes: Buffer): void
  /** `Set Chunk Size` of the other side. */
  setChunkSize(size: number): void
  setMaxMessage(bytes: number): void
  /** `Abort Message`: forgets a half message. */
  abort(chunkStream: number): void
}

const MAX_CHUNK_STREAMS = 32
const FIRST_GRAB = 4096
/** Smaller chunks than the protocol's default only serve to burn our time; the top bit must be nought. */
const MIN_CHUNK = 128
const MAX_CHUNK = 0x7fffffff

/** Puts chunks together. `onMessage` is called from within `push`; half messages of one connection together never hold more than two whole ones. */
export const createChunkReader = (maxMessageBytes: number, onMessage: (message: Message) => void): ChunkReader => {
  const streams = new Map<number, Assembly>()
  let maxMessage = maxMessageBytes
  let chunkSize = 128
  let held: Buffer = Buffer.alloc(0)
  let current: Assembly | null = null
  let left = 0
  let open = 0

  const forget = (one: Assembly): void => {
    if (one.open) open -= one.filled
    one.open = false
    one.filled = 0
    one.body = Buffer.alloc(0)
  }

  const take = (one: Assembly, bytes: Buffer, at: number, n: number): void => {
    if (one.filled + n > one.body.length) {
      const grown = Buffer.allocUnsafe(Math.min(one.length, Math.max(FIRST_GRAB, 2 * one.body.length, one.filled + n)))
      one.body.copy(grown, 0, 0, one.filled)
      one.body = grown
    }
    bytes.copy(one.body, one.filled, at, at + n)
    one.filled += n
    open += n
    if (open > 2 * maxMessage) throw new Malformed('too much in half messages')
  }

  const finish = (one: Assembly): void => {
    const body = one.body.subarray(0, one.length)
    open -= one.filled
    one.open = false
    one.filled = 0
    one.body = Buffer.alloc(0)
    onMessage({ type: one.type, streamId: one.streamId, timestamp: one.timestamp, body })
  }

  /** Reads a chunk's header at `at`; its size, or 0 when it is not all there. */
  const readHeader = (b: Buffer, at: number): number => {
    const room = b.length - at
    if (room < 1) return 0
    const format = b[at]! >> 6
    let id = b[at]! & 63
    let size = 1
    if (id === 0) {
      if (room < 2) return 0
      id = 64 + b[at + 1]!
      size = 2
    } else if (id === 1) {
      if (room < 3) return 0
      id = 64 + b[at + 1]! + b[at + 2]! * 256
      size = 3
    }
    const fixed = format === 0 ? 11 : format === 1 ? 7 : format === 2 ? 3 : 0
    if (room < size + fixed) return 0
    const known = streams.get(id)
    // librtmp opens the control stream with a type 1 header
    if (!known && format !== 0 && !(format === 1 && id === 2)) throw new Malformed('chunk stream without a beginning')
    const field = format < 3 ? b.readUIntBE(at + size, 3) : 0
    const extended = format < 3 ? field === 0xffffff : known!.extended
    let time = field
    let total = size + fixed
    if (extended) {
      if (room < total + 4) return 0
      const full = b.readUInt32BE(at + total)
      if (format < 3) {
        time = full
        total += 4
      } else if (full === known!.delta || full === known!.timestamp) {
        // some senders repeat the long time stamp in type 3 chunks, as written; others do not
        total += 4
      }
    }
    if (!known && streams.size >= MAX_CHUNK_STREAMS) throw new Malformed('too many chunk streams')
    const one: Assembly = known ?? {
      length: 0,
      type: 0,
      streamId: 0,
      timestamp: 0,
      delta: 0,
      extended: false,
      body: Buffer.alloc(0),
      filled: 0,
      open: false,
    }
    if (format < 3) {
      forget(one) // a new header in the middle of a message: the half one is lost
      if (format < 2) {
        const length = b.readUIntBE(at + size + 3, 3)
        if (length > maxMessage) throw new Malformed('message too long')
        one.length = length
        one.type = b[at + size + 6]!
      }
      if (format === 0) one.streamId = b.readUInt32LE(at + size + 7)
      one.extended = extended
      one.delta = time
      one.timestamp = format === 0 ? time : (one.timestamp + time) >>> 0
    } else if (!one.open) {
      if (one.length > maxMessage) throw new Malformed('message too long')
      one.timestamp = (one.timestamp + one.delta) >>> 0
    }
    if (!known) streams.set(id, one)
    one.open = true
    current = one
    left = Math.min(chunkSize, one.length - one.filled)
    return total
  }

  return {
    push(bytes) {
      const buffer = held.length ? Buffer.concat([held, bytes]) : bytes
      let at = 0
      for (;;) {
        if (current) {
          const n = Math.min(left, buffer.length - at)
          if (n > 0) take(current, buffer, at, n)
          at += n
          left -= n
          if (left > 0) break
          const done: Assembly = current
          current = null
          if (done.filled === done.length) finish(done)
        } else {
          const size = readHeader(buffer, at)
          if (size === 0) break
          at += size
        }
      }
      // at most one header's worth; a copy, so as not to keep the whole read alive
      held = Buffer.from(buffer.subarray(at))
    },
    setChunkSize(size) {
      if (size < MIN_CHUNK || size > MAX_CHUNK) throw new Malformed(`chunk size ${size}`)
      chunkSize = size
    },
    setMaxMessage(bytes) {
      maxMessage = bytes
    },
    abort(chunkStream) {
      const one = streams.get(chunkStream)
      if (one) forget(one)
    },
  }
}

/** One message as chunks, with time stamp 0: all that a server which only takes pushes ever sends. */
export const writeMessage = (chunkStream: number, type: number, streamId: number, body: Buffer, chunkSize: number): Buffer => {
  const head = Buffer.alloc(12)
  head[0] = chunkStream
  head.writeUIntBE(body.length, 4, 3)
  head[7] = type
  head.writeUInt32LE(streamId, 8)
  const parts: Buffer[] = [head]
  for (let at = 0; at < body.length; at += chunkSize) {
    if (at > 0) parts.push(Buffer.from([0xc0 | chunkStream]))
    parts.push(body.subarray(at, at + chunkSize))
  }
  return Buffer.concat(parts)
}
