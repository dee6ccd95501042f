/** What people type into boxes for numbers, made into what can be read. */

/** A price as typed, as far as it can be one: digits, a point and two digits after it. What is left always reads, or is not finished. */
export const cleanMoney = (text: string): string =>
  /^\d{0,8}(\.\d{0,2})?/.exec(
    text
      .normalize('NFKC')
      .replace(/[。·]/g, '.')
      .replace(/[^\d.]/g, ''),
  )?.[0] ?? ''

/** A whole number as typed. */
export const cleanWhole = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\D/g, '')
    .replace(/^0+(?=\d)/, '')
    .slice(0, 8)

/** The number in it, or null. */
export const wholeIn = (text: string): number | null => (text === '' ? null : Number(text))
