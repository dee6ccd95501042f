/** How long and how much, the same in the forms and in the doors. Lengths in characters, weights in grams. */
export const traceLimits = {
  plotName: 30,
  village: 30,
  grower: 30,
  treeBasis: 100,
  proofNumber: 60,
  proofs: 8,
  areaTenths: { min: 1, max: 100_000 },
  trees: { min: 1, max: 10_000_000 },
  altitudeMetres: { min: 300, max: 3000 },
  /** A plot gives less than a thousand tonnes a year. */
  yearlyGrams: { min: 100, max: 1_000_000_000 },
  code: 40,
  makerName: 60,
  makerAddress: 100,
  scNumber: 20,
  standardCode: 40,
  year: { min: 1950, max: 2100 },
  /** Two thousand tonnes: what the column holds. */
  madeGrams: { min: 1, max: 2_000_000_000 },
  parts: 12,
  reasons: 500,
} as const
