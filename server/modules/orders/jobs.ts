/** What orders does when a time has come. */
import { MINUTE, SECOND } from '../../../shared/time.ts'
import type { Job } from '../../platform/app.ts'
import { closeUnpaid } from './close-order.ts'
import { lapsePresales } from './lapse-presale.ts'
import { receiveOverdue } from './receive-parcel.ts'

export const jobs: readonly Job[] = [
  { name: 'orders.close-unpaid', everyMs: 15 * SECOND, run: closeUnpaid },
  { name: 'orders.lapse-presales', everyMs: 10 * MINUTE, run: lapsePresales },
  { name: 'orders.receive-overdue', everyMs: 10 * MINUTE, run: receiveOverdue },
]
