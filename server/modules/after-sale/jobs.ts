/** What after-sale does when a time has come. */
import { MINUTE } from '../../../shared/time.ts'
import type { Job } from '../../platform/app.ts'
import { runClocks } from './clock.ts'

export const jobs: readonly Job[] = [{ name: 'after-sale.clocks', everyMs: 5 * MINUTE, run: runClocks }]
