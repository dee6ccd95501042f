/** Months and quarters of Asia/Shanghai, as statements and reports name them. */
import { type Instant, instant } from '../time.ts'

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/
const QUARTER = /^(\d{4})Q([1-4])$/
const SHANGHAI = 8 * 3_600_000

const begin = (year: number, month: number): Instant => instant(Date.UTC(year, month, 1) - SHANGHAI)

/** The instants from which on and before which a period ("2026-11", "2026Q4") lies; null for what is none, or lies before 2000. */
export function periodOf(name: string): { from: Instant; until: Instant } | null {
  const m = MONTH.exec(name)
  if (m && Number(m[1]) >= 2000) return { from: begin(Number(m[1]), Number(m[2]) - 1), until: begin(Number(m[1]), Number(m[2])) }
  const q = QUARTER.exec(name)
  if (q && Number(q[1]) >= 2000) return { from: begin(Number(q[1]), Number(q[2]) * 3 - 3), until: begin(Number(q[1]), Number(q[2]) * 3) }
  return null
}

/** The quarter of a month: "2026-11" → "2026Q4". */
export const quarterOf = (month: string): string => `${month.slice(0, 4)}Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`
