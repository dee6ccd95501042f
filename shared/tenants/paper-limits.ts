/** How long and how many: the same bounds in the forms and in the door. Lengths are in characters. */
export const paperLimits = {
  number: 60,
  issuer: 80,
  scope: 500,
  cmaNumber: 20,
  method: 120,
  sampleBatch: 60,
  pictures: 6,
  batches: 20,
  results: 40,
  item: 40,
  value: 40,
  reasons: 200,
  /** Papers of a shop that are neither verified nor put away. */
  waiting: 60,
} as const
