/** Lists page by keyset: the cursor names the last row seen by its time and id, so that a page costs the same wherever it is. */
import { and, eq, lt, or, type SQL } from 'drizzle-orm'
import type { MySqlColumn } from 'drizzle-orm/mysql-core'
import { z } from 'zod'
import { instant } from '../../shared/time.ts'

/** The input of every list. */
export const pageInput = { cursor: z.string().max(80).nullish(), limit: z.number().int().min(1).max(50).default(20) }

export interface Page {
  cursor?: string | null | undefined
  limit: number
}

/** The WHERE that goes on after the cursor, newest first; a cursor that is none begins anew. */
export const afterCursor = (page: Page, at: MySqlColumn, id: MySqlColumn): SQL | undefined => {
  const m = /^(\d{1,15})~([0-9A-Za-z_]{1,40})$/.exec(page.cursor ?? '')
  if (!m) return undefined
  const time = instant(Number(m[1]))
  return or(lt(at, time), and(eq(at, time), lt(id, m[2])))
}

/** Cuts what was read with `limit + 1` into a page. */
export const cut = <R>(page: Page, rows: R[], key: (row: R) => { at: number; id: string }): { rows: R[]; next: string | null } => {
  const kept = rows.slice(0, page.limit)
  const last = kept.at(-1)
  if (rows.length <= page.limit || last === undefined) return { rows: kept, next: null }
  const { at, id } = key(last)
  return { rows: kept, next: `${at}~${id}` }
}
