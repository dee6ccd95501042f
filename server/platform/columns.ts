/** The house's own column kinds, the same on MariaDB, MySQL 8 and TiDB. */
import { customType } from 'drizzle-orm/mysql-core'
import { type Id, isId, type Noun } from '../../shared/ids.ts'
import { type Fen, fen } from '../../shared/money.ts'
import { type Instant, instant } from '../../shared/time.ts'

/** A branded id: varchar(30), compared by bytes. */
export const idOf = <N extends Noun>(noun: N, name: string) =>
  customType<{ data: Id<N>; driverData: string }>({
    dataType: () => 'varchar(30) character set ascii collate ascii_bin',
    fromDriver: (value) => {
      if (!isId(noun, value)) throw new Error(`column ${name} holds no ${noun} id`)
      return value
    },
  })(name)

/** Codes and keys that machines compare: ASCII, by bytes. */
export const code = (name: string, length: number) =>
  customType<{ data: string; driverData: string }>({ dataType: () => `varchar(${length}) character set ascii collate ascii_bin` })(name)

/** One of a few named states. */
export const stateOf = <S extends string>(name: string) =>
  customType<{ data: S; driverData: string }>({ dataType: () => 'varchar(24) character set ascii collate ascii_bin' })(name)

/** Text that people write and read. */
export const words = (name: string, length: number) =>
  customType<{ data: string; driverData: string }>({ dataType: () => `varchar(${length})` })(name)

/** Whole fen in a bigint. Past 2^53 the driver hands over a string, which fen() refuses rather than rounds. */
export const fenColumn = (name: string) =>
  customType<{ data: Fen; driverData: number | string }>({
    dataType: () => 'bigint',
    fromDriver: (value) => fen(typeof value === 'string' ? Number(value) : value),
  })(name)

/** An instant: datetime(3) in UTC. */
export const instantColumn = (name: string) =>
  customType<{ data: Instant; driverData: string }>({
    dataType: () => 'datetime(3)',
    toDriver: (at) => sqlTime(at),
    fromDriver: (value) => readSqlTime(value),
  })(name)

/** Milliseconds as MySQL's datetime(3) in UTC, for hand-written SQL. */
export const sqlTime = (at: Instant): string => new Date(at).toISOString().slice(0, 23).replace('T', ' ')

/** The way back from `sqlTime`. */
export const readSqlTime = (value: string): Instant => instant(Date.parse(`${value.replace(' ', 'T')}Z`))

/** JSON, parsed once: MariaDB hands it over as text, MySQL 8 as an object. */
export const jsonColumn = <T>(name: string) =>
  customType<{ data: T; driverData: string | object }>({
    dataType: () => 'json',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (value) => (typeof value === 'string' ? JSON.parse(value) : value) as T,
  })(name)
