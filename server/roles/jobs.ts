/** Every job of the house. */
import type { Job } from '../platform/app.ts'

export const jobs: readonly Job[] = []
