import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AssetId, BatchId } from '../../shared/ids.ts'
import {
  citizenFault,
  cmaFault,
  creditCheck,
  creditFault,
  foodClassOf,
  mod1110Check,
  oldLicenceFault,
  orgCheck,
  scFault,
  tradeFault,
} from '../../shared/tenants/check-digits.ts'
import {
  anyOfWords,
  emptyPaper,
  expiryNotices,
  isOld,
  missingInPaper,
  type PaperDraft,
  type PaperField,
  paperForms,
  paperKinds,
  unmet,
} from '../../shared/tenants/papers.ts'

const today = '2026-11-20'

describe('check digits', () => {
  test('numbers that are in public use are right', () => {
    // Alibaba (China), Huawei, Tencent, and the example of GB 32100-2015
    for (const code of ['91330100799655058B', '914403001922038216', '91440300708461136T', '91350100M000100Y43'])
      expect(creditFault(code), code).toBeNull()
    // the example of GB 11643-1999
    expect(citizenFault('11010519491231002X')).toBeNull()
    // the example of ISO 7064 for MOD 11,10
    expect(mod1110Check('0794')).toBe('5')
    expect(orgCheck('M000100Y')).toBe('4')
    expect(scFault('SC11453082200011')).toBeNull()
    expect(foodClassOf('SC11453082200011')).toBe('茶叶及相关制品')
  })

  test('one wrong digit is seen wherever it stands', () => {
    const one = (right: string, fault: (n: string) => string | null, letters: string, from = 0) =>
      fc.assert(
        fc.property(fc.integer({ min: from, max: right.length - 1 }), fc.constantFrom(...letters), (at, other) => {
          fc.pre(right[at] !== other)
          expect(fault(right.slice(0, at) + other + right.slice(at + 1))).not.toBeNull()
        }),
      )
    one('SC11453082200011', scFault, '0123456789', 2)
    one('11010519491231002X', citizenFault, '0123456789')
    one('110108000000016', oldLicenceFault, '0123456789')
    one('914403001922038216', creditFault, '0123456789ABCDEFGHJKLMNPQRTUWXY')
  })

  test('two neighbours that changed places are seen in a credit code', () => {
    const right = '91330100799655058B'
    for (let i = 0; i + 1 < right.length; i++) {
      if (right[i] === right[i + 1]) continue
      const swapped = right.slice(0, i) + right[i + 1] + right[i] + right.slice(i + 2)
      expect(creditFault(swapped), swapped).not.toBeNull()
    }
  })

  test('any body with its own check sign is right, and any other sign is wrong', () => {
    const digits = fc.stringMatching(/^[0-9]{10}$/)
    fc.assert(
      fc.property(digits, (tail) => {
        const body = `114${tail}`
        expect(scFault(`SC${body}${mod1110Check(body)}`)).toBeNull()
        expect(scFault(`SC${body}${(Number(mod1110Check(body)) + 1) % 10}`)).not.toBeNull()
      }),
    )
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-HJ-NPQRTUWXY]{8}$/), (org) => {
        const body = `91530822${org}${orgCheck(org)}`
        expect(creditFault(body + creditCheck(body))).toBeNull()
      }),
    )
  })

  test.each([
    ['letters that the standard leaves out', creditFault('91530822MA6I0000X0')],
    ['a credit code in small letters', creditFault('91330100799655058b')],
    ['a production licence of no food class', scFault('SC99953082200011')],
    ['a production licence with a digit too few', scFault('SC1145308220001')],
    ['full-width digits', scFault('SC１1453082200011')],
    ['a licence of an unknown business', tradeFault('JY', 'JY95308220000001')],
    ['a filing as a licence', tradeFault('JY', 'YB15308220000001')],
    ['a birthday that was none', citizenFault('110105194902300021')],
    ['a CMA number with letters', cmaFault('CMA123456789')],
  ])('%s is said in words', (_, words) => expect(words).toMatch(/\p{Script=Han}/u))
})

const picture = 'ast_01M85J5R46GHAV3YAHA3T2TE97' as AssetId
const batch = (n: number) => `bat_01M85J5R46GHAV3YAHA3T2TE9${n}` as BatchId
const numbers = {
  businessLicence: '91530822MA6K00006J',
  foodBusinessLicence: 'JY15308220000001',
  prepackFiling: 'YB15308220000001',
  productionLicence: 'SC11453082200011',
}
/** A paper of the kind with nothing missing. */
const whole = (kind: (typeof paperKinds)[number], change: Partial<PaperDraft> = {}): PaperDraft => ({
  kind,
  number: numbers[kind as keyof typeof numbers] ?? '墨 0001',
  issuer: '墨江县市场监督管理局',
  scope: '茶叶',
  classes: [],
  validFrom: '2025-03-01',
  validUntil: '2029-05-31',
  pictures: [picture],
  batchIds: kind === 'labReport' ? [batch(1)] : [],
  cmaNumber: '230012345678',
  method: 'GB/T 22111',
  sampleBatch: 'FHW-2025-01',
  results: [{ item: '水分', value: '9.8 %', limit: '≤ 13.0 %', passed: true }],
  ...change,
})

describe('papers by kind', () => {
  test.each(paperKinds)('%s: whole it lacks nothing, and each single omission is said at its field', (kind) => {
    expect(missingInPaper(whole(kind), today)).toEqual([])
    const blank = emptyPaper(kind)
    for (const { name, must } of paperForms[kind].fields) {
      const lacks = missingInPaper({ ...whole(kind), [name]: blank[name] } as PaperDraft, today)
      expect(
        lacks.map((l) => l.field),
        name,
      ).toEqual(must ? [name] : [])
      if (must) expect(lacks[0]?.words).toMatch(/\p{Script=Han}/u)
    }
  })

  test.each<[string, PaperDraft, PaperField, string]>([
    ['a production licence that does not check', whole('productionLicence', { number: 'SC11453082200012' }), 'number', '校验'],
    ['a business licence with a slip', whole('businessLicence', { number: '91530822MA6K00007J' }), 'number', '校验'],
    ['a paper of tomorrow', whole('giUse', { validFrom: '2026-11-21' }), 'validFrom', '还没有到'],
    ['a paper that ended yesterday', whole('foodBusinessLicence', { validUntil: '2026-11-19' }), 'validUntil', '2026-11-19 到期'],
    ['an end before its beginning', whole('giUse', { validFrom: '2026-03-01', validUntil: '2026-02-01' }), 'validUntil', '早于'],
    ['a day that is none', whole('giUse', { validUntil: '2027-02-29' }), 'validUntil', '日期应写作'],
    ['a lab report for two batches', whole('labReport', { batchIds: [batch(1), batch(2)] }), 'batchIds', '只能对应一个批次'],
    ['a lab report without a CMA number', whole('labReport', { cmaNumber: '12345' }), 'cmaNumber', '12 位'],
    ['a row without a result', whole('labReport', { results: [{ item: '水分', value: '', limit: '', passed: true }] }), 'results', '结果'],
  ])('%s is said at its field', (_, draft, field, words) => {
    const lacks = missingInPaper(draft, today)
    expect(lacks.map((l) => l.field)).toEqual([field])
    expect(lacks[0]?.words).toContain(words)
  })

  test('the last day still holds, the day after does not', () => {
    const need = [{ anyOf: ['foodBusinessLicence' as const], why: '' }]
    const held = [whole('foodBusinessLicence', { validUntil: '2026-11-20' })]
    expect(unmet(held, need, 'puer', '2026-11-20')).toEqual([])
    expect(unmet(held, need, 'puer', '2026-11-21')).toEqual(need)
    expect(unmet([whole('foodBusinessLicence', { classes: ['coffee'] })], need, 'puer', today)).toEqual(need)
    expect(unmet([whole('foodBusinessLicence', { validFrom: '2026-12-01' })], need, 'puer', today)).toEqual(need)
  })

  test('a lab report is old after its window, and only a lab report', () => {
    expect(isOld(whole('labReport', { validFrom: '2025-11-20' }), today)).toBe(false)
    expect(isOld(whole('labReport', { validFrom: '2025-11-19' }), today)).toBe(true)
    expect(isOld(whole('giUse', { validFrom: '2005-11-19' }), today)).toBe(false)
  })

  test('needs read as a sentence, and the nearest notice comes first', () => {
    expect(anyOfWords(['foodBusinessLicence', 'prepackFiling', 'productionLicence'])).toBe(
      '食品经营许可证、仅销售预包装食品备案或食品生产许可证',
    )
    expect([...expiryNotices].sort((a, b) => a - b)).toEqual([...expiryNotices])
  })
})
