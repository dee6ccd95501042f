/** AMF0, as much as RTMP commands need (Adobe amf0-file-format-specification). Everything read is bounded; what is outside the bounds or unknown throws Malformed. */
import { Malformed } from './malformed.ts'

export type Amf = number | boolean | string | null | undefined | Amf[] | { [key: string]: Amf }

const MAX_DEPTH = 8
const MAX_VALUES = 512
const MAX_STRING = 16_384

/** Reads AMF0 values one after another to the end of `body`; throws Malformed on unknown types (17 = AMF3 among them), lies about lengths, and more than 512 values or 8 levels. */
export const readAmf = (body: Buffer): Amf[] => {
  let at = 0
  let count = 0

  const need = (n: number): void => {
    if (at + n > body.length) throw new Malformed('AMF ends early')
  }
  const text = (length: number): string => {
    if (length > MAX_STRING) throw new Malformed('AMF string too long')
    need(length)
    at += length
    return body.toString('utf8', at - length, at)
  }
  const shortText = (): string => {
    need(2)
    at += 2
    return text(body.readUInt16BE(at - 2))
  }
  const longText = (): string => {
    need(4)
    at += 4
    return text(body.readUInt32BE(at - 4))
  }
  const pairs = (depth: number): Amf => {
    // no prototype: a key "__proto__" is only a key
    const out = Object.create(null) as { [key: string]: Amf }
    for (;;) {
      need(3)
      if (body[at] === 0 && body[at + 1] === 0 && body[at + 2] === 9) {
        at += 3
        return out
      }
      const key = shortText()
      out[key] = value(depth + 1)
    }
  }
  const value = (depth: number): Amf => {
    if (depth > MAX_DEPTH) throw new Malformed('AMF too deep')
    if (++count > MAX_VALUES) throw new Malformed('AMF too many values')
    need(1)
    const type = body[at++]
    switch (type) {
      case 0:
        need(8)
        at += 8
        return body.readDoubleBE(at - 8)
      case 1:
        need(1)
        return body[at++] !== 0
      case 2:
        return shortText()
      case 3:
        return pairs(depth)
      case 5:
        return null
      case 6:
        return undefined
      case 8: // the count is only a hint (and sometimes wrong): the end marker rules
        need(4)
        at += 4
        return pairs(depth)
      case 10: {
        need(4)
        const length = body.readUInt32BE(at)
        at += 4
        if (length > MAX_VALUES) throw new Malformed('AMF array too long')
        const out: Amf[] = []
        for (let i = 0; i < length; i++) out.push(value(depth + 1))
        return out
      }
      case 11: // milliseconds and a time zone that the specification says to ignore
        need(10)
        at += 10
        return body.readDoubleBE(at - 10)
      case 12:
        return longText()
      default:
        throw new Malformed(`AMF type ${type}`)
    }
  }

  const out: Amf[] = []
  while (at < body.length) out.push(value(0))
  return out
}

const short = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'utf8')
  const head = Buffer.alloc(2)
  head.writeUInt16BE(bytes.length)
  return Buffer.concat([head, bytes])
}

const fields = (value: { [key: string]: Amf }): Buffer[] => [
  ...Object.entries(value).flatMap(([key, inner]) => [short(key), writeAmf(inner)]),
  Buffer.from([0, 0, 9]),
]

/** Writes values as AMF0, one after another. Strings of ours are short (below 64 KiB). */
export const writeAmf = (...values: Amf[]): Buffer =>
  Buffer.concat(
    values.flatMap((value) => {
      if (value === null) return [Buffer.from([5])]
      if (value === undefined) return [Buffer.from([6])]
      if (typeof value === 'boolean') return [Buffer.from([1, value ? 1 : 0])]
      if (typeof value === 'string') return [Buffer.from([2]), short(value)]
      if (typeof value === 'number') {
        const out = Buffer.alloc(9)
        out.writeDoubleBE(value, 1)
        return [out]
      }
      if (Array.isArray(value)) {
        const head = Buffer.alloc(5)
        head[0] = 10
        head.writeUInt32BE(value.length, 1)
        return [head, ...value.map((inner) => writeAmf(inner))]
      }
      return [Buffer.from([3]), ...fields(value)]
    }),
  )

/** Writes an ECMA array, the form in which players expect `onMetaData`. */
export const writeEcmaArray = (value: { [key: string]: Amf }): Buffer => {
  const head = Buffer.alloc(5)
  head[0] = 8
  head.writeUInt32BE(Object.keys(value).length, 1)
  return Buffer.concat([head, ...fields(value)])
}
