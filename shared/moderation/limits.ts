/** Lengths in characters. */
export const moderationLimits = { reasons: 500 } as const
