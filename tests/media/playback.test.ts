import { spawn } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishClip } from '../../server/launch/publish-clip.ts'
import { createFlvReader } from '../../server/media/flv.ts'
import { decode, type House, hasFfmpeg, isKey, noiseFilm, openHouse, realFilm, until, watch, watchSoon } from './kit.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ holdMs: 1_000, hlsIdleMs: 1_500 })
})
afterAll(() => house.close())

const ask = (method: string, path: string): Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(house.media.playAddresses('x').flv)
    const one = request({ method, hostname, port, path, agent: false }, (response) => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, headers: response.headers })
    })
    one.on('error', reject)
    one.end()
  })

/** Sends bytes as they are; what came back before the line was closed. */
const raw = (bytes: string): Promise<string> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(house.media.playAddresses('x').flv)
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    let said = ''
    socket.on('data', (part) => {
      said += part.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(said))
  })

describe('what viewers see', () => {
  it.skipIf(!hasFfmpeg)('a push by ffmpeg plays over HTTP-FLV, decodes whole, is recorded, and has a cover', async () => {
    const url = house.push('studio')
    const ffmpeg = spawn('ffmpeg', [
      ...['-loglevel', 'error', '-re', '-f', 'lavfi', '-i', 'testsrc2=s=270x480:r=25', '-re', '-f', 'lavfi', '-i', 'sine=440'],
      ...['-t', '5', '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-g', '25', '-c:a', 'aac', '-f', 'flv', url],
    ])
    const complaints: string[] = []
    ffmpeg.stderr.on('data', (text) => complaints.push(String(text)))
    const viewer = await watchSoon(house.media.playAddresses('studio').flv)
    expect(viewer.headers['access-control-allow-origin']).toBe('*')
    expect(viewer.headers['content-type']).toBe('video/x-flv')
    await until('two seconds of pictures', () => viewer.frames().length > 50, 10_000)

    const cover = await until('a cover', () => house.media.cover('studio'))
    expect(cover.subarray(0, 3).toString('hex')).toBe('ffd8ff')
    const picture = join(house.dir, 'cover.jpg')
    writeFileSync(picture, cover)
    expect(decode(picture)).toMatchObject({ width: 270, height: 480 })
    const again = performance.now()
    expect(await house.media.cover('studio')).toBeTruthy()
    expect(performance.now() - again).toBeLessThan(1_000)

    await until('ffmpeg to be done', () => ffmpeg.exitCode !== null, 10_000)
    expect(complaints.join('')).toBe('')
    await until('the viewer to be sent home', () => viewer.ended())
    expect(viewer.tracks()).toEqual({ audio: true, video: true })
    expect(viewer.broken()).toBeNull()
    expect(isKey(viewer.frames()[0]!)).toBe(true)
    const file = join(house.dir, 'seen.flv')
    writeFileSync(file, Buffer.concat(viewer.bytes))
    const seen = decode(file)
    expect(seen).toMatchObject({ complaints: '', width: 270, height: 480, video: viewer.frames().length })
    expect(seen.audio).toBeGreaterThan(80)

    const end = (await until('the recording', () => house.heard.find((f) => f.what === 'unpublished' && f.stream === 'studio'))) as {
      recording: string
    }
    expect(end.recording.startsWith(join(house.dir, 'recordings', 'studio-20261123T120000-'))).toBe(true)
    const recorded = decode(end.recording)
    expect(recorded).toMatchObject({ complaints: '', video: 125 })
    const mp4 = join(house.dir, 'clip.mp4')
    const remux = spawn('ffmpeg', ['-y', '-loglevel', 'error', '-i', end.recording, '-c', 'copy', '-movflags', '+faststart', mp4])
    await until('the remux', () => remux.exitCode !== null)
    expect(remux.exitCode).toBe(0)
    expect(decode(mp4)).toMatchObject({ complaints: '', video: 125 })
  })

  it.skipIf(!hasFfmpeg)('the clip publisher loops without a seam: times rise evenly and every frame decodes', async () => {
    const film = realFilm(house.dir)
    const reader = createFlvReader()
    const own = reader.push(readFileSync(film)).filter((tag) => tag.type === 9 && tag.body[1] === 1)
    const seconds = own.at(-1)!.timestamp / 1000
    // a short reel, so that it turns over within the test
    const short = seconds > 4 ? join(house.dir, 'short.flv') : film
    if (seconds > 4) {
      const cut = spawn('ffmpeg', ['-y', '-loglevel', 'error', '-i', film, '-t', '2', '-c', 'copy', '-f', 'flv', short])
      await until('the reel', () => cut.exitCode !== null)
    }
    const reel = createFlvReader()
      .push(readFileSync(short))
      .filter((tag) => tag.type === 9 && tag.body[1] === 1)
    const step = (reel.at(-1)!.timestamp - reel[0]!.timestamp) / (reel.length - 1)
    const one = publishClip({ file: short, url: house.push('loop') })
    await one.started
    const viewer = await watchSoon(house.media.playAddresses('loop').flv)
    await until('more than one round', () => viewer.frames().length > reel.length * 1.4, 15_000)
    const frames = viewer.frames()
    // in real time: what was shown took as long as its time stamps say
    const shown = frames.at(-1)!.timestamp - frames[0]!.timestamp
    const took = frames.at(-1)!.at - frames[0]!.at
    expect(Math.abs(shown - took)).toBeLessThan(1_500)
    const steps = frames.slice(1).map((tag, i) => tag.timestamp - frames[i]!.timestamp)
    expect(Math.min(...steps)).toBeGreaterThan(0)
    expect(Math.max(...steps)).toBeLessThan(step + 60)
    viewer.leave()
    await one.stop()
    const file = join(house.dir, 'loop.flv')
    writeFileSync(file, Buffer.concat(viewer.bytes))
    expect(decode(file).complaints).toBe('')
  })

  it.skipIf(!hasFfmpeg)('where there is ffmpeg there is HLS, made when first asked for and put away when nobody asks', async () => {
    const one = publishClip({ file: realFilm(house.dir), url: house.push('apple') })
    await one.started
    const { hls } = house.media.playAddresses('apple')
    expect(hls).toMatch(/\/live\/apple\/index\.m3u8$/)
    const playlist = await fetch(hls!)
    expect(playlist.status).toBe(200)
    expect(playlist.headers.get('content-type')).toBe('application/vnd.apple.mpegurl')
    const name = /^(\d+\.ts)$/m.exec(await playlist.text())![1]!
    const segment = await fetch(new URL(name, hls!))
    expect(segment.status).toBe(200)
    const file = join(house.dir, 'segment.ts')
    writeFileSync(file, Buffer.from(await segment.arrayBuffer()))
    expect(decode(file).video).toBeGreaterThan(10)
    expect((await house.media.stats('apple'))?.viewers).toBe(1)
    const segments = join(house.dir, 'recordings', '.hls', 'apple-1')
    expect(statSync(segments).isDirectory()).toBe(true)
    await until('it to be put away', () => !statSync(segments, { throwIfNoEntry: false }))
    await one.stop()
    expect((await fetch(hls!)).status).toBe(404)
  })

  it('who comes late begins at the last key frame, at once', async () => {
    const film = noiseFilm(join(house.dir, 'gop.flv'), { seconds: 8, gop: 200 })
    const one = publishClip({ file: film, url: house.push('late') })
    await one.started
    const early = await watchSoon(house.media.playAddresses('late').flv)
    await until('a second of pictures', () => early.frames().length > 25)
    const late = await watch(house.media.playAddresses('late').flv)
    await until('its first picture', () => late.frames().length > 25, 2_000)
    expect(isKey(late.frames()[0]!)).toBe(true)
    expect(late.frames()[0]!.timestamp).toBe(early.frames()[0]!.timestamp)
    expect((await house.media.stats('late'))?.viewers).toBe(2)
    early.leave()
    late.leave()
    await one.stop()
  })

  it('a silent film says so in its header: a player told of sound that never comes would never begin', async () => {
    const film = noiseFilm(join(house.dir, 'silent.flv'), { audio: false })
    const one = publishClip({ file: film, url: house.push('silent') })
    await one.started
    const viewer = await watchSoon(house.media.playAddresses('silent').flv)
    await until('pictures', () => viewer.frames().length > 5)
    expect(viewer.tracks()).toEqual({ audio: false, video: true })
    viewer.leave()
    await one.stop()
  })

  it('unknown streams are not found, other methods are refused, and crooked paths do no harm', async () => {
    expect((await watch(house.media.playAddresses('nobody').flv)).status).toBe(404)
    expect((await ask('HEAD', '/live/nobody.flv')).status).toBe(405)
    expect((await ask('POST', '/live/nobody.flv')).headers.allow).toBe('GET')
    const crooked = [
      '/',
      '/live/',
      '/live/a%20b.flv',
      '/live/%.flv',
      '/live/%ff%fe.flv',
      '/live/..%2f..%2fetc%2fpasswd',
      '/live/../../x.flv',
      '//live//x.flv',
      '/live/x.flv/',
      '/live/x/../index.m3u8',
      '/live/x/..ts',
      `/live/${'a'.repeat(300)}.flv`,
      '/live/__proto__.flv',
      '/live/constructor.flv',
    ]
    for (const path of crooked) expect([path, (await ask('GET', path)).status]).toEqual([path, 404])
    expect(await raw('GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n')).not.toContain('200 OK')
    expect(await raw('nonsense\r\n\r\n')).not.toContain('200 OK')
    expect(await raw('GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')).not.toContain('200 OK')
    expect(house.logs.filter((line) => line.message === 'the media server died')).toEqual([])
  })

  it('nothing of ours failed meanwhile', () => {
    expect(house.faults()).toEqual([])
  })
})
