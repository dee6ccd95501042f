/** What live knows of a session and its bag, for its own files and for other rooms; no pictures, no prices. */
import { and, asc, eq, inArray } from 'drizzle-orm'
import type { AssetId, BagItemId, ListingId, LiveSessionId, ShopId, SkuId, UserId } from '../../../shared/ids.ts'
import { notOver, onAir, type SessionState } from '../../../shared/live/flow.ts'
import type { EndedBecause } from '../../../shared/live/words.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { Instant } from '../../../shared/time.ts'
import type { Db } from '../../platform/db.ts'
import { isOpen } from '../tenants/index.ts'
import { bagItems, liveSessions } from './tables.ts'

export interface SessionFacts {
  id: LiveSessionId
  shopId: ShopId
  state: SessionState
  title: string
  coverId: AssetId | null
  aiHost: boolean
  startsAt: Instant
  startedAt: Instant | null
  endedAt: Instant | null
  endedBecause: EndedBecause | null
  stopReason: string | null
  streamName: string
  streamerUserId: UserId
  pinnedBagItemId: BagItemId | null
  pinSeq: number
}

export interface BagFacts {
  id: BagItemId
  number: number
  listingId: ListingId
  skuId: SkuId
}

/** The columns of SessionFacts. */
export const sessionColumns = {
  id: liveSessions.id,
  shopId: liveSessions.shopId,
  state: liveSessions.state,
  title: liveSessions.title,
  coverId: liveSessions.coverId,
  aiHost: liveSessions.aiHost,
  startsAt: liveSessions.startsAt,
  startedAt: liveSessions.startedAt,
  endedAt: liveSessions.endedAt,
  endedBecause: liveSessions.endedBecause,
  stopReason: liveSessions.stopReason,
  streamName: liveSessions.streamName,
  streamerUserId: liveSessions.streamerUserId,
  pinnedBagItemId: liveSessions.pinnedBagItemId,
  pinSeq: liveSessions.pinSeq,
}

/** One session, or null. */
export async function sessionOf(db: Db, sessionId: LiveSessionId): Promise<SessionFacts | null> {
  const [row] = await db.select(sessionColumns).from(liveSessions).where(eq(liveSessions.id, sessionId))
  return row ?? null
}

/** One session as buyers may know of it: null also while its shop is suspended. Two queries. */
export async function shownSession(db: Db, sessionId: LiveSessionId): Promise<SessionFacts | null> {
  const session = await sessionOf(db, sessionId)
  return session && (await isOpen(db, session.shopId)) ? session : null
}

/** What a session sells, in the order of the screen. */
export async function bagOf(db: Db, sessionId: LiveSessionId): Promise<BagFacts[]> {
  return db
    .select({ id: bagItems.id, number: bagItems.number, listingId: bagItems.listingId, skuId: bagItems.skuId })
    .from(bagItems)
    .where(and(eq(bagItems.sessionId, sessionId), eq(bagItems.inBag, true)))
    .orderBy(asc(bagItems.position), asc(bagItems.number))
}

/** The session an order says it came from. Orders that arrive after its end keep it: they were begun in it. Refuses `notFound`. */
export async function sessionForOrder(
  db: Db,
  sessionId: LiveSessionId,
): Promise<{ id: LiveSessionId; shopId: ShopId; state: SessionState; title: string }> {
  const session = await sessionOf(db, sessionId)
  if (!session) throw refuse('notFound')
  return { id: session.id, shopId: session.shopId, state: session.state, title: session.title }
}

/** Whether people may speak in this state. */
export const talks = (state: SessionState): boolean => (onAir as readonly SessionState[]).includes(state)

/** What of a shop is on air. */
export async function sessionsOnAir(db: Db, shopId: ShopId): Promise<LiveSessionId[]> {
  const rows = await db
    .select({ id: liveSessions.id })
    .from(liveSessions)
    .where(and(eq(liveSessions.shopId, shopId), inArray(liveSessions.state, [...onAir])))
  return rows.map((r) => r.id)
}

/** The sessions not yet over whose bag holds this sku. */
export async function sessionsSelling(db: Db, what: { skuId: SkuId } | { listingId: ListingId }): Promise<LiveSessionId[]> {
  const rows = await db
    .select({ id: liveSessions.id })
    .from(bagItems)
    .innerJoin(liveSessions, eq(liveSessions.id, bagItems.sessionId))
    .where(
      and(
        'skuId' in what ? eq(bagItems.skuId, what.skuId) : eq(bagItems.listingId, what.listingId),
        eq(bagItems.inBag, true),
        inArray(liveSessions.state, [...notOver]),
      ),
    )
  return rows.map((r) => r.id)
}
