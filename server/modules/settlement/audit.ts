import { desc, eq, sql } from 'drizzle-orm'
import type { AuditRunId } from '../../../shared/ids.ts'
import { after, type Instant, MINUTE } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { sqlTime } from '../../platform/columns.ts'
import { newId } from '../../platform/work.ts'
import { invariants } from './invariants.ts'
import { auditFindings, auditRuns } from './tables.ts'

/** What may still be on its way is not held against the books. */
const GRACE = 10 * MINUTE
/** Rows of one invariant that are kept; the count tells how many there are. */
const KEPT = 20

export interface Broken {
  no: number
  words: string
  count: number
  rows: { ref: string; facts: string }[]
}

/** Reads every invariant as of now; those that hold are left out. One statement each, read only. */
export async function brokenInvariants(app: App, now: Instant = app.clock.now()): Promise<Broken[]> {
  const before = sqlTime(after(now, -GRACE))
  const broken: Broken[] = []
  for (const { no, words, broken: rowsBreaking } of invariants) {
    const [found] = (await app.read.execute(rowsBreaking(before))) as unknown as [{ ref: string; facts: string }[]]
    if (found.length > 0)
      broken.push({
        no,
        words,
        count: found.length,
        rows: found.slice(0, KEPT).map((r) => ({ ref: String(r.ref), facts: String(r.facts) })),
      })
  }
  const changed = await changedLedger(app)
  return changed ? [...broken, changed] : broken
}

/** The ledger's rows up to an instant, as a count and a mark over all of them. */
async function ledgerMark(app: App, until: Instant): Promise<{ rows: number; mark: string }> {
  const [found] = (await app.read.execute(
    sql`select count(*) as n, coalesce(bit_xor(crc32(concat_ws('|', id, booking, account, cause, shop_id, sub_order_id, delta_fen, booked_at))), 0) as mark
        from ledger_entries where booked_at < ${sqlTime(until)}`,
  )) as unknown as [{ n: number | string; mark: number | string }[]]
  return { rows: Number(found[0]?.n ?? 0), mark: String(found[0]?.mark ?? 0) }
}

/** Invariant 8: what the last audit saw of the ledger is still there, to the byte. */
async function changedLedger(app: App): Promise<Broken | null> {
  const [last] = await app.read.select().from(auditRuns).orderBy(desc(auditRuns.ranAt)).limit(1)
  if (!last) return null
  const { rows, mark } = await ledgerMark(app, last.ledgerUntil)
  if (rows === last.ledgerRows && mark === last.ledgerMark) return null
  const facts = `${last.ledgerRows} rows with mark ${last.ledgerMark}, now ${rows} with ${mark}`
  return { no: 8, words: '账本只增不改', count: 1, rows: [{ ref: last.id, facts }] }
}

/** The nightly audit: every invariant, and what was found kept for the park to see. */
export async function auditBooks(app: App): Promise<Broken[]> {
  const now = app.clock.now()
  const broken = await brokenInvariants(app, now)
  const until = after(now, -GRACE)
  const { rows, mark } = await ledgerMark(app, until)
  const id: AuditRunId = newId('AuditRun')
  await app.work({ kind: 'clock', job: 'settlement.audit' }, async (work) => {
    await work.db
      .insert(auditRuns)
      .values({ id, ranAt: now, broken: broken.length, ledgerUntil: until, ledgerRows: rows, ledgerMark: mark })
    if (broken.length > 0)
      await work.db.insert(auditFindings).values(broken.map((b) => ({ runId: id, no: b.no, words: b.words, found: b.count, rows: b.rows })))
  })
  for (const b of broken) app.log('error', 'an invariant is broken', { no: b.no, count: b.count, first: b.rows[0]?.ref ?? '' })
  return broken
}

/** The latest audit with what it found, or null before the first. Two queries. */
export async function latestAudit(app: App) {
  const [run] = await app.read.select().from(auditRuns).orderBy(desc(auditRuns.ranAt)).limit(1)
  if (!run) return null
  const found = await app.read.select().from(auditFindings).where(eq(auditFindings.runId, run.id))
  return {
    ranAt: run.ranAt,
    checked: invariants.length + 1,
    ledgerRows: run.ledgerRows,
    broken: found.map(({ no, words, found: n, rows }) => ({ no, words, count: n, rows })),
  }
}
