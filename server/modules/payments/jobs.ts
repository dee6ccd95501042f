/** What payments does when a time has come. */
import { DAY, SECOND } from '../../../shared/time.ts'
import type { Job } from '../../platform/app.ts'
import { followOpenPayments } from './follow-payments.ts'
import { followRefunds } from './refund.ts'
import { followReturns, followShares } from './share.ts'

export const jobs: readonly Job[] = [
  { name: 'payments.follow-open', everyMs: 5 * SECOND, run: followOpenPayments },
  { name: 'payments.follow-refunds', everyMs: 15 * SECOND, run: followRefunds },
  { name: 'payments.follow-shares', everyMs: 30 * SECOND, run: followShares },
  // said again each day: WeChat refuses shares to a receiver that it was never told of
  { name: 'payments.name-receiver', everyMs: DAY, run: (app) => app.ports.payment.nameReceiver() },
  { name: 'payments.follow-returns', everyMs: 15 * SECOND, run: followReturns },
]
