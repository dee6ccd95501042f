/** Every job of the house. */

import { jobs as afterSale } from '../modules/after-sale/jobs.ts'
import { jobs as identityJobs } from '../modules/identity/jobs.ts'
import { jobs as live } from '../modules/live/jobs.ts'
import { jobs as orders } from '../modules/orders/jobs.ts'
import { jobs as payments } from '../modules/payments/jobs.ts'
import { jobs as room } from '../modules/room/jobs.ts'
import { jobs as search } from '../modules/search/jobs.ts'
import { jobs as settlement } from '../modules/settlement/jobs.ts'
import { jobs as shipping } from '../modules/shipping/jobs.ts'
import { jobs as tenants } from '../modules/tenants/jobs.ts'
import type { Job } from '../platform/app.ts'

export const jobs: readonly Job[] = [
  ...identityJobs,
  ...tenants,
  ...search,
  ...live,
  ...room,
  ...payments,
  ...settlement,
  ...orders,
  ...shipping,
  ...afterSale,
]
