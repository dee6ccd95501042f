/** Weights as farmers type them: kilograms with up to three places; grams are what is kept. */

/** "30", "2.5" → grams; null for what is no weight of at most three places. */
export const readKilos = (text: string): number | null => {
  const m = /^(\d{1,7})(?:\.(\d{1,3}))?$/.exec(text.trim())
  return m ? Number(m[1]) * 1000 + Number((m[2] ?? '').padEnd(3, '0')) : null
}

/** Grams as kilograms, without noughts at the end: 2500 → "2.5"; null → "". */
export const kilos = (grams: number | null): string => {
  if (grams === null) return ''
  const rest = String(grams % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '')
  return `${Math.floor(grams / 1000)}${rest === '' ? '' : `.${rest}`}`
}

/** "12", "3.5" mu → tenths of a mu; null for what is none of at most one place. */
export const readMu = (text: string): number | null => {
  const m = /^(\d{1,5})(?:\.(\d))?$/.exec(text.trim())
  return m ? Number(m[1]) * 10 + Number(m[2] ?? 0) : null
}

/** Tenths of a mu as mu: 35 → "3.5"; null → "". */
export const muOf = (tenths: number | null): string =>
  tenths === null ? '' : `${Math.floor(tenths / 10)}${tenths % 10 === 0 ? '' : `.${tenths % 10}`}`

/** A whole number as it is typed; null for what is none. */
export const readWhole = (text: string): number | null => (/^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : null)

/** How long something has lain in store between two days (YYYY-MM-DD), in whole years and months, rounded down: "3 年 2 个月", "不满 1 个月". */
export const storedWords = (since: string, today: string): string => {
  const [[y1 = 0, m1 = 0, d1 = 0], [y2 = 0, m2 = 0, d2 = 0]] = [since.split('-').map(Number), today.split('-').map(Number)]
  const months = (y2 - y1) * 12 + (m2 - m1) - (d2 < d1 ? 1 : 0)
  if (months < 1) return '不满 1 个月'
  const [years, rest] = [Math.floor(months / 12), months % 12]
  return [years > 0 ? `${years} 年` : '', rest > 0 ? `${rest} 个月` : ''].filter(Boolean).join(' ')
}
