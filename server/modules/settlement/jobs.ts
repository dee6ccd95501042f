/** What settlement does when a time has come. */
import { HOUR } from '../../../shared/time.ts'
import type { Job } from '../../platform/app.ts'
import { readBills } from './read-bill.ts'

export const jobs: readonly Job[] = [{ name: 'settlement.read-bills', everyMs: HOUR, run: readBills }]
