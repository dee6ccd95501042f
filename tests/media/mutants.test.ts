import { createConnection } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishClip } from '../../server/launch/publish-clip.ts'
import { readAmf, writeAmf } from '../../server/media/amf.ts'
import { createChunkReader } from '../../server/media/chunks.ts'
import { AUDIO, createFlvReader, readPicture, readSound, VIDEO } from '../../server/media/flv.ts'
import { createHub } from '../../server/media/hub.ts'
import { defaultLimits } from '../../server/media/limits.ts'
import { Malformed } from '../../server/media/malformed.ts'
import {
  type Capture,
  capture,
  type House,
  noiseFilm,
  openHouse,
  rssMiB,
  rtmpPlace,
  until,
  VIDEO_HEADER,
  watchSoon,
  widestGap,
} from './kit.ts'

const SEED = 20_261_123
const MUTANTS = 2_000
const INNER_MUTANTS = 20_000
const SLOTS = 10

/** mulberry32: the same numbers for the same seed, on every machine. */
const dice = (seed: number) => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    below: (n: number): number => Math.floor(next() * n),
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
  }
}
type Dice = ReturnType<typeof dice>

const NASTY = [0, 1, 0x7f, 0x80, 0xff, 0xffff, 0xffffff, 0x7fffffff, 0x80000000, 0xffffffff]

/** One of the ways in which bytes go wrong, one to four times over. */
const mutate = (bytes: Buffer, roll: Dice): Buffer => {
  let out = Buffer.from(bytes)
  for (let n = 1 + roll.below(4); n > 0 && out.length > 8; n--) {
    const at = roll.below(out.length - 4)
    switch (roll.below(8)) {
      case 0:
        out[at] = out[at]! ^ (1 << roll.below(8))
        break
      case 1:
        out[at] = roll.below(256)
        break
      case 2:
        out.writeUInt32BE(roll.pick(NASTY), at)
        break
      case 3:
        out = out.subarray(0, at)
        break
      case 4:
        out = Buffer.concat([out.subarray(0, at), out.subarray(at + 1 + roll.below(64))])
        break
      case 5: {
        const length = 1 + roll.below(200)
        out = Buffer.concat([out.subarray(0, at), out.subarray(at, at + length), out.subarray(at)])
        break
      }
      case 6: // an AMF type, or a message's, becomes another
        out[at] = roll.pick([0, 1, 2, 3, 8, 9, 10, 11, 12, 15, 16, 17, 18, 20, 22, 108, 255])
        break
      default:
        out = Buffer.concat([
          out.subarray(0, at),
          Buffer.from(Array.from({ length: 1 + roll.below(32) }, () => roll.below(256))),
          out.subarray(at),
        ])
    }
  }
  return out
}

/** The crashes of other servers, made by hand out of the same tape. */
const known = (tape: Capture): Capture[] => {
  const found = (needle: Buffer): number => tape.before.indexOf(needle)
  const edit = (at: number, bytes: number[]): Capture => {
    const before = Buffer.from(tape.before)
    Buffer.from(bytes).copy(before, at)
    return { before, after: tape.after }
  }
  // after C0, C1 and C2 comes Set Chunk Size: a twelve byte header and four bytes
  const chunkSize = 1 + 2 * 1536 + 12
  const publish = found(Buffer.from('publish')) + 7
  const name = publish + 9 + 1
  return [
    edit(chunkSize, [0, 0, 0, 0]),
    edit(chunkSize, [0x80, 0, 0, 0]),
    edit(chunkSize, [0x7f, 0xff, 0xff, 0xff]),
    edit(chunkSize, [0, 0, 0, 1]),
    edit(name, [1, 0]), // streamName = false
    edit(name, [17]),
    edit(name, [108]),
    edit(name, [5]),
    edit(name, [2, 0xff, 0xff]),
    edit(found(Buffer.from('connect')) + 16, [17]),
    edit(found(Buffer.from('tcUrl')) + 5, [3, 0, 0, 9]),
    edit(found(Buffer.from('tcUrl')) + 5, [108]),
  ]
}

let house: House
let film: string
beforeAll(async () => {
  house = await openHouse({ takeoverAfterMs: 0, maxConnectionsPerAddress: 60, holdMs: 100 })
  film = noiseFilm(join(house.dir, 'noise.flv'))
})
afterAll(() => house.close())

describe(`mutants (seed ${SEED})`, () => {
  it(`${MUTANTS} mutants of a captured push crash nothing, and another stream plays on undisturbed`, async () => {
    const roll = dice(SEED)
    const tapes = await Promise.all(
      Array.from({ length: SLOTS }, async (_, slot) => {
        const stream = `slot-${slot}`
        return capture(house.push(stream), async (relayed) => {
          const one = publishClip({ file: film, url: relayed })
          await one.started
          await until('some pictures', async () => ((await house.media.stats(stream))?.bytesIn ?? 0) > 12_000)
          one.cut()
          await one.stop()
        })
      }),
    )
    const place = rtmpPlace(house.push('x'))
    const healthy = publishClip({ file: film, url: house.push('healthy') })
    await healthy.started
    const viewer = await watchSoon(house.media.playAddresses('healthy').flv)
    const pid = house.pid()
    const before = rssMiB(pid)
    let letIn = 0

    /** Says a mutant as a client would: hears of being let in before it goes on, or gives up waiting; ends when the line is closed. */
    const say = (tape: Capture): Promise<void> =>
      new Promise((resolve) => {
        const socket = createConnection(place)
        let went = false
        const go = (): void => {
          if (went) return
          went = true
          clearTimeout(patience)
          socket.end(tape.after)
        }
        const patience = setTimeout(go, 60)
        socket.on('connect', () => socket.write(tape.before))
        socket.on('data', (bytes) => {
          if (!bytes.includes('NetStream.Publish.Start')) return
          letIn++
          go()
        })
        socket.on('error', () => {})
        socket.on('close', () => {
          clearTimeout(patience)
          resolve()
        })
      })

    const jobs = tapes.map((tape) => [...known(tape)])
    for (let n = 0; n < MUTANTS; n++) {
      const tape = tapes[n % SLOTS]!
      // most go wrong after the door: there is more to break inside
      jobs[n % SLOTS]!.push(
        roll.below(3) === 0
          ? { before: mutate(tape.before, roll), after: tape.after }
          : { before: tape.before, after: mutate(tape.after, roll) },
      )
    }
    await Promise.all(
      jobs.map(async (mine) => {
        for (const mutant of mine) await say(mutant)
      }),
    )
    // the fault was really injected: many came in, and many broke the protocol there
    expect(letIn).toBeGreaterThan(MUTANTS / 2)
    expect(house.logs.filter((line) => line.message === 'a connection broke the protocol').length).toBeGreaterThan(MUTANTS / 10)
    expect(house.pid()).toBe(pid)
    expect(house.faults()).toEqual([])
    const seen = viewer.frames().length
    await until('pictures still to come', () => viewer.frames().length > seen + 5)
    expect(viewer.broken()).toBeNull()
    expect(widestGap(viewer.frames())).toBeLessThan(1_000)
    expect(rssMiB(pid) - before).toBeLessThan(60)
    viewer.leave()
    await healthy.stop()
  })

  it(`${INNER_MUTANTS} mutants of chunks, values and tags meet nothing but Malformed`, async () => {
    const roll = dice(SEED + 1)
    const tape = await capture(house.push('tape'), async (relayed) => {
      const one = publishClip({ file: film, url: relayed })
      await one.started
      await until('some pictures', async () => ((await house.media.stats('tape'))?.bytesIn ?? 0) > 12_000)
      await one.stop()
    })
    const session = Buffer.concat([tape.before.subarray(1 + 2 * 1536), tape.after])
    const value = writeAmf('connect', 1, { app: 'live', tcUrl: 'rtmp://x/live', deep: { a: [1, true, null, 'x'] } })
    const flv = await import('node:fs').then((fs) => fs.readFileSync(film))
    const tolerate = (act: () => void): void => {
      try {
        act()
      } catch (error) {
        if (!(error instanceof Malformed)) throw error
      }
    }
    const hub = createHub({ ...defaultLimits, holdMs: 1 }, { published: () => {}, unpublished: () => {}, trouble: () => {} })
    for (let n = 0; n < INNER_MUTANTS; n++) {
      tolerate(() => readAmf(mutate(value, roll)))
      tolerate(() => readPicture(mutate(VIDEO_HEADER, roll), roll.below(5)))
      tolerate(() => readSound(mutate(VIDEO_HEADER, roll)))
      if (n % 20 !== 0) continue
      tolerate(() => createFlvReader().push(mutate(flv.subarray(0, 8_000), roll)))
      const push = hub.open({ stream: `m${n}`, publisherId: 'm', recordTo: null, putOut: () => {} })!
      const reader = createChunkReader(1 << 20, (message) => {
        if (message.type === 1 && message.body.length >= 4) reader.setChunkSize(message.body.readUInt32BE())
        if (message.type === AUDIO || message.type === VIDEO) push.media(message.type, message.timestamp, message.body)
        if (message.type === 20) tolerate(() => readAmf(message.body))
      })
      const mutant = mutate(session, roll)
      // in pieces as a network cuts them
      tolerate(() => {
        for (let at = 0; at < mutant.length; ) {
          const step = 1 + roll.below(3_000)
          reader.push(mutant.subarray(at, at + step))
          at += step
        }
      })
      push.end('left')
    }
    await hub.close()
  })
})
