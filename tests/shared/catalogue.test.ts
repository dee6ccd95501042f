import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isDay, missing } from '../../shared/catalogue/complete.ts'
import { emptyDraft, forms, kinds, type ListingDraft, seasons } from '../../shared/catalogue/draft.ts'
import { listingFlow, reservationFlow, revisionFlow } from '../../shared/catalogue/flow.ts'
import { hillName, hillOf, hills } from '../../shared/catalogue/hills.ts'
import { legalBlock, wholeOf } from '../../shared/catalogue/legal.ts'
import { listingLimits } from '../../shared/catalogue/limits.ts'
import { netWords, per100g, priceWords } from '../../shared/catalogue/units.ts'
import * as words from '../../shared/catalogue/words.ts'
import type { AssetId } from '../../shared/ids.ts'
import { readClaims } from '../../shared/moderation/claims.ts'
import { caseFlow } from '../../shared/moderation/flow.ts'
import { type CaseSheet, changesBetween } from '../../shared/moderation/sheet.ts'
import { caseActWords, caseWords } from '../../shared/moderation/words.ts'
import { fen } from '../../shared/money.ts'

const picture = (n: number) => `ast_01JD00000000000000000000${String(n).padStart(2, '0')}` as AssetId

const cake: ListingDraft = {
  title: '凤凰窝春茶饼 2025',
  kind: 'raw',
  form: 'cake',
  netGrams: 357,
  materialYear: 2025,
  productionDate: '2025-04-20',
  season: 'spring',
  hill: 'mojiang-fenghuangwo',
  village: '景星镇新华村',
  makerName: '墨江县新华茶厂',
  makerAddress: '云南省普洱市墨江县景星镇新华村',
  scNumber: 'SC11453082200011',
  standardCode: 'GB/T 22111',
  shelfLife: '符合贮存条件下适宜长期保存',
  storage: '通风、干燥、无异味、避光',
  priceFen: fen(16800),
  stock: 50,
  pictures: [picture(1)],
  labelPicture: picture(2),
  story: '',
}
const fieldsOf = (draft: ListingDraft, today?: string) => missing(draft, today).map((m) => m.field)

describe('what a listing still lacks', () => {
  test('a whole cake lacks nothing, an empty form lacks every field that the law or a buyer needs', () => {
    expect(missing(cake, '2026-11-20')).toEqual([])
    expect(fieldsOf(emptyDraft())).toEqual([
      'title',
      'pictures',
      'kind',
      'form',
      'netGrams',
      'priceFen',
      'stock',
      'materialYear',
      'season',
      'productionDate',
      'makerName',
      'makerAddress',
      'scNumber',
      'standardCode',
      'shelfLife',
      'storage',
      'labelPicture',
    ])
  })

  test.each<[string, Partial<ListingDraft>, string, string]>([
    ['leaf younger than the cake it is in', { materialYear: 2026 }, 'materialYear', '晚于生产日期'],
    ['spring leaf pressed in January of its own year', { productionDate: '2025-01-31' }, 'season', '春茶'],
    ['autumn leaf pressed in July of its own year', { season: 'autumn', productionDate: '2025-07-31' }, 'season', '秋茶'],
    ['summer leaf pressed in April of its own year', { season: 'summer', productionDate: '2025-04-30' }, 'season', '夏茶'],
    ['a day that has not come yet', { materialYear: 2026, productionDate: '2026-11-21' }, 'productionDate', '还没有到'],
    ['a hill far from its village', { village: '勐腊县易武镇丁家寨' }, 'village', '凤凰窝（墨江）'],
    ['a hill without a village', { village: '' }, 'village', '村寨'],
    ['a hill that is in no registry', { hill: 'bingdao' }, 'hill', '名录'],
    ['a licence of another food', { scNumber: 'SC10153082200011' }, 'scNumber', 'SC114'],
    ['a licence with a digit too few', { scNumber: 'SC1145308220001' }, 'scNumber', '14 位'],
    ['a pressed cake without a licence', { scNumber: '' }, 'scNumber', 'SC'],
  ])('%s is found', (_, change, field, said) => {
    const found = missing({ ...cake, ...change }, '2026-11-20')
    expect(found.map((m) => m.field)).toEqual([field])
    expect(found[0]?.words).toContain(said)
  })

  test('leaf of an earlier year may be pressed in any month', () => {
    for (const season of seasons) expect(missing({ ...cake, season, materialYear: 2023, productionDate: '2025-01-05' })).toEqual([])
  })

  test('loose raw tea of the grower needs no production licence, loose ripe tea does', () => {
    const loose: ListingDraft = { ...cake, form: 'loose', scNumber: '', standardCode: '' }
    expect(missing(loose)).toEqual([])
    expect(fieldsOf({ ...loose, kind: 'ripe' })).toEqual(['scNumber', 'standardCode'])
    expect(missing({ ...loose, labelPicture: null })[0]?.words).toContain('合格证')
  })

  test('a day is a day of the calendar', () => {
    expect(['2024-02-29', '2000-02-29', '2025-12-31'].map(isDay)).toEqual([true, true, true])
    expect(['2025-02-29', '1900-02-29', '2025-13-01', '2025-00-10', '2025-04-31', '2025-4-3', '20250403', ''].some(isDay)).toBe(false)
  })

  test('whatever is written, no field is blamed without words and nothing throws', () => {
    const any = fc.record({
      title: fc.string(),
      kind: fc.constantFrom(...kinds, null),
      form: fc.constantFrom(...forms, null),
      netGrams: fc.option(fc.integer({ min: 1, max: 50_000 })),
      materialYear: fc.option(fc.integer({ min: 1950, max: 2100 })),
      productionDate: fc.constantFrom('2025-04-20', '1999-12-31', null),
      season: fc.constantFrom(...seasons, null),
      hill: fc.constantFrom(...hills.map((h) => h.id), 'none', null),
      village: fc.constantFrom('', '界牌村', '新华村'),
      scNumber: fc.string(),
      priceFen: fc.option(fc.integer({ min: 1, max: 100_000_000 }).map(fen)),
      stock: fc.option(fc.integer({ min: 1, max: 1000 })),
    })
    fc.assert(
      fc.property(any, (part) => {
        const found = missing({ ...cake, ...part } as ListingDraft, '2026-11-20')
        return found.every((m) => m.words.length > 3 && m.field in cake)
      }),
    )
  })
})

describe('weights and prices', () => {
  test('the price of 100 g is the nearest fen, half a fen upwards', () => {
    expect(per100g(fen(16800), 357)).toBe(4706)
    expect(per100g(fen(1), 200)).toBe(1)
    expect(per100g(fen(1), 201)).toBe(0)
    expect(per100g(fen(5000), 100)).toBe(5000)
    expect(() => per100g(fen(100), 0)).toThrow(RangeError)
  })

  test('the price of 100 g is never further than half a fen from the truth', () => {
    const { netGrams, priceFen } = listingLimits
    fc.assert(
      fc.property(fc.integer(priceFen), fc.integer(netGrams), (price, grams) => {
        const exact = BigInt(price) * 200n
        const off = BigInt(per100g(fen(price), grams)) * BigInt(2 * grams) - exact
        return off <= BigInt(grams) && off > -BigInt(grams)
      }),
    )
  })

  test('a label says grams up to 1000 g and kilograms above', () => {
    expect([8, 357, 1000, 1001, 2499, 3000, 30_050].map(netWords)).toEqual([
      '8 克',
      '357 克',
      '1000 克',
      '1.001 千克',
      '2.499 千克',
      '3 千克',
      '30.05 千克',
    ])
    expect(netWords(7 * 357)).toBe('2.499 千克')
    expect(priceWords(fen(16800), 'cake')).toBe('¥168.00 / 饼')
  })

  test('the legal block has every line that the law wants, in order', () => {
    const block = legalBlock(wholeOf(cake))
    expect(block.map((l) => l.label)).toEqual([
      '售价',
      '每 100 克',
      '净含量',
      '品名',
      '生产许可证编号',
      '生产者',
      '生产者地址',
      '产品标准号',
      '生产日期（批次）',
      '原料',
      '产地',
      '村寨',
      '保质期',
      '贮存条件',
      '退货规则',
    ])
    expect(block.every((l) => l.value !== '')).toBe(true)
    expect(block[1]?.value).toBe('¥47.06')
    expect(legalBlock(wholeOf({ ...cake, form: 'loose', scNumber: '', standardCode: '' }))[4]?.value).toContain('食用农产品')
    expect(() => wholeOf({ ...cake, priceFen: null })).toThrow(RangeError)
  })
})

describe('flows and words', () => {
  test('a listing enters the shelf once and never becomes a draft again', () => {
    expect(listingFlow.next('draft', 'shelve')).toBe('onShelf')
    expect(listingFlow.next('onShelf', 'takeOff')).toBe('offShelf')
    expect(listingFlow.next('offShelf', 'putOn')).toBe('onShelf')
    expect(listingFlow.acts('draft', 'shop')).toEqual([])
  })

  test('a revision is decided only from review, and by the park alone', () => {
    expect(revisionFlow.from('approve')).toEqual(['inReview'])
    expect(revisionFlow.from('reject')).toEqual(['inReview'])
    expect(revisionFlow.acts('inReview', 'shop')).toEqual(['recall'])
    expect(revisionFlow.acts('approved', 'shop')).toEqual([])
    expect(caseFlow.acts('open', 'staff')).toEqual(['approve', 'reject'])
    expect(caseFlow.acts('recalled', 'staff')).toEqual([])
  })

  test('every state and act has its Chinese words', () => {
    const han = /[\u4e00-\u9fff]/
    const all: [readonly string[], Record<string, string>][] = [
      [listingFlow.states, words.shelfWords],
      [listingFlow.allActs(), words.listingActWords],
      [revisionFlow.states, words.revisionWords],
      [revisionFlow.allActs(), words.revisionActWords],
      [reservationFlow.states, words.reservationWords],
      [reservationFlow.allActs(), words.reservationActWords],
      [caseFlow.states, caseWords],
      [caseFlow.allActs(), caseActWords],
      [kinds, words.kindWords],
      [forms, words.formWords],
      [forms, words.unitWords],
      [seasons, words.seasonWords],
      [words.shopActs, words.shopActWords],
      [Object.keys(emptyDraft()), words.fieldWords],
    ]
    for (const [names, said] of all) {
      expect(Object.keys(said).sort()).toEqual([...names].sort())
      expect(Object.values(said).every((w) => han.test(w))).toBe(true)
    }
  })

  test('the two 凤凰窝 are told apart, and every hill says where its figures come from', () => {
    expect(hills.filter((h) => h.name.startsWith('凤凰窝')).map((h) => h.county)).toEqual(['墨江县', '勐腊县'])
    expect(new Set(hills.map((h) => h.id)).size).toBe(hills.length)
    for (const hill of hills) {
      expect(hill.notes.length).toBeGreaterThan(0)
      expect(hill.notes.every((n) => n.source !== '')).toBe(true)
    }
    expect(hillName('mojiang-midi')).toBe('迷帝')
    expect(hillOf('冰岛')).toBeNull()
  })
})

describe('claims', () => {
  test.each([
    '本茶降血脂',
    '治便秘',
    '养胃治失眠',
    '月子米补血',
    '接骨米',
    '全网最低价',
    '墨江第一山头',
    '国家级好茶',
    '越陈越香保值升值',
    '存十年翻十倍',
    '稳赚不赔',
    '特供茶',
    '国礼',
    '国宴用茶',
    '千年古树',
    '冰岛料',
    '20年陈',
    '二十年陈',
    '最后几单',
    '最后 3 单',
    '错过不再',
    '加微信',
    '私信下单',
    '扫码加群',
  ])('flags %s', (text) => {
    expect(readClaims(text)).not.toEqual([])
  })

  test.each([
    '口感顺滑',
    '茶汤醇厚',
    '请遵医嘱',
    '最高可领10元券',
    '第一泡出汤5秒',
    '可长期存放',
    '清代称贡茶',
    '2019年压制',
    '2019年陈放至今',
    '余 3 件',
    '点击下方小程序下单',
    '古树春茶',
  ])('leaves %s alone', (text) => {
    expect(readClaims(text)).toEqual([])
  })

  test('hiding a word behind spaces, dots, full width or zero width does not help', () => {
    for (const text of ['加 微 信', '加.微·信', '加\u200b微\u200b信', '加－微—信', '加ＶＸ', '全🍵网🍵最🍵低'])
      expect(readClaims(text), text).toHaveLength(1)
  })

  test('a claim is quoted as it was written, with its class and the law to open', () => {
    expect(readClaims('好茶，加 微.信 便宜')).toEqual([{ class: 'offSite', text: '加 微.信', why: '引导站外交易：园区交易规则' }])
  })

  test('fifty thousand characters are read in the time of a blink', () => {
    const texts = ['千'.repeat(50_000), '加微'.repeat(25_000), 'a'.repeat(50_000), '翻'.repeat(50_000), '最后1'.repeat(16_000)]
    for (const text of texts) {
      const from = performance.now()
      readClaims(text)
      expect(performance.now() - from).toBeLessThan(250)
    }
  })
})

describe('changes between two sheets', () => {
  const sheet = (fields: Record<string, string | null>, pictures: number[], label: number | null): CaseSheet => ({
    revision: 'rev',
    no: 1,
    fields: Object.entries(fields).map(([field, value]) => ({ field, label: field, value })),
    pictureIds: pictures.map(picture),
    labelPictureId: label === null ? null : picture(label),
  })

  test('only what differs is shown, in the order of the form', () => {
    const before = sheet({ title: 'a', price: '1', hill: null }, [1, 2], 3)
    const now = sheet({ title: 'a', price: '2', hill: '迷帝' }, [1, 4], 3)
    expect(changesBetween(now, before)).toEqual([
      { field: 'price', label: 'price', before: '1', after: '2' },
      { field: 'hill', label: 'hill', before: null, after: '迷帝' },
      { field: 'pictures', label: '照片', before: '2 张', after: '2 张，其中 1 张是新的' },
    ])
    expect(changesBetween(now, now)).toEqual([])
  })

  test('without an approved wording everything is new', () => {
    const now = sheet({ title: 'a', hill: null }, [1], 2)
    expect(changesBetween(now, null).map((c) => [c.field, c.before])).toEqual([
      ['title', null],
      ['pictures', null],
      ['labelPicture', null],
    ])
  })
})
