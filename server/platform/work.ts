/**
 * A Work 工作单元: one transaction, one reading of the clock, one actor; retried whole when the database asks for it. It can be retried
 * because nothing in it reaches outside: Work has no ports.
 */
import { and, inArray, type SQL, sql } from 'drizzle-orm'
import type { MySqlColumn, MySqlTable } from 'drizzle-orm/mysql-core'
import { ulid } from 'ulid'
import type { Flow } from '../../shared/flow.ts'
import { type Id, idPrefixes, type Noun } from '../../shared/ids.ts'
import { refuse } from '../../shared/refusals.ts'
import type { Instant } from '../../shared/time.ts'
import type { EventName, Events } from '../events.ts'
import type { Actor } from './actor.ts'
import { type Database, type Db, isLost, matched, repeated } from './db.ts'
import { deliveries, events } from './tables.ts'

export type { Actor }

export interface Work {
  db: Db
  now: Instant
  by: Actor
  /** Writes the event and a delivery for each of its subscribers, in this same transaction. */
  tell<E extends EventName>(event: E, facts: Events[E]): Promise<void>
  /** The same work in somebody else's name: several who hear something may share one commit. */
  as(by: Actor): Work
}

/** A fresh id: time-ordered, not guessable. */
export const newId = <N extends Noun>(noun: N): Id<N> => `${idPrefixes[noun]}_${ulid()}` as Id<N>

/** Runs `act` in a work of its own. `told` hears the names of the events after the commit. */
export async function runWork<T>(
  database: Database,
  now: () => Instant,
  subscribersOf: (event: EventName) => readonly string[],
  by: Actor,
  act: (work: Work) => Promise<T>,
  told: (events: { name: EventName; facts: unknown }[]) => void,
): Promise<T> {
  const { result, said } = await repeated(async () => {
    const connection = await database.take()
    const said: { name: EventName; facts: unknown }[] = []
    const at = now()
    try {
      await connection.run('START TRANSACTION')
      const workOf = (actor: Actor): Work => ({
        db: connection.db,
        now: at,
        by: actor,
        as: workOf,
        tell: async (name, facts) => {
          said.push({ name, facts })
          const eventId = newId('Event')
          await connection.db.insert(events).values({ id: eventId, name, facts, actor, happenedAt: at })
          const names = subscribersOf(name)
          if (names.length > 0)
            await connection.db
              .insert(deliveries)
              .values(
                names.map((subscriber) => ({ id: newId('Delivery'), eventId, subscriber, state: 'waiting' as const, tries: 0, dueAt: at })),
              )
        },
      })
      const result = await act(workOf(by))
      await connection.run('COMMIT')
      connection.release()
      return { result, said }
    } catch (error) {
      if (isLost(error)) connection.destroy()
      else {
        try {
          await connection.run('ROLLBACK')
          connection.release()
        } catch {
          connection.destroy()
        }
      }
      throw error
    }
  })
  if (said.length > 0) told(said)
  return result
}

/** A table that a flow runs on. */
type FlowTable = MySqlTable & { id: MySqlColumn; state: MySqlColumn }

/**
 * Advances a row by one act: one conditional UPDATE. Answers whether it moved; nought rows means somebody was faster or the act is not
 * allowed from the present state. `and` narrows the row further (its shop, its owner).
 */
export async function tryAdvance<F extends Flow>(
  work: Work,
  table: FlowTable,
  id: string,
  flow: F,
  act: F extends { from(a: infer A): unknown } ? A : never,
  extra: Record<string, unknown> = {},
  also?: SQL,
): Promise<boolean> {
  const from = flow.from(act as string)
  const targets = new Set(from.map((s) => flow.next(s, act as string)))
  const [to] = targets
  if (targets.size !== 1 || to === undefined) throw new Error(`act ${String(act)} must lead to one state`)
  const result = await work.db
    .update(table)
    .set({ ...extra, state: to } as never)
    .where(and(sql`${table.id} = ${id}`, inArray(table.state, from), also))
  return matched(result) === 1
}

/** As `tryAdvance`, but refuses with `stale` when nothing moved. */
export async function advance<F extends Flow>(
  work: Work,
  table: FlowTable,
  id: string,
  flow: F,
  act: F extends { from(a: infer A): unknown } ? A : never,
  extra: Record<string, unknown> = {},
  also?: SQL,
): Promise<void> {
  if (!(await tryAdvance(work, table, id, flow, act, extra, also))) throw refuse('stale')
}
