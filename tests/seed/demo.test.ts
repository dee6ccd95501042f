import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import mysql from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Settings } from '../../config/settings.ts'
import { startSession } from '../../server/modules/identity/index.ts'
import { edits, followers } from '../../server/seed/data/fronts.ts'
import { buyers, parkStaff } from '../../server/seed/data/people.ts'
import { reviews } from '../../server/seed/data/reviews.ts'
import { orders } from '../../server/seed/data/sales.ts'
import { announced, onAirNow, past } from '../../server/seed/data/shows.ts'
import { teas } from '../../server/seed/data/teas.ts'
import { tenants } from '../../server/seed/data/tenants.ts'
import { SeedTaken, seedDemo } from '../../server/seed/demo.ts'
import { demoStreams, openDemoStreams } from '../../server/seed/demo-stream.ts'
import { missing } from '../../shared/catalogue/complete.ts'
import type { ListingDraft } from '../../shared/catalogue/draft.ts'
import type { LiveSessionId, UserId } from '../../shared/ids.ts'
import { isId } from '../../shared/ids.ts'
import { readClaims } from '../../shared/moderation/claims.ts'
import type { PaperDraft } from '../../shared/tenants/papers.ts'
import { after, businessDay, DAY } from '../../shared/time.ts'
import { pushes, stopsPushing } from '../kit/broadcast.ts'
import { type Client, clientOf, type House, startHouse, until } from '../kit/house.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'chashan-seed-'))
const teaCount = Object.values(teas).flat().length

let house: House
let settingsFile: string
let firstWords: string[] = []
let secondWords: string[] = []

const write = (name: string, settings: object): string => {
  const file = path.join(scratch, name)
  fs.writeFileSync(file, JSON.stringify(settings), { mode: 0o600 })
  return file
}

/** A seed in a process of its own. */
const seed = (file: string, ...args: string[]) => {
  const said: string[] = []
  const child: ChildProcess = spawn(process.execPath, ['server/seed/main.ts', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, CHASHAN_SETTINGS: file },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = once(child, 'exit') as Promise<[number | null, string | null]>
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes: Buffer) => said.push(...String(bytes).split('\n').filter(Boolean)))
  return { child, said, end }
}

/** Kills the seed the hard way as soon as something is so. */
const seedUntil = async (file: string, isSo: () => Promise<boolean>): Promise<string[]> => {
  const { child, said, end } = seed(file, '--demo', '--pictures', '6')
  await until(isSo, 150_000)
    .catch(() => Promise.reject(new Error(`it did not come so far:\n${said.join('\n')}`)))
    .finally(() => child.kill('SIGKILL'))
  const [, signal] = await end
  expect(signal, said.join('\n')).toBe('SIGKILL')
  expect(await count(`once_marks where kind = 'seed'`)).toBe(0)
  return said
}

const checksums = async (): Promise<Record<string, number>> => {
  const tables = await house.sql<{ name: string }>(
    'select table_name as name from information_schema.tables where table_schema = database()',
  )
  const rows = await house.sql<{ Table: string; Checksum: number }>(`checksum table ${tables.map((t) => `\`${t.name}\``).join(', ')}`)
  return Object.fromEntries(rows.map((r) => [r.Table.split('.')[1] ?? '', r.Checksum]))
}

const count = async (statement: string, values: unknown[] = []): Promise<number> => {
  const [row] = await house.sql<{ n: number | string }>(`select count(*) as n from ${statement}`, values)
  return Number(row?.n)
}

/** The API as one of the demonstration's people calls it. */
const as = async (openid: string): Promise<Client> => {
  const [row] = await house.sql<{ id: UserId }>('select id from users where openid = ?', [openid])
  const token = await house.app.work({ kind: 'guest' }, (work) =>
    startSession(work, row?.id as UserId, 'bearer', { userAgent: 'test', address: '127.0.0.1' }, after(work.now, DAY)),
  )
  return clientOf(house.origin, token)
}

const shopOf = async (key: string) => {
  const name = tenants.find((t) => t.key === key)?.shop
  const [row] = await house.sql<{ id: string }>('select id from shops where name = ?', [name])
  return row?.id as never
}

beforeAll(async () => {
  house = await startHouse({ startAt: Date.now() })
  settingsFile = write('house.json', house.app.settings)
  // killed while the fourth shop's pictures are drawn and none of its teas is written, and again in the middle of the orders
  const drawn = 'assets a where a.shop_id is not null and not exists (select 1 from listings l where l.shop_id = a.shop_id)'
  firstWords = await seedUntil(settingsFile, async () => (await count('shops')) === 4 && (await count(drawn)) > 3)
  secondWords = await seedUntil(settingsFile, async () => (await count('orders')) === 6)
  const { said, end } = seed(settingsFile, '--demo', '--pictures', '6')
  const [code] = await end
  expect(code, said.join('\n')).toBe(0)
}, 240_000)

afterAll(async () => {
  await house?.stop()
  fs.rmSync(scratch, { recursive: true, force: true })
})

describe('the demonstration, killed twice and made whole', () => {
  test('it said where it was', () => {
    expect(firstWords.slice(0, 2)).toEqual(['seeding people', `seeding shops 1/${tenants.length}`])
    expect(secondWords).toContain('seeding orders')
  })

  test('everything is there, and nothing twice', async () => {
    expect(await count('shops')).toBe(tenants.length)
    expect(await count('tenants')).toBe(tenants.length)
    expect(await count('listings')).toBe(teaCount)
    expect(await count('(select distinct l.shop_id, r.title from listings l join revisions r on r.listing_id = l.id and r.no = 1) x')).toBe(
      teaCount,
    )
    expect(await count('orders')).toBe(orders.length)
    expect(await count('live_sessions')).toBe(past.length + announced.length + 1)
    expect(await count('users')).toBe(parkStaff.length + 1 + tenants.length + buyers.length)
    expect(await count('addresses')).toBe(new Set(orders.map((o) => o.buyer)).size)
    // four teas, one shop's profile and one review that its shop has reported
    expect(await count(`moderation_cases where state = 'open'`)).toBe(6)
    expect(await count(`reviews where state = 'shown'`)).toBe(reviews.length + reviews.filter((r) => r.followUp).length)
    expect(await count(`profiles where state = 'approved'`)).toBe(tenants.length)
    expect(await count('profiles')).toBe(tenants.length + edits.length)
    expect(await count('follows')).toBe(Object.values(followers).flat().length)
    expect(await count('shop_moves')).toBe(2)
    expect(await count(`shops where state = 'open'`)).toBe(tenants.length)
  })

  test('every picture is somebody’s, and none was stored twice', async () => {
    expect(await count('(select shop_id, hash from assets group by shop_id, hash having count(*) > 1) x')).toBe(0)
    const used = new Set<string>()
    for (const { draft } of await house.sql<{ draft: string | ListingDraft }>('select draft from revisions')) {
      const read = typeof draft === 'string' ? (JSON.parse(draft) as ListingDraft) : draft
      for (const id of [...read.pictures, read.labelPicture]) if (id) used.add(id)
    }
    for (const { draft } of await house.sql<{ draft: string | PaperDraft }>('select draft from papers'))
      for (const id of (typeof draft === 'string' ? (JSON.parse(draft) as PaperDraft) : draft).pictures) used.add(id)
    for (const row of [...(await house.sql('select * from plots')), ...(await house.sql('select * from batches'))])
      for (const [id] of JSON.stringify(row).matchAll(/ast_[0-9A-Z]{26}/g)) used.add(id)
    for (const { id } of await house.sql<{ id: string }>('select avatar_id as id from shops')) used.add(id)
    for (const { ids } of await house.sql<{ ids: string | string[] }>('select picture_ids as ids from shops'))
      for (const id of typeof ids === 'string' ? (JSON.parse(ids) as string[]) : ids) used.add(id)
    for (const { id } of await house.sql<{ id: string }>('select cover_id as id from live_sessions where cover_id is not null'))
      used.add(id)
    const stored = await house.sql<{ id: string }>('select id from assets')
    expect(stored.filter(({ id }) => !used.has(id))).toEqual([])
    expect(stored.length).toBe(used.size)
  })

  test('seeding again changes nothing', async () => {
    const before = await checksums()
    const { said, end } = seed(settingsFile)
    expect((await end)[0], said.join('\n')).toBe(0)
    expect(said).toEqual(['the demonstration data was there already'])
    expect(await checksums()).toEqual(before)
    expect(Object.keys(before).length).toBeGreaterThan(25)
  })

  test('what happened was heard, by everyone', async () => {
    const rows = await house.sql<{ state: string; subscriber: string; trouble: string }>(`select * from deliveries where state <> 'done'`)
    expect(rows).toEqual([])
    expect(await count('deliveries')).toBeGreaterThan(300)
  })

  test('the ledger balances, and what is left is what was there and moved', async () => {
    expect(await count('(select booking from ledger_entries group by booking having sum(delta_fen) <> 0) x')).toBe(0)
    const paid = orders.filter((o) => ['toShip', 'shipped', 'completed'].includes(o.ends)).length
    expect(await count(`orders where state = 'paid'`)).toBe(paid)
    const [sums] = await house.sql<{ ledger: string; paid: string }>(
      `select (select -sum(delta_fen) from ledger_entries where account = 'channel') as ledger,
              (select sum(payable_fen) from orders where state = 'paid') as paid`,
    )
    expect(Number(sums?.ledger)).toBe(Number(sums?.paid))
    expect(
      await count(
        'lots l where left_count < 0 or left_count <> opening_stock + (select coalesce(sum(delta), 0) from stock_moves m where m.lot_id = l.id)',
      ),
    ).toBe(0)
    expect(await count('stock_moves')).toBeGreaterThan(20)
  })

  test('there are orders in every state, and every part stands where its order does', async () => {
    const rows = await house.sql<{ state: string }>('select distinct state from sub_orders')
    expect(rows.map((r) => r.state).sort()).toEqual(['closed', 'completed', 'shipped', 'toShip', 'unpaid'])
    const because = await house.sql<{ b: string }>('select distinct closed_because as b from orders where closed_because is not null')
    expect(because.map((r) => r.b).sort()).toEqual(['cancelled', 'expired'])
    expect(await count('waybills')).toBe(await count(`sub_orders where state in ('shipped', 'completed')`))
  })

  test('nothing on the shelf lacks anything, and no wording makes a claim', async () => {
    const rows = await house.sql<{ title: string; draft: string | ListingDraft; shelf: string }>(
      'select r.title, r.draft, l.state as shelf from listings l join revisions r on r.id = coalesce(l.approved_revision_id, l.working_revision_id)',
    )
    const read = rows.map((r) => ({ ...r, draft: typeof r.draft === 'string' ? (JSON.parse(r.draft) as ListingDraft) : r.draft }))
    const shelved = read.filter((r) => r.shelf === 'onShelf')
    expect(shelved.length).toBeGreaterThanOrEqual(60)
    const today = businessDay(house.clock.now())
    expect(shelved.flatMap(({ title, draft }) => missing(draft, today).map((m) => `${title}: ${m.words}`))).toEqual([])
    expect(shelved.filter(({ draft }) => draft.pictures.length < 2)).toEqual([])
    // a photo's id is no wording, and may spell anything
    const isWording = (value: unknown): value is string => typeof value === 'string' && !isId('Asset', value)
    const written = read.flatMap(({ draft }) => Object.values(draft).filter(isWording))
    const told = await house.sql<{ a: string; b: string }>('select concat(name, story) as a, village as b from shops')
    expect([...written, ...told.flatMap((t) => [t.a, t.b])].flatMap((text) => readClaims(text))).toEqual([])
  })

  test('guests find teas and broadcasts, the desk finds work, a farmer finds orders to pack', async () => {
    const home = await house.guest.buyer.live.home.query({})
    expect(home.shelf).toHaveLength(24)
    const { rows: coming } = await house.guest.buyer.live.calendar.query({})
    expect(coming.map((s) => s.title)).toEqual(expect.arrayContaining(announced.map((s) => s.title)))
    const shopId = await shopOf('fenghuang')
    const page = await house.guest.buyer.storefront.front.query({ shopId })
    expect(page.shelf.rows.length).toBeGreaterThanOrEqual(9)
    expect(page.shop.tenant.licences).toHaveLength(4)
    const [tea] = page.shelf.rows
    const picture = await fetch(house.origin + (tea?.picture.card ?? ''))
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp'])

    const reviewer = await as('demo_reviewer')
    const queue = await reviewer.park.moderation.queue.query({ state: 'open', limit: 20 })
    expect(queue.rows).toHaveLength(6)
    const cases = await Promise.all(queue.rows.map((r) => reviewer.park.moderation.one.query({ caseId: r.id })))
    expect(cases.filter((c) => c.before !== null)).toHaveLength(2)
    // the machine knew who these people are
    expect(cases.flatMap((c) => c.findings)).toEqual([])

    const farmer = await as('demo_owner_fenghuang')
    const { counts } = await farmer.shop.orders.list.query({ shopId, state: 'toShip', limit: 20 })
    expect(counts.toShip).toBeGreaterThanOrEqual(3)
    const people = await house.guest.buyer.identity.people.query({})
    expect(people.filter((p) => p.as === 'farmer').map((p) => p.name)).toEqual(tenants.map((t) => t.owner))
    expect(
      people
        .filter((p) => p.as === 'staff')
        .map((p) => p.name)
        .sort(),
    ).toEqual(parkStaff.map((p) => p.nickname).sort())
  })

  test('a broadcast that is over has its orders counted', async () => {
    const rows = await house.sql<{ title: string; state: string; ended_because: string; orders: number }>(
      `select s.title, s.state, s.ended_because, t.orders from live_sessions s join session_totals t on t.session_id = s.id where s.state = 'ended'`,
    )
    const told = rows.map((r) => [r.title, r.ended_because, r.orders]).sort()
    expect(told).toEqual(past.map((p) => [p.title, 'shop', orders.filter((o) => o.show?.[0] === p.key).length]).sort())
  })

  test('two seeds do not work at one time', async () => {
    const other = await mysql.createConnection({ uri: house.databaseUrl })
    try {
      await other.query('select get_lock(?, 0)', [`seed ${new URL(house.databaseUrl).pathname.slice(1)}`])
      await expect(seedDemo(house.app.settings)).rejects.toThrow(SeedTaken)
    } finally {
      await other.end()
    }
    expect(await seedDemo(house.app.settings)).toBe('was there')
  })
})

describe('what is streamed', () => {
  const sessions = () =>
    house.sql<{ id: LiveSessionId; state: string; stream_name: string; pinned: string | null; cover_id: string | null }>(
      'select id, state, stream_name, pinned_bag_item_id as pinned, cover_id from live_sessions where title = ? order by created_at, id',
      [onAirNow.title],
    )

  test('the first shop’s session of the seed takes the clip, and its first tea is shown once the stream is there', async () => {
    const { streams, explained } = await openDemoStreams(house.app.settings)
    const [session, ...others] = await sessions()
    expect(others).toEqual([])
    expect(session?.state).toBe('scheduled')
    expect(streams).toHaveLength(1)
    expect(streams[0]?.url).toContain(`/${session?.stream_name}?`)
    expect(fs.statSync(streams[0]?.file ?? '').size).toBeGreaterThan(100_000)
    await pushes(house, session?.id as LiveSessionId)
    expect(await explained).toBe(true)
    const page = await house.guest.buyer.live.session.query({ sessionId: session?.id as LiveSessionId })
    expect([page.state, page.bag.length, page.pinned]).toEqual(['live', 8, page.bag[0]?.id])
    expect(page.cover).not.toBeNull()
  })

  test('a session that was interrupted goes on, and what the farmer shows is left to the farmer', async () => {
    const [session] = await sessions()
    const sessionId = session?.id as LiveSessionId
    const shopId = await shopOf('fenghuang')
    const farmer = await as('demo_owner_fenghuang')
    await farmer.shop.room.pin.mutate({ shopId, sessionId, bagItemId: null })
    await stopsPushing(house, sessionId)
    const { streams, explained } = await openDemoStreams(house.app.settings)
    expect(streams[0]?.url).toContain(`/${session?.stream_name}?`)
    expect(await explained).toBe(false)
    expect((await sessions()).map((s) => [s.state, s.pinned])).toEqual([['interrupted', null]])
  })

  test('one whose address has run out is ended, and another takes its place with the same bag and cover', async () => {
    const [old] = await sessions()
    await house.sql(
      `update live_sessions set starts_at = starts_at - interval 13 hour, started_at = started_at - interval 13 hour where id = ?`,
      [old?.id],
    )
    const { streams, explained } = await openDemoStreams(house.app.settings)
    const [before, now, ...more] = await sessions()
    expect(more).toEqual([])
    expect([before?.state, now?.state]).toEqual(['ended', 'scheduled'])
    expect(now?.cover_id).toBe(old?.cover_id)
    expect(streams[0]?.url).toContain(`/${now?.stream_name}?`)
    await pushes(house, now?.id as LiveSessionId, 'push-2')
    expect(await explained).toBe(true)
    const page = await house.guest.buyer.live.session.query({ sessionId: now?.id as LiveSessionId })
    expect(page.bag).toHaveLength(8)
  })

  test('what is announced is still to come, at every start', async () => {
    await house.sql(`update live_sessions set state = 'cancelled' where state = 'scheduled' and title = ?`, [announced[0].title])
    const { explained } = await openDemoStreams(house.app.settings)
    await explained
    const rows = await house.sql<{ title: string }>(
      `select title from live_sessions where state = 'scheduled' and starts_at > utc_timestamp(3) order by starts_at`,
    )
    expect(rows.map((r) => r.title).sort()).toEqual(announced.map((a) => a.title).sort())
    await openDemoStreams(house.app.settings).then((again) => again.explained)
    expect(await count(`live_sessions where state = 'scheduled'`)).toBe(announced.length)
  })
})

describe('where nothing may be seeded', () => {
  test('a house of people is refused in one sentence', async () => {
    const strong = (bytes: number) => randomBytes(bytes).toString('base64url')
    const { settings } = house.app
    const park: Settings = {
      ...settings,
      stage: 'park',
      secret: strong(40),
      http: { ...settings.http, publicOrigin: 'https://tea.mojiang.cn' },
      wechat: {
        ...settings.wechat,
        apiBase: 'https://api.weixin.qq.com',
        payBase: 'https://api.mch.weixin.qq.com',
        simBase: null,
        appid: 'wx8f3a1c5d7e9b2046',
        appsecret: strong(24),
        merchantName: '墨江茶山园区运营有限公司',
        apiV3Key: strong(24),
        platformKeys: { PUB_KEY_ID_0119: Object.values(settings.wechat.platformKeys)[0] ?? '' },
      },
      media: { ...settings.media, publicRtmp: 'rtmp://live.mojiang.cn/live', publicFlv: 'https://live.mojiang.cn/live', key: strong(24) },
    }
    const { said, end } = seed(write('park.json', park))
    expect((await end)[0]).toBe(1)
    expect(said).toEqual(['In stage park there is only what people made: nothing is seeded.'])
  })

  test('a wish that is none is refused with what is known', async () => {
    const { said, end } = seed(settingsFile, '--shops', 'many', '--skus', '9')
    expect((await end)[0]).toBe(1)
    expect(said).toEqual(['--shops wants a whole number of at least 1.'])
  })

  test('a house without the demonstration streams nothing', async () => {
    const other = await startHouse()
    try {
      expect(await demoStreams(other.app.settings)).toEqual([])
    } finally {
      await other.stop()
    }
  })
})
