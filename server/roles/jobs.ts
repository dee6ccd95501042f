/** Every job of the house. */
import { jobs as identityJobs } from '../modules/identity/jobs.ts'
import type { Job } from '../platform/app.ts'

export const jobs: readonly Job[] = [...identityJobs]
