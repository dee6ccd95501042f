/** What the room does when a time has come. */
import { sql } from 'drizzle-orm'
import { DAY, instant, MINUTE } from '../../../shared/time.ts'
import type { Job } from '../../platform/app.ts'
import { sqlTime } from '../../platform/columns.ts'
import { roomTickets, talkers } from './tables.ts'

/** Tickets that are over and turns of yesterday are of no use to anyone. */
const sweep: Job = {
  name: 'room.sweep',
  everyMs: MINUTE,
  run: async (app) => {
    const now = app.clock.now()
    await app.read.execute(sql`delete from ${roomTickets} where ends_at <= ${sqlTime(now)} limit 5000`)
    await app.read.execute(sql`delete from ${talkers} where spoke_at <= ${sqlTime(instant(now - DAY))} limit 5000`)
  },
}

export const jobs: readonly Job[] = [sweep]
