/** What identity does when a time has come. */
import { lt } from 'drizzle-orm'
import { after, DAY, HOUR, instant } from '../../../shared/time.ts'
import type { Job } from '../../platform/app.ts'
import { onceMarks } from '../../platform/tables.ts'
import { pairings, sessions } from './tables.ts'

export const jobs: readonly Job[] = [
  {
    name: 'identity.sweep',
    everyMs: HOUR,
    run: async (app) => {
      const now = app.clock.now()
      await app.read.delete(pairings).where(lt(pairings.endsAt, instant(now - HOUR)))
      await app.read.delete(sessions).where(lt(sessions.endsAt, after(instant(0), Math.max(0, now - 30 * DAY))))
      await app.read.delete(onceMarks).where(lt(onceMarks.endsAt, now))
    },
  },
]
