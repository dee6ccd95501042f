/** Deliveries: claimed by one UPDATE that writes a token, run, and marked done in the same Work. At least once on the wire, once in the database. */
import { randomUUID } from 'node:crypto'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { after, MINUTE, SECOND } from '../../shared/time.ts'
import type { EventName } from '../events.ts'
import type { App, Heard, Subscriber } from './app.ts'
import { sqlTime } from './columns.ts'
import { matched } from './db.ts'
import { errorFacts } from './log.ts'
import { deliveries, events } from './tables.ts'
import type { Work } from './work.ts'

/** Tries before a delivery is parked for a person to look at. */
export const TRIES = 10
const LEASE = MINUTE
/** What one worker runs at once: each waits for its commit, and commits that wait together are flushed together. */
const LANES = 4
/** Deliveries that share a commit. */
const GROUP = 10
/** A subscriber that reaches outside may be told apart from a broken one by how long it may wait. */
const wait = (tries: number): number => Math.min(2 ** tries * SECOND, 10 * MINUTE)

/** Claims what is due and runs it; answers how many were run. */
export async function deliverDue(app: App, batch = 40): Promise<number> {
  const now = app.clock.now()
  const token = randomUUID()
  const claimed = await app.read.execute(
    sql`update ${deliveries} set claim_token = ${token}, claimed_until = ${sqlTime(after(now, LEASE))}, tries = tries + 1
        where state = 'waiting' and due_at <= ${sqlTime(now)} and (claimed_until is null or claimed_until < ${sqlTime(now)})
        order by due_at limit ${batch}`,
  )
  if (matched(claimed) === 0) return 0
  const rows = await app.read
    .select({
      id: deliveries.id,
      subscriber: deliveries.subscriber,
      tries: deliveries.tries,
      eventId: events.id,
      name: events.name,
      facts: events.facts,
    })
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .where(eq(deliveries.claimToken, token))
    .orderBy(asc(deliveries.eventId))
  // who only writes shares one commit with others; who reaches outside goes alone, several at once
  const writes = (row: Claimed): boolean => {
    const subscriber = app.subscribers.find((s) => s.name === row.subscriber)
    return subscriber !== undefined && 'hear' in subscriber && !('act' in subscriber) && row.tries === 1
  }
  const together = rows.filter(writes)
  const groups: Claimed[][] = Array.from({ length: Math.ceil(together.length / GROUP) }, (_, i) =>
    together.slice(i * GROUP, (i + 1) * GROUP),
  )
  const turns: { size: number; run(): Promise<void> }[] = [
    ...groups.map((group) => ({ size: group.length, run: () => hearTogether(app, group, token) })),
    ...rows.filter((row) => !writes(row)).map((row) => ({ size: 1, run: () => hearOne(app, row, token) })),
  ]
  let next = 0
  let ran = 0
  let late = false
  const lane = async (): Promise<void> => {
    for (let turn = turns[next++]; turn; turn = turns[next++]) {
      // slow company must not use up the time, and the tries, of those behind it
      late ||= app.clock.now() >= after(now, LEASE / 2)
      if (late) return
      ran += turn.size
      await turn.run()
    }
  }
  await Promise.all(Array.from({ length: Math.min(LANES, turns.length) }, lane))
  if (late) await giveBack(app, token)
  return ran
}

/** Hears several in one work; where one of them fails, all are heard again, each in a work of its own. */
async function hearTogether(app: App, rows: readonly Claimed[], token: string): Promise<void> {
  const [only] = rows
  if (rows.length === 1 && only) return hearOne(app, only, token)
  try {
    await app.work({ kind: 'subscriber', name: 'several' }, async (work) => {
      // the fence first: whoever lost the claim must not write a thing
      const done = await work.db
        .update(deliveries)
        .set({ state: 'done', claimToken: null, claimedUntil: null, trouble: null })
        .where(
          and(
            inArray(
              deliveries.id,
              rows.map((r) => r.id),
            ),
            eq(deliveries.claimToken, token),
            eq(deliveries.state, 'waiting'),
          ),
        )
      if (matched(done) !== rows.length) throw new Error('some of these deliveries have passed to another worker')
      for (const row of rows) {
        const subscriber = app.subscribers.find((s) => s.name === row.subscriber)
        if (subscriber && 'hear' in subscriber)
          await (subscriber.hear as (work: Work, event: Heard) => Promise<void>)(work.as({ kind: 'subscriber', name: subscriber.name }), {
            ...{ id: row.eventId, name: row.name as EventName, facts: row.facts as never },
          })
      }
    })
  } catch {
    for (const row of rows) await hearOne(app, row, token)
  }
}

interface Claimed {
  id: typeof deliveries.$inferSelect.id
  subscriber: string
  tries: number
  eventId: typeof events.$inferSelect.id
  name: string
  facts: unknown
}

/** Runs one delivery; what fails waits for its next try, or is parked after the last. */
async function hearOne(app: App, row: Claimed, token: string): Promise<void> {
  const subscriber = app.subscribers.find((s) => s.name === row.subscriber)
  try {
    // it never came to an end that could be noted: each time its worker ended first
    if (row.tries > TRIES) throw new Error('its worker ended at every try')
    if (!subscriber) throw new Error(`no subscriber ${row.subscriber}`)
    await runOne(app, subscriber, { id: row.eventId, name: row.name as EventName, facts: row.facts as never }, row.id, token)
  } catch (error) {
    const parked = row.tries >= TRIES
    app.log(parked ? 'error' : 'warn', parked ? 'delivery parked' : 'delivery failed', {
      subscriber: row.subscriber,
      tries: row.tries,
      event: row.name,
      ...errorFacts(error),
    })
    await app.read
      .update(deliveries)
      .set({
        state: parked ? 'parked' : 'waiting',
        claimToken: null,
        claimedUntil: null,
        dueAt: after(app.clock.now(), wait(row.tries)),
        trouble: String(errorFacts(error).message ?? ''),
      })
      .where(and(eq(deliveries.id, row.id), eq(deliveries.claimToken, token)))
  }
}

/** Gives back what was claimed and not begun, as if it had not been claimed. */
async function giveBack(app: App, token: string): Promise<void> {
  await app.read.execute(
    sql`update ${deliveries} set claim_token = null, claimed_until = null, tries = tries - 1 where claim_token = ${token} and state = 'waiting'`,
  )
}

async function runOne(app: App, subscriber: Subscriber, event: Heard, id: string, token: string): Promise<void> {
  if ('act' in subscriber) await (subscriber.act as (app: App, event: Heard) => Promise<void>)(app, event)
  await app.work({ kind: 'subscriber', name: subscriber.name }, async (work) => {
    // the fence first: whoever lost the claim must not write a thing
    await markDone(work, id, token)
    if ('hear' in subscriber) await (subscriber.hear as (work: Work, event: Heard) => Promise<void>)(work, event)
  })
}

async function markDone(work: Work, id: string, token: string): Promise<void> {
  const done = await work.db
    .update(deliveries)
    .set({ state: 'done', claimToken: null, claimedUntil: null, trouble: null })
    .where(and(sql`${deliveries.id} = ${id}`, eq(deliveries.claimToken, token), eq(deliveries.state, 'waiting')))
  if (matched(done) !== 1) throw new Error('this delivery has passed to another worker')
}

/** How many deliveries wait and how many are parked, for the park's desk. */
export async function deliveryCounts(app: App): Promise<{ waiting: number; parked: number }> {
  const rows = await app.read
    .select({ state: deliveries.state, n: sql<number | string>`count(*)` })
    .from(deliveries)
    .where(inArray(deliveries.state, ['waiting', 'parked']))
    .groupBy(deliveries.state)
  const of = (state: string) => Number(rows.find((r) => r.state === state)?.n ?? 0)
  return { waiting: of('waiting'), parked: of('parked') }
}
