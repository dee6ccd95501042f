/**
 * Check digits 校验码 of the numbers that stand on papers: pure, offline. They catch a slip of the finger, never a forger. Only what a standard
 * really says is enforced; where a rule fixes the shape alone, the shape alone is asked for.
 */

/** Letters and digits of GB 32100-2015: without I, O, S, V and Z. */
const CREDIT_LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const

/** The check sign of an organisation code of 8 signs (GB 11714-1997): modulo 11, X for ten. */
export const orgCheck = (body: string): string => {
  const sum = ORG_WEIGHTS.reduce((total: number, weight, i) => total + Number.parseInt(body[i] ?? '0', 36) * weight, 0)
  const check = 11 - (sum % 11)
  return check === 11 ? '0' : check === 10 ? 'X' : String(check)
}

/** The check sign of a unified social credit code's first 17 signs (GB 32100-2015): modulo 31, weights are the powers of three. */
export const creditCheck = (body: string): string => {
  let weight = 1
  let sum = 0
  for (const c of body) {
    sum += CREDIT_LETTERS.indexOf(c) * weight
    weight = (weight * 3) % 31
  }
  return CREDIT_LETTERS[(31 - (sum % 31)) % 31] ?? ''
}

/** The check digit of GB/T 17710 (ISO 7064, MOD 11,10) for a row of digits. */
export const mod1110Check = (digits: string): string => {
  let carry = 10
  for (const c of digits) {
    const sum = (carry + Number(c)) % 10 || 10
    carry = (sum * 2) % 11
  }
  return String((11 - carry) % 10)
}

/** The check sign of a citizen's number's first 17 digits (GB 11643-1999; ISO 7064, MOD 11-2), X for ten. */
const citizenCheck = (digits: string): string => {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += Number(digits[i]) * (2 ** (17 - i) % 11)
  return '10X98765432'[sum % 11] ?? ''
}

const realDay = (digits: string): boolean => {
  const [year, month, day] = [Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6, 8))]
  const at = new Date(Date.UTC(year, month - 1, day))
  return year >= 1900 && at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day
}

/** What is wrong with a unified social credit code 统一社会信用代码, in words; null when nothing is. Both its check signs are asked. */
export const creditFault = (code: string): string | null => {
  if (!/^[0-9A-HJ-NP-RT-UW-Y]{2}\d{6}[0-9A-HJ-NP-RT-UW-Y]{10}$/.test(code)) return '统一社会信用代码应是 18 位大写字母和数字，请照执照核对'
  if (orgCheck(code.slice(8, 16)) !== code[16]) return '统一社会信用代码第 9 到 17 位对不上校验，请照执照核对'
  if (creditCheck(code.slice(0, 17)) !== code[17]) return '统一社会信用代码末位对不上校验，请照执照核对'
  return null
}

/** What is wrong with the 15 digits of a registration number on an old business licence (GS15-2006, MOD 11,10); null when nothing is. */
export const oldLicenceFault = (number: string): string | null => {
  if (!/^\d{15}$/.test(number)) return '旧版执照注册号应是 15 位数字，请照执照核对'
  return mod1110Check(number.slice(0, 14)) === number[14] ? null : '注册号末位对不上校验，请照执照核对'
}

/**
 * What is wrong with the number of a food production licence; null when nothing is. SC and 14 digits: food class (3), province (2), city (2),
 * county (2), running number (4), check digit by MOD 11,10 (食品生产许可管理办法 art. 29; 食品生产许可证编号规则, 食药监食监一〔2015〕225 号).
 */
export const scFault = (number: string): string | null => {
  if (!/^SC\d{14}$/.test(number)) return '生产许可证编号应是 SC 加 14 位数字，请照标签或证书核对'
  if (!foodClasses[number.slice(2, 5)]) return '生产许可证编号的前三位不是食品类别编码，请核对'
  return mod1110Check(number.slice(2, 15)) === number[15] ? null : '生产许可证编号末位对不上校验，请照标签或证书核对'
}

/** The classes of food by the first three digits of a production licence (1: food, 2: additives) that the park meets. */
const foodClasses: Record<string, string> = Object.fromEntries(
  [
    '粮食加工品',
    '食用油、油脂及其制品',
    '调味品',
    '肉制品',
    '乳制品',
    '饮料',
    '方便食品',
    '饼干',
    '罐头',
    '冷冻饮品',
    '速冻食品',
    '薯类和膨化食品',
    '糖果制品',
    '茶叶及相关制品',
    '酒类',
    '蔬菜制品',
    '水果制品',
    '炒货食品及坚果制品',
    '蛋制品',
    '可可及焙烤咖啡产品',
    '食糖',
    '水产制品',
    '淀粉及淀粉制品',
    '糕点',
    '豆制品',
    '蜂产品',
    '保健食品',
    '特殊医学用途配方食品',
    '婴幼儿配方食品',
    '特殊膳食食品',
    '其他食品',
  ].map((words, i) => [String(101 + i), words]),
)

/** The class of food that a production licence is for, or null. */
export const foodClassOf = (number: string): string | null => foodClasses[number.slice(2, 5)] ?? null

/**
 * What is wrong with the number of a food business licence (JY) or of a filing for prepacked food only (YB): the letters and 14 digits, the first
 * of a licence 1 to 3 (食品经营许可和备案管理办法). The rules name a check digit without saying how it is made, so it is not asked.
 */
export const tradeFault = (letters: 'JY' | 'YB', number: string): string | null => {
  const right = letters === 'JY' ? /^JY[123]\d{13}$/ : /^YB\d{14}$/
  return right.test(number) ? null : `编号应是 ${letters} 加 14 位数字，请照证书核对`
}

/** What is wrong with a citizen's number 公民身份号码 (GB 11643-1999); null when nothing is. Never logged, never stored by who asks. */
export const citizenFault = (number: string): string | null => {
  if (!/^\d{17}[\dX]$/.test(number)) return '身份证号应是 18 位，末位可以是大写 X'
  if (!realDay(number.slice(6, 14))) return '身份证号里的出生日期不存在，请核对'
  return citizenCheck(number) === number[17] ? null : '身份证号末位对不上校验，请核对'
}

/** What is wrong with a laboratory's CMA number 资质认定证书编号: 12 digits (检验检测机构资质认定证书编号); the rule names no check digit. */
export const cmaFault = (number: string): string | null =>
  /^\d{12}$/.test(number) ? null : 'CMA 编号应是 12 位数字，在报告封面的 CMA 标志下面'
