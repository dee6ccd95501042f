/** What the control desk counts: by the minute and in sum. */
import { and, eq, gte, inArray, sql } from 'drizzle-orm'
import type { LiveSessionId, ShopId } from '../../../shared/ids.ts'
import { addFen, type Fen, fen } from '../../../shared/money.ts'
import { type Instant, instant, MINUTE, SECOND } from '../../../shared/time.ts'
import { sqlTime } from '../../platform/columns.ts'
import type { Db } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { sessionFigures, sessionTotals } from './tables.ts'

/** A viewer count that nobody has renewed for so long counts nobody: the node that counted is gone. */
const VIEWERS_FRESH = 90 * SECOND

const minuteOf = (at: Instant): Instant => instant(at - (at % MINUTE))

async function addToMinute(work: Work, sessionId: LiveSessionId, add: { orders: number; paidFen: Fen; chats: number }): Promise<void> {
  await work.db.execute(
    sql`insert into ${sessionFigures} (session_id, minute_at, orders, paid_fen, chats)
        values (${sessionId}, ${sqlTime(minuteOf(work.now))}, ${add.orders}, ${add.paidFen}, ${add.chats})
        on duplicate key update orders = orders + values(orders), paid_fen = paid_fen + values(paid_fen), chats = chats + values(chats)`,
  )
}

/** Counts a paid order of which `paidFen` is for the session's shop. */
export async function countOrder(work: Work, sessionId: LiveSessionId, paidFen: Fen): Promise<void> {
  await addToMinute(work, sessionId, { orders: 1, paidFen, chats: 0 })
  await work.db
    .update(sessionTotals)
    .set({ orders: sql`${sessionTotals.orders} + 1`, paidFen: sql`${sessionTotals.paidFen} + ${paidFen}` })
    .where(eq(sessionTotals.sessionId, sessionId))
}

/** Counts what was said and liked since the last time; answers the sum of likes. */
export async function countTalk(work: Work, sessionId: LiveSessionId, add: { chats: number; likes: number }): Promise<number> {
  if (add.chats > 0) await addToMinute(work, sessionId, { orders: 0, paidFen: fen(0), chats: add.chats })
  if (add.likes > 0)
    await work.db
      .update(sessionTotals)
      .set({ likes: sql`${sessionTotals.likes} + ${add.likes}` })
      .where(eq(sessionTotals.sessionId, sessionId))
  return likesOf(work.db, sessionId)
}

/** Notes how many are in the room. */
export async function noteViewers(work: Work, sessionId: LiveSessionId, viewers: number): Promise<void> {
  await work.db.update(sessionTotals).set({ viewers, viewersAt: work.now }).where(eq(sessionTotals.sessionId, sessionId))
}

/** The likes of a session so far. */
export async function likesOf(db: Db, sessionId: LiveSessionId): Promise<number> {
  const [row] = await db.select({ likes: sessionTotals.likes }).from(sessionTotals).where(eq(sessionTotals.sessionId, sessionId))
  return row?.likes ?? 0
}

/** How many are in the room, by session. */
export async function viewersOf(db: Db, ids: readonly LiveSessionId[], now: Instant): Promise<Map<LiveSessionId, number>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: sessionTotals.sessionId, viewers: sessionTotals.viewers, at: sessionTotals.viewersAt })
    .from(sessionTotals)
    .where(inArray(sessionTotals.sessionId, [...ids]))
  return new Map(rows.map((r) => [r.id, now - r.at < VIEWERS_FRESH ? r.viewers : 0]))
}

export interface Figures {
  viewers: number
  likes: number
  orders: number
  paidFen: Fen
  /** The present minute and the nine before it, beside the ten before those. */
  last10: { orders: number; paidFen: Fen; chats: number }
  before10: { orders: number; paidFen: Fen; chats: number }
}

/** The strip of numbers on the control desk. */
export async function figuresOf(db: Db, sessionId: LiveSessionId, now: Instant): Promise<Figures> {
  const [totals] = await db.select().from(sessionTotals).where(eq(sessionTotals.sessionId, sessionId))
  const middle = instant(minuteOf(now) - 9 * MINUTE)
  const rows = await db
    .select()
    .from(sessionFigures)
    .where(and(eq(sessionFigures.sessionId, sessionId), gte(sessionFigures.minuteAt, instant(middle - 10 * MINUTE))))
  const sum = (some: typeof rows) => ({
    orders: some.reduce((n, r) => n + r.orders, 0),
    paidFen: addFen(...some.map((r) => r.paidFen)),
    chats: some.reduce((n, r) => n + r.chats, 0),
  })
  return {
    viewers: totals && now - totals.viewersAt < VIEWERS_FRESH ? totals.viewers : 0,
    likes: totals?.likes ?? 0,
    orders: totals?.orders ?? 0,
    paidFen: totals?.paidFen ?? fen(0),
    last10: sum(rows.filter((r) => r.minuteAt >= middle)),
    before10: sum(rows.filter((r) => r.minuteAt < middle)),
  }
}

/** The part of a paid order that belongs to one shop; null when none does. */
export const partOf = (subOrders: readonly { shopId: ShopId; payableFen: Fen }[], shopId: ShopId): Fen | null => {
  const ours = subOrders.filter((s) => s.shopId === shopId)
  return ours.length === 0 ? null : addFen(...ours.map((s) => s.payableFen))
}
