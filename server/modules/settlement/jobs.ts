/** What settlement does when a time has come. */
import { DAY, HOUR } from '../../../shared/time.ts'
import type { Job } from '../../platform/app.ts'
import { auditBooks } from './audit.ts'
import { readBills } from './read-bill.ts'

export const jobs: readonly Job[] = [
  { name: 'settlement.read-bills', everyMs: HOUR, run: readBills },
  {
    name: 'settlement.audit',
    everyMs: DAY,
    run: async (app) => {
      await auditBooks(app)
    },
  },
]
