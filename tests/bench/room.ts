/**
 * The room's feed: 5 000 viewers, 200 chats a second, on real sockets; ours beside Socket.IO and a tRPC subscription, each in a process of its own,
 * in the same run. Deliveries are counted by what arrives; what they cost is the server's own processor time. `npm run bench:room`
 */
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import WebSocket from 'ws'
import { checkSettings, type SettingsInput } from '../../config/settings.ts'
import { buildHouse } from '../../server/house.ts'
import { startPrivateDatabase } from '../../server/launch/mariadb.ts'
import { migrateDatabase } from '../../server/launch/migrate.ts'
import { liveSessions } from '../../server/modules/live/tables.ts'
import { newId } from '../../server/platform/work.ts'
import { seedScale } from '../../server/seed/scale.ts'
import { makeDemoKeys } from '../../server/standins/wechat/index.ts'
import type { LiveSessionId, ShopId, UserId } from '../../shared/ids.ts'
import { median } from './drive.ts'

const VIEWERS = Number(process.env.BENCH_VIEWERS ?? 5_000)
const PER_SECOND = Number(process.env.BENCH_CHATS ?? 200)
const RUNS = Number(process.env.BENCH_RUNS ?? 3)
const RUN_MS = Number(process.env.BENCH_RUN_MS ?? 4_000)
/** Viewers whose messages are read one by one; the others count bytes, so that the load's own core is not what is measured. */
const READERS = 40
const AT_ONCE = 100
const PONG_EVERY = 10_000

const say = (line: string) => console.log(line)
const micros = (): number => Number(process.hrtime.bigint() / 1000n)
const children: ChildProcess[] = []

/** How a kind of room is entered: its path, and what is said after the handshake. */
interface Door {
  path(): Promise<string>
  hello: string | null
}

interface Viewers {
  bytes: number
  readBytes: number
  messages: number
  waits: number[]
  close(): void
}

/** A masked frame, as clients must send (RFC 6455 §5.3). */
const masked = (opcode: number, text: string): Buffer => {
  const body = Buffer.from(text)
  const mask = randomBytes(4)
  for (let i = 0; i < body.length; i++) body[i] = (body[i] as number) ^ (mask[i % 4] as number)
  return Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | body.length]), mask, body])
}
const PONG = masked(0xa, '')

const SAID_AT = /这款多少钱一饼 (\d+)/g

async function enter(port: number, door: Door, count: number): Promise<Viewers> {
  const all: Viewers = { bytes: 0, readBytes: 0, messages: 0, waits: [], close: () => {} }
  const raw: net.Socket[] = []
  const read: WebSocket[] = []
  const one = async (i: number): Promise<void> => {
    const at = await door.path()
    if (i < READERS) {
      const ws = new WebSocket(`ws://127.0.0.1:${port}${at}`, { perMessageDeflate: false })
      await once(ws, 'open')
      if (door.hello) ws.send(door.hello)
      ws.on('message', (data) => {
        const text = String(data)
        all.readBytes += Buffer.byteLength(text)
        const now = micros()
        for (const [, said] of text.matchAll(SAID_AT)) {
          all.messages++
          all.waits.push((now - Number(said)) / 1000)
        }
      })
      read.push(ws)
      return
    }
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    const key = randomBytes(16).toString('base64')
    socket.write(
      `GET ${at} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    )
    const [head] = (await once(socket, 'data')) as [Buffer]
    if (!head.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error(`not let in: ${head.toString('latin1').slice(0, 60)}`)
    if (door.hello) socket.write(masked(1, door.hello))
    socket.on('data', (bytes) => {
      all.bytes += bytes.length
    })
    socket.on('error', () => {})
    raw.push(socket)
  }
  let next = 0
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < count) await one(next++)
    }),
  )
  const pong = setInterval(() => {
    for (const socket of raw) socket.write(PONG)
  }, PONG_EVERY)
  all.close = () => {
    clearInterval(pong)
    for (const socket of raw) socket.destroy()
    for (const ws of read) ws.terminate()
  }
  return all
}

interface Result {
  perCoreSecond: number
  perSecond: number
  core: number
  p50: number
  p99: number
}

async function measure(
  kind: string,
  given: object,
  door: (port: number) => Door,
  viewers: number,
  runs: number,
): Promise<Result & { kb: number }> {
  const child = fork(new URL('./room-serve.ts', import.meta.url), [], { execArgv: ['--expose-gc'] })
  children.push(child)
  const ask = async <T>(what: object): Promise<T> => {
    child.send(what)
    const [answer] = await once(child, 'message')
    return answer as T
  }
  const { port } = await ask<{ port: number }>({ kind, ...given })
  const way = door(port)
  // the first sockets pay for what is loaded once
  const first = await enter(port, way, 100)
  const { rss: before } = await ask<{ rss: number }>({ memory: true })
  const crowd = await enter(port, way, viewers)
  await new Promise((done) => setTimeout(done, 1_000))
  const { rss } = await ask<{ rss: number }>({ memory: true })
  first.close()
  await ask({ talk: { perSecond: PER_SECOND, ms: 1_000 } })
  const results: Result[] = []
  for (let run = 0; run < runs; run++) {
    Object.assign(crowd, { bytes: 0, readBytes: 0, messages: 0, waits: [] })
    const from = performance.now()
    const { cpuMs } = await ask<{ sent: number; cpuMs: number }>({ talk: { perSecond: PER_SECOND, ms: RUN_MS } })
    // what is still on its way belongs to the run
    await new Promise((done) => setTimeout(done, 300))
    const seconds = (performance.now() - from) / 1000
    const perMessage = crowd.readBytes / Math.max(1, crowd.messages)
    const deliveries = crowd.messages + crowd.bytes / perMessage
    const waits = crowd.waits.sort((a, b) => a - b)
    const at = (share: number) => waits[Math.floor(waits.length * share)] ?? 0
    results.push({
      perCoreSecond: deliveries / (cpuMs / 1000),
      perSecond: deliveries / seconds,
      core: cpuMs / 10 / (RUN_MS / 1000),
      p50: at(0.5),
      p99: at(0.99),
    })
  }
  crowd.close()
  child.disconnect()
  const of = (figure: (r: Result) => number) => median(results.map(figure))
  const result = {
    perCoreSecond: of((r) => r.perCoreSecond),
    perSecond: of((r) => r.perSecond),
    core: of((r) => r.core),
    p50: of((r) => r.p50),
    p99: of((r) => r.p99),
    kb: (rss - before) / 1024 / viewers,
  }
  say(
    `${kind.padEnd(10)} ${viewers} viewers × ${PER_SECOND}/s: ${(result.perSecond / 1000).toFixed(0).padStart(5)} k deliveries/s, ${(result.perCoreSecond / 1000).toFixed(0).padStart(5)} k per core-second, ${result.core.toFixed(0).padStart(3)} % of a core, p50 ${result.p50.toFixed(0)} ms, p99 ${result.p99.toFixed(0)} ms, ${result.kb.toFixed(1)} KB a viewer`,
  )
  return result
}

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'chashan-bench-'))
const database = await startPrivateDatabase(path.join(dir, 'db'), { durable: false, password: 'bench-only' })
try {
  const databaseUrl = await database.urlOf('chashan_bench')
  await migrateDatabase(databaseUrl)
  const keys = makeDemoKeys()
  const nowhere = 'http://127.0.0.1:9'
  const settings: SettingsInput = {
    ...{ stage: 'test', roles: ['api'], databaseUrl, dataDir: path.join(dir, 'data'), logLevel: 'error' },
    secret: randomBytes(32).toString('base64'),
    http: { port: 0, callsPerMinute: 1_000_000_000 },
    login: {},
    chatsPerSecond: 1_000_000,
    wechat: {
      ...{ apiBase: nowhere, payBase: nowhere, appid: keys.appid, appsecret: keys.appsecret, mchid: keys.mchid },
      ...{ merchantSerial: keys.merchantSerial, merchantKeyPem: keys.merchantPrivateKeyPem, apiV3Key: keys.apiV3Key },
      platformKeys: { [keys.platformPublicKeyId]: keys.platformPublicKeyPem },
    },
    media: { kind: 'embedded', rtmpPort: 0, flvPort: 0, key: randomBytes(16).toString('hex') },
    web: {},
  }
  const checked = checkSettings(settings)
  await seedScale(checked, { shops: 1, skus: 10, orders: 0, chats: 0 }, () => {})
  const { app, end } = buildHouse(checked)
  const [shop] = (await app.read.execute('select id from shops limit 1'))[0] as unknown as { id: ShopId }[]
  const sessionId: LiveSessionId = newId('LiveSession')
  const now = app.clock.now()
  await app.read.insert(liveSessions).values({
    ...{
      id: sessionId,
      shopId: shop?.id as ShopId,
      state: 'live',
      title: '量一量',
      coverId: null,
      streamName: `s${randomBytes(16).toString('hex')}`,
    },
    ...{ startsAt: now, createdAt: now, startedAt: now, streamerUserId: newId('User') as UserId, pinSeq: 0, lastNumber: 0 },
  })
  await end()

  const ticket = (port: number) => async (): Promise<string> => {
    const answer = await fetch(`http://127.0.0.1:${port}/trpc/buyer.room.ticket`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sessionId }),
    })
    return ((await answer.json()) as { result: { data: { path: string } } }).result.data.path
  }
  const subscribe = JSON.stringify({ id: 1, jsonrpc: '2.0', method: 'subscription', params: { path: 'chat' } })
  const doors: Record<string, (port: number) => Door> = {
    ours: (port) => ({ path: ticket(port), hello: null }),
    socketio: () => ({ path: async () => '/socket.io/?EIO=4&transport=websocket', hello: '40' }),
    trpc: () => ({ path: async () => '/', hello: subscribe }),
  }
  const ours = await measure('ours', { settings, sessionId }, doors.ours as (port: number) => Door, VIEWERS, RUNS)
  const socketio = await measure('socketio', {}, doors.socketio as (port: number) => Door, VIEWERS, RUNS)
  const trpc = await measure('trpc', {}, doors.trpc as (port: number) => Door, VIEWERS, 1)
  say(`figure room.vs_socketio ${(ours.perCoreSecond / socketio.perCoreSecond).toFixed(1)} x`)
  say(`figure room.vs_trpc ${(ours.perCoreSecond / trpc.perCoreSecond).toFixed(1)} x`)
  say(`figure room.p99 ${ours.p99.toFixed(0)} ms`)
  say(`figure room.kb_per_viewer ${ours.kb.toFixed(1)} KB`)
} finally {
  for (const child of children) child.kill('SIGKILL')
  await database.stop()
  fs.rmSync(dir, { recursive: true, force: true })
}
process.exit(0)
