/** What shipping does when a time has come. */
import { MINUTE, SECOND } from '../../../shared/time.ts'
import type { Job } from '../../platform/app.ts'
import { followParcels } from './follow-parcels.ts'
import { followTrades, tellWechat } from './tell-wechat.ts'

export const jobs: readonly Job[] = [
  { name: 'shipping.tell-wechat', everyMs: 15 * SECOND, run: tellWechat },
  { name: 'shipping.follow-parcels', everyMs: 15 * SECOND, run: followParcels },
  { name: 'shipping.follow-trades', everyMs: MINUTE, run: followTrades },
]
