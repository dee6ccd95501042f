/** Numbers of papers as the offices make them, with their check digits. Who they name is invented. */
import { creditCheck, mod1110Check, orgCheck } from '../../shared/tenants/check-digits.ts'

/** A unified social credit code 统一社会信用代码: the office and kind ("91" company, "93" co-operative), the county, an organisation code of 8 signs. */
export const creditCode = (kind: '91' | '93', county: string, org: string): string => {
  const body = `${kind}${county}${org}${orgCheck(org)}`
  return body + creditCheck(body)
}

/** A production licence: SC, the class of food (114 tea, 101 grain, 120 roasted coffee), county, running number, check digit (食品生产许可管理办法). */
export const productionLicence = (food: '114' | '101' | '120', county: string, running: number): string => {
  const digits = `${food}${county}${String(running).padStart(4, '0')}`
  return `SC${digits}${mod1110Check(digits)}`
}

export const teaLicence = (county: string, running: number): string => productionLicence('114', county, running)

/** A food business licence (JY) of a seller of food (1), or a filing for prepacked food only (YB): county, running number, check digit. */
export const businessLicence = (kind: 'JY' | 'YB', county: string, running: number): string => {
  const digits = `1${county}${String(running).padStart(6, '0')}`
  return `${kind}${digits}${mod1110Check(digits)}`
}
