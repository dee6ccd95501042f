/**
 * Whole purchases, quote → place → sheet opened at WeChat → paid → notice applied, by 1, 8, 32 and 64 buyers at once, each of another sku, on
 * MariaDB that flushes at every commit; beside it, in the same run, the least transaction that could be called an order, written by hand on the
 * same database. The house runs in one process, WeChat's stand-in and the buyers in this one. `npm run bench:purchase`
 */
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import mysql, { type RowDataPacket } from 'mysql2/promise'
import { checkSettings, type SettingsInput } from '../../config/settings.ts'
import { buildHouse } from '../../server/house.ts'
import { startPrivateDatabase } from '../../server/launch/mariadb.ts'
import { migrateDatabase } from '../../server/launch/migrate.ts'
import { startSession, userFor } from '../../server/modules/identity/index.ts'
import { saveAddress } from '../../server/modules/orders/addresses.ts'
import { newId } from '../../server/platform/work.ts'
import { seedScale } from '../../server/seed/scale.ts'
import { makeDemoKeys, startWechatStandin } from '../../server/standins/wechat/index.ts'
import { after, DAY } from '../../shared/time.ts'
import { median } from './drive.ts'

const BUYERS = [1, 8, 32, 64]
const MOST = 64
const RUNS = Number(process.env.BENCH_RUNS ?? 3)
const RUN_MS = Number(process.env.BENCH_RUN_MS ?? 4_000)

const say = (line: string) => console.log(line)
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'chashan-bench-'))
const database = await startPrivateDatabase(path.join(dir, 'db'), { durable: true, password: 'bench-only' })
const ends: (() => unknown)[] = []

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = net.createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo
      probe.close(() => done(port))
    })
  })

interface Sku {
  skuId: string
  revisionId: string
  priceFen: number
}
interface Buyer {
  token: string
  addressId: string
}

try {
  const databaseUrl = await database.urlOf('chashan_bench')
  await migrateDatabase(databaseUrl)
  const keys = makeDemoKeys()
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const wechat = await startWechatStandin({ ...keys, allowedOrigins: [origin] })
  ends.push(() => wechat.stop())
  const input: SettingsInput = {
    ...{ stage: 'test', roles: ['api', 'worker'], databaseUrl, dataDir: path.join(dir, 'data'), logLevel: 'error' },
    secret: randomBytes(32).toString('base64'),
    http: { port, publicOrigin: origin, callsPerMinute: 1_000_000_000 },
    login: {},
    wechat: {
      ...{ apiBase: wechat.api, payBase: wechat.pay, simBase: wechat.sim, appid: keys.appid, appsecret: keys.appsecret, mchid: keys.mchid },
      ...{ merchantSerial: keys.merchantSerial, merchantKeyPem: keys.merchantPrivateKeyPem, apiV3Key: keys.apiV3Key },
      platformKeys: { [keys.platformPublicKeyId]: keys.platformPublicKeyPem },
    },
    media: { kind: 'embedded', rtmpPort: 0, flvPort: 0, key: randomBytes(16).toString('hex') },
    web: {},
  }
  const settings = checkSettings(input)
  await seedScale(settings, { shops: 30, skus: 3_000, orders: 0, chats: 0 }, say)
  const pool = mysql.createPool({ uri: databaseUrl, connectionLimit: MOST + 2 })
  ends.push(() => pool.end())
  const rows = async <T>(statement: string, values: unknown[] = []): Promise<T[]> =>
    (await pool.query<RowDataPacket[]>(statement, values))[0] as T[]
  await pool.query('update lots set opening_stock = opening_stock + 1000000, left_count = left_count + 1000000')
  const skus = await rows<Sku>('select sku_id as skuId, revision_id as revisionId, price_fen as priceFen from offer_skus order by sku_id')
  const lots = await rows<{ id: string }>('select id from lots order by id')

  const { app, end } = buildHouse(settings)
  const buyers: Buyer[] = []
  for (let i = 0; i < MOST; i++) {
    const person = { key: `bench_buyer_${i}`, openid: `bench_buyer_${i}`, nickname: `茶友${i}` }
    await fetch(`${wechat.sim}/__sim/users`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(person),
    })
    const { userId, token } = await app.work({ kind: 'guest' }, async (work) => {
      const id = await userFor(work, person.openid, person.nickname)
      return {
        userId: id,
        token: await startSession(work, id, 'bearer', { userAgent: 'bench', address: '127.0.0.1' }, after(work.now, DAY)),
      }
    })
    const { id } = await saveAddress(app, userId, {
      ...{ name: '李明', phone: '13888880001', province: '云南省', city: '昆明市', county: '五华区' },
      ...{ detail: `翠湖北路 ${i} 号`, isDefault: true },
    })
    buyers.push({ token, addressId: id })
  }
  await end()

  const house = fork(new URL('browse-serve.ts', import.meta.url))
  ends.push(() => house.disconnect())
  house.send(input as object)
  await Promise.race([
    once(house, 'message'),
    once(house, 'exit').then(() => {
      throw new Error('the house ended before it served')
    }),
  ])

  const ask = async (buyer: Buyer, procedure: string, body: unknown, query = false): Promise<never> => {
    const url = `${origin}/trpc/${procedure}`
    const headers = { authorization: `Bearer ${buyer.token}`, 'content-type': 'application/json' }
    const answer = query
      ? await fetch(`${url}?input=${encodeURIComponent(JSON.stringify(body))}`, { headers })
      : await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    const said = (await answer.json()) as { result?: { data: never }; error?: { message: string } }
    if (!said.result) throw new Error(`${procedure}: ${said.error?.message ?? answer.status}`)
    return said.result.data
  }

  /** Orders whose notice is awaited; one statement asks for all of them. */
  const waiting = new Map<string, () => void>()
  let asks = 0
  const look = setInterval(() => {
    if (waiting.size === 0) return
    asks++
    void rows<{ id: string }>(`select id from orders where id in (?) and state = 'paid'`, [[...waiting.keys()]]).then((found) => {
      for (const { id } of found) {
        waiting.get(id)?.()
        waiting.delete(id)
      }
    })
  }, 10)
  ends.push(() => clearInterval(look))

  let turn = 0
  const purchase = async (buyer: Buyer): Promise<void> => {
    const sku = skus[turn++ % skus.length] as Sku
    const { payableFen } = await ask(
      buyer,
      'buyer.orders.quote',
      { lines: [{ skuId: sku.skuId, quantity: 1 }], addressId: buyer.addressId },
      true,
    )
    const { orderId } = await ask(buyer, 'buyer.orders.place', {
      key: randomBytes(15).toString('base64url'),
      lines: [{ ...sku, quantity: 1 }],
      addressId: buyer.addressId,
      shownFen: payableFen,
    })
    const { sheet } = await ask(buyer, 'buyer.orders.pay', { orderId })
    const paid = new Promise<void>((done) => void waiting.set(orderId, done))
    await fetch(`${wechat.sim}/__sim/pay`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ prepay_id: (sheet as { package: string }).package.replace('prepay_id=', '') }),
    })
    await paid
  }

  interface Run {
    perSecond: number
    p50: number
    p99: number
  }
  /** `act` by so many at once, each again as soon as it is done, for `ms`. */
  const together = async (n: number, ms: number, act: (i: number) => Promise<void>): Promise<Run> => {
    const times: number[] = []
    const from = performance.now()
    await Promise.all(
      Array.from({ length: n }, async (_, i) => {
        while (performance.now() - from < ms) {
          const began = performance.now()
          await act(i)
          times.push(performance.now() - began)
        }
      }),
    )
    const seconds = (performance.now() - from) / 1000
    times.sort((a, b) => a - b)
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
    return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99) }
  }
  const middle = (runs: Run[]): Run => ({
    perSecond: median(runs.map((r) => r.perSecond)),
    p50: median(runs.map((r) => r.p50)),
    p99: median(runs.map((r) => r.p99)),
  })
  const line = (what: string, r: Run) =>
    say(
      `${what.padEnd(34)} ${r.perSecond.toFixed(0).padStart(6)}/s  p50 ${r.p50.toFixed(1).padStart(7)}  p99 ${r.p99.toFixed(1).padStart(7)} ms`,
    )

  await pool.query('create table bench_orders (id varchar(30) primary key, buyer varchar(30), fen bigint, at datetime(3))')
  await pool.query('create table bench_lines (id varchar(30) primary key, order_id varchar(30), lot varchar(30), n int)')
  await pool.query('create table bench_moves (lot varchar(30), ref varchar(30), delta int, primary key (lot, ref))')
  const minimal = async (): Promise<void> => {
    const connection = await pool.getConnection()
    const lot = (lots[turn++ % lots.length] as { id: string }).id
    const id = newId('Order')
    await connection.query('start transaction')
    await connection.execute('update lots set left_count = left_count - 1 where id = ? and left_count >= 1', [lot])
    await connection.execute('insert into bench_orders values (?, ?, ?, now(3))', [id, 'buyer', 16800])
    await connection.execute('insert into bench_lines values (?, ?, ?, ?)', [newId('OrderLine'), id, lot, 1])
    await connection.execute('insert into bench_moves values (?, ?, -1)', [lot, id])
    await connection.query('commit')
    connection.release()
  }

  const counted = async (): Promise<number> =>
    (
      await rows<{ Value: string }>(
        `show global status where variable_name in ('Com_select','Com_insert','Com_update','Com_delete','Com_commit','Com_begin')`,
      )
    ).reduce((sum, r) => sum + Number(r.Value), 0)

  say(`\n3000 skus of 30 shops, flush at every commit, median of ${RUNS} runs of ${RUN_MS / 1000} s`)
  const byBuyers = (n: number) => (i: number) => purchase(buyers[i % n] as Buyer)
  await together(8, 1_500, byBuyers(8))
  await together(MOST, 500, minimal)
  const taken = new Map<number, Run[]>(BUYERS.map((n) => [n, []]))
  const least: Run[] = []
  for (let r = 0; r < RUNS; r++) {
    for (const n of BUYERS) taken.get(n)?.push(await together(n, RUN_MS, byBuyers(n)))
    least.push(await together(MOST, RUN_MS, minimal))
  }
  for (const n of BUYERS) line(`whole purchases, ${n} ${n === 1 ? 'buyer' : 'buyers'}`, middle(taken.get(n) ?? []))
  line(`least transaction, ${MOST} at once`, middle(least))

  // what one purchase asks of the database, with nothing else going on but the house's own rounds, which are counted first
  const idle = await counted()
  await new Promise((done) => setTimeout(done, 3_000))
  const perSecond = ((await counted()) - idle) / 3
  const [before, asked, from] = [await counted(), asks, performance.now()]
  const n = 20
  for (let i = 0; i < n; i++) await purchase(buyers[0] as Buyer)
  const spent = (performance.now() - from) / 1000
  const queries = ((await counted()) - before - (asks - asked) - perSecond * spent) / n
  const ratios = least.map((l, i) => (taken.get(MOST)?.[i]?.perSecond ?? 0) / l.perSecond)
  say(`figure purchase.vs_minimal ${median(ratios).toFixed(3)} x`)
  say(`figure purchase.p99 ${middle(taken.get(MOST) ?? []).p99.toFixed(0)} ms`)
  say(`figure purchase.queries ${queries.toFixed(0)} queries`)
} finally {
  for (const stop of ends.reverse()) await stop()
  await database.stop()
  fs.rmSync(dir, { recursive: true, force: true })
}
