/**
 * Browsing at the scale of 300 shops and 60 000 skus, 32 connections, the house in one process: home, search with two facets, product page,
 * review queue; beside them, in the same run, bare Fastify from memory and bare Fastify with one row read. `npm run bench:browse`
 */
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import mysql, { type RowDataPacket } from 'mysql2/promise'
import { checkSettings, type SettingsInput } from '../../config/settings.ts'
import { buildHouse } from '../../server/house.ts'
import { startPrivateDatabase } from '../../server/launch/mariadb.ts'
import { migrateDatabase } from '../../server/launch/migrate.ts'
import { appointStaff, startSession, userFor } from '../../server/modules/identity/index.ts'
import { moderationCases } from '../../server/modules/moderation/tables.ts'
import { newId } from '../../server/platform/work.ts'
import { dice } from '../../server/seed/pictures/dice.ts'
import { seedScale } from '../../server/seed/scale.ts'
import { makeDemoKeys } from '../../server/standins/wechat/index.ts'
import { forms, kinds, seasons } from '../../shared/catalogue/draft.ts'
import type { AssetId, RevisionId, ShopId, UserId } from '../../shared/ids.ts'
import { bands, sorts } from '../../shared/search/facets.ts'
import { after, DAY, MINUTE } from '../../shared/time.ts'
import { call, drive, get, lineOf, median, middle, type Run } from './drive.ts'

const SHOPS = Number(process.env.BENCH_SHOPS ?? 300)
const SKUS = Number(process.env.BENCH_SKUS ?? 60_000)
const CASES = 400
const CONNECTIONS = 32
const RUNS = 5
const RUN_MS = 1_500

const say = (line: string) => console.log(line)
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'chashan-bench-'))
const database = await startPrivateDatabase(path.join(dir, 'db'), { durable: false, password: 'bench-only' })
const children: { disconnect(): void }[] = []

/** Starts a file in a process of its own and answers its port. */
const serve = async (file: string, given: unknown): Promise<number> => {
  const child = fork(new URL(file, import.meta.url))
  children.push(child)
  child.send(given as object)
  const ready = once(child, 'message') as Promise<[{ port: number }]>
  const [{ port }] = await Promise.race([
    ready,
    once(child, 'exit').then(() => {
      throw new Error(`${file} ended before it served`)
    }),
  ])
  return port
}

try {
  const databaseUrl = await database.urlOf('chashan_bench')
  await migrateDatabase(databaseUrl)
  const keys = makeDemoKeys()
  const nowhere = 'http://127.0.0.1:9'
  const input: SettingsInput = {
    ...{ stage: 'test', roles: ['api'], databaseUrl, dataDir: path.join(dir, 'data'), logLevel: 'error' },
    secret: randomBytes(32).toString('base64'),
    http: { port: 0, callsPerMinute: 1_000_000_000 },
    login: {},
    wechat: {
      ...{ apiBase: nowhere, payBase: nowhere, appid: keys.appid, appsecret: keys.appsecret, mchid: keys.mchid },
      ...{ merchantSerial: keys.merchantSerial, merchantKeyPem: keys.merchantPrivateKeyPem, apiV3Key: keys.apiV3Key },
      platformKeys: { [keys.platformPublicKeyId]: keys.platformPublicKeyPem },
    },
    media: { kind: 'embedded', rtmpPort: 0, flvPort: 0, key: randomBytes(16).toString('hex') },
    web: {},
  }
  const settings = checkSettings(input)
  await seedScale(settings, { shops: SHOPS, skus: SKUS, orders: 0, chats: 0 }, say)
  const admin = await mysql.createConnection(databaseUrl)
  const rows = async <T>(statement: string): Promise<T[]> => (await admin.query<RowDataPacket[]>(statement))[0] as T[]

  const { app, end } = buildHouse(settings)
  const shops = await rows<{ id: ShopId; pictureId: AssetId }>('select id, avatar_id as pictureId from shops')
  await app.read.insert(moderationCases).values(
    Array.from({ length: CASES }, (_, i) => {
      const shop = shops[i % shops.length] as (typeof shops)[number]
      const revision = newId('Revision')
      return {
        ...{ id: newId('Case'), subject: 'listing', subjectId: newId('Listing'), revision, revisionNo: 1, shopId: shop.id },
        ...{ title: `等待审核的茶 ${i + 1}`, pictureId: shop.pictureId, state: 'open' as const, before: null, reasons: '' },
        now: { revision, no: 1, fields: [], pictureIds: [shop.pictureId], labelPictureId: null },
        openedAt: after(app.clock.now(), -i * MINUTE),
      }
    }),
  )
  const token = await app.work({ kind: 'guest' }, async (work) => {
    const userId: UserId = await userFor(work, 'bench_reviewer', '审核员')
    await appointStaff(work, userId, 'reviewer')
    return startSession(work, userId, 'bearer', { userAgent: 'bench', address: '127.0.0.1' }, after(work.now, DAY))
  })
  await end()

  const port = await serve('browse-serve.ts', input)
  const throwing = dice(SKUS, 21)
  const listings = await rows<{ id: string }>('select id from listings order by id')
  const revisions = await rows<{ id: RevisionId }>('select revision_id as id from offers order by revision_id limit 5000')
  const villages = await rows<{ village: string }>('select distinct village from shops')
  const years = await rows<{ year: number }>('select distinct material_year as year from offers')
  const texts = [
    '',
    '',
    '生茶',
    '熟普',
    'shupu',
    'shengcha',
    'sp',
    '饼茶',
    '龙珠',
    '散茶',
    '联珠镇',
    'jingxing',
    '景星镇茶社',
    '联珠 熟茶',
    '龙珠生茶',
    '茶社 砖茶',
    '金瓜',
    '墨江',
    '合作社',
    '第123号',
  ]
  const facetsOf = {
    kind: () => throwing.pick(kinds),
    form: () => throwing.pick(forms),
    season: () => throwing.pick(seasons),
    year: () => String(throwing.pick(years).year),
    band: () => throwing.pick(bands).id,
    village: () => throwing.pick(villages).village,
  }
  const names = Object.keys(facetsOf) as (keyof typeof facetsOf)[]
  // twenty thousand questions made beforehand, some hundred of them alike: what is kept in the hall helps little
  const questions = Array.from({ length: 20_000 }, () => {
    const first = throwing.pick(names)
    const second = throwing.pick(names.filter((n) => n !== first))
    const chosen = { [first]: [facetsOf[first]()], [second]: [facetsOf[second]()] }
    return call('buyer.search.find', { text: throwing.pick(texts), chosen, sort: throwing.pick(sorts) })
  })
  let asked = 0
  const home = call('buyer.live.home', {})
  const queue = call('park.moderation.queue', {}, token)
  const pages = {
    home: () => home,
    search: () => questions[asked++ % questions.length] as Buffer,
    listing: () => call('buyer.catalogue.listing', { listingId: throwing.pick(listings).id }),
    queue: () => queue,
  }

  /** Queries that one call asks of the database, once everything is warm. */
  const queriesOf = async (next: () => Buffer): Promise<string> => {
    const count = async () => Number((await rows<{ Value: string }>("show global status like 'Com_select'"))[0]?.Value)
    const calls = 8
    let sum = 0
    for (let i = 0; i < calls; i++) {
      // what is kept in the hall is kept for two seconds
      if (next === pages.home) await new Promise((done) => setTimeout(done, 2_050))
      const before = await count()
      await drive(port, 1, 0, next)
      sum += (await count()) - before
    }
    return (sum / calls).toFixed(1)
  }

  const body = await (await fetch(`http://127.0.0.1:${port}/trpc/buyer.live.home?input=%7B%7D`)).text()
  const beside = await serve('browse-reference.ts', { body, databaseUrl, revisionIds: revisions.map((r) => r.id) })
  say(
    `\n${SHOPS} shops, ${SKUS} skus, ${CONNECTIONS} connections, median of ${RUNS} runs of ${RUN_MS / 1000} s; the whole home answer is ${body.length} characters`,
  )

  // taken in turns, so that what the machine does besides falls on all alike
  const series: [string, number, () => Buffer][] = [
    ['home', port, pages.home],
    ['bare Fastify, same bytes', beside, () => get('/memory')],
    ['product page', port, pages.listing],
    ['bare Fastify + mysql2, one row', beside, () => get('/row')],
    ['review queue', port, pages.queue],
    ['search, two facets', port, pages.search],
  ]
  const taken = new Map<string, Run[]>(series.map(([name]) => [name, []]))
  for (const [, at, next] of series) await drive(at, CONNECTIONS, 700, next)
  for (let i = 0; i < RUNS; i++) for (const [name, at, next] of series) taken.get(name)?.push(await drive(at, CONNECTIONS, RUN_MS, next))
  const of = (name: string) => middle(taken.get(name) ?? [])
  const queries = {
    home: await queriesOf(pages.home),
    'product page': await queriesOf(pages.listing),
    'review queue': await queriesOf(pages.queue),
    'search, two facets': await queriesOf(pages.search),
  }
  for (const [name] of series)
    say(lineOf(name, of(name), name in queries ? `${queries[name as keyof typeof queries]} queries a call, asked anew` : ''))
  const ratios = (taken.get('home') ?? []).map((r, i) => r.perSecond / (taken.get('bare Fastify, same bytes')?.[i]?.perSecond ?? 1))
  await admin.end()
  say(`figure browse.shared_read_vs_reference ${median(ratios).toFixed(2)} x`)
  say(`figure browse.search_p99 ${of('search, two facets').p99.toFixed(1)} ms`)
  say(`figure browse.staff_list_p95 ${of('review queue').p95.toFixed(1)} ms`)
} finally {
  for (const child of children) child.disconnect()
  await database.stop()
  fs.rmSync(dir, { recursive: true, force: true })
}
