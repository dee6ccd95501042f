/** Every push is recorded; when it is over it becomes a film, which is kept for three years. */
import { and, asc, eq, lte, ne, or } from 'drizzle-orm'
import { RECORDING_KEPT, recordingFlow } from '../../../shared/live/replay.ts'
import { after, HOUR, instant, MINUTE, SECOND } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { isDuplicate } from '../../platform/db.ts'
import { errorFacts } from '../../platform/log.ts'
import { newId, tryAdvance, type Work } from '../../platform/work.ts'
import { liveSessions, recordings } from './tables.ts'

const AT_ONCE = 5
/** A push that has just begun may not be known everywhere yet. */
const SETTLE = MINUTE
const FIRST_AGAIN = 15 * SECOND
const MOST_AGAIN = HOUR

const ofPush = async (work: Work, stream: string, publisherId: string) => {
  const [row] = await work.db
    .select({ id: recordings.id })
    .from(recordings)
    .innerJoin(liveSessions, eq(liveSessions.id, recordings.sessionId))
    .where(and(eq(liveSessions.streamName, stream), eq(recordings.publisherId, publisherId)))
  return row ?? null
}

/** A push has begun, and with it its recording; a second time is nothing. */
export async function recordingBegan(work: Work, stream: string, publisherId: string): Promise<void> {
  const [session] = await work.db.select({ id: liveSessions.id }).from(liveSessions).where(eq(liveSessions.streamName, stream))
  if (!session) return
  try {
    await work.db.insert(recordings).values({
      id: newId('Recording'),
      sessionId: session.id,
      publisherId,
      state: 'running',
      beganAt: work.now,
      source: '',
      ms: 0,
      bytes: 0,
      checkAt: work.now,
      tries: 0,
      keepUntil: after(work.now, RECORDING_KEPT),
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
}

/** A push is over; `source` is what was recorded of it. A second time is nothing. */
export async function recordingEnded(work: Work, stream: string, publisherId: string, source: string | null): Promise<void> {
  const row = await ofPush(work, stream, publisherId)
  if (!row) return
  const ended = { endedAt: work.now, checkAt: work.now, keepUntil: after(work.now, RECORDING_KEPT) }
  if (source === null) await tryAdvance(work, recordings, row.id, recordingFlow, 'void', ended)
  else await tryAdvance(work, recordings, row.id, recordingFlow, 'close', { ...ended, source })
}

/** Recordings whose end nobody told, because the house itself was down: what the media server left of them is taken up. */
export async function closeForgotten(app: App): Promise<void> {
  const old = instant(app.clock.now() - SETTLE)
  const rows = await app.read
    .select({ publisherId: recordings.publisherId, stream: liveSessions.streamName })
    .from(recordings)
    .innerJoin(liveSessions, eq(liveSessions.id, recordings.sessionId))
    .where(
      and(
        eq(recordings.state, 'running'),
        lte(recordings.beganAt, old),
        // not the push that is on air
        or(ne(liveSessions.state, 'live'), ne(liveSessions.publisherId, recordings.publisherId)),
      ),
    )
    .limit(AT_ONCE)
  for (const { stream, publisherId } of rows) {
    const source = await app.ports.media.leftRecording(stream, publisherId)
    await app.work({ kind: 'clock', job: 'live.close-recordings' }, (work) => recordingEnded(work, stream, publisherId, source))
  }
}

/** Makes films of what was recorded; one that cannot be made now is tried again, more and more seldom, and stops no other. */
export async function makeFilms(app: App): Promise<void> {
  const rows = await app.read
    .select()
    .from(recordings)
    .where(and(eq(recordings.state, 'raw'), lte(recordings.checkAt, app.clock.now())))
    .orderBy(asc(recordings.checkAt))
    .limit(AT_ONCE)
  const by = { kind: 'clock', job: 'live.make-films' } as const
  for (const row of rows) {
    try {
      const film = await app.ports.media.makeFilm(row.source, row.id)
      await app.work(by, async (work) => {
        const moved = film
          ? await tryAdvance(work, recordings, row.id, recordingFlow, 'keep', { ms: film.ms, bytes: film.bytes })
          : await tryAdvance(work, recordings, row.id, recordingFlow, 'void')
        if (moved && film) await work.tell('session.replayable', { sessionId: row.sessionId })
      })
      await app.ports.media.dropRecording(row.source)
    } catch (error) {
      app.log('warn', 'a film could not be made', { recording: row.id, ...errorFacts(error) })
      await app.work(by, async (work) => {
        await work.db
          .update(recordings)
          .set({ tries: row.tries + 1, checkAt: after(work.now, Math.min(FIRST_AGAIN * 2 ** Math.min(row.tries, 10), MOST_AGAIN)) })
          .where(and(eq(recordings.id, row.id), eq(recordings.state, 'raw')))
      })
    }
  }
}

/** Films whose years are over are given up: the only way in which one goes. */
export async function dropFilms(app: App): Promise<void> {
  const now = app.clock.now()
  const rows = await app.read
    .select({ id: recordings.id })
    .from(recordings)
    .where(and(eq(recordings.state, 'ready'), lte(recordings.keepUntil, now)))
    .orderBy(asc(recordings.keepUntil))
    .limit(100)
  for (const { id } of rows) {
    await app.ports.media.dropFilm(id)
    await app.work({ kind: 'clock', job: 'live.drop-films' }, (work) =>
      tryAdvance(work, recordings, id, recordingFlow, 'drop', {}, lte(recordings.keepUntil, now)),
    )
  }
}
