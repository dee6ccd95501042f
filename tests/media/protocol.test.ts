import { describe, expect, it } from 'vitest'
import { readAmf, writeAmf } from '../../server/media/amf.ts'
import { createChunkReader, type Message, writeMessage } from '../../server/media/chunks.ts'
import { createFlvReader, flvHeader, flvTag, readAvcConfig } from '../../server/media/flv.ts'
import { Malformed } from '../../server/media/malformed.ts'
import { VIDEO_HEADER } from './kit.ts'

const reader = (max = 1_000_000) => {
  const got: Message[] = []
  const one = createChunkReader(max, (message) => void got.push(message))
  return { ...one, got }
}
const bytes = (...parts: (number | Buffer)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : part)))
const header = (fmt: number, id: number, time: number, length?: number, type?: number, streamId?: number): Buffer => {
  const out = [Buffer.from([(fmt << 6) | id])]
  if (fmt < 3) out.push(Buffer.from([(time >> 16) & 255, (time >> 8) & 255, time & 255]))
  if (fmt < 2) out.push(Buffer.from([(length! >> 16) & 255, (length! >> 8) & 255, length! & 255, type!]))
  if (fmt === 0) out.push(Buffer.from([streamId!, 0, 0, 0]))
  return Buffer.concat(out)
}
const u32 = (n: number): Buffer => {
  const out = Buffer.alloc(4)
  out.writeUInt32BE(n)
  return out
}

describe('chunks', () => {
  it('messages come out as they went in, however the network cuts them', () => {
    const body = Buffer.from(Array.from({ length: 1_000 }, (_, i) => i & 255))
    const stream = Buffer.concat([
      writeMessage(3, 20, 0, body, 128),
      writeMessage(5, 9, 1, body.subarray(0, 128), 128),
      writeMessage(3, 8, 1, Buffer.alloc(0), 128),
    ])
    for (const step of [1, 2, 7, 127, 128, 129, 5_000]) {
      const r = reader()
      for (let at = 0; at < stream.length; at += step) r.push(stream.subarray(at, at + step))
      expect(r.got.map((m) => [m.type, m.streamId, m.body.length])).toEqual([
        [20, 0, 1_000],
        [9, 1, 128],
        [8, 1, 0],
      ])
      expect(r.got[0]!.body.equals(body)).toBe(true)
    }
  })

  it('headers of all four types tell the time as the specification counts it', () => {
    const r = reader()
    const b = Buffer.from([1, 2])
    r.push(bytes(header(0, 4, 1_000, 2, 8, 1), b)) // 1000
    r.push(bytes(header(1, 4, 20, 2, 8), b)) // + 20
    r.push(bytes(header(2, 4, 30), b)) // + 30
    r.push(bytes(header(3, 4, 0), b)) // + 30 again
    expect(r.got.map((m) => m.timestamp)).toEqual([1_000, 1_020, 1_050, 1_080])
    // 5.3.1.2.4: a type 3 after a type 0 adds the type 0's own time
    const s = reader()
    s.push(bytes(header(0, 4, 40, 2, 8, 1), b, header(3, 4, 0), b))
    expect(s.got.map((m) => m.timestamp)).toEqual([40, 80])
  })

  it('long time stamps are understood whether or not continuations repeat them', () => {
    const time = 0x01020304
    const body = Buffer.alloc(200, 7)
    const first = bytes(header(0, 4, 0xffffff, 200, 9, 1), u32(time), body.subarray(0, 128))
    for (const tail of [bytes(0xc4, u32(time), body.subarray(128)), bytes(0xc4, body.subarray(128))]) {
      const r = reader()
      r.push(bytes(first, tail, writeMessage(3, 20, 0, Buffer.from([5]), 128)))
      expect(r.got.map((m) => [m.type, m.timestamp, m.body.length])).toEqual([
        [9, time, 200],
        [20, 0, 1],
      ])
    }
  })

  it('messages interleaved on several chunk streams are kept apart, an aborted one is forgotten', () => {
    const r = reader()
    const a = Buffer.alloc(200, 1)
    const b = Buffer.alloc(150, 2)
    r.push(bytes(header(0, 4, 0, 200, 8, 1), a.subarray(0, 128), header(0, 6, 0, 150, 9, 1), b.subarray(0, 128)))
    r.abort(4)
    r.push(bytes(0xc6, b.subarray(128)))
    expect(r.got.map((m) => m.type)).toEqual([9])
    r.push(bytes(header(0, 4, 0, 3, 8, 1), a.subarray(0, 3)))
    expect(r.got.map((m) => m.type)).toEqual([9, 8])
  })

  it('every bound is a bound', () => {
    expect(() => reader(1_000).push(header(0, 4, 0, 1_001, 8, 1))).toThrow(Malformed)
    expect(() => reader().push(header(3, 9, 0))).toThrow('without a beginning')
    for (const size of [0, 1, 127, 0x80000000, 0xffffffff]) expect(() => reader().setChunkSize(size)).toThrow(Malformed)
    const many = reader()
    expect(() => {
      for (let id = 3; id < 60; id++) many.push(bytes(header(0, id, 0, 200, 8, 1), Buffer.alloc(128)))
    }).toThrow(/chunk stream/)
    const half = reader(100_000)
    half.setChunkSize(99_000)
    expect(() => {
      for (let id = 3; id < 30; id++) half.push(bytes(header(0, id, 0, 100_000, 9, 1), Buffer.alloc(99_000)))
    }).toThrow('half messages')
  })

  it('announced bytes cost nothing until they come', () => {
    const before = process.memoryUsage().arrayBuffers
    for (let n = 0; n < 200; n++) {
      const r = reader(4 << 20)
      r.push(bytes(header(0, 4, 0, 4 << 20, 9, 1), Buffer.alloc(100)))
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 << 20)
  })
})

describe('AMF', () => {
  it('reads back what it wrote', () => {
    const values = ['connect', 1.5, { app: 'live', deep: { list: [1, 'zwei', false, null] } }, null, true]
    expect(JSON.parse(JSON.stringify(readAmf(writeAmf(...values))))).toEqual(values)
  })

  it('keys like __proto__ are only keys', () => {
    const [value] = readAmf(
      Buffer.concat([
        Buffer.from([3]),
        Buffer.from([0, 9]),
        Buffer.from('__proto__'),
        writeAmf({ polluted: true }),
        Buffer.from([0, 0, 9]),
      ]),
    )
    expect(Object.getPrototypeOf(value)).toBeNull()
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('unknown types, lying lengths, deep and endless values are malformed', () => {
    const nested = Array.from({ length: 50 }).reduce<{ a: unknown }>((inner) => ({ a: inner }), { a: 1 })
    expect(() => readAmf(writeAmf(nested as never))).toThrow('too deep')
    const wrong = [
      Buffer.from([17]),
      Buffer.from([108]),
      Buffer.from([7, 0, 0]),
      Buffer.from([2, 0xff, 0xff, 0x61]),
      Buffer.from([10, 0xff, 0xff, 0xff, 0xff]),
      Buffer.from([0, 1]),
      Buffer.from([3, 0]),
      Buffer.alloc(5_000, 5),
    ]
    for (const bytes of wrong) expect(() => readAmf(bytes)).toThrow(Malformed)
  })
})

describe('FLV', () => {
  it('reads back what it wrote, long times too, however it arrives', () => {
    const file = Buffer.concat([
      flvHeader({ audio: true, video: true }),
      flvTag(9, 0, VIDEO_HEADER),
      flvTag(8, 0x01020304, Buffer.from([1, 2, 3])),
    ])
    for (const step of [1, 5, 13, 1_000]) {
      const one = createFlvReader()
      const tags = []
      for (let at = 0; at < file.length; at += step) tags.push(...one.push(file.subarray(at, at + step)))
      expect(one.header()).toEqual({ audio: true, video: true })
      expect(tags.map((tag) => [tag.type, tag.timestamp, tag.body.length])).toEqual([
        [9, 0, VIDEO_HEADER.length],
        [8, 0x01020304, 3],
      ])
    }
  })

  it('knows the size of the picture, and no size in a damaged header', () => {
    const avcc = VIDEO_HEADER.subarray(5)
    expect(readAvcConfig(avcc)).toEqual({ lengthSize: 4, width: 320, height: 180 })
    for (let cut = 0; cut < avcc.length; cut++) expect(readAvcConfig(avcc.subarray(0, cut))).toBeNull()
  })
})
