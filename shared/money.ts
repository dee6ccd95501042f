/** Money 金额: whole fen 分 in a branded integer. No yuan, no float, ever. */
export type Fen = number & { readonly fen: unique symbol }

/** Basis points, 1/100 of a per cent: rates such as the park's service fee. */
export type Bp = number & { readonly bp: unique symbol }

/** Takes a whole number of fen; throws a RangeError for anything that is not a safe integer. */
export const fen = (n: number): Fen => {
  if (!Number.isSafeInteger(n)) throw new RangeError(`not whole fen: ${n}`)
  return n as Fen
}

/** Takes a rate in basis points, 0 to 10 000. */
export const bp = (n: number): Bp => {
  if (!Number.isInteger(n) || n < 0 || n > 10_000) throw new RangeError(`not basis points: ${n}`)
  return n as Bp
}

/** Adds sums of fen. */
export const addFen = (...parts: readonly Fen[]): Fen => fen(parts.reduce((a, b) => a + b, 0))

/** `unit` times a whole count. */
export const timesFen = (unit: Fen, count: number): Fen => fen(unit * count)

/** A rate of an amount, rounded down to the fen: a fee never takes more than its rate. */
export const rateOf = (amount: Fen, rate: Bp): Fen => fen(Number((BigInt(amount) * BigInt(rate)) / 10_000n))

/**
 * Splits `total` (≥ 0) by non-negative whole `weights`; the parts always add up to `total`, the largest remainders take the odd fen.
 * Computed in BigInt, because total × weight passes 2^53.
 */
export function prorate(total: Fen, weights: readonly number[]): Fen[] {
  if (total < 0 || weights.length === 0) throw new RangeError('prorate wants a total of at least 0 and a weight')
  const sum = weights.reduce((a, b) => a + BigInt(b), 0n)
  const whole = BigInt(total)
  const shares = weights.map((w, i) => {
    const numerator = sum === 0n ? whole : whole * BigInt(w)
    const denominator = sum === 0n ? BigInt(weights.length) : sum
    return { i, part: numerator / denominator, rest: numerator % denominator }
  })
  let left = whole - shares.reduce((a, s) => a + s.part, 0n)
  for (const s of [...shares].sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1))) {
    if (left === 0n) break
    s.part += 1n
    left -= 1n
  }
  return shares.map((s) => fen(Number(s.part)))
}

/** The yuan a person reads, always with two decimals: 16800 → "168.00". */
export const yuan = (amount: Fen): string => {
  const sign = amount < 0 ? '-' : ''
  const abs = Math.abs(amount)
  return `${sign}${Math.floor(abs / 100)}.${String(abs % 100).padStart(2, '0')}`
}

/** Reads what a person typed as yuan ("168", "168.5", "168.50") into fen by text, never by float; null when it is no such sum. */
export const readYuan = (text: string): Fen | null => {
  const m = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(text.trim())
  return m ? fen(Number(m[1]) * 100 + Number((m[2] ?? '').padEnd(2, '0'))) : null
}
