import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Publisher, publishClip } from '../../server/launch/publish-clip.ts'
import { writeMessage } from '../../server/media/chunks.ts'
import { capture, dial, frame, type House, noiseFilm, openHouse, rssMiB, rtmpPlace, until, watch, watchSoon, widestGap } from './kit.ts'

let house: House
let film: string
const open: Publisher[] = []
const publish = (url: string, file = film): Publisher => {
  const one = publishClip({ file, url, retryMs: 100 })
  open.push(one)
  return one
}

beforeAll(async () => {
  house = await openHouse({
    handshakeMs: 1_000,
    idleMs: 1_000,
    maxConnectionsPerAddress: 40,
    backlogBytes: 256 * 1024,
    stalledMs: 1_500,
    holdMs: 500,
  })
  film = noiseFilm(join(house.dir, 'noise.flv'))
})
afterAll(async () => {
  await Promise.all(open.map((one) => one.stop()))
  await house.close()
})

describe('what may not bring it down', () => {
  it('stalled viewers are cut and cost bounded memory, and the others see every frame in time', async () => {
    const heavy = noiseFilm(join(house.dir, 'heavy.flv'), { seconds: 2, gop: 25, bytes: 120_000 })
    const one = publish(house.push('crowd'), heavy)
    await one.started
    const url = new URL(house.media.playAddresses('crowd').flv)
    const viewer = await watchSoon(url.href)
    await until('pictures', () => viewer.frames().length > 10)
    const before = rssMiB(house.pid())
    const stalled: Socket[] = []
    for (let n = 0; n < 20; n++) {
      const socket = connect(Number(url.port), url.hostname, () => socket.write(`GET ${url.pathname} HTTP/1.1\r\nHost: x\r\n\r\n`))
      socket.on('error', () => {})
      socket.pause()
      stalled.push(socket)
    }
    await until('all to be there', async () => (await house.media.stats('crowd'))?.viewers === 21)
    let peak = 0
    await until(
      'the stalled ones to be cut',
      async () => {
        peak = Math.max(peak, rssMiB(house.pid()))
        return (await house.media.stats('crowd'))?.viewers === 1
      },
      15_000,
    )
    expect(peak - before).toBeLessThan(80)
    expect(widestGap(viewer.frames())).toBeLessThan(1_000)
    const times = viewer.frames().map((tag) => tag.timestamp)
    expect(times.slice(1).every((t, i) => t - times[i]! === 40)).toBe(true)
    for (const socket of stalled) socket.destroy()
    viewer.leave()
    await one.stop()
  })

  it('half-open connections are cut in time, too many of one address at once, and a publisher still gets in', async () => {
    const place = rtmpPlace(house.push('x'))
    const lines = await Promise.all(Array.from({ length: 36 }, () => dial(place)))
    for (const [n, line] of lines.entries())
      line.socket.write(n % 2 ? Buffer.from([3, 1, 2, 3]) : Buffer.concat([Buffer.from([3]), Buffer.alloc(1_536)]))
    // over the limit: closed as they come
    const more = await Promise.all(Array.from({ length: 10 }, () => dial(place)))
    await until('those over the limit to be closed', () => more.filter((line) => line.closed()).length >= 6, 500)
    expect(lines.some((line) => line.closed())).toBe(false)
    // one that trickles a byte at a time gains nothing by it
    const drip = setInterval(() => lines[1]!.socket.write(Buffer.from([0])), 50)
    await until('all to be cut', () => [...lines, ...more].every((line) => line.closed()), 3_000)
    clearInterval(drip)
    const one = publish(house.push('after'))
    await one.started
    await one.stop()
  })

  it('a publisher that falls silent with its line open is lost after the idle time', async () => {
    const url = house.push('idle')
    const tape = await capture(url, async (relayed) => {
      const one = publishClip({ file: film, url: relayed })
      await one.started
      await until('some of it', async () => ((await house.media.stats('idle'))?.bytesIn ?? 0) > 5_000)
      await one.stop()
    })
    const line = await dial(rtmpPlace(url))
    line.socket.write(tape.before)
    await until('it to be on air', () => line.said().includes('NetStream.Publish.Start'))
    line.socket.write(tape.after.subarray(0, 5_000))
    await until('pictures', async () => ((await house.media.stats('idle'))?.bytesIn ?? 0) > 1_000)
    await until('it to be hung up', () => line.closed(), 3_000)
    expect(await house.media.stats('idle')).toBeNull()
  })

  it('floods are cut: before publishing, while publishing, and of viewers', async () => {
    const small = await openHouse({ maxViewers: 2, maxBytesPerWindow: 2_000_000 })
    const url = small.push('flood')
    const tape = await capture(url, async (relayed) => {
      const one = publishClip({ file: film, url: relayed })
      await one.started
      const viewers = [await watchSoon(small.media.playAddresses('flood').flv), await watchSoon(small.media.playAddresses('flood').flv)]
      expect((await watch(small.media.playAddresses('flood').flv)).status).toBe(503)
      viewers[0]!.leave()
      await until('room for another', async () => (await watch(small.media.playAddresses('flood').flv)).status === 200)
      await one.stop()
    })
    const why = () => small.logs.filter((line) => line.message === 'a connection broke the protocol').map((line) => line.facts.why)
    // pings without end, and never a word of publishing
    const pings = await dial(rtmpPlace(url))
    pings.socket.write(tape.before.subarray(0, 1 + 2 * 1536 + 16))
    const ping = writeMessage(2, 4, 0, Buffer.from([0, 6, 0, 0, 0, 1]), 128)
    pings.socket.write(Buffer.concat(Array.from({ length: 40_000 }, () => ping)))
    await until('the pings to be cut', () => pings.closed(), 2_000)
    expect(why()).toEqual(['too many bytes before publishing'])
    // more than any picture needs
    const flood = await dial(rtmpPlace(url))
    flood.socket.write(tape.before)
    await until('it to be on air', () => flood.said().includes('NetStream.Publish.Start'))
    flood.socket.write(Buffer.concat(Array.from({ length: 40 }, (_, n) => writeMessage(6, 9, 1, frame(n === 0, 100_000), 4_096))))
    await until('the flood to be cut', () => flood.closed(), 2_000)
    expect(why()).toEqual(['too many bytes before publishing', 'too many bytes'])
    expect(small.faults()).toEqual([])
    await small.close()
  })

  it('a killed media server is back at once, the house has been told, and publisher and viewers return by themselves', async () => {
    const one = publish(house.push('phoenix'))
    await one.started
    const viewer = await watchSoon(house.media.playAddresses('phoenix').flv)
    await until('pictures', () => viewer.frames().length > 20)
    const addresses = house.media.playAddresses('phoenix')
    const old = house.pid()
    process.kill(old, 'SIGKILL')
    const at = performance.now()
    await until('another to listen', () => house.pid() !== old, 3_000)
    expect(performance.now() - at).toBeLessThan(2_500)
    expect(house.media.playAddresses('phoenix')).toEqual(addresses)
    await until('the publisher to be back', async () => (await house.media.stats('phoenix'))?.publishing)
    const again = await watchSoon(addresses.flv)
    await until('pictures', () => again.frames().length > 5)
    const heard = house.heard.filter((fact) => fact.stream === 'phoenix')
    expect(heard.map((fact) => fact.what)).toEqual(['published', 'unpublished', 'published'])
    expect(heard[1]!.publisherId).toBe(heard[0]!.publisherId)
    const { recording } = heard[1] as { recording: string }
    expect(existsSync(recording)).toBe(true)
    expect(viewer.ended()).toBe(true)
    expect(house.logs.filter((line) => line.level === 'error').map((line) => line.message)).toEqual(['the media server died'])
    house.logs.splice(0, house.logs.length, ...house.logs.filter((line) => line.level !== 'error'))
    again.leave()
    await one.stop()
  })

  it('when the house dies the media server goes too', async () => {
    const parent = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { createEmbeddedMedia } from ${JSON.stringify(new URL('../../server/adapters/embedded/media.ts', import.meta.url).href)}
         const media = createEmbeddedMedia({ key: 'k', rtmp: { host: '127.0.0.1', port: 0 }, http: { host: '127.0.0.1', port: 0 }, publicRtmp: '', publicFlv: '',
           recordingsDir: ${JSON.stringify(join(house.dir, 'other'))}, clock: () => 0, log: (level, message, facts) => console.log(facts.pid) })
         await media.start({})`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let said = ''
    parent.stdout.on('data', (text) => {
      said += text
    })
    const pid = Number(await until('it to listen', () => /\d+/.exec(said)?.[0]))
    const alive = () => {
      try {
        return process.kill(pid, 0)
      } catch {
        return false
      }
    }
    expect(alive()).toBe(true)
    parent.kill('SIGKILL')
    await until('the child to be gone', () => !alive(), 3_000)
  })

  it('a port that is taken is said at the start, not after', async () => {
    const place = rtmpPlace(house.push('x'))
    const { createEmbeddedMedia } = await import('../../server/adapters/embedded/media.ts')
    const second = createEmbeddedMedia({
      key: 'k',
      rtmp: place,
      http: { host: '127.0.0.1', port: 0 },
      publicRtmp: 'rtmp://x/live',
      publicFlv: 'http://x/live',
      recordingsDir: join(house.dir, 'second'),
      filmsDir: join(house.dir, 'second-films'),
      publicFilms: '/films',
      log: () => {},
      clock: () => 0,
    })
    await expect(second.start({ mayPublish: async () => false, published: async () => {}, unpublished: async () => {} })).rejects.toThrow(
      /EADDRINUSE/,
    )
    await second.stop()
  })

  it('stopping ends pushes and viewers, tells the house, and leaves no process', async () => {
    const other = await openHouse()
    const one = publishClip({ file: film, url: other.push('last') })
    await one.started
    const viewer = await watchSoon(other.media.playAddresses('last').flv)
    await until('pictures', () => viewer.frames().length > 0)
    await other.media.stop()
    expect(other.heard.map((fact) => fact.what)).toEqual(['published', 'unpublished'])
    const { recording } = other.heard[1] as { recording: string }
    expect(existsSync(recording)).toBe(true)
    expect(() => process.kill(other.pid(), 0)).toThrow()
    await until('the viewer to be sent home', () => viewer.ended())
    await expect(watch(other.media.playAddresses('last').flv)).rejects.toThrow()
    await one.stop()
    await other.close()
  })

  it('nothing of ours failed meanwhile', () => {
    expect(house.faults()).toEqual([])
  })
})
