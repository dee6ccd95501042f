/** What search does when a time has come. */
import type { ListingId } from '../../../shared/ids.ts'
import { SECOND } from '../../../shared/time.ts'
import type { App, Job } from '../../platform/app.ts'
import { keepRowsFrom } from './keep-rows.ts'

/** How far the round has come in this process; a new process begins a new round. */
const rounds = new WeakMap<App, ListingId | null>()

/** Chunks of one run while there is much to mend, as after an upgrade that finds no rows at all. */
const MOST_CHUNKS = 25

/** Walks all listings, two hundred a run, and mends rows that no event has told of: sales, a shop's new name, a delivery that was parked. */
const mend: Job = {
  name: 'search.mend',
  everyMs: 20 * SECOND,
  run: async (app) => {
    for (let n = 0; n < MOST_CHUNKS; n++) {
      const { next, changed } = await keepRowsFrom(app, { kind: 'clock', job: 'search.mend' }, rounds.get(app) ?? null)
      rounds.set(app, next)
      if (changed === 0 || next === null) return
    }
  },
}

export const jobs: readonly Job[] = [mend]
