/** Reads of the room. */
import { and, asc, count, desc, eq, gt, inArray, lt, type SQL } from 'drizzle-orm'
import type { ChatId, LiveSessionId, MeasureId, ShopId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { ChatLine } from '../../../shared/room/feed.ts'
import { RECENT_CHATS } from '../../../shared/room/limits.ts'
import { roomReasons } from '../../../shared/room/moderation.ts'
import { type Instant, instant, MINUTE } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { people } from '../identity/index.ts'
import { shownSession } from '../live/index.ts'
import { shopChips } from '../tenants/index.ts'
import { userKey } from './keys.ts'
import { standingOf } from './standing.ts'
import { chats, roomMeasures } from './tables.ts'

const LATELY = 10 * MINUTE

type ChatRow = typeof chats.$inferSelect

/** Chats as the room shows them, in the order given. */
export async function chatLines(app: App, rows: readonly ChatRow[]): Promise<ChatLine[]> {
  const names = await people(
    app.read,
    rows.map((r) => r.userId),
  )
  return rows.map((r) => ({
    id: r.id,
    nickname: names.get(r.userId)?.nickname ?? '茶友',
    text: r.text,
    at: r.at,
    by: r.speaker,
    userKey: userKey(app.settings.secret, r.sessionId, r.userId),
  }))
}

/** The last chats of a session, oldest first: those shown to all and, for `me`, my own that were held. */
export async function recentChats(app: App, sessionId: LiveSessionId, me: UserId | null): Promise<ChatLine[]> {
  const last = (also: SQL | undefined) =>
    app.read
      .select()
      .from(chats)
      .where(and(eq(chats.sessionId, sessionId), also))
      .orderBy(desc(chats.id))
      .limit(RECENT_CHATS)
  const shown = await last(eq(chats.state, 'shown'))
  const oldest = shown.length === RECENT_CHATS ? shown.at(-1)?.id : undefined
  const held = me ? await last(and(eq(chats.userId, me), eq(chats.state, 'held'), oldest ? gt(chats.id, oldest) : undefined)) : []
  const all = [...shown, ...held].sort((a, b) => (a.id < b.id ? -1 : 1))
  return chatLines(app, all)
}

/** The chats of a session for those who keep it clean, newest first: also what was held or hidden, and what was not sent down for being too many. */
export async function allChats(app: App, sessionId: LiveSessionId, cursor: ChatId | null, limit: number) {
  const rows = await app.read
    .select()
    .from(chats)
    .where(and(eq(chats.sessionId, sessionId), cursor ? lt(chats.id, cursor) : undefined))
    .orderBy(desc(chats.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const lines = await chatLines(app, page)
  return {
    rows: lines.map((line, i) => ({ ...line, state: page[i]?.state ?? ('shown' as const) })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}

type MeasureRow = typeof roomMeasures.$inferSelect

/** Measures as people read them: of whom, about which words, by whom, how it stands. Three queries for all. */
async function measureLines(app: App, rows: readonly MeasureRow[], now: Instant) {
  const names = await people(
    app.read,
    rows.flatMap((r) => [r.userId, r.actorId, r.undoneBy, r.appealEndedBy].filter((id) => id !== null)),
  )
  const ids = rows.map((r) => r.chatId).filter((id) => id !== null)
  const said = ids.length === 0 ? [] : await app.read.select({ id: chats.id, text: chats.text }).from(chats).where(inArray(chats.id, ids))
  const texts = new Map(said.map((c) => [c.id, c.text]))
  const name = (id: UserId | null): string | null => (id ? (names.get(id)?.nickname ?? '茶友') : null)
  return rows.map((r) => ({
    id: r.id,
    sessionId: r.sessionId,
    measure: r.measure,
    reason: r.reason,
    words: r.words,
    pace: r.pace,
    chat: r.chatId ? (texts.get(r.chatId) ?? null) : null,
    person: name(r.userId),
    side: r.side,
    by: name(r.actorId),
    at: r.at,
    endsAt: r.endsAt,
    state: r.state === 'inForce' && r.endsAt !== null && r.endsAt <= now ? ('over' as const) : r.state,
    undoneAt: r.undoneAt,
    undoneBy: name(r.undoneBy),
    appeal: r.appeal,
    appealWords: r.appealWords,
    appealedAt: r.appealedAt,
    appealEndedBy: name(r.appealEndedBy),
  }))
}

/** What was done in a session, newest first. */
export async function measuresOf(app: App, sessionId: LiveSessionId, cursor: MeasureId | null, limit: number) {
  const rows = await app.read
    .select()
    .from(roomMeasures)
    .where(and(eq(roomMeasures.sessionId, sessionId), cursor ? lt(roomMeasures.id, cursor) : undefined))
    .orderBy(desc(roomMeasures.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  return { rows: await measureLines(app, page, app.clock.now()), next: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

/** What people ask the park to look at again, oldest first, at most a hundred. */
export async function openAppeals(app: App) {
  const rows = await app.read
    .select()
    .from(roomMeasures)
    .where(eq(roomMeasures.appeal, 'asked'))
    .orderBy(asc(roomMeasures.appealedAt))
    .limit(100)
  const shops = await shopChips(
    app.read,
    rows.map((r) => r.shopId),
  )
  const lines = await measureLines(app, rows, app.clock.now())
  return lines.map((line, i) => ({ ...line, shopName: shops.get(rows[i]?.shopId as ShopId)?.name ?? '' }))
}

/** How a buyer stands in a room: what keeps them silent or out, and whether they may still ask the park about it. Refuses `notFound`. */
export async function myStanding(app: App, sessionId: LiveSessionId, userId: UserId) {
  const session = await shownSession(app.read, sessionId)
  if (!session) throw refuse('notFound')
  const { mute, block } = await standingOf(app.read, { sessionId, shopId: session.shopId, userId }, app.clock.now())
  const row = block ?? mute
  if (!row) return null
  return {
    measureId: row.id,
    measure: row.measure,
    reason: row.words || roomReasons[row.reason],
    endsAt: row.endsAt,
    appeal: row.appeal,
  }
}

/** How many chats of the last ten minutes were kept back by the check, by session: where somebody should look. One query over what was said lately. */
export async function heldLately(app: App): Promise<{ sessionId: LiveSessionId; held: number }[]> {
  return app.read
    .select({ sessionId: chats.sessionId, held: count() })
    .from(chats)
    .where(and(eq(chats.state, 'held'), gt(chats.at, instant(app.clock.now() - LATELY))))
    .groupBy(chats.sessionId)
    .limit(200)
}
