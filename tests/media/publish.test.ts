import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Publisher, publishClip } from '../../server/launch/publish-clip.ts'
import { capture, dial, type House, isKey, noiseFilm, openHouse, rtmpPlace, until, watch, watchSoon } from './kit.ts'

let house: House
let film: string
const open: Publisher[] = []

/** Starts a publisher that the end of the tests will stop. */
const publish = (url: string, file = film): Publisher & { lines: string[] } => {
  const lines: string[] = []
  const one = publishClip({ file, url, retryMs: 100, log: (line) => void lines.push(line) })
  open.push(one)
  return { ...one, lines }
}
const heard = (stream: string) => house.heard.filter((fact) => fact.stream === stream)

beforeAll(async () => {
  house = await openHouse({ takeoverAfterMs: 500, holdMs: 2_000, handshakeMs: 1_500, idleMs: 4_000 })
  film = noiseFilm(join(house.dir, 'noise.flv'))
})
afterAll(async () => {
  await Promise.all(open.map((one) => one.stop()))
  await house.close()
})

describe('who may push', () => {
  it('a right key goes on air, and the house is asked first and told after', async () => {
    const one = publish(house.push('right'))
    await one.started
    await until('the house to be told', () => heard('right').length === 1)
    const ask = house.asked.find((a) => a.stream === 'right')!
    expect(ask.addr).toContain('127.0.0.1')
    expect(heard('right')[0]).toEqual({ what: 'published', stream: 'right', publisherId: ask.publisherId })
    await one.stop()
    await until('the house to be told of the end', () => heard('right').length === 2)
    expect(heard('right')[1]).toMatchObject({ what: 'unpublished', publisherId: ask.publisherId })
  })

  it('a wrong key, the key of another stream, and no key at all are refused, and the house is not even asked', async () => {
    const before = house.asked.length
    const right = house.push('mine')
    const wrong = [
      right.replace(/txSecret=./, (m) => `txSecret=${m.endsWith('0') ? '1' : '0'}`),
      right.replace('/mine?', '/yours?'),
      right.split('?')[0]!,
    ]
    for (const url of wrong) {
      const one = publish(url)
      await until('the refusal', () => one.lines.some((line) => line.includes('NetStream.Publish.Denied')))
      await one.stop()
    }
    expect(house.asked.length).toBe(before)
    expect(await house.media.stats('mine')).toBeNull()
    expect(await house.media.stats('yours')).toBeNull()
  })

  it('a key that has expired is refused', async () => {
    const url = house.media.pushAddress('late', house.later(-1_000)).url
    const one = publish(url)
    await until('the refusal', () => one.lines.some((line) => line.includes('NetStream.Publish.Denied')))
    await one.stop()
    expect(house.logs.some((line) => line.facts.stream === 'late' && line.facts.why === 'The key has expired.')).toBe(true)
  })

  it('a push into a session that is over is refused though its key is right', async () => {
    house.open.value = false
    const one = publish(house.push('over'))
    await until('the refusal', () => one.lines.some((line) => line.includes('NetStream.Publish.Denied')))
    await one.stop()
    house.open.value = true
    expect(house.asked.some((ask) => ask.stream === 'over')).toBe(true)
    expect(heard('over')).toEqual([])
  })

  it('a second publisher with the same right key is refused while the first is alive, and the first plays on', async () => {
    const first = publish(house.push('single'))
    await first.started
    const viewer = await watchSoon(house.media.playAddresses('single').flv)
    await until('pictures', () => viewer.frames().length > 5)
    const second = publish(house.push('single'))
    await until('the refusal', () => second.lines.some((line) => line.includes('NetStream.Publish.BadName')))
    await second.stop()
    const seen = viewer.frames().length
    await until('more pictures', () => viewer.frames().length > seen + 10)
    expect(first.lines).toEqual(['on air'])
    expect(viewer.ended()).toBe(false)
    expect(heard('single').map((fact) => fact.what)).toEqual(['published'])
    viewer.leave()
    await first.stop()
  })

  it('the same key takes over from a publisher that has gone silent, and waiting viewers see the new one', async () => {
    // a publisher that says all of a captured push and then nothing more, with the line left open
    const url = house.push('roam')
    const tape = await capture(url, async (relayed) => {
      const one = publish(relayed)
      await one.started
      await until('some pictures', async () => ((await house.media.stats('roam'))?.bytesIn ?? 0) > 10_000)
      one.cut()
      await one.stop()
    })
    await until('the first push to end', async () => (await house.media.stats('roam')) === null)
    const silent = await dial(rtmpPlace(url))
    silent.socket.write(tape.before)
    await until('the silent one on air', () => silent.said().includes('NetStream.Publish.Start'))
    silent.socket.write(tape.after)
    const viewer = await watchSoon(house.media.playAddresses('roam').flv)
    await until('its pictures', () => viewer.frames().length > 3)
    await until('its silence', () => performance.now() - viewer.frames().at(-1)!.at > 700)
    const frozenAt = viewer.frames().at(-1)!.timestamp

    const second = publish(url)
    await second.started
    expect(second.lines).toEqual(['on air'])
    await until('the silent one to be hung up', () => silent.closed(), 1_000)
    await until('the new pictures', () => viewer.frames().at(-1)!.timestamp > frozenAt + 200)
    const times = viewer.frames().map((tag) => tag.timestamp)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(viewer.broken()).toBeNull()
    const told = heard('roam').slice(-3)
    expect(told.map((fact) => fact.what)).toEqual(['published', 'unpublished', 'published'])
    expect(told[0]!.publisherId).toBe(told[1]!.publisherId)
    viewer.leave()
    await second.stop()
  })

  it('kicking ends the push within a second and sends the viewers home; the house closed, it cannot come back', async () => {
    const one = publish(house.push('kicked'))
    await one.started
    const viewer = await watchSoon(house.media.playAddresses('kicked').flv)
    await until('pictures', () => viewer.frames().length > 0)
    house.open.value = false
    const at = performance.now()
    expect(await house.media.kick('kicked')).toBe(true)
    await until('the publisher to notice', () => one.lines.length > 1, 1_000)
    await until('the viewer to be sent home', () => viewer.ended(), 1_000)
    await until('the house to be told', () => heard('kicked').length === 2, 1_000)
    expect(performance.now() - at).toBeLessThan(1_000)
    await until('a refused return', () => one.lines.some((line) => line.includes('Denied')))
    await one.stop()
    house.open.value = true
    expect(await house.media.kick('kicked')).toBe(false)
    expect((await watch(house.media.playAddresses('kicked').flv)).status).toBe(404)
  })

  it('a publisher that is lost and comes back finds its viewers waiting, on one rising time line', async () => {
    const one = publish(house.push('drop'))
    await one.started
    const viewer = await watchSoon(house.media.playAddresses('drop').flv)
    for (let round = 0; round < 3; round++) {
      const seen = viewer.frames().length
      await until('pictures', () => viewer.frames().length > seen + 10)
      const on = one.lines.filter((line) => line === 'on air').length
      one.cut()
      await until('it to be back', () => one.lines.filter((line) => line === 'on air').length > on)
    }
    const seen = viewer.frames().length
    await until('pictures again', () => viewer.frames().length > seen + 10, 3_000)
    expect(viewer.ended()).toBe(false)
    const frames = viewer.frames()
    const times = frames.map((tag) => tag.timestamp)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    const jumps = times.slice(1).map((t, i) => t - times[i]!)
    expect(Math.max(...jumps)).toBeLessThan(200)
    // after each cut the picture begins with a key frame
    const headers = viewer.tags.filter((tag) => tag.type === 9 && tag.body[1] === 0)
    expect(headers.length).toBeGreaterThanOrEqual(4)
    for (const header of headers) {
      const next =
        viewer.tags[viewer.tags.indexOf(header) + 1 + viewer.tags.slice(viewer.tags.indexOf(header) + 1).findIndex((t) => t.type === 9)]!
      expect(isKey(next)).toBe(true)
    }
    viewer.leave()
    await one.stop()
  })

  it('viewers of a publisher that does not come back are sent home after a while, those of one that says goodbye at once', async () => {
    const lost = publish(house.push('lost'))
    await lost.started
    const waits = await watchSoon(house.media.playAddresses('lost').flv)
    await until('pictures', () => waits.frames().length > 0)
    house.open.value = false
    lost.cut()
    const at = performance.now()
    await until('the viewer to be sent home', () => waits.ended(), 4_000)
    expect(performance.now() - at).toBeGreaterThan(1_500)
    await lost.stop()
    house.open.value = true

    const polite = publish(house.push('polite'))
    await polite.started
    const leaves = await watchSoon(house.media.playAddresses('polite').flv)
    await until('pictures', () => leaves.frames().length > 0)
    await polite.stop()
    await until('the viewer to be sent home', () => leaves.ended(), 1_000)
  })

  it('a hook that throws or never answers is a no, and other streams do not wait for it', async () => {
    let stuck: () => void = () => {}
    const other = await openHouse(
      {},
      {
        mayPublish: ({ stream }) => {
          if (stream === 'throws') throw new Error('the database is away')
          if (stream === 'hangs') return new Promise((resolve) => (stuck = () => resolve(false)))
          return Promise.resolve(true)
        },
      },
    )
    const throws = publish(other.push('throws'))
    const hangs = publish(other.push('hangs'))
    await until('the refusal', () => throws.lines.some((line) => line.includes('Denied')))
    const fine = publish(other.push('fine'))
    await fine.started
    expect(hangs.state()).toBe('connecting')
    stuck()
    await until('the refusal', () => hangs.lines.some((line) => line.includes('Denied')))
    await Promise.all([throws.stop(), hangs.stop(), fine.stop()])
    await other.close()
  })

  it('figures tell what is on air', async () => {
    const one = publish(house.push('figures'))
    await one.started
    const viewer = await watchSoon(house.media.playAddresses('figures').flv)
    await until('two seconds of it', async () => ((await house.media.stats('figures'))?.sincePublishMs ?? 0) > 2_000)
    const stats = (await house.media.stats('figures'))!
    expect(stats).toMatchObject({ publishing: true, viewers: 1, width: 320, height: 180, dropped: 0 })
    expect(stats.fps).toBeGreaterThan(20)
    expect(stats.fps).toBeLessThan(30)
    expect(stats.videoKbps).toBeGreaterThan(120)
    expect(stats.videoKbps).toBeLessThan(220)
    expect(stats.audioKbps).toBeGreaterThan(15)
    viewer.leave()
    await until('the viewer to be gone', async () => (await house.media.stats('figures'))?.viewers === 0)
    await one.stop()
    await until('the stream to be gone', async () => (await house.media.stats('figures')) === null)
  })

  it('nothing of ours failed meanwhile', () => {
    expect(house.faults()).toEqual([])
  })
})
