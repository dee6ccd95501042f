import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AUDIO, createFlvReader, type FlvTag, readPicture, VIDEO } from '../../server/media/flv.ts'
import { createHub, type Hub, type Publication, type Sink } from '../../server/media/hub.ts'
import { defaultLimits } from '../../server/media/limits.ts'
import { AUDIO_HEADER, frame, isKey, sound, until, VIDEO_HEADER } from './kit.ts'

const LIMITS = { ...defaultLimits, flushMs: 5, tracksWaitMs: 40, backlogBytes: 20_000, stalledMs: 300, maxGopBytes: 200_000 }

/** A viewer whose line takes as much as it is told to. */
const sinkOf = () => {
  const reader = createFlvReader()
  const queue: Buffer[] = []
  const tags: FlvTag[] = []
  let waiting = 0
  const sink: Sink & { open: boolean; gone: string | null; peak: number; tags: FlvTag[]; drain(): void; header: typeof reader.header } = {
    open: true,
    gone: null,
    peak: 0,
    tags,
    header: reader.header,
    get writableLength() {
      return waiting
    },
    write(bytes) {
      queue.push(bytes)
      waiting += bytes.length
      this.peak = Math.max(this.peak, waiting)
      if (this.open) this.drain()
    },
    drain() {
      for (const bytes of queue.splice(0)) tags.push(...reader.push(bytes))
      waiting = 0
    },
    end() {
      this.gone = 'end'
    },
    destroy() {
      this.gone = 'destroy'
    },
  }
  return sink
}

let hub: Hub
let told: string[]
let dir: string

beforeEach(() => {
  told = []
  dir = mkdtempSync(join(tmpdir(), 'chashan-hub-'))
  hub = createHub(LIMITS, {
    published: ({ publisherId }) => void told.push(`published ${publisherId}`),
    unpublished: ({ publisherId, recording }) => void told.push(`unpublished ${publisherId} ${recording ? 'recorded' : '-'}`),
    trouble: (message) => void told.push(message),
  })
})
afterEach(async () => {
  await hub.close()
  rmSync(dir, { recursive: true, force: true })
})

const open = (stream = 's', recordTo: string | null = null, id = stream): Publication =>
  hub.open({ stream, publisherId: id, recordTo, putOut: (why) => void told.push(`${id} ${why}`) })!

/** A push with both headers said. */
const begun = (stream = 's', recordTo: string | null = null): Publication => {
  const push = open(stream, recordTo)
  push.media(VIDEO, 0, VIDEO_HEADER)
  push.media(AUDIO, 0, AUDIO_HEADER)
  return push
}
const pictures = (tags: FlvTag[]) => tags.filter((tag) => tag.type === VIDEO && tag.body[1] === 1)
/** Resolves after a flush that came after this call: a stream of sound alone has passed through. */
const ticked = async (): Promise<void> => {
  const push = open('tick')
  const probe = sinkOf()
  hub.watch('tick', probe)
  push.media(AUDIO, 0, AUDIO_HEADER)
  await until('a flush', () => probe.tags.length > 0)
  push.end('left')
}

describe('the hub', () => {
  it('a viewer that cannot keep up is skipped to a later key frame and never holds more than the limit', async () => {
    const push = begun()
    const quick = sinkOf()
    const slow = sinkOf()
    hub.watch('s', quick)
    hub.watch('s', slow)
    for (let n = 0; n < 5; n++) push.media(VIDEO, n * 40, frame(n === 0, 500))
    await until('both to begin', () => quick.tags.length > 0 && slow.tags.length > 0)
    slow.open = false
    for (let n = 5; n < 60; n++) {
      push.media(VIDEO, n * 40, frame(n % 20 === 0, 1_000, n))
      push.media(AUDIO, n * 40, sound(50))
      const want = n - 4
      await until('it to arrive', () => pictures(quick.tags).length >= want)
    }
    expect(slow.peak).toBeLessThan(2 * LIMITS.backlogBytes)
    slow.open = true
    slow.drain()
    const before = pictures(slow.tags).length
    for (let n = 60; n < 90; n++) {
      push.media(VIDEO, n * 40, frame(n % 20 === 0, 500, n))
      await until('it to arrive', () => pictures(quick.tags).length >= n + 1)
    }
    await until('the slow one to be back', () => pictures(slow.tags).length > before)
    const back = pictures(slow.tags)
    expect(isKey(back[before]!)).toBe(true)
    expect(back[before]!.timestamp).toBe(60 * 40)
    expect(pictures(quick.tags).map((tag) => tag.timestamp)).toEqual(Array.from({ length: 90 }, (_, n) => n * 40))
    expect(slow.gone).toBeNull()
  })

  it('a viewer of which nothing is taken any more is cut, while others play on', async () => {
    const push = begun()
    const quick = sinkOf()
    const dead = sinkOf()
    dead.open = false
    hub.watch('s', quick)
    hub.watch('s', dead)
    for (let n = 0; dead.gone === null; n++) {
      expect(n).toBeLessThan(2_000)
      push.media(VIDEO, n * 40, frame(n % 10 === 0, 1_000))
      await until('it to arrive', () => pictures(quick.tags).length >= n + 1)
    }
    expect(dead.gone).toBe('destroy')
    expect(dead.peak).toBeLessThan(2 * LIMITS.backlogBytes)
    expect(quick.gone).toBeNull()
    expect(hub.figures('s')?.viewers).toBe(1)
  })

  it('times that run backwards or leap become a rising line', async () => {
    const push = begun()
    const viewer = sinkOf()
    hub.watch('s', viewer)
    const given = [1_000, 1_040, 1_030, 1_080, 500, 3_600_000, 3_600_040, 0, 40, 0xffffffff, 80]
    for (const [n, at] of given.entries()) push.media(VIDEO, at, frame(n === 0, 100))
    await until('all of them', () => pictures(viewer.tags).length === given.length)
    const times = pictures(viewer.tags).map((tag) => tag.timestamp)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times[0]).toBe(0)
    expect(times.at(-1)).toBeLessThan(1_000)
  })

  it('damaged tags are dropped and counted, and the rest plays on', async () => {
    const push = begun()
    const viewer = sinkOf()
    hub.watch('s', viewer)
    const good = frame(true, 200)
    push.media(VIDEO, 0, good)
    const lie = Buffer.from(good)
    lie.writeUInt32BE(0x7fffffff, 5) // a unit longer than the tag
    const nought = Buffer.from(good)
    nought.writeUInt32BE(0, 5)
    const garbage = [
      lie,
      nought,
      good.subarray(0, 100),
      Buffer.from([0x17]),
      Buffer.from([0x17, 1, 0, 0, 0]),
      Buffer.from([0x17, 0, 0, 0, 0, 1, 2, 3]),
      Buffer.concat([VIDEO_HEADER.subarray(0, 11), Buffer.alloc(40, 0xff)]),
      Buffer.from([0x57, 1, 0, 0, 0, 0]),
      Buffer.alloc(64, 0xff),
    ]
    for (const body of garbage) expect(push.media(VIDEO, 10, body)).toBe(true)
    for (const body of [Buffer.from([0xaf]), Buffer.from([0xaf, 0]), Buffer.from([0xaf, 0, 0, 0]), Buffer.alloc(9, 0x2f)])
      push.media(AUDIO, 10, body)
    push.media(VIDEO, 40, frame(false, 300))
    await until('the good ones', () => pictures(viewer.tags).length === 2)
    expect(hub.figures('s')?.dropped).toBe(garbage.length + 4)
    expect(viewer.tags.every((tag) => tag.type !== VIDEO || readPicture(tag.body, 4).kind !== 'damaged')).toBe(true)
  })

  it('without a key frame nobody is shown half a picture, and nothing is hoarded', async () => {
    const push = begun()
    const viewer = sinkOf()
    hub.watch('s', viewer)
    for (let n = 0; n < 2_000; n++) push.media(VIDEO, n * 40, frame(false, 1_000))
    await ticked()
    expect(viewer.tags).toEqual([])
    push.media(VIDEO, 90_000, frame(true, 100))
    await until('the first whole picture', () => pictures(viewer.tags).length === 1)
    expect(isKey(pictures(viewer.tags)[0]!)).toBe(true)
    // a key frame with no end of frames after it: the cache is given up, late viewers wait for the next
    for (let n = 0; n < 400; n++) push.media(VIDEO, 90_040 + n * 40, frame(false, 1_000))
    await until('all', () => pictures(viewer.tags).length === 401)
    const late = sinkOf()
    hub.watch('s', late)
    await ticked()
    expect(late.tags).toEqual([])
    push.media(VIDEO, 120_000, frame(true, 100))
    await until('the late one to begin', () => pictures(late.tags).length > 0)
    expect(pictures(late.tags).length).toBe(1)
  })

  it('a codec that phones cannot play is told to the publisher after some tags, a stray one is passed over', () => {
    const push = open()
    const hevc = Buffer.from([0x1c, 1, 0, 0, 0, 0, 0, 0])
    let n = 0
    while (push.media(VIDEO, n, hevc)) expect(n++).toBeLessThan(200)
    expect(n).toBeGreaterThan(30)
    const fine = begun('other')
    for (let i = 0; i < 300; i++) expect(fine.media(VIDEO, i, hevc)).toBe(true)
  })

  it('sound that shows late makes players begin again with the right header', async () => {
    const push = open()
    push.media(VIDEO, 0, VIDEO_HEADER)
    push.media(VIDEO, 0, frame(true, 100))
    const first = sinkOf()
    hub.watch('s', first)
    await until('it to begin without sound', () => pictures(first.tags).length > 0)
    expect(first.header()).toEqual({ audio: false, video: true })
    push.media(AUDIO, 40, AUDIO_HEADER)
    expect(first.gone).toBe('end')
    const second = sinkOf()
    hub.watch('s', second)
    await until('it to begin', () => second.tags.length > 0)
    expect(second.header()).toEqual({ audio: true, video: true })
  })

  it('a new picture size goes to those who watch and those who come, each with its own header first', async () => {
    const push = begun()
    const early = sinkOf()
    hub.watch('s', early)
    push.media(VIDEO, 0, frame(true, 100))
    await until('the first', () => pictures(early.tags).length === 1)
    const other = Buffer.from(VIDEO_HEADER)
    other[other.length - 1] = other[other.length - 1]! ^ 1
    push.media(VIDEO, 40, other)
    push.media(VIDEO, 80, frame(true, 100))
    await until('the second', () => pictures(early.tags).length === 2)
    const headers = early.tags.filter((tag) => tag.type === VIDEO && tag.body[1] === 0)
    expect(headers.map((tag) => tag.body.equals(other))).toEqual([false, true])
    const late = sinkOf()
    hub.watch('s', late)
    await until('it to begin', () => pictures(late.tags).length === 1)
    expect(late.tags.find((tag) => tag.type === VIDEO && tag.body[1] === 0)!.body.equals(other)).toBe(true)
  })

  it('a recording holds every tag from the first, closes before its end is told, and has the flags of the tracks', async () => {
    const path = join(dir, 'a.flv')
    const push = open('s', path)
    push.media(VIDEO, 0, VIDEO_HEADER)
    for (let n = 0; n < 10; n++) push.media(VIDEO, n * 40, frame(n === 0, 300))
    await ticked()
    push.media(AUDIO, 400, AUDIO_HEADER)
    for (let n = 10; n < 20; n++) {
      push.media(VIDEO, n * 40, frame(false, 300))
      push.media(AUDIO, n * 40, sound(40))
    }
    push.end('left')
    await until('the end to be told', () => told.includes('unpublished s recorded'))
    const reader = createFlvReader()
    const tags = reader.push(readFileSync(path))
    expect(reader.header()).toEqual({ audio: true, video: true })
    expect(pictures(tags).length).toBe(20)
  })

  it('trouble with the disk ends the recording, not the stream', async () => {
    const push = begun('s', join(dir, 'no', 'such', 'place.flv'))
    const viewer = sinkOf()
    hub.watch('s', viewer)
    push.media(VIDEO, 0, frame(true, 100))
    await until('the trouble', () => told.includes('a recording broke off'))
    push.media(VIDEO, 40, frame(false, 100))
    await until('pictures', () => pictures(viewer.tags).length === 2)
    push.end('left')
    await until('the end to be told', () => told.includes('unpublished s -'))
  })
})
