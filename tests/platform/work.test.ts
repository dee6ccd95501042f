/** What the plumbing promises: a work is whole or not at all, what was told is heard once, and what is due is done by one. */
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type App, buildApp, type Job, type Subscriber } from '../../server/platform/app.ts'
import { type Database, openDatabase } from '../../server/platform/db.ts'
import { deliverDue, deliveryCounts, TRIES } from '../../server/platform/deliver.ts'
import { registerJobs, runDueJobs } from '../../server/platform/jobs.ts'
import { newId, type Work } from '../../server/platform/work.ts'
import { startWorker } from '../../server/roles/worker.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/time.ts'
import { type House, startHouse, until } from '../kit/house.ts'

let house: House
const pools: Database[] = []

beforeAll(async () => {
  house = await startHouse()
  await house.sql('create table marks (id int auto_increment primary key, what varchar(80) not null)')
})
beforeEach(async () => {
  for (const table of ['deliveries', 'events', 'jobs', 'marks']) await house.sql(`delete from ${table}`)
  house.logged.length = 0
})
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.end()
})
afterAll(() => house.stop())

/** A node of the house with connections, subscribers and jobs of its own, on the same database and clock. */
const node = (parts: { subscribers?: Subscriber[]; jobs?: Job[] } = {}): App => {
  const database = openDatabase(house.databaseUrl, 10)
  pools.push(database)
  return buildApp({ ...house.app, subscribers: [], jobs: [], ...parts, database })
}
const mark = (work: Work, what: string) => work.db.execute(sql`insert into marks (what) values (${what})`)
const marks = async (): Promise<string[]> =>
  (await house.sql<{ what: string }>('select what from marks order by id')).map((row) => row.what)
const count = async (table: string): Promise<number> => Number((await house.sql<{ n: number }>(`select count(*) n from ${table}`))[0]?.n)
const tell = (app: App, times = 1) =>
  app.work({ kind: 'guest' }, async (work) => {
    for (let i = 0; i < times; i++) await work.tell('user.signedUp', { userId: newId('User') })
  })
/** A door that is shut until it is opened. */
const gate = () => {
  let open = () => {}
  const opened = new Promise<void>((done) => {
    open = done
  })
  return { open, opened }
}

describe('a work', () => {
  test('writes its event and one delivery for each subscriber together with what it did', async () => {
    const hear = async () => {}
    const app = node({
      subscribers: [
        { name: 'one.hears', on: 'user.signedUp', hear },
        { name: 'two.hears', on: 'user.signedUp', hear },
        { name: 'three.hears', on: 'bag.changed', hear },
      ],
    })
    const userId = newId('User')
    const rung: unknown[] = []
    app.bell.on('told', (news) => rung.push(news))
    await app.work({ kind: 'clock', job: 'orders.close-unpaid' }, async (work) => {
      await mark(work, 'done')
      await work.tell('user.signedUp', { userId })
      expect(rung).toEqual([])
    })
    expect(rung).toEqual([{ name: 'user.signedUp', facts: { userId } }])
    const [event] = await house.sql<{ id: string; facts: unknown; actor: unknown; happened_at: string }>('select * from events')
    expect(event?.facts).toEqual({ userId })
    expect(event?.actor).toEqual({ kind: 'clock', job: 'orders.close-unpaid' })
    expect(Date.parse(`${event?.happened_at.replace(' ', 'T')}Z`)).toBe(house.clock.now())
    const rows = await house.sql('select event_id, subscriber, state, tries from deliveries order by subscriber')
    expect(rows).toEqual(['one.hears', 'two.hears'].map((subscriber) => ({ event_id: event?.id, subscriber, state: 'waiting', tries: 0 })))
  })

  test('that fails leaves no row, no event and no delivery, rings no bell, and is not repeated', async () => {
    const app = node({ subscribers: [{ name: 'one.hears', on: 'user.signedUp', hear: async () => {} }] })
    const rung: unknown[] = []
    app.bell.on('told', (news) => rung.push(news))
    let tries = 0
    await expect(
      app.work({ kind: 'guest' }, async (work) => {
        tries++
        await mark(work, 'half')
        await work.tell('user.signedUp', { userId: newId('User') })
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    expect([tries, await marks(), await count('events'), await count('deliveries'), rung]).toEqual([1, [], 0, 0, []])
  })

  test('is done though a hearer of the bell stumbles over the news', async () => {
    const app = node()
    app.bell.on('told', () => {
      throw new Error('over my own feet')
    })
    await tell(app)
    expect([await count('events'), house.logged.some((line) => line.includes('over my own feet'))]).toEqual([1, true])
  })

  test('that the database broke for a deadlock is repeated whole, and tells its event once', async () => {
    const app = node()
    await house.sql("insert into marks (id, what) values (1, ''), (2, '')")
    let tries = 0
    const locked = [gate(), gate()] as const
    const add = (id: number, name: string) => (work: Work) =>
      work.db.execute(sql`update marks set what = concat(what, ${name}) where id = ${id}`)
    const crossing = (name: string, first: number, second: number, mine: 0 | 1) =>
      app.work({ kind: 'guest' }, async (work) => {
        tries++
        await add(first, name)(work)
        locked[mine].open()
        await locked[1 - mine]?.opened
        await add(second, name)(work)
        await work.tell('user.signedUp', { userId: newId('User') })
      })
    await Promise.all([crossing('a', 1, 2, 0), crossing('b', 2, 1, 1)])
    expect(tries).toBe(3)
    expect((await marks()).map((what) => [...what].sort().join(''))).toEqual(['ab', 'ab'])
    expect(await count('events')).toBe(2)
  })

  test('that waited too long for a lock is repeated whole', async () => {
    const app = node()
    await house.sql("insert into marks (id, what) values (1, '')")
    const held = gate()
    const over = gate()
    const holder = app.work({ kind: 'guest' }, async (work) => {
      await work.db.execute(sql`update marks set what = 'held' where id = 1`)
      held.open()
      await over.opened
    })
    await held.opened
    let tries = 0
    await app.work({ kind: 'guest' }, async (work) => {
      tries++
      if (tries === 2) {
        over.open()
        await holder
      }
      await work.db.execute(sql`set session innodb_lock_wait_timeout = 1`)
      await mark(work, 'before')
      await work.db.execute(sql`update marks set what = concat(what, ', mine') where id = 1`)
    })
    expect([tries, await marks()]).toEqual([2, ['held, mine', 'before']])
  })
})

describe('a delivery', () => {
  test('is done in the same work as what its subscriber writes, once', async () => {
    const app = node({
      subscribers: [{ name: 'one.hears', on: 'user.signedUp', hear: async (work, event) => void (await mark(work, event.facts.userId)) }],
    })
    const userId = newId('User')
    await app.work({ kind: 'guest' }, (work) => work.tell('user.signedUp', { userId }))
    expect([await deliverDue(app), await deliverDue(app)]).toEqual([1, 0])
    expect(await marks()).toEqual([userId])
    expect(await deliveryCounts(app)).toEqual({ waiting: 0, parked: 0 })
  })

  test('whose subscriber fails leaves nothing behind and is tried again later', async () => {
    // once in company, once alone, and once more when its time has come again
    let fails = 3
    const app = node({
      subscribers: [
        {
          name: 'one.hears',
          on: 'user.signedUp',
          hear: async (work) => {
            await mark(work, `with ${fails} to go`)
            if (fails-- > 0) throw new Error('not yet')
          },
        },
        { name: 'two.hears', on: 'user.signedUp', hear: async (work) => void (await mark(work, 'two')) },
      ],
    })
    await tell(app)
    expect(await deliverDue(app)).toBe(2)
    // the other one did not have to wait for it
    expect(await marks()).toEqual(['two'])
    expect(await deliverDue(app)).toBe(0)
    expect(await house.sql("select tries, trouble from deliveries where state = 'waiting'")).toEqual([{ tries: 1, trouble: 'not yet' }])
    house.clock.advance(2 * SECOND)
    expect(await deliverDue(app)).toBe(1)
    house.clock.advance(2 * SECOND)
    // each time it waits longer
    expect(await deliverDue(app)).toBe(0)
    house.clock.advance(2 * SECOND)
    expect(await deliverDue(app)).toBe(1)
    expect(await marks()).toEqual(['two', 'with 0 to go'])
    expect(await deliveryCounts(app)).toEqual({ waiting: 0, parked: 0 })
  })

  test('that failed ten times is parked for a person, and the log says so', async () => {
    let tries = 0
    const app = node({
      subscribers: [
        {
          name: 'one.hears',
          on: 'user.signedUp',
          hear: async () => {
            tries++
            throw new Error('never')
          },
        },
      ],
    })
    await tell(app)
    for (let i = 0; i < TRIES + 5; i++) {
      await deliverDue(app)
      house.clock.advance(10 * MINUTE)
    }
    expect(tries).toBe(TRIES)
    expect(await deliveryCounts(app)).toEqual({ waiting: 0, parked: 1 })
    expect(house.logged.filter((line) => line.includes('delivery parked'))).toHaveLength(1)
    house.clock.advance(DAY)
    expect(await deliverDue(app)).toBe(0)
  })

  test('whose worker died at every try is parked and not tried once more', async () => {
    let tried = false
    const app = node({
      subscribers: [
        {
          name: 'one.hears',
          on: 'user.signedUp',
          hear: async () => {
            tried = true
          },
        },
      ],
    })
    await tell(app)
    await house.sql('update deliveries set tries = ?', [TRIES])
    await deliverDue(app)
    expect([tried, await deliveryCounts(app)]).toEqual([false, { waiting: 0, parked: 1 }])
  })

  test('whose worker is late passes to another, and the late one is fenced off', async () => {
    const slow = gate()
    const begun = gate()
    const late = node({
      subscribers: [
        {
          name: 'one.acts',
          on: 'user.signedUp',
          act: async () => {
            begun.open()
            await slow.opened
          },
        },
      ],
    })
    const runs: string[] = []
    const other = node({ subscribers: [{ name: 'one.acts', on: 'user.signedUp', act: async () => void runs.push('other') }] })
    await tell(late)
    const first = deliverDue(late)
    await begun.opened
    expect(await deliverDue(other)).toBe(0)
    house.clock.advance(MINUTE + SECOND)
    expect(await deliverDue(other)).toBe(1)
    slow.open()
    await first
    expect(runs).toEqual(['other'])
    expect(await house.sql('select state, tries, claim_token from deliveries')).toEqual([{ state: 'done', tries: 2, claim_token: null }])
    expect(house.logged.some((line) => line.includes('passed to another worker'))).toBe(true)
  })

  test.each(['succeeds', 'fails'])('a late worker that %s does not take the claim from who has it now', async (end) => {
    const [slow, begun, second, secondBegun] = [gate(), gate(), gate(), gate()]
    const late = node({
      subscribers: [
        {
          name: 'one.acts',
          on: 'user.signedUp',
          act: async () => {
            begun.open()
            await slow.opened
            if (end === 'fails') throw new Error('too late anyway')
          },
        },
      ],
    })
    const other = node({
      subscribers: [
        {
          name: 'one.acts',
          on: 'user.signedUp',
          act: async () => {
            secondBegun.open()
            await second.opened
          },
        },
      ],
    })
    await tell(late)
    const first = deliverDue(late)
    await begun.opened
    house.clock.advance(MINUTE + SECOND)
    const then = deliverDue(other)
    await secondBegun.opened
    const [claim] = await house.sql<{ claim_token: string }>('select claim_token from deliveries')
    slow.open()
    await first
    expect(await house.sql('select state, claim_token, trouble from deliveries')).toEqual([{ state: 'waiting', ...claim, trouble: null }])
    second.open()
    await then
    expect(await house.sql('select state from deliveries')).toEqual([{ state: 'done' }])
  })

  test('behind slow company is given back untried, before its time is used up', async () => {
    const ran: string[] = []
    const app = node({
      subscribers: [
        {
          name: 'one.acts',
          on: 'user.signedUp',
          act: async (_, event) => {
            ran.push(event.id)
            house.clock.advance(40 * SECOND)
          },
        },
      ],
    })
    await tell(app, 3)
    expect(await deliverDue(app)).toBe(1)
    expect(await house.sql("select tries, claim_token from deliveries where state = 'waiting'")).toEqual([
      { tries: 0, claim_token: null },
      { tries: 0, claim_token: null },
    ])
    expect([await deliverDue(app), await deliverDue(app), await deliverDue(app)]).toEqual([1, 1, 0])
    expect(new Set(ran).size).toBe(3)
  })

  test('two workers on two hundred run each of them once', async () => {
    const subscribers: Subscriber[] = [
      { name: 'one.hears', on: 'user.signedUp', hear: async (work, event) => void (await mark(work, event.facts.userId)) },
    ]
    const workers = [node({ subscribers }), node({ subscribers })]
    await tell(workers[0] as App, 200)
    const ran = await Promise.all(
      workers
        .flatMap((app) => [app, app])
        .map(async (app) => {
          let all = 0
          for (let n = 1; n > 0; all += n) n = await deliverDue(app, 7)
          return all
        }),
    )
    expect(ran.reduce((a, b) => a + b)).toBe(200)
    const written = await marks()
    expect([written.length, new Set(written).size]).toEqual([200, 200])
    expect(await house.sql('select state, max(tries) tries, count(*) n from deliveries group by state')).toEqual([
      { state: 'done', tries: 1, n: 200 },
    ])
  })
})

describe('a job', () => {
  const job = (run: Job['run'], everyMs = HOUR, name = 'orders.sweep'): Job => ({ name, everyMs, run })

  test('that is due is run by one of two workers, and again when its time has come', async () => {
    let runs = 0
    const due = job(async () => void runs++)
    const workers = [node({ jobs: [due] }), node({ jobs: [due] })] as const
    for (const worker of workers) await registerJobs(worker)
    const round = async () => (await Promise.all([...workers, ...workers].map((worker) => runDueJobs(worker)))).reduce((a, b) => a + b)
    expect([await round(), await round(), runs]).toEqual([1, 0, 1])
    house.clock.advance(HOUR - 1)
    expect(await round()).toBe(0)
    house.clock.advance(1)
    expect([await round(), runs]).toEqual([1, 2])
  })

  test('that slept through a night runs once, not once for each time it missed', async () => {
    let runs = 0
    const app = node({ jobs: [job(async () => void runs++, SECOND)] })
    await registerJobs(app)
    house.clock.advance(10 * HOUR)
    expect([await runDueJobs(app), await runDueJobs(app), runs]).toEqual([1, 0, 1])
  })

  test('that fails is logged, holds nobody up and comes again', async () => {
    let runs = 0
    const app = node({
      jobs: [
        job(
          async () => {
            throw new Error('no luck')
          },
          MINUTE,
          'orders.unlucky',
        ),
        job(async () => void runs++, MINUTE),
      ],
    })
    await registerJobs(app)
    expect([await runDueJobs(app), runs]).toEqual([2, 1])
    expect(house.logged.filter((line) => line.includes('no luck'))).toHaveLength(1)
    house.clock.advance(MINUTE)
    expect([await runDueJobs(app), runs]).toEqual([2, 2])
  })

  test('whose worker is gone is taken over, and the late one does not move its time', async () => {
    const slow = gate()
    const begun = gate()
    const late = node({
      jobs: [
        job(async () => {
          begun.open()
          await slow.opened
        }),
      ],
    })
    let runs = 0
    const other = node({ jobs: [job(async () => void runs++)] })
    await registerJobs(late)
    const first = runDueJobs(late)
    await begun.opened
    house.clock.advance(4 * MINUTE)
    expect(await runDueJobs(other)).toBe(0)
    house.clock.advance(MINUTE + SECOND)
    expect([await runDueJobs(other), runs]).toEqual([1, 1])
    const [due] = await house.sql('select due_at, fence from jobs')
    house.clock.advance(30 * MINUTE)
    slow.open()
    await first
    expect(await house.sql('select due_at, fence from jobs')).toEqual([due])
  })
})

describe('the worker', () => {
  test('hears what its own process tells, and stops only when what is under way has ended', async () => {
    const slow = gate()
    const begun = gate()
    const app = node({
      subscribers: [
        {
          name: 'one.hears',
          on: 'user.signedUp',
          hear: async (work) => {
            begun.open()
            await slow.opened
            await mark(work, 'ended')
          },
        },
      ],
    })
    const worker = await startWorker(app)
    await tell(app)
    await begun.opened
    let stopped = false
    const stopping = worker.stop().then(() => {
      stopped = true
    })
    await house.sql('select 1')
    expect(stopped).toBe(false)
    slow.open()
    await stopping
    expect(await marks()).toEqual(['ended'])
  })

  test('finds what another process told', async () => {
    const app = node({ subscribers: [{ name: 'one.hears', on: 'user.signedUp', hear: async (work) => void (await mark(work, 'found')) }] })
    const elsewhere = node({ subscribers: [...app.subscribers] })
    const worker = await startWorker(app)
    await tell(elsewhere)
    await until(async () => (await marks()).length === 1)
    await worker.stop()
  })
})

describe('a slow job', () => {
  test('does not hold up the others, and is waited for when the worker stops', async () => {
    let films = 0
    let ticks = 0
    let release: () => void = () => {}
    const gate = new Promise<void>((done) => {
      release = done
    })
    const app = node({
      jobs: [
        { name: 'test.slow', everyMs: MINUTE, slow: true, run: () => gate.then(() => void films++) },
        { name: 'test.quick', everyMs: 1, run: async () => void ticks++ },
      ],
    })
    const worker = await startWorker(app)
    await until(() => {
      house.clock.advance(SECOND)
      return ticks >= 3
    })
    expect(films).toBe(0)
    const stopped = worker.stop()
    release()
    await stopped
    expect(films).toBe(1)
  })
})
