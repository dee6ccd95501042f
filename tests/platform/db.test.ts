/** The database as every connection sees it, and what becomes of who gets no answer. */
import net from 'node:net'
import { eq, sql } from 'drizzle-orm'
import { bigint, mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fenColumn, instantColumn, jsonColumn } from '../../server/platform/columns.ts'
import { type Database, DatabaseSilent, isDuplicate, isLost, matched, openDatabase } from '../../server/platform/db.ts'
import { fen } from '../../shared/money.ts'
import { instant } from '../../shared/time.ts'
import { type House, startHouse } from '../kit/house.ts'

let house: House
let database: Database
beforeAll(async () => {
  house = await startHouse()
  database = openDatabase(house.databaseUrl, 4)
  await house.sql('create table trunk (id varchar(20) primary key, price_fen bigint, seen_at datetime(3), told json, n bigint)')
})
afterAll(async () => {
  await database.end()
  await house.stop()
})

const trunk = mysqlTable('trunk', {
  id: varchar('id', { length: 20 }).primaryKey(),
  priceFen: fenColumn('price_fen'),
  seenAt: instantColumn('seen_at'),
  told: jsonColumn<unknown>('told'),
  n: bigint('n', { mode: 'number' }),
})

describe('a connection', () => {
  const asked = sql`select @@character_set_client client, @@character_set_connection connection, @@collation_connection coll,
    @@character_set_results results, @@time_zone zone, @@session.tx_isolation isolation, @@session.sql_mode mode, @@innodb_lock_wait_timeout locks`
  const wanted = {
    client: 'utf8mb4',
    connection: 'utf8mb4',
    coll: 'utf8mb4_unicode_ci',
    results: 'utf8mb4',
    zone: '+00:00',
    isolation: 'READ-COMMITTED',
    mode: 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
    locks: 5,
  }

  test('for reads and for works speaks the same letters, in the same time, under the same rules', async () => {
    expect((await database.read.execute(asked))[0]).toEqual([wanted])
    const own = await database.take()
    expect((await own.db.execute(asked))[0]).toEqual([wanted])
    own.release()
  })

  test('carries every letter, an instant to the millisecond, and JSON as it was', async () => {
    const row = {
      id: 'one',
      priceFen: fen(Number.MAX_SAFE_INTEGER),
      seenAt: instant(Date.parse('2026-03-31T16:00:00.007Z')),
      told: { 茶: ['𠮷', '🍵', null, 1.5], empty: {} },
      n: 0,
    }
    await database.read.insert(trunk).values(row)
    expect(await database.read.select().from(trunk).where(eq(trunk.id, 'one'))).toEqual([row])
    expect((await database.read.execute(sql`select ${new Date(0)} began`))[0]).toEqual([{ began: '1970-01-01 00:00:00.000' }])
    expect(await house.sql("select seen_at from trunk where id = 'one'")).toEqual([{ seen_at: '2026-03-31 16:00:00.007' }])
  })

  test('hands over no sum that a double would round', async () => {
    await house.sql("insert into trunk (id, price_fen) values ('big', 9007199254740993)")
    await expect(database.read.select().from(trunk).where(eq(trunk.id, 'big'))).rejects.toThrow(RangeError)
  })

  test('counts the rows that matched, also where nothing changed', async () => {
    await house.sql("insert into trunk (id, n) values ('same', 7)")
    const set = (id: string) => database.read.update(trunk).set({ n: 7 }).where(eq(trunk.id, id))
    expect([matched(await set('same')), matched(await set('nobody'))]).toEqual([1, 0])
  })

  test('refuses a text that does not fit, a thing twice and a number that is none', async () => {
    await expect(database.read.insert(trunk).values({ id: 'x'.repeat(21) })).rejects.toThrow()
    await database.read.insert(trunk).values({ id: 'twice' })
    const again = await database.read
      .insert(trunk)
      .values({ id: 'twice' })
      .catch((error: unknown) => error)
    expect([isDuplicate(again), isLost(again)]).toEqual([true, false])
    await expect(database.read.execute(sql`update trunk set n = n / 0 where id = 'same'`)).rejects.toThrow()
  })
})

describe('who gets no answer', () => {
  /** The database behind a wire that can be cut without a word. */
  const wire = async () => {
    const to = new URL(house.databaseUrl)
    const socketPath = to.searchParams.get('socketPath')
    const silent = new Set<net.Socket>()
    const open = new Set<net.Socket>()
    const server = net.createServer((near) => {
      const far = socketPath ? net.connect(socketPath) : net.connect(Number(to.port || 3306), to.hostname)
      for (const socket of [near, far]) {
        open.add(socket)
        socket.on('error', () => {})
        socket.on('close', () => {
          near.destroy()
          far.destroy()
        })
      }
      near.on('data', (part) => silent.has(near) || far.write(part))
      far.on('data', (part) => silent.has(near) || near.write(part))
      far.on('ready', () => far.setNoDelay())
      near.setNoDelay()
      nears.add(near)
    })
    const nears = new Set<net.Socket>()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const url = new URL(house.databaseUrl)
    url.hostname = '127.0.0.1'
    url.port = String((server.address() as net.AddressInfo).port)
    url.searchParams.delete('socketPath')
    return {
      url: url.href,
      /** From now on nothing passes on the connections that there are. */
      cut: () => {
        for (const near of nears) silent.add(near)
      },
      close: () => {
        for (const socket of open) socket.destroy()
        server.close()
      },
    }
  }

  test('gives the query up in time, and the next one finds a connection that answers', async () => {
    const line = await wire()
    const behind = openDatabase(line.url, 2, 300)
    const one = () => behind.read.execute(sql`select 1`)
    await Promise.all([one(), one()])
    line.cut()
    const from = performance.now()
    const errors = await Promise.all([one(), one()].map((answer) => answer.then(() => null).catch((error: unknown) => error)))
    expect(errors.map((error) => isLost(error))).toEqual([true, true])
    expect(performance.now() - from).toBeLessThan(3_000)
    // both places of the pool were taken by connections that will never speak again
    await Promise.all([one(), one(), one()])
    await behind.end()
    line.close()
  })

  test('gives a work up, and its connection with it', async () => {
    const line = await wire()
    const behind = openDatabase(line.url, 1, 300)
    const own = await behind.take()
    await own.run('START TRANSACTION')
    line.cut()
    const error = await own.run('COMMIT').catch((e: unknown) => e)
    expect([error instanceof DatabaseSilent, isLost(error)]).toEqual([true, true])
    own.destroy()
    await behind.read.execute(sql`select 1`)
    await behind.end()
    line.close()
  })

  test('does not wait for ever where all connections are taken, and the late one is not lost', async () => {
    const narrow = openDatabase(house.databaseUrl, 1, 300)
    const own = await narrow.take()
    await expect(narrow.take()).rejects.toThrow(DatabaseSilent)
    own.release()
    await narrow.read.execute(sql`select 1`)
    await narrow.read.execute(sql`select 1`)
    await narrow.end()
  })

  test('a query that takes too long is given up, and its connection with it', async () => {
    const patient = openDatabase(house.databaseUrl, 1, 300)
    const before = await patient.read.execute(sql`select connection_id() id`)
    const error = await patient.read.execute(sql`select sleep(2)`).catch((e: unknown) => e)
    expect(isLost(error)).toBe(true)
    const after = await patient.read.execute(sql`select connection_id() id`)
    expect(after[0]).not.toEqual(before[0])
    await patient.end()
  })

  test('where nobody listens, who asks hears so at once', async () => {
    const url = new URL(house.databaseUrl)
    url.hostname = '127.0.0.1'
    url.port = '1'
    url.searchParams.delete('socketPath')
    const nowhere = openDatabase(url.href, 1, 5_000)
    const from = performance.now()
    await expect(nowhere.read.execute(sql`select 1`)).rejects.toThrow()
    expect(performance.now() - from).toBeLessThan(2_000)
    await nowhere.end()
  })
})
