/** Numbers of papers as the offices make them, with their check digits. Who they name is invented. */

const CREDIT_LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'

const at = (weights: readonly number[], i: number): number => weights[i] ?? 0
const ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** The check sign of an organisation code of 8 signs (GB 11714): modulo 11, X for ten. */
const orgCheck = (body: string): string => {
  const sum = [...body].reduce((total, c, i) => total + Number.parseInt(c, 36) * at(ORG_WEIGHTS, i), 0)
  const check = 11 - (sum % 11)
  return check === 11 ? '0' : check === 10 ? 'X' : String(check)
}

/** The check sign of a unified social credit code's first 17 signs (GB 32100-2015): modulo 31, weights are powers of three. */
export const creditCheck = (body: string): string => {
  let weight = 1
  let sum = 0
  for (const c of body) {
    sum += CREDIT_LETTERS.indexOf(c) * weight
    weight = (weight * 3) % 31
  }
  return CREDIT_LETTERS[(31 - (sum % 31)) % 31] ?? ''
}

/** A unified social credit code 统一社会信用代码: the office and kind ("91" company, "93" co-operative), the county, an organisation code of 8 signs. */
export const creditCode = (kind: '91' | '93', county: string, org: string): string => {
  const body = `${kind}${county}${org}${orgCheck(org)}`
  return body + creditCheck(body)
}

/** The check digit of GB/T 17710 (ISO 7064, MOD 11,10), with which licence numbers for food end. */
export const licenceCheck = (digits: string): string => {
  let carry = 10
  for (const c of digits) {
    const sum = (carry + Number(c)) % 10 || 10
    carry = (sum * 2) % 11
  }
  return String((11 - carry) % 10)
}

/** A production licence: SC, the class of food (114 tea, 101 grain, 120 roasted coffee), county, running number, check digit (食品生产许可管理办法). */
export const productionLicence = (food: '114' | '101' | '120', county: string, running: number): string => {
  const digits = `${food}${county}${String(running).padStart(4, '0')}`
  return `SC${digits}${licenceCheck(digits)}`
}

export const teaLicence = (county: string, running: number): string => productionLicence('114', county, running)

/** A food business licence (JY) of a seller of food (1), or a filing for prepacked food only (YB): county, running number, check digit. */
export const businessLicence = (kind: 'JY' | 'YB', county: string, running: number): string => {
  const digits = `1${county}${String(running).padStart(6, '0')}`
  return `${kind}${digits}${licenceCheck(digits)}`
}
