import { and, eq } from 'drizzle-orm'
import type { LiveSessionId, ShopId } from '../../../shared/ids.ts'
import { notOver, type SessionState } from '../../../shared/live/flow.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { Work } from '../../platform/work.ts'
import { liveSessions } from './tables.ts'

/** Locks a session of this shop for the rest of the work; refuses `notFound` for any other shop's. */
export async function lockOurs(work: Work, shopId: ShopId, sessionId: LiveSessionId) {
  const [row] = await work.db
    .select()
    .from(liveSessions)
    .where(and(eq(liveSessions.id, sessionId), eq(liveSessions.shopId, shopId)))
    .for('update')
  if (!row) throw refuse('notFound')
  return row
}

/** The same, and it is not over: refuses `sessionOver`. */
export async function lockOursOpen(work: Work, shopId: ShopId, sessionId: LiveSessionId) {
  const row = await lockOurs(work, shopId, sessionId)
  if (!(notOver as readonly SessionState[]).includes(row.state)) throw refuse('sessionOver')
  return row
}
