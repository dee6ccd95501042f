/** What was shown can be shown again: real pushes become films, pins become chapters, an order opens the second it was made in. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publishClip } from '../../server/launch/publish-clip.ts'
import { mediaHooks } from '../../server/modules/live/callbacks.ts'
import { runDueJobs } from '../../server/platform/jobs.ts'
import type { BagItemId, LiveSessionId } from '../../shared/ids.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/time.ts'
import { announced, type Farmer, pushes, stopsPushing, tea } from '../kit/broadcast.ts'
import { type House, refusalFrom, startHouse, until } from '../kit/house.ts'

let house: House
let farmer: Farmer
let dir: string
let film: string
let beat: NodeJS.Timeout
beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  dir = mkdtempSync(path.join(tmpdir(), 'chashan-replay-'))
  film = path.join(dir, 'seconds.flv')
  // every second of it is a little brighter than the one before: its light is its clock
  execFileSync('ffmpeg', [
    ...[
      '-y',
      '-loglevel',
      'error',
      '-f',
      'lavfi',
      '-i',
      'nullsrc=s=64x64:r=10,geq=lum=16+10*floor(T):cb=128:cr=128',
      '-f',
      'lavfi',
      '-i',
      'sine=440',
    ],
    ...['-t', '20', '-c:v', 'libx264', '-profile:v', 'main', '-preset', 'ultrafast', '-g', '10', '-c:a', 'aac', '-f', 'flv', film],
  ])
  await house.app.ports.media.start(mediaHooks(house.app))
  // the house's clock goes with the real one, for what is measured here is a film's own time
  let last = performance.now()
  beat = setInterval(() => {
    const now = performance.now()
    house.clock.advance(Math.round(now) - Math.round(last))
    last = now
  }, 10)
})
afterAll(async () => {
  clearInterval(beat)
  await house.stop()
  rmSync(dir, { recursive: true, force: true })
})

const one = (sessionId: LiveSessionId) => ({ shopId: farmer.shopId, sessionId })
const seen = (sessionId: LiveSessionId) => farmer.trpc.shop.live.replay.query(one(sessionId))
const pin = (sessionId: LiveSessionId, bagItemId: BagItemId | null) => farmer.trpc.shop.room.pin.mutate({ ...one(sessionId), bagItemId })
const wait = (ms: number) => {
  const end = performance.now() + ms
  return until(() => performance.now() >= end, ms + 5_000)
}
const state = async (sessionId: LiveSessionId, is: string) =>
  until(async () => (await farmer.trpc.shop.live.desk.query(one(sessionId))).session.state === is)
const filmed = async (sessionId: LiveSessionId, n: number) => {
  await until(async () => (await seen(sessionId)).recordings.filter((r) => r.state === 'raw').length > 0)
  house.clock.advance(MINUTE)
  await runDueJobs(house.app)
  await house.deliver()
  expect((await seen(sessionId)).films).toHaveLength(n)
}
/** How bright the film is at this second, told back as the second of the clip that was pushed. */
const secondShown = async (url: string, offsetMs: number): Promise<number> => {
  const file = path.join(dir, 'got.mp4')
  writeFileSync(file, Buffer.from(await (await fetch(house.origin + url)).arrayBuffer()))
  const { stdout } = spawnSync('ffmpeg', [
    ...[
      '-loglevel',
      'error',
      '-ss',
      String(offsetMs / 1000),
      '-i',
      file,
      '-frames:v',
      '1',
      '-vf',
      'format=gray',
      '-f',
      'rawvideo',
      'pipe:1',
    ],
  ])
  return Math.round(((stdout[0] ?? 0) - 16) / 10)
}

describe('a broadcast that is over', () => {
  let sessionId: LiveSessionId
  let first: BagItemId
  let second: BagItemId
  const asked: { at: number; shown: number; listingId: string }[] = []

  test('becomes a film for each push, with a chapter for each tea that was explained', async () => {
    const [a, b] = [
      await tea(house, farmer.shopId, { title: '景星晒青毛茶 2026 春 甲' }),
      await tea(house, farmer.shopId, { title: '景星晒青毛茶 2026 春 乙' }),
    ]
    sessionId = await announced(house, farmer)
    const bag = await farmer.trpc.shop.live.addToBag.mutate({ ...one(sessionId), listingIds: [a.listingId, b.listingId] })
    first = bag[0]!.id
    second = bag[1]!.id
    const { url } = await farmer.trpc.shop.live.pushAddress.mutate(one(sessionId))
    const push = publishClip({ file: film, url })
    await push.started
    const began = performance.now()
    await state(sessionId, 'live')
    await wait(1_200)
    await pin(sessionId, first)
    asked.push({ at: house.clock.now(), shown: (performance.now() - began) / 1000, listingId: bag[0]!.listingId })
    await wait(1_500)
    await pin(sessionId, second)
    await wait(1_300)
    await push.stop()
    await state(sessionId, 'interrupted')
    await filmed(sessionId, 1)
    const again = publishClip({ file: film, url })
    await again.started
    await state(sessionId, 'live')
    await wait(1_500)
    await farmer.trpc.shop.live.end.mutate(one(sessionId))
    await house.deliver()
    await again.stop()
    await filmed(sessionId, 2)
    const { chapters } = await house.guest.buyer.live.replay.query({ sessionId })
    expect(chapters.map((c) => [c.item?.title, c.film])).toEqual([
      ['景星晒青毛茶 2026 春 甲', 0],
      ['景星晒青毛茶 2026 春 乙', 0],
    ])
    expect(chapters[0]!.ms).toBeGreaterThan(1_000)
  })

  test('opens at the second of the explanation that an order followed, no more than two seconds off', async () => {
    const [order] = asked
    const page = await house.guest.buyer.live.replay.query({ sessionId, at: order!.at + 900, listingIds: [order!.listingId as never] })
    expect(page.start).toMatchObject({ film: 0 })
    const shown = await secondShown(page.films[0]!.url, page.start!.offsetMs)
    expect(Math.abs(shown - order!.shown)).toBeLessThanOrEqual(2)
    // what is asked for without a tea is that very instant
    const { start } = await house.guest.buyer.live.replay.query({ sessionId, at: page.films[0]!.beganAt + 700 })
    expect(start).toEqual({ film: 0, offsetMs: 700 })
  })

  test('is offered on the page of its tea at the last time that tea was explained, and with its answers', async () => {
    const { chapters } = await house.guest.buyer.live.replay.query({ sessionId })
    const [a, b] = [chapters[0]!, chapters[1]!]
    expect((await house.guest.buyer.live.clip.query({ listingId: b.item!.listingId })).clip).toEqual({ sessionId, at: b.at, ms: b.ms })
    expect((await house.guest.buyer.live.clip.query({ listingId: a.item!.listingId })).clip).toMatchObject({ at: a.at })
    const { listingId } = await tea(house, farmer.shopId)
    expect((await house.guest.buyer.live.clip.query({ listingId })).clip).toBeNull()
    const patrol = await house.staff('patrol')
    expect((await patrol.trpc.park.live.past.query({})).rows[0]).toMatchObject({ id: sessionId, endedBecause: '主播已下播' })
  })

  test('is a film that phones play: H.264 with its index first, and read in the parts that players ask for', async () => {
    const { films } = await house.guest.buyer.live.replay.query({ sessionId })
    const part = await fetch(house.origin + films[0]!.url, { headers: { range: 'bytes=0-63' } })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-type')).toBe('video/mp4')
    const head = Buffer.from(await part.arrayBuffer())
    expect(head).toHaveLength(64)
    // the first box names the kind, the second is the index
    expect(head.toString('latin1', 4, 8)).toBe('ftyp')
    expect(head.toString('latin1', head.readUInt32BE(0) + 4, head.readUInt32BE(0) + 8)).toBe('moov')
    expect((await fetch(`${house.origin}/films/rec_00000000000000000000000000.mp4`)).status).toBe(404)
    expect((await fetch(`${house.origin}/films/..%2frecordings`)).status).toBeGreaterThanOrEqual(400)
  })

  test('leaves no recording behind once the film is made', () => {
    const raw = readdirSync(path.join(house.app.settings.dataDir, 'recordings')).filter((f) => f.endsWith('.flv'))
    expect(raw).toEqual([])
  })

  test('says on its page that it can be seen again; another shop finds nothing', async () => {
    house.clock.advance(3 * SECOND)
    expect((await house.guest.buyer.live.session.query({ sessionId })).replay).toBe(true)
    const rival = await house.farmer()
    expect((await refusalFrom(rival.trpc.shop.live.replay.query({ shopId: rival.shopId, sessionId }))).code).toBe('notFound')
  })
})

describe('a broadcast that the park stopped', () => {
  test('is not shown to buyers; its shop and the park see all of it', async () => {
    const sessionId = await announced(house, farmer)
    const { url } = await farmer.trpc.shop.live.pushAddress.mutate(one(sessionId))
    const push = publishClip({ file: film, url })
    await push.started
    await state(sessionId, 'live')
    await wait(1_000)
    const patrol = await house.staff('patrol')
    const shot = await until(async () => (await patrol.trpc.park.live.snapshot.query({ sessionId })).image)
    expect(Buffer.from(shot.split(',')[1] ?? '', 'base64').toString('latin1', 0, 3)).toBe('\xff\xd8\xff')
    expect((await refusalFrom(farmer.trpc.park.live.snapshot.query({ sessionId }))).code).toBe('notFound')
    await patrol.trpc.park.live.stop.mutate({ sessionId, reason: '宣传功效' })
    await house.deliver()
    await push.stop()
    await filmed(sessionId, 1)
    expect((await refusalFrom(house.guest.buyer.live.replay.query({ sessionId }))).code).toBe('notFound')
    expect((await patrol.trpc.park.live.replay.query({ sessionId })).films).toHaveLength(1)
    expect((await patrol.trpc.park.live.snapshot.query({ sessionId })).image).toBeNull()
    house.clock.advance(3 * SECOND)
    expect((await house.guest.buyer.live.session.query({ sessionId })).replay).toBe(false)
  })
})

describe('a recording', () => {
  test('that cannot be made into a film now is tried again, and is lost on nobody', async () => {
    const sessionId = await announced(house, farmer)
    await pushes(house, sessionId, 'push-lost')
    await mediaHooks(house.app).unpublished({
      stream: (await house.sql<{ s: string }>('select stream_name as s from live_sessions where id = ?', [sessionId]))[0]!.s,
      publisherId: 'push-lost',
      recording: path.join(dir, 'not-there-yet.flv'),
    })
    house.clock.advance(MINUTE)
    await runDueJobs(house.app)
    expect((await seen(sessionId)).recordings.map((r) => r.state)).toEqual(['raw'])
    execFileSync('cp', [film, path.join(dir, 'not-there-yet.flv')])
    house.clock.advance(HOUR)
    await runDueJobs(house.app)
    expect((await seen(sessionId)).recordings.map((r) => r.state)).toEqual(['ready'])
  })

  test('of a push that brought no picture is empty, and one whose end nobody told is taken up', async () => {
    const sessionId = await announced(house, farmer)
    await pushes(house, sessionId, 'push-none')
    await stopsPushing(house, sessionId, 'push-none')
    await pushes(house, sessionId, 'push-untold')
    const [row] = await house.sql<{ s: string }>('select stream_name as s from live_sessions where id = ?', [sessionId])
    execFileSync('cp', [film, path.join(house.app.settings.dataDir, 'recordings', `${row!.s}-20261120T1200-push-unt.flv`)])
    // another push has taken over, and of the first nobody has said that it is over
    await pushes(house, sessionId, 'push-next')
    for (let i = 0; i < 3; i++) {
      house.clock.advance(2 * MINUTE)
      await runDueJobs(house.app)
    }
    const states = (await seen(sessionId)).recordings.map((r) => r.state)
    expect(states.slice(0, 2)).toEqual(['empty', 'ready'])
  })

  test('is kept for three years after its end, whatever happens, and then given up', async () => {
    const [kept] = await house.sql<{ id: string; until: string }>(
      `select id, keep_until as until from recordings where state = 'ready' order by keep_until limit 1`,
    )
    const file = path.join(house.app.settings.dataDir, 'films', `${kept!.id}.mp4`)
    const end = Date.parse(`${kept!.until.replace(' ', 'T')}Z`)
    expect(end - house.clock.now()).toBeGreaterThan(3 * 365 * DAY)
    house.clock.advance(end - house.clock.now() - 2 * HOUR)
    await runDueJobs(house.app)
    expect(existsSync(file)).toBe(true)
    house.clock.advance(4 * HOUR)
    await runDueJobs(house.app)
    expect(existsSync(file)).toBe(false)
    expect((await house.sql<{ state: string }>('select state from recordings where id = ?', [kept!.id]))[0]?.state).toBe('dropped')
  })
})
