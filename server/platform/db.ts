/** The database: one pool, pinned character set and time zone, and a limit on how long anything may take. */
import { drizzle, type MySql2Database } from 'drizzle-orm/mysql2'
import mysql, { type QueryOptions } from 'mysql2'
import type { PoolConnection } from 'mysql2/promise'

/** What reads and acts query through. */
export type Db = MySql2Database<Record<string, never>>

/** A query that has not answered by now will not: the connection is given up, not waited for. */
const ANSWER_WITHIN_MS = 10_000

/** Nobody answered in time, neither the database nor, where all connections are taken, the pool. What was asked may have been done. */
export class DatabaseSilent extends Error {
  override name = 'DatabaseSilent'
  readonly code = 'DATABASE_SILENT'
}

const answered = async <T>(what: Promise<T>, ms: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DatabaseSilent(`no answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([what, late])
  } finally {
    clearTimeout(timer)
  }
}

export interface Database {
  /** For reads, and single statements, outside a work. */
  read: Db
  /** A connection of one's own; give it back with `release`, or `destroy` when its state is unknown. */
  take(): Promise<{ db: Db; run(sql: string): Promise<void>; release(): void; destroy(): void }>
  end(): Promise<void>
}

/** Opens the pool. Rows hold times as text and big numbers as text where a double would round. */
export const openDatabase = (url: string, limit: number, withinMs: number = ANSWER_WITHIN_MS): Database => {
  const at = new URL(url)
  const socketPath = at.searchParams.get('socketPath')
  const pool = mysql.createPool({
    ...(socketPath ? { socketPath } : { host: at.hostname, port: Number(at.port || 3306) }),
    user: decodeURIComponent(at.username),
    password: decodeURIComponent(at.password),
    database: at.pathname.slice(1),
    connectionLimit: limit,
    queueLimit: limit * 20,
    connectTimeout: 5_000,
    charset: 'utf8mb4_unicode_ci',
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: false,
    enableKeepAlive: true,
    // affectedRows counts the rows that matched, so that writing the same value again is no "nobody was there"
    flags: ['+FOUND_ROWS'],
  })
  pool.on('connection', (connection) => {
    // a connection that is not set up as we want it must not be used
    const setUp = (error: unknown) => {
      if (error) connection.destroy()
    }
    connection.query(
      "SET time_zone = '+00:00', innodb_lock_wait_timeout = 5, sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO'",
      setUp,
    )
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', setUp)
  })
  const promised = pool.promise()
  const connect = async (): Promise<PoolConnection> => {
    const coming = promised.getConnection()
    try {
      return await answered(coming, withinMs)
    } catch (error) {
      coming.then(
        (late) => late.release(),
        () => {},
      )
      throw error
    }
  }
  const asking = (connection: PoolConnection) => ({
    query: (what: QueryOptions, values?: unknown) => answered(connection.query(what, values as never), withinMs),
  })
  /** One connection for one statement. The driver's own pool would keep a silent connection for ever, and those who wait for it. */
  const once = async (what: QueryOptions, values?: unknown): Promise<unknown> => {
    const connection = await connect()
    try {
      const answer = await asking(connection).query(what, values)
      connection.release()
      return answer
    } catch (error) {
      if (isLost(error)) connection.destroy()
      else connection.release()
      throw error
    }
  }
  const reader = { query: (what: QueryOptions, values?: unknown) => repeated(() => once(what, values)) }
  return {
    read: drizzle(reader as never) as unknown as Db,
    async take() {
      const connection = await connect()
      const client = asking(connection)
      let over = false
      return {
        db: drizzle(client as never) as unknown as Db,
        run: async (sql) => {
          await client.query({ sql })
        },
        release: () => {
          if (!over) connection.release()
          over = true
        },
        destroy: () => {
          if (!over) connection.destroy()
          over = true
        },
      }
    },
    end: () => promised.end(),
  }
}

const TRIES = 5
/** Errors after which the whole work may be tried again: deadlock, lock wait, record changed, TiDB's write conflicts. */
const AGAIN = new Set([1213, 1205, 1020, 8002, 8022, 9007])

const errnoOf = (error: unknown): number | null => {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    const errno = (e as { errno?: unknown }).errno
    if (typeof errno === 'number') return errno
  }
  return null
}

/** Whether the database asks for the transaction to be repeated. */
export const mayTryAgain = (error: unknown): boolean => AGAIN.has(errnoOf(error) ?? 0)

/**
 * Tries again, a little later each time, what the database asks to be repeated: a work, or a statement that is a transaction of its own.
 * What is tried must have been undone by then.
 */
export async function repeated<T>(what: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await what()
    } catch (error) {
      if (attempt >= TRIES || !mayTryAgain(error)) throw error
      await new Promise((done) => setTimeout(done, attempt * 5 + Math.random() * 20 * attempt))
    }
}

/** Whether a unique key refused an insert. */
export const isDuplicate = (error: unknown): boolean => errnoOf(error) === 1062

/** Whether the connection itself is lost or silent, so that it must not go back into the pool. */
export const isLost = (error: unknown): boolean => {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    const c = (e as { code?: unknown; fatal?: unknown }).code
    if ((e as { fatal?: unknown }).fatal === true) return true
    if (c === 'DATABASE_SILENT' || c === 'ETIMEDOUT' || c === 'ECONNRESET' || c === 'PROTOCOL_CONNECTION_LOST') return true
  }
  return false
}

/** How many rows a write matched. */
export const matched = (result: unknown): number => (result as [{ affectedRows: number }])[0].affectedRows
