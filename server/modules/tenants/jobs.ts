/** What tenants does when a time has come. */
import { MINUTE, SECOND } from '../../../shared/time.ts'
import type { Job } from '../../platform/app.ts'
import { expirePapers, tellEnding } from './paper-times.ts'

export const jobs: readonly Job[] = [
  { name: 'tenants.expire-papers', everyMs: 15 * SECOND, run: expirePapers },
  { name: 'tenants.tell-ending', everyMs: 10 * MINUTE, run: tellEnding },
]
