/** What promotions do when something happened. */
import type { Subscriber } from '../../platform/app.ts'
import { sessionOf } from '../live/index.ts'
import { stopFlashesOf } from './flash.ts'

export const subscribers: readonly Subscriber[] = [
  {
    name: 'promotions.stop-flashes',
    on: 'session.changed',
    hear: async (work, { facts }) => {
      if ((await sessionOf(work.db, facts.sessionId))?.state === 'ended') await stopFlashesOf(work, facts.sessionId)
    },
  },
]
