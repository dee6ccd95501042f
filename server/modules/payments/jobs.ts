/** What payments does when a time has come. */
import { SECOND } from '../../../shared/time.ts'
import type { Job } from '../../platform/app.ts'
import { followOpenPayments } from './follow-payments.ts'
import { followRefunds } from './refund.ts'

export const jobs: readonly Job[] = [
  { name: 'payments.follow-open', everyMs: 5 * SECOND, run: followOpenPayments },
  { name: 'payments.follow-refunds', everyMs: 15 * SECOND, run: followRefunds },
]
