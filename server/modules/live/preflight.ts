/** The check before a broadcast: what keeps a session from going on air, unless the park has allowed it. */
import { and, eq } from 'drizzle-orm'
import type { LiveSessionId, ShopId, UserId } from '../../../shared/ids.ts'
import { type PreflightFinding, preflight } from '../../../shared/live/preflight.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { Instant } from '../../../shared/time.ts'
import type { Db } from '../../platform/db.ts'
import { matched } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { sellables } from '../catalogue/index.ts'
import { doubtsIn, readingNow } from '../moderation/index.ts'
import { bagOf } from './facts.ts'
import { liveSessions } from './tables.ts'

export interface Preflight {
  findings: PreflightFinding[]
  /** Whether nobody may go on air: something blocks, and the park has not allowed it. */
  blocked: boolean
  allowed: { at: Instant; why: string } | null
}

/** How a session stands before it goes on air. Refuses `notFound`. Four queries. */
export async function preflightOf(db: Db, sessionId: LiveSessionId): Promise<Preflight> {
  const [session] = await db
    .select({ title: liveSessions.title, coverId: liveSessions.coverId, at: liveSessions.allowedAt, why: liveSessions.allowedWhy })
    .from(liveSessions)
    .where(eq(liveSessions.id, sessionId))
  if (!session) throw refuse('notFound')
  const items = await bagOf(db, sessionId)
  const wares = await sellables(
    db,
    items.map((item) => item.skuId),
  )
  const reading = await readingNow(db)
  const findings = preflight({
    doubts: doubtsIn(reading, session.title),
    hasCover: session.coverId !== null,
    wares: items.map(({ number, listingId, skuId }) => {
      const ware = wares.get(skuId)
      const title = ware?.title ?? ''
      return { number, listingId, title, onSale: ware?.onSale ?? false, left: ware?.left ?? 0, doubts: doubtsIn(reading, title) }
    }),
  })
  const allowed = session.at === null ? null : { at: session.at, why: session.why ?? '' }
  return { findings, allowed, blocked: allowed === null && findings.some((f) => f.blocks) }
}

/** Refuses `notReady`, with the first cause, while something keeps this session from going on air. */
export async function mustBeReady(db: Db, sessionId: LiveSessionId): Promise<void> {
  const { blocked, findings } = await preflightOf(db, sessionId)
  if (blocked) throw refuse('notReady', { cause: findings[0]?.words ?? '' })
}

/** The check as the session's shop sees it. Refuses `notFound` for any other's. */
export async function shopPreflight(db: Db, shopId: ShopId, sessionId: LiveSessionId): Promise<Preflight> {
  const own = and(eq(liveSessions.id, sessionId), eq(liveSessions.shopId, shopId))
  const [session] = await db.select({ id: liveSessions.id }).from(liveSessions).where(own)
  if (!session) throw refuse('notFound')
  return preflightOf(db, sessionId)
}

/** The park lets an announced session go on air with what was found; the first word stands. Refuses `notFound`, `stale` when it is not announced (any more). */
export async function allowSession(work: Work, sessionId: LiveSessionId, userId: UserId, why: string): Promise<void> {
  const [session] = await work.db
    .select({ shopId: liveSessions.shopId, at: liveSessions.allowedAt })
    .from(liveSessions)
    .where(eq(liveSessions.id, sessionId))
  if (!session) throw refuse('notFound')
  if (session.at !== null) return
  const moved = await work.db
    .update(liveSessions)
    .set({ allowedAt: work.now, allowedBy: userId, allowedWhy: why })
    .where(and(eq(liveSessions.id, sessionId), eq(liveSessions.state, 'scheduled')))
  if (matched(moved) === 0) throw refuse('stale')
  await work.tell('session.allowed', { sessionId, shopId: session.shopId })
}
