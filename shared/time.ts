/** Time: instants are milliseconds since 1970 (UTC), branded. Days, months and periods are those of Asia/Shanghai and computed here only. */
export type Instant = number & { readonly instant: unique symbol }

/** Takes whole milliseconds since 1970; throws a RangeError otherwise. */
export const instant = (ms: number): Instant => {
  if (!Number.isSafeInteger(ms) || ms < 0) throw new RangeError(`not an instant: ${ms}`)
  return ms as Instant
}

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** `at` moved by whole milliseconds. */
export const after = (at: Instant, ms: number): Instant => instant(at + ms)

/** Shanghai has kept +08:00 without summer time since 1991; nothing here is older. */
const SHANGHAI = 8 * HOUR
const pad = (n: number): string => String(n).padStart(2, '0')
const local = (at: Instant): Date => new Date(at + SHANGHAI)

/** The business day in Shanghai, "2026-11-23". */
export const businessDay = (at: Instant): string => {
  const d = local(at)
  return `${d.getUTCFullYear()}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())}`
}

/** The last millisecond of a business day (YYYY-MM-DD) in Shanghai. */
export const endOfDay = (day: string): Instant => instant(Date.parse(`${day}T00:00:00Z`) - SHANGHAI + DAY - 1)

/** Hours and minutes in Shanghai, "20:05". */
export const clockTime = (at: Instant): string => `${pad(local(at).getUTCHours())}:${pad(local(at).getUTCMinutes())}`

/** "11月23日 20:05", as people read it. */
export const dayAndTime = (at: Instant): string => {
  const d = local(at)
  return `${d.getUTCMonth() + 1}月${d.getUTCDate()}日 ${clockTime(at)}`
}

/** "2026-11-23 20:05:09" in Shanghai, for papers and exports. */
export const longTime = (at: Instant): string => `${businessDay(at)} ${clockTime(at)}:${pad(local(at).getUTCSeconds())}`

/** RFC 3339 with Shanghai's offset, as WeChat Pay wants it: "2026-11-23T20:05:09+08:00". */
export const rfc3339 = (at: Instant): string => `${businessDay(at)}T${clockTime(at)}:${pad(local(at).getUTCSeconds())}+08:00`

/** The year in Shanghai. */
export const yearOf = (at: Instant): number => local(at).getUTCFullYear()

/** A span a person reads: "12分05秒", "3小时20分". */
export const span = (ms: number): string => {
  const s = Math.max(0, Math.floor(ms / SECOND))
  if (s >= 3600) return `${Math.floor(s / 3600)}小时${pad(Math.floor((s % 3600) / 60))}分`
  return `${Math.floor(s / 60)}分${pad(s % 60)}秒`
}

/** The day so many days after another, both YYYY-MM-DD. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
