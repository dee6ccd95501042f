/** What there is to see of a session that is over. */
import { and, asc, eq } from 'drizzle-orm'
import type { LiveSessionId } from '../../../shared/ids.ts'
import type { Db } from '../../platform/db.ts'
import type { SessionFacts } from './facts.ts'
import { recordings } from './tables.ts'

/** The films of a session in their order. One query. */
export const readyFilms = (db: Db, sessionId: LiveSessionId) =>
  db
    .select({ id: recordings.id, beganAt: recordings.beganAt, ms: recordings.ms })
    .from(recordings)
    .where(and(eq(recordings.sessionId, sessionId), eq(recordings.state, 'ready')))
    .orderBy(asc(recordings.beganAt), asc(recordings.id))

/** Whether buyers may see a session again: it is over, and the park did not stop it. */
export const mayReplay = (session: Pick<SessionFacts, 'state' | 'endedBecause'>): boolean =>
  session.state === 'ended' && session.endedBecause !== 'park'

/** Whether there is a film of it. One query. */
export const hasFilm = async (db: Db, sessionId: LiveSessionId): Promise<boolean> => (await readyFilms(db, sessionId)).length > 0
