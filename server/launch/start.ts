/**
 * `npm start`: prepares what is missing, starts the house and all it needs as children, keeps them alive, and ends all of it in order.
 * Options: --data DIR  --first-port N  --no-web (serve what is built, build nothing)  --no-seed  --watch (restart and rebuild on changes)
 */
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { childEnvironment, readSettings, readWishes, type Settings, type Wishes, WrongSettings } from '../../config/settings.ts'
import { keepChild } from './child.ts'
import { type Keys, keysOf, writePrivate } from './keys.ts'
import { Taken, takeLock } from './lock.ts'
import { NoDatabase } from './mariadb.ts'
import { migrateDatabase } from './migrate.ts'
import { CannotStart, openDataDir, ownDatabase, type Places, portsFor, root, writeDemoSettings } from './prepare.ts'
import { watchSources } from './watch.ts'
import { build, frontEnds, isCurrent, runProgram } from './web.ts'

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    'first-port': { type: 'string' },
    'no-web': { type: 'boolean', default: false },
    'no-seed': { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
  },
})

/** How long an open house waits for its demonstration's first picture before it is shown without. */
const STREAM_MS = 5_000

const say = (line: string): void => console.log(line)
const step = (n: number) => (line: string) => say(`[${n}/5] ${line}`)
const since = (from: number): string => `${((Date.now() - from) / 1000).toFixed(1)} s`
const began = Date.now()

const ending = new AbortController()
const stops: { name: string; stop(): Promise<unknown> | undefined }[] = []
/** What is started is ended in the opposite order. */
const onLeave = (name: string, stop: () => Promise<unknown> | undefined): void => void stops.push({ name, stop })

async function leave(code: number): Promise<void> {
  if (ending.signal.aborted) return
  ending.abort()
  const from = Date.now()
  if (stops.length > 1) say('stopping …')
  for (const { name, stop } of stops.splice(0).reverse())
    try {
      await stop()
    } catch (error) {
      say(`${name} did not stop cleanly: ${(error as Error).message}`)
    }
  if (code === 0) say(`stopped, ${since(from)}`)
  process.exit(code)
}

/** A person can mend these; anything else is ours, and is shown whole. */
const mendable = (error: unknown): boolean => [CannotStart, Taken, NoDatabase, WrongSettings].some((kind) => error instanceof kind)

const fail = (error: unknown): void => {
  if (ending.signal.aborted) return
  console.error(mendable(error) ? (error as Error).message : error)
  void leave(1)
}

/** Our own database, started again on its port should it end by itself. */
async function keepDatabase(places: Places, keys: Keys): Promise<string> {
  const note = step(2)
  let server: Awaited<ReturnType<typeof ownDatabase>>['server'] | null = null
  const start = async (port?: number): Promise<string> => {
    const own = await ownDatabase(places, keys, note, port)
    server = own.server
    void own.server.ended.then(async () => {
      if (ending.signal.aborted) return
      say(`the database ended by itself; starting it again, see ${path.join(places.db, 'db.log')}`)
      await own.server.stop()
      await start(own.server.port)
    }, fail)
    return own.url
  }
  const starting = start()
  onLeave('the database', async () => {
    await starting.catch(() => {})
    await server?.stop()
  })
  return starting
}

/** The front ends, built where their sources changed. */
async function prepareWeb(places: Places): Promise<void> {
  const note = step(3)
  const old = options['no-web'] ? [] : frontEnds.filter((one) => !isCurrent(one))
  if (old.length === 0) return note(options['no-web'] ? 'the front ends are taken as they are' : 'the front ends are built')
  await Promise.all(old.map((one) => build(one, { logDir: places.dir, say: note, signal: ending.signal })))
}

/** The played WeChat and the demonstration's data; gives back the settings and the environment of the children. */
async function prepareDemo(places: Places, wishes: Wishes, keys: Keys, databaseUrl: string) {
  const ports = await portsFor(wishes, options['first-port'] ? Number(options['first-port']) : undefined)
  const settings = writeDemoSettings(places, wishes, keys, ports, databaseUrl)
  const env = childEnvironment({ CHASHAN_SETTINGS: places.settings }, 'settings')
  const standin = keepChild({
    name: 'the played WeChat',
    script: 'server/standins/wechat/main.ts',
    args: [places.standin],
    env,
    log: places.log('wechat'),
    tells: 'line',
    say,
  })
  onLeave('the played WeChat', () => standin.stop(2_000))
  const couriers = keepChild({
    name: 'the played couriers',
    script: 'server/standins/kuaidi100/main.ts',
    args: [places.couriers],
    env,
    log: places.log('kuaidi100'),
    tells: 'line',
    say,
  })
  onLeave('the played couriers', () => couriers.stop(2_000))
  await Promise.all([standin.ready, couriers.ready])
  const note = step(4)
  // our own database remembers that it is filled; another one is asked every time
  const filled = wishes.databaseUrl ? null : path.join(places.db, 'filled')
  if (options['no-seed']) note('no demonstration data is made')
  else if (filled && fs.existsSync(filled)) note('the demonstration data is there')
  else {
    const from = Date.now()
    note('demonstration data …')
    await runProgram(['server/seed/main.ts', '--demo'], {
      log: places.log('seed'),
      env: { CHASHAN_SETTINGS: places.settings },
      say: note,
      signal: ending.signal,
    }).catch((error: Error) => {
      throw new CannotStart(`The demonstration data could not be made: ${error.message}`)
    })
    if (filled) fs.writeFileSync(filled, '')
    note(`the demonstration data is there, ${since(from)}`)
  }
  return { settings, env }
}

/**
 * Pushes the clip to the session that is live in the demonstration; answers whether it came to that. It begins beside the house, as both take
 * their time, and comes in when the house is open. The house is of use without it.
 */
async function streamDemo(places: Places, env: Record<string, string | undefined>): Promise<boolean> {
  if (options['no-seed']) return false
  const streamer = keepChild({
    name: "the demonstration's streamer",
    script: 'server/launch/demo-stream.ts',
    env,
    log: places.log('stream'),
    tells: 'message',
    say,
  })
  onLeave("the demonstration's streamer", () => streamer.stop(2_000))
  try {
    await streamer.ready
    return true
  } catch (error) {
    if (!ending.signal.aborted) say((error as Error).message)
    return false
  }
}

const probeOf = ({ http }: Settings): string => {
  const host = http.host === '0.0.0.0' || http.host === '::' ? '127.0.0.1' : http.host
  return `http://${host.includes(':') ? `[${host}]` : host}:${http.port}/readyz`
}

/** Waits until the house answers that it is ready to serve. */
async function untilServing(settings: Settings): Promise<void> {
  const url = probeOf(settings)
  for (const until = Date.now() + 30_000; Date.now() < until; ) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => null)
    if (answer?.status === 200) return
    ending.signal.throwIfAborted()
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new CannotStart(`The house does not answer on ${url}.`)
}

/** What is where, for people and for programs. */
function announce(places: Places, settings: Settings, given: { demo: boolean; streaming: boolean }): void {
  const { publicOrigin } = settings.http
  const urls = {
    buyer: `${publicOrigin}/`,
    console: `${publicOrigin}/console/`,
    api: `${publicOrigin}/trpc`,
    flv: settings.media.publicFlv,
    rtmp: settings.media.publicRtmp,
    wechatSim: settings.wechat.simBase,
  }
  const enter = given.demo
    ? {
        buyer: { url: urls.buyer, how: 'open it; looking and watching need no log-in, buying asks for one tap' },
        farmer: { url: urls.console, how: 'choose a farmer from the list of demonstration people' },
        staff: { url: urls.console, how: 'choose a member of the park staff from the same list' },
      }
    : null
  const rows: [string, string][] = [
    ['buyer app', urls.buyer],
    ['console', urls.console],
    ['video in (RTMP)', `${urls.rtmp}/…  address and key: the session's page in the console`],
    ['video out (FLV)', urls.flv],
  ]
  if (urls.wechatSim) rows.push(['WeChat, played', urls.wechatSim])
  if (enter) {
    rows.push(['as a buyer', enter.buyer.how], ['as a farmer', enter.farmer.how], ['as park staff', enter.staff.how])
    if (given.streaming) rows.push(['live now', 'a clip is being pushed to the room that is live'])
  }
  rows.push(['logs and data', places.dir], ['to stop', 'Ctrl-C'])
  say(`\nChashan is open, ${since(began)}\n`)
  for (const [name, value] of rows) say(`  ${name.padEnd(17)} ${value}`)
  say('')
  writePrivate(places.ready, { ready: true, at: new Date().toISOString(), pid: process.pid, stage: settings.stage, urls, enter })
}

/** The whole start, from the wishes to the table. */
async function open(): Promise<void> {
  const wishes = readWishes()
  const demo = !wishes.ownSettings
  // wrong settings are named before anything is started
  const own = demo ? null : readSettings(childEnvironment(wishes.databaseUrl ? {} : { DATABASE_URL: 'mysql://later@127.0.0.1/chashan' }))
  const places = openDataDir(options.data ?? wishes.dataDir)
  const unlock = takeLock(places.lock)
  onLeave('the lock', async () => {
    fs.rmSync(places.ready, { force: true })
    unlock()
  })
  fs.rmSync(places.ready, { force: true })
  // settings of an earlier demonstration are not this house's
  if (own) fs.rmSync(places.settings, { force: true })
  const keys = await keysOf(places.dir)

  const web = prepareWeb(places)
  web.catch(fail)
  const note = step(2)
  const from = Date.now()
  if (!wishes.databaseUrl) note('database …')
  const databaseUrl = wishes.databaseUrl ?? (await keepDatabase(places, keys))
  await migrateDatabase(databaseUrl)
  note(`the database is up to date, ${since(from)}`)
  ending.signal.throwIfAborted()

  const prepared = own
    ? {
        settings: { ...own, databaseUrl },
        env: childEnvironment({
          DATABASE_URL: databaseUrl,
          DATA_DIR: places.dir,
          WEB_BUYER: own.web.buyer ?? path.join(root, 'dist/h5'),
          WEB_CONSOLE: own.web.console ?? path.join(root, 'dist/console'),
        }),
      }
    : await prepareDemo(places, wishes, keys, databaseUrl)
  const { settings, env } = prepared
  await web
  ending.signal.throwIfAborted()

  step(5)('the house …')
  const house = keepChild({
    name: 'the house',
    script: 'server/main.ts',
    env,
    log: demo ? places.log('house') : null,
    tells: 'message',
    say,
  })
  onLeave('the house', () => house.stop(9_000))
  const streamer = demo ? streamDemo(places, env) : Promise.resolve(false)
  await house.ready
  if (settings.roles.includes('api')) await untilServing(settings)
  const streaming = await Promise.race([streamer, new Promise<false>((done) => setTimeout(done, STREAM_MS, false).unref())])
  ending.signal.throwIfAborted()
  if (options.watch) watchSources({ house: () => house.again(), logDir: places.dir, signal: ending.signal, web: !options['no-web'], say })
  announce(places, settings, { demo, streaming })
}

// whoever reads our words may go away; the house stays
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave(0))
// the set-up step that started us is gone, even by kill -9
if (process.send) process.on('disconnect', () => void leave(0))
process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)
open().catch(fail)
