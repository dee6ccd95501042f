/** FLV tags and the H.264 and AAC inside them (Adobe Video File Format 10.1, annex E; ISO/IEC 14496-15 for avcC; H.264 7.3.2.1 for the picture's size). */
import { writeAmf, writeEcmaArray } from './amf.ts'
import { Malformed } from './malformed.ts'

export const AUDIO = 8
export const VIDEO = 9
export const SCRIPT = 18

export interface FlvTag {
  type: number
  /** Milliseconds. */
  timestamp: number
  body: Buffer
}

/** Which kinds of sound and picture a stream really carries. */
export interface Tracks {
  audio: boolean
  video: boolean
}

/** The nine bytes of an FLV file and the four of its "previous tag size 0". */
export const flvHeader = (tracks: Tracks): Buffer =>
  Buffer.from([0x46, 0x4c, 0x56, 1, (tracks.audio ? 4 : 0) | (tracks.video ? 1 : 0), 0, 0, 0, 9, 0, 0, 0, 0])

/** One tag with its trailing size, as it goes to files and viewers. */
export const flvTag = (type: number, timestamp: number, body: Buffer): Buffer => {
  const size = 11 + body.length
  const out = Buffer.allocUnsafe(size + 4)
  out[0] = type
  out.writeUIntBE(body.length, 1, 3)
  out.writeUIntBE(timestamp & 0xffffff, 4, 3)
  out[7] = (timestamp >>> 24) & 0xff
  out.writeUIntBE(0, 8, 3)
  body.copy(out, 11)
  out.writeUInt32BE(size, size)
  return out
}

/** The time stamp in a tag made by `flvTag`, milliseconds. */
export const tagTime = (tag: Buffer): number => tag.readUIntBE(4, 3) + tag[7]! * 0x1000000

/**
 * The `onMetaData` tag, with our own words only: nothing of a publisher's metadata is passed on but checked numbers.
 * Its time is always 0: ffmpeg takes a later one for a subtitle.
 */
export const metadataTag = (facts: { tracks: Tracks; width: number; height: number; framerate: number }): Buffer => {
  const { tracks, width, height, framerate } = facts
  return flvTag(
    SCRIPT,
    0,
    Buffer.concat([
      writeAmf('onMetaData'),
      writeEcmaArray({
        hasVideo: tracks.video,
        hasAudio: tracks.audio,
        ...(tracks.video ? { videocodecid: 7, ...(width && height ? { width, height } : {}) } : {}),
        ...(tracks.video && framerate ? { framerate } : {}),
        ...(tracks.audio ? { audiocodecid: 10 } : {}),
      }),
    ]),
  )
}

export type Picture =
  | { kind: 'header'; lengthSize: number; width: number; height: number }
  | { kind: 'key' | 'frame' }
  | { kind: 'foreign' } // a codec we do not carry
  | { kind: 'damaged' }

const DAMAGED: Picture = { kind: 'damaged' }

/** Do the units of an AVCC frame fill it exactly? A decoder that believes a lying length reads what is not there. */
const wholeFrame = (body: Buffer, from: number, lengthSize: number): boolean => {
  let at = from
  while (at < body.length) {
    if (at + lengthSize > body.length) return false
    const length = body.readUIntBE(at, lengthSize)
    if (length === 0) return false
    at += lengthSize + length
  }
  return at === body.length && at > from
}

/** What a video tag's body holds. `lengthSize` is that of the last header; 0 when there was none, and then no frame is whole. */
export const readPicture = (body: Buffer, lengthSize: number): Picture => {
  const first = body[0]
  if (first === undefined || body.length < 2) return DAMAGED
  if ((first & 0x0f) !== 7) return { kind: 'foreign' } // also enhanced RTMP, whose top bit moves the codec elsewhere
  const frameType = first >> 4
  if (frameType !== 1 && frameType !== 2 && frameType !== 3) return frameType > 7 ? { kind: 'foreign' } : DAMAGED
  if (body.length < 6) return DAMAGED
  if (body[1] === 0) {
    const found = readAvcConfig(body.subarray(5))
    return found ? { kind: 'header', ...found } : DAMAGED
  }
  if (body[1] !== 1 || lengthSize === 0 || !wholeFrame(body, 5, lengthSize)) return DAMAGED
  return { kind: frameType === 1 ? 'key' : 'frame' }
}

export type Sound = { kind: 'header' | 'frame' | 'foreign' | 'damaged' }

/** What an audio tag's body holds; only AAC is carried. */
export const readSound = (body: Buffer): Sound => {
  const first = body[0]
  if (first === undefined || body.length < 3) return { kind: 'damaged' }
  if (first >> 4 !== 10) return { kind: 'foreign' }
  if (body[1] === 1) return { kind: 'frame' }
  if (body[1] !== 0 || body.length < 4) return { kind: 'damaged' }
  // AudioSpecificConfig (ISO/IEC 14496-3 1.6.2.1): five bits of object type, four of the rate's index
  const objectType = body[2]! >> 3
  const rateIndex = ((body[2]! & 7) << 1) | (body[3]! >> 7)
  return { kind: objectType === 0 || (rateIndex > 12 && rateIndex !== 15) ? 'damaged' : 'header' }
}

/** Reads an AVCDecoderConfigurationRecord; null when it is damaged. */
export const readAvcConfig = (avcc: Buffer): { lengthSize: number; width: number; height: number } | null => {
  if (avcc.length < 11 || avcc[0] !== 1) return null
  const lengthSize = (avcc[4]! & 3) + 1
  if (lengthSize === 3) return null
  let at = 6
  let size: { width: number; height: number } | null = null
  for (let n = avcc[5]! & 31; n > 0; n--) {
    if (at + 2 > avcc.length) return null
    const length = avcc.readUInt16BE(at)
    if (length < 4 || at + 2 + length > avcc.length) return null
    size ??= pictureSize(avcc.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  if (!size || at >= avcc.length) return null
  for (let n = avcc[at++]!; n > 0; n--) {
    if (at + 2 > avcc.length) return null
    at += 2 + avcc.readUInt16BE(at)
    if (at > avcc.length) return null
  }
  return { lengthSize, ...size }
}

const HIGH_PROFILES = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135])

/** Width and height out of a sequence parameter set; null when it cannot be read or is beyond 8192 × 8192. */
const pictureSize = (unit: Buffer): { width: number; height: number } | null => {
  if ((unit[0]! & 31) !== 7) return null
  // emulation prevention: 00 00 03 stands for 00 00
  const bytes: number[] = []
  for (let i = 1; i < unit.length && bytes.length < 512; i++)
    if (!(unit[i] === 3 && i >= 3 && unit[i - 1] === 0 && unit[i - 2] === 0)) bytes.push(unit[i]!)
  let bit = 0
  const one = (): number => {
    const byte = bytes[bit >> 3]
    if (byte === undefined) throw new Malformed('SPS ends early')
    return (byte >> (7 - (bit++ & 7))) & 1
  }
  const many = (n: number): number => {
    let out = 0
    for (let i = 0; i < n; i++) out = out * 2 + one()
    return out
  }
  const golomb = (): number => {
    let zeros = 0
    while (one() === 0) if (++zeros > 31) throw new Malformed('SPS number too long')
    return 2 ** zeros - 1 + many(zeros)
  }
  const signed = (): number => {
    const n = golomb()
    return n % 2 ? (n + 1) / 2 : -n / 2
  }
  try {
    const profile = many(8)
    many(16)
    golomb()
    let chroma = 1
    if (HIGH_PROFILES.has(profile)) {
      chroma = golomb()
      if (chroma === 3) one()
      golomb()
      golomb()
      one()
      if (one())
        for (let list = 0; list < (chroma === 3 ? 12 : 8); list++) {
          if (!one()) continue
          let last = 8
          for (let j = 0, next = 8; j < (list < 6 ? 16 : 64); j++) {
            if (next !== 0) next = (last + signed() + 256) % 256
            if (next !== 0) last = next
          }
        }
    }
    golomb()
    const order = golomb()
    if (order === 0) golomb()
    else if (order === 1) {
      one()
      signed()
      signed()
      const cycle = golomb()
      if (cycle > 255) return null
      for (let i = 0; i < cycle; i++) signed()
    }
    golomb()
    one()
    const columns = golomb() + 1
    const rows = golomb() + 1
    const frames = one()
    if (!frames) one()
    one()
    const [left, right, top, bottom] = one() ? [golomb(), golomb(), golomb(), golomb()] : [0, 0, 0, 0]
    const unitX = chroma === 1 || chroma === 2 ? 2 : 1
    const unitY = (chroma === 1 ? 2 : 1) * (2 - frames)
    const width = columns * 16 - (left + right) * unitX
    const height = rows * 16 * (2 - frames) - (top + bottom) * unitY
    return width > 0 && height > 0 && width <= 8192 && height <= 8192 ? { width, height } : null
  } catch (error) {
    if (error instanceof Malformed) return null
    throw error
  }
}

const MAX_TAG = 4 * 1024 * 1024

/** Reads an FLV as it arrives: give it bytes, get whole tags. Throws Malformed when it is no FLV, a tag passes 4 MiB, or a trailing size disagrees. */
export const createFlvReader = (): { header(): Tracks | null; push(bytes: Buffer): FlvTag[] } => {
  let held: Buffer = Buffer.alloc(0)
  let header: Tracks | null = null
  return {
    header: () => header,
    push(bytes) {
      let buffer = held.length ? Buffer.concat([held, bytes]) : bytes
      const out: FlvTag[] = []
      if (!header) {
        if (buffer.length < 13) {
          held = Buffer.from(buffer)
          return out
        }
        if (buffer.toString('latin1', 0, 3) !== 'FLV' || buffer[3] !== 1 || buffer.readUInt32BE(5) !== 9) throw new Malformed('not an FLV')
        header = { audio: (buffer[4]! & 4) !== 0, video: (buffer[4]! & 1) !== 0 }
        buffer = buffer.subarray(13)
      }
      let at = 0
      while (at + 11 <= buffer.length) {
        const size = buffer.readUIntBE(at + 1, 3)
        if (size > MAX_TAG) throw new Malformed('FLV tag too long')
        if (at + 15 + size > buffer.length) break
        if (buffer.readUInt32BE(at + 11 + size) !== 11 + size) throw new Malformed('FLV tag sizes disagree')
        const timestamp = tagTime(buffer.subarray(at))
        out.push({ type: buffer[at]! & 31, timestamp, body: Buffer.from(buffer.subarray(at + 11, at + 11 + size)) })
        at += 15 + size
      }
      held = Buffer.from(buffer.subarray(at))
      return out
    },
  }
}
