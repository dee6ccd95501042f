/** What live does when a time has come. */
import { and, asc, eq, lte, or } from 'drizzle-orm'
import { SESSION_SPAN } from '../../../shared/live/limits.ts'
import { Refusal } from '../../../shared/refusals.ts'
import { HOUR, instant, MINUTE, SECOND } from '../../../shared/time.ts'
import type { App, Job } from '../../platform/app.ts'
import { sqlTime } from '../../platform/columns.ts'
import type { Actor, Work } from '../../platform/work.ts'
import { cancelNeverStarted, endAbandoned } from './end-session.ts'
import { streamGoesOn, streamStopped } from './follow-stream.ts'
import { closeForgotten, dropFilms, makeFilms } from './recordings.ts'
import { liveSessions } from './tables.ts'

const BATCH = 50
/** A push this young may not show in the media server's figures yet. */
const SETTLE = 15 * SECOND

/** Runs an act for each row in a work of its own; a row that somebody else has moved meanwhile is theirs. */
const each = async <T>(app: App, job: string, rows: readonly T[], act: (work: Work, row: T) => Promise<unknown>) => {
  const by: Actor = { kind: 'clock', job }
  for (const row of rows) {
    try {
      await app.work(by, (work) => act(work, row))
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'stale')) throw error
    }
  }
}

const due = { id: liveSessions.id, shopId: liveSessions.shopId }

/** Sessions without a picture for longer than the house waits are over. */
const endAbandonedSessions: Job = {
  name: 'live.end-abandoned',
  everyMs: 5 * SECOND,
  run: async (app) => {
    const goneSince = instant(app.clock.now() - app.settings.abandonedMinutes * MINUTE)
    const rows = await app.read
      .select(due)
      .from(liveSessions)
      .where(and(eq(liveSessions.state, 'interrupted'), lte(liveSessions.interruptedAt, goneSince)))
      .orderBy(asc(liveSessions.startsAt))
      .limit(BATCH)
    await each(app, 'live.end-abandoned', rows, (work, row) => endAbandoned(work, row, sqlTime(goneSince)))
  },
}

/** Announcements that nobody followed within twelve hours are put away. */
const cancelNeverStartedSessions: Job = {
  name: 'live.cancel-never-started',
  everyMs: 5 * MINUTE,
  run: async (app) => {
    const rows = await app.read
      .select(due)
      .from(liveSessions)
      .where(and(eq(liveSessions.state, 'scheduled'), lte(liveSessions.startsAt, instant(app.clock.now() - SESSION_SPAN))))
      .orderBy(asc(liveSessions.startsAt))
      .limit(BATCH)
    await each(app, 'live.cancel-never-started', rows, cancelNeverStarted)
  },
}

/**
 * Sessions that count as live while nobody pushes are interrupted, and the other way round. The hooks tell of every push and its end; this is
 * for what was never told, because the house itself was down, or for a figure that came too late.
 */
const followStreams: Job = {
  name: 'live.follow-streams',
  everyMs: 15 * SECOND,
  run: async (app) => {
    const settled = instant(app.clock.now() - SETTLE)
    const rows = await app.read
      .select({ stream: liveSessions.streamName, publisherId: liveSessions.publisherId, state: liveSessions.state })
      .from(liveSessions)
      .where(
        or(
          and(eq(liveSessions.state, 'live'), lte(liveSessions.publishedAt, settled)),
          and(eq(liveSessions.state, 'interrupted'), lte(liveSessions.interruptedAt, settled)),
        ),
      )
      .limit(500)
    for (const { stream, publisherId, state } of rows) {
      const publishing = (await app.ports.media.stats(stream))?.publishing ?? false
      if (publisherId === null || publishing === (state === 'live')) continue
      await app.work({ kind: 'clock', job: 'live.follow-streams' }, (work) =>
        publishing ? streamGoesOn(work, stream, publisherId) : streamStopped(work, stream, publisherId),
      )
    }
  },
}

export const jobs: readonly Job[] = [
  endAbandonedSessions,
  cancelNeverStartedSessions,
  followStreams,
  { name: 'live.close-recordings', everyMs: MINUTE, run: closeForgotten },
  { name: 'live.make-films', everyMs: 10 * SECOND, slow: true, run: makeFilms },
  { name: 'live.drop-films', everyMs: HOUR, run: dropFilms },
]
