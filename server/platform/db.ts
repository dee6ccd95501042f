/** The database: one pool, pinned character set and time zone, and a limit on how long anything may take. */
import { drizzle, type MySql2Database } from 'drizzle-orm/mysql2'
import mysql from 'mysql2'

/** What reads and acts query through. */
export type Db = MySql2Database<Record<string, never>>

/** A query that has not answered by now will not: the connection is given up, not waited for. */
const QUERY_TIMEOUT_MS = 10_000

export interface Database {
  /** For reads outside a work. */
  read: Db
  /** A connection of one's own; give it back with `release`, or `destroy` when its state is unknown. */
  take(): Promise<{ db: Db; run(sql: string): Promise<void>; release(): void; destroy(): void }>
  end(): Promise<void>
}

/** Opens the pool. Rows hold times as text and big numbers as text where a double would round. */
export const openDatabase = (url: string, limit: number): Database => {
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
    connection.query(
      "SET time_zone = '+00:00', innodb_lock_wait_timeout = 5, sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO'",
    )
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
  })
  const promised = pool.promise()
  return {
    read: drizzle(withTimeout(pool) as never) as unknown as Db,
    async take() {
      const connection = await promised.getConnection()
      const raw = withTimeout(connection.connection)
      let over = false
      return {
        db: drizzle(raw as never) as unknown as Db,
        run: async (sql) => {
          await connection.query({ sql, timeout: QUERY_TIMEOUT_MS })
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

type Queryable = { query(...args: unknown[]): unknown; execute(...args: unknown[]): unknown }

/** The driver waits for ever by default; every query that comes through here has a limit. */
function withTimeout<T extends object>(client: T): T {
  const limited =
    (fn: (...args: unknown[]) => unknown, owner: object) =>
    (first: unknown, ...rest: unknown[]) =>
      fn.call(
        owner,
        typeof first === 'object' && first !== null ? { timeout: QUERY_TIMEOUT_MS, ...first } : { sql: first, timeout: QUERY_TIMEOUT_MS },
        ...rest,
      )
  return new Proxy(client, {
    get(target, key) {
      const value = Reflect.get(target, key) as unknown
      if (key === 'query' || key === 'execute') return limited((target as unknown as Queryable)[key].bind(target), target)
      if (key === 'promise' && typeof value === 'function') {
        return () => withTimeout((value as () => object).call(target))
      }
      return typeof value === 'function' ? (value as (...a: unknown[]) => unknown).bind(target) : value
    },
  })
}

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

/** Whether a unique key refused an insert. */
export const isDuplicate = (error: unknown): boolean => errnoOf(error) === 1062

/** Whether the connection itself is lost or silent, so that it must not go back into the pool. */
export const isLost = (error: unknown): boolean => {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    const c = (e as { code?: unknown; fatal?: unknown }).code
    if ((e as { fatal?: unknown }).fatal === true) return true
    if (c === 'PROTOCOL_SEQUENCE_TIMEOUT' || c === 'ETIMEDOUT' || c === 'ECONNRESET' || c === 'PROTOCOL_CONNECTION_LOST') return true
  }
  return false
}

/** How many rows a write matched. */
export const matched = (result: unknown): number => (result as [{ affectedRows: number }])[0].affectedRows
