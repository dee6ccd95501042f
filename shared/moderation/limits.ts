import { MINUTE } from '../time.ts'

/** Lengths in characters. */
export const moderationLimits = { reasons: 500 } as const

/** How long a case is kept for the reviewer who opened it. */
export const READS_FOR = 5 * MINUTE
