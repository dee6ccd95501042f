import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  classForms,
  type FieldName,
  fieldsOfClass,
  inClass,
  inputs,
  labelOf,
  mustFill,
  onlyOfClass,
} from '../../shared/catalogue/classes.ts'
import { isDay, type Known, missing } from '../../shared/catalogue/complete.ts'
import {
  blends,
  emptyDraft,
  emptyLabel,
  emptySku,
  forms,
  freeKey,
  grades,
  kinds,
  type LabelFields,
  type ListingDraft,
  packUnits,
  processes,
  productClasses,
  roasts,
  seasons,
  treeClasses,
} from '../../shared/catalogue/draft.ts'
import { listingFlow, reservationFlow, revisionFlow } from '../../shared/catalogue/flow.ts'
import { hillName, hillOf, hills } from '../../shared/catalogue/hills.ts'
import { dayOnLabel } from '../../shared/catalogue/label-faults.ts'
import { legalBlock, wholeOf } from '../../shared/catalogue/legal.ts'
import { listingLimits } from '../../shared/catalogue/limits.ts'
import { type PricePoint, STRUCK_DAYS, struckProof } from '../../shared/catalogue/price.ts'
import {
  baseUnitsAt,
  gramsAt,
  netWords,
  packWords,
  per100g,
  priceWords,
  readNet,
  skuNameAt,
  wholeUnits,
} from '../../shared/catalogue/units.ts'
import * as words from '../../shared/catalogue/words.ts'
import type { AssetId, BatchId } from '../../shared/ids.ts'
import { readClaims } from '../../shared/moderation/claims.ts'
import { caseFlow } from '../../shared/moderation/flow.ts'
import { type CaseSheet, changesBetween } from '../../shared/moderation/sheet.ts'
import { caseActWords, caseWords } from '../../shared/moderation/words.ts'
import { fen } from '../../shared/money.ts'
import { after, DAY, type Instant, instant } from '../../shared/time.ts'
import { batchFlow } from '../../shared/traceability/flow.ts'
import { batchActWords, batchWords } from '../../shared/traceability/words.ts'

const picture = (n: number) => `ast_01JD00000000000000000000${String(n).padStart(2, '0')}` as AssetId
const batch = (n: number) => `bat_01JD00000000000000000000${String(n).padStart(2, '0')}` as BatchId
const sku = (name: string, level: number, price: number, stock: number) => ({
  ...emptySku(`s${level + 1}`, level),
  name,
  priceFen: fen(price),
  stock,
  batchIds: [batch(1)],
})

const cake: ListingDraft = {
  ...emptyDraft(),
  productClass: 'puer',
  title: '凤凰窝春茶饼 2025',
  pictures: [picture(1)],
  captions: [''],
  kind: 'raw',
  form: 'cake',
  materialYear: 2025,
  season: 'spring',
  ingredients: '云南大叶种晒青茶',
  hill: 'mojiang-fenghuangwo',
  village: '景星镇新华村',
  netGrams: 357,
  pack: [{ unit: 'cake', count: 1 }],
  labelPicture: picture(2),
  label: { ...emptyLabel(), name: '普洱茶（生茶）', netContent: '357克', scNumber: 'SC11453082200011', productionDate: '2025.04.20' },
  makerName: '墨江县新华茶厂',
  makerAddress: '云南省普洱市墨江县景星镇新华村',
  scNumber: 'SC11453082200011',
  standardCode: 'GB/T 22111',
  productionDate: '2025-04-20',
  shelfLife: '符合贮存条件下适宜长期保存',
  storage: '通风、干燥、无异味、避光',
  skus: [sku('单饼', 0, 16_800, 50)],
}
/** The samples of the domain notes, one for each class. */
const samples: Record<(typeof productClasses)[number], ListingDraft> = {
  puer: cake,
  maocha: onlyOfClass(
    inClass(
      {
        ...cake,
        title: '景星晒青毛茶 2025 春',
        pack: [
          { unit: 'gram', count: 1 },
          { unit: 'bag', count: 250 },
        ],
        netGrams: 1,
        skus: [sku('250 克袋装', 1, 10_800, 40)],
      },
      'maocha',
    ),
  ),
  workshopTea: onlyOfClass({ ...cake, productClass: 'workshopTea', permitNumber: '云小作坊登字 530822000012' }),
  rice: onlyOfClass({
    ...cake,
    productClass: 'rice',
    title: '墨江紫米 2025 新米',
    variety: '墨紫糯',
    ingredients: '紫糯米',
    netGrams: 500,
    pack: [{ unit: 'bag', count: 1 }],
    scNumber: 'SC10153082200011',
    label: { ...cake.label, name: '墨江紫米', netContent: '500g', scNumber: 'SC10153082200011' },
    skus: [sku('单袋', 0, 2600, 200)],
  }),
  coffee: onlyOfClass({
    ...cake,
    productClass: 'coffee',
    title: '墨江咖啡豆 2025',
    variety: '卡蒂姆',
    ingredients: '咖啡豆',
    roast: 'medium',
    process: 'washed',
    netGrams: 227,
    pack: [{ unit: 'bag', count: 1 }],
    scNumber: 'SC12053082200011',
    label: { ...cake.label, name: '焙炒咖啡豆', netContent: '227 g', scNumber: 'SC12053082200011' },
    skus: [sku('单袋', 0, 5800, 100)],
  }),
  dish: onlyOfClass({
    ...cake,
    productClass: 'dish',
    title: '紫米粑粑 六个装',
    ingredients: '紫糯米、红糖、芝麻',
    allergens: '含芝麻',
    howTo: '小火两面煎',
    permitNumber: 'JY15308220012014',
    netGrams: 480,
    pack: [{ unit: 'serving', count: 1 }],
    skus: [sku('单份', 0, 3600, 30)],
  }),
}
const TODAY = '2026-11-20'
const pathsOf = (draft: ListingDraft, today?: string, known?: Known) => missing(draft, today, known).map((m) => m.path)

describe('the classes as data', () => {
  test('each class’s sample lacks nothing', () => {
    for (const [name, draft] of Object.entries(samples)) expect(pathsOf(draft, TODAY), name).toEqual([])
  })

  test('every single field that must be filled is missed at its own place when it is empty', () => {
    for (const draft of Object.values(samples)) {
      const form = classForms[draft.productClass ?? 'puer']
      for (const { name, must } of fieldsOfClass(form)) {
        if (!must || name === 'label') continue
        const emptied = { ...draft, [name]: emptyDraft()[name] }
        expect(pathsOf(emptied, TODAY)[0] === name || pathsOf(emptied, TODAY).includes(name), `${form.words} ${name}`).toBe(true)
      }
      for (const name of form.label)
        expect(pathsOf({ ...draft, label: { ...draft.label, [name]: '' } }, TODAY), `${form.words} label.${name}`).toEqual([
          `label.${name}`,
        ])
    }
  })

  test('every field of a class has its input and its words, no field stands twice, and the law’s lines have values', () => {
    for (const productClass of productClasses) {
      const form = classForms[productClass]
      const names = fieldsOfClass(form).map((f) => f.name)
      expect(new Set(names).size).toBe(names.length)
      for (const name of names) expect([inputs[name].is, labelOf(form, name)].every((w) => w !== '')).toBe(true)
      for (const needed of ['title', 'pictures', 'netGrams', 'pack', 'makerName', 'shelfLife', 'storage', 'skus'] as FieldName[])
        expect(
          fieldsOfClass(form).some((f) => f.name === needed && f.must),
          `${productClass} ${needed}`,
        ).toBe(true)
      const block = legalBlock(wholeOf(samples[productClass]), 0, ['MJ2504-001'])
      expect(block.every((l) => l.value !== '')).toBe(true)
      expect(block.slice(0, 4).map((l) => l.key)).toEqual(['price', 'per100g', 'net', 'name'])
      expect(block.find((l) => l.key === 'batches')?.value).toBe('MJ2504-001')
      expect(block.at(-1)?.key).toBe('returnRule')
      expect(form.papers.length).toBeGreaterThan(0)
    }
    expect(Object.keys(inputs).sort()).toEqual(
      Object.keys(emptyDraft())
        .filter((f) => f !== 'productClass' && f !== 'captions')
        .sort(),
    )
  })

  test('without a class nothing but the class is asked for', () => {
    expect(pathsOf(emptyDraft(), TODAY)).toEqual(['productClass'])
  })

  test('changing the class loses nothing that was typed, submitting leaves out what the class does not have', () => {
    const rice = inClass(cake, 'rice')
    expect(rice.season).toBe('spring')
    expect(onlyOfClass(rice)).toMatchObject({ productClass: 'rice', season: null, kind: null, title: cake.title })
    expect(onlyOfClass(inClass(cake, 'maocha'))).toMatchObject({ kind: 'raw', form: 'loose', scNumber: '' })
    expect(onlyOfClass(emptyDraft())).toEqual(emptyDraft())
  })
})

describe('what a listing still lacks', () => {
  test.each<[string, Partial<ListingDraft>, string, string]>([
    ['leaf younger than the cake it is in', { materialYear: 2026 }, 'materialYear', '晚于生产日期'],
    [
      'spring leaf pressed in January of its own year',
      { productionDate: '2025-01-31', label: { ...cake.label, productionDate: '2025年1月31日' } },
      'season',
      '春茶',
    ],
    [
      'autumn leaf pressed in July of its own year',
      { season: 'autumn', productionDate: '2025-07-31', label: { ...cake.label, productionDate: '20250731' } },
      'season',
      '秋茶',
    ],
    ['a picking outside its season', { picking: { from: '2025-01-10', to: '2025-03-01' } }, 'picking.from', '春茶'],
    ['a picking that ends before it begins', { picking: { from: '2025-04-10', to: '2025-03-01' } }, 'picking.to', '不能早于'],
    ['a picking of another year', { picking: { from: '2024-03-10', to: '2024-04-01' } }, 'picking.from', '2025'],
    ['a picking after the pressing', { season: 'spring', picking: { from: '2025-05-01', to: '2025-05-10' } }, 'picking.from', '早于采摘'],
    ['a hill far from its village', { village: '勐腊县易武镇丁家寨' }, 'village', '凤凰窝（墨江）'],
    ['a hill that is in no registry', { hill: 'bingdao' }, 'hill', '名录'],
    ['a blend without its shares', { blend: 'blend' }, 'shares', '比例'],
    ['old trees without a reason', { treeClass: 'ancient' }, 'treeBasis', '依据'],
    ['a grade on pressed tea', { grade: '3' }, 'grade', '不分级'],
    ['additives in tea', { ingredients: '晒青茶、食用香精' }, 'ingredients', '不得使用添加剂'],
    [
      'a base unit that the class does not have',
      { pack: [{ unit: 'gram', count: 1 }], netGrams: 1, label: { ...cake.label, netContent: '1克' } },
      'pack.0',
      '最小单位',
    ],
    ['a level that holds one', { pack: [...cake.pack, { unit: 'stack', count: 1 }] }, 'pack.1', '至少 2'],
    ['a level named twice', { pack: [...cake.pack, { unit: 'cake', count: 7 }] }, 'pack.1', '两次'],
    ['a crate that nobody can lift', { pack: [...cake.pack, { unit: 'crate', count: 1000 }] }, 'pack.1', '超过上限'],
  ])('%s is found', (_, change, path, said) => {
    const found = missing({ ...cake, ...change }, TODAY)
    expect(found.map((m) => m.path)).toEqual([path])
    expect(found[0]?.words).toContain(said)
  })

  test('a licence of another food, or with a digit too few, is found whichever class it is', () => {
    const licensed = (scNumber: string) => missing({ ...cake, scNumber, label: { ...cake.label, scNumber } }, TODAY)
    expect(licensed('SC10153082200011')[0]).toMatchObject({ path: 'scNumber', words: expect.stringContaining('SC114') })
    expect(licensed('SC1145308220001')[0]?.words).toContain('14 位')
    expect(pathsOf({ ...samples.dish, permitNumber: 'JY123' }, TODAY)).toEqual(['permitNumber'])
  })

  test('days that have not come are refused, but for a presale, which asks for no day and no label', () => {
    const next = { ...cake, materialYear: 2027, productionDate: '2027-04-20', label: { ...cake.label, productionDate: '2027-04-20' } }
    expect(pathsOf(next, TODAY)).toEqual(['materialYear', 'productionDate'])
    const presale = { ...next, productionDate: null, labelPicture: null, label: emptyLabel(), presale: { shipBy: '2027-05-01' } }
    expect(pathsOf(presale, TODAY)).toEqual([])
    expect(
      fieldsOfClass(classForms.puer)
        .filter((f) => f.must && !mustFill(presale, f))
        .map((f) => f.name),
    ).toEqual(['labelPicture', 'label', 'productionDate'])
    expect(pathsOf({ ...presale, presale: { shipBy: TODAY } }, TODAY)).toEqual(['presale.shipBy'])
    expect(pathsOf({ ...presale, presale: { shipBy: '2027-11-20' } }, TODAY)).toEqual(['presale.shipBy'])
  })

  test('a label that says something else is quoted beside what was entered', () => {
    const labelled = (change: Partial<LabelFields>, draft: ListingDraft = cake) =>
      missing({ ...draft, label: { ...draft.label, ...change } }, TODAY)
    expect(labelled({ scNumber: 'SC11453082200099' })).toEqual([
      {
        field: 'label',
        path: 'label.scNumber',
        words: '生产许可证编号：标签上是「SC11453082200099」，填写的是「SC11453082200011」，请核对',
      },
    ])
    expect(labelled({ scNumber: 'ｓｃ 114 5308 2200 011', standardCode: 'GB／T 22111', productionDate: '2025 年 4 月 20 日' })).toEqual([])
    expect(labelled({ productionDate: '2025-04-21' })[0]?.path).toBe('label.productionDate')
    expect(labelled({ name: '普洱茶（熟茶）' })[0]?.path).toBe('label.name')
    expect(labelled({ netContent: '三百五十七克' })[0]?.words).toContain('读不出')
    expect(labelled({ netContent: '400克' })[0]?.words).toContain('357 克')
    const stacked: ListingDraft = { ...cake, pack: [...cake.pack, { unit: 'stack', count: 7 }] }
    expect(labelled({ netContent: '2.499千克（357克×7）' }, stacked)).toEqual([])
    expect(labelled({ netContent: '2499克' }, stacked)[0]?.words).toContain('千克')
    expect(labelled({ netContent: '2.5千克（357克×7）' }, stacked)[0]?.words).toContain('2.499 千克')
    expect(labelled({ netContent: '2.5kg' }, stacked)[0]?.words).toContain('2.499 千克')
    expect(['20250420', '2025/4/20', '2025.04.20', '无'].map(dayOnLabel)).toEqual(['2025-04-20', '2025-04-20', '2025-04-20', null])
  })

  test('each row of the skus is read by itself', () => {
    const rows = (...skus: Partial<ListingDraft['skus'][number]>[]) => {
      const draft = {
        ...cake,
        pack: [...cake.pack, { unit: 'stack' as const, count: 7 }],
        skus: skus.map((s, i) => ({ ...cake.skus[0]!, key: `s${i + 1}`, name: `规格${i}`, ...s })),
      }
      return pathsOf(draft, TODAY)
    }
    expect(rows({}, { level: 1, priceFen: fen(100_000) })).toEqual([])
    expect(rows({ name: '' })).toEqual(['skus.0.name'])
    expect(rows({}, { name: '规格0' })).toEqual(['skus.1.name'])
    expect(rows({ level: 2 })).toEqual(['skus.0.level'])
    expect(rows({ priceFen: null, stock: null })).toEqual(['skus.0.priceFen', 'skus.0.stock'])
    expect(rows({ batchIds: [] })).toEqual(['skus.0.batchIds'])
    expect(rows({ batchIds: [batch(1), batch(1)] })).toEqual(['skus.0.batchIds'])
    expect(rows({ struckFen: fen(16_800) })).toEqual(['skus.0.struckFen'])
    expect(rows({}, { key: 's1' })).toEqual(['skus'])
    expect(freeKey(cake.skus)).toBe('s2')
    expect(freeKey([{ key: 's2' }])).toBe('s3')
  })

  test('what the server knows is asked too: batches, proofs, and what stands in lots', () => {
    const known = (change: object = {}): Known => ({
      batches: [{ id: batch(1), code: 'A-1', productClass: 'puer', state: 'verified', ...change }],
    })
    expect(pathsOf(cake, TODAY, known())).toEqual([])
    expect(missing(cake, TODAY, known({ state: 'inReview' }))[0]).toMatchObject({
      path: 'skus.0.batchIds',
      words: expect.stringContaining('核验'),
    })
    expect(missing(cake, TODAY, known({ productClass: 'rice' }))[0]?.words).toContain('墨江紫米')
    expect(missing(cake, TODAY, { batches: [] })[0]?.words).toContain('不是本店的')
    const struck = { ...cake, skus: [{ ...cake.skus[0]!, struckFen: fen(20_000) }] }
    expect(pathsOf(struck, TODAY)).toEqual([])
    expect(missing(struck, TODAY, { struck: { s1: null } })[0]).toMatchObject({
      path: 'skus.0.struckFen',
      words: expect.stringContaining('没有依据'),
    })
    expect(missing(struck, TODAY, { struck: { s1: fen(19_000) } })[0]?.words).toContain('190.00')
    expect(pathsOf(struck, TODAY, { struck: { s1: fen(20_000) } })).toEqual([])
    const approved = { ...cake, netGrams: 400, pack: [{ unit: 'brick' as const, count: 1 }], productClass: 'rice' as const }
    expect(pathsOf(cake, TODAY, { approved })).toEqual(['productClass', 'netGrams', 'pack.0'])
    expect(pathsOf({ ...cake, skus: [{ ...cake.skus[0]!, stock: null }] }, TODAY, { opened: ['s1'] })).toEqual([])
  })

  test('a day is a day of the calendar', () => {
    expect(['2024-02-29', '2000-02-29', '2025-12-31'].map(isDay)).toEqual([true, true, true])
    expect(['2025-02-29', '1900-02-29', '2025-13-01', '2025-00-10', '2025-04-31', '2025-4-3', '20250403', ''].some(isDay)).toBe(false)
  })

  test('whatever is written, no field is blamed without words and nothing throws', () => {
    const any = fc.record({
      productClass: fc.constantFrom(...productClasses, null),
      title: fc.string(),
      kind: fc.constantFrom(...kinds, null),
      form: fc.constantFrom(...forms, null),
      netGrams: fc.option(fc.integer({ min: 1, max: 50_000 })),
      pack: fc.array(fc.record({ unit: fc.constantFrom(...packUnits), count: fc.integer({ min: 1, max: 1000 }) }), { maxLength: 4 }),
      materialYear: fc.option(fc.integer({ min: 1950, max: 2100 })),
      productionDate: fc.constantFrom('2025-04-20', '1999-12-31', null),
      season: fc.constantFrom(...seasons, null),
      grade: fc.constantFrom(...grades, null),
      hill: fc.constantFrom(...hills.map((h) => h.id), 'none', null),
      village: fc.constantFrom('', '界牌村', '新华村'),
      scNumber: fc.string(),
      label: fc.record({
        name: fc.string(),
        netContent: fc.string(),
        scNumber: fc.string(),
        standardCode: fc.string(),
        productionDate: fc.string(),
        shelfLife: fc.string(),
        maker: fc.string(),
      }),
      skus: fc.array(
        fc.record({
          key: fc.constantFrom('s1', 's2', 's3'),
          name: fc.string(),
          level: fc.integer({ min: 0, max: 3 }),
          priceFen: fc.option(fc.integer({ min: 1, max: 100_000_000 }).map(fen)),
          struckFen: fc.option(fc.integer({ min: 1, max: 100_000_000 }).map(fen)),
          stock: fc.option(fc.integer({ min: 1, max: 1000 })),
          batchIds: fc.array(fc.constantFrom(batch(1), batch(2)), { maxLength: 3 }),
        }),
        { maxLength: 4 },
      ),
    })
    fc.assert(
      fc.property(any, (part) => {
        const draft = { ...cake, ...part } as ListingDraft
        return missing(draft, TODAY).every((m) => m.words.length > 3 && m.field in cake && m.path.startsWith(m.field))
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

  const stacked = {
    netGrams: 357,
    pack: [
      { unit: 'cake' as const, count: 1 },
      { unit: 'stack' as const, count: 7 },
      { unit: 'crate' as const, count: 12 },
    ],
  }

  test('seven cakes of 357 g are a stack of 2 499 g, twelve stacks a crate of about 30 kg', () => {
    expect([0, 1, 2, 3, -1, 0.5].map((level) => baseUnitsAt(stacked.pack, level))).toEqual([1, 7, 84, null, null, null])
    expect([0, 1, 2].map((level) => gramsAt(stacked, level))).toEqual([357, 2499, 29_988])
    expect([0, 1, 2, 3].map((level) => packWords(stacked, level))).toEqual([
      '357 克',
      '357 克 × 7 饼 = 2.499 千克',
      '357 克 × 84 饼 = 29.988 千克',
      '',
    ])
    expect([0, 1, 2, 3].map((level) => skuNameAt(stacked.pack, level))).toEqual(['单饼', '整提（7 饼）', '整件（84 饼）', ''])
    const loose = [
      { unit: 'gram' as const, count: 1 },
      { unit: 'bag' as const, count: 250 },
    ]
    expect([packWords({ netGrams: 1, pack: loose }, 1), skuNameAt(loose, 1)]).toEqual(['250 克', '250 克袋装'])
  })

  test('whatever the tree, levels multiply, weights are whole, and whole units never make more than there is', () => {
    const counts = fc.array(fc.integer({ min: 2, max: 1000 }), { maxLength: 3 })
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 50_000 }), fc.nat(50_000_000), (more, netGrams, left) => {
        const pack = [{ unit: 'cake' as const, count: 1 }, ...more.map((count) => ({ unit: 'stack' as const, count }))]
        for (let level = 0; level < pack.length; level++) {
          const units = baseUnitsAt(pack, level) as number
          const below = level === 0 ? 1 : (baseUnitsAt(pack, level - 1) as number) * (pack[level]?.count ?? 0)
          const whole = wholeUnits(left, units)
          if (units !== below || gramsAt({ netGrams, pack }, level) !== units * netGrams) return false
          if (!Number.isInteger(whole) || whole * units > left || (whole + 1) * units <= left) return false
        }
        return true
      }),
    )
  })

  test('what a label says of a weight is read back to the gram, however it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 2, max: 99 }), (grams, count) => {
        const kilos = `${Math.floor(grams / 1000)}.${String(grams % 1000).padStart(3, '0')}`
        const reads = [netWords(grams), `净含量：${grams}g`, `${kilos} kg`, `${kilos}千克`].map((text) => readNet(text)?.grams)
        const product = readNet(`${grams * count}克（${grams}克×${count}饼）`)
        return (
          reads.every((read) => read === grams) && product?.grams === grams * count && product.each === grams && product.count === count
        )
      }),
    )
    expect(readNet('357g×7')).toEqual({ grams: 2499, each: 357, count: 7, inGrams: true })
    expect(['', '一饼', '0.5 克', '1.0005kg'].map(readNet)).toEqual([null, null, null, null])
  })

  test('the legal block has every line that the law wants, in order', () => {
    const block = legalBlock(wholeOf(cake), 0, ['A-1', 'A-2'])
    expect(block.map((l) => l.label)).toEqual([
      '售价',
      '每 100 克',
      '净含量',
      '品名',
      '生产许可证编号',
      '生产者',
      '生产者地址',
      '产品标准号',
      '生产日期',
      '批次（混批）',
      '原料',
      '配料',
      '产地',
      '村寨',
      '保质期',
      '贮存条件',
      '退货规则',
    ])
    expect(block[1]?.value).toBe('¥47.06')
    expect(legalBlock(wholeOf(samples.maocha)).find((l) => l.key === 'farmProduce')?.value).toContain('食用农产品')
    expect(legalBlock(wholeOf(samples.dish)).at(-1)?.value).toContain('不适用 7 天无理由')
    expect(() => wholeOf({ ...cake, skus: [] })).toThrow(RangeError)
    expect(() => wholeOf({ ...cake, skus: [{ ...cake.skus[0]!, priceFen: null }] })).toThrow(RangeError)
  })
})

describe('a struck price', () => {
  const day = (n: number): Instant => after(instant(1_700_000_000_000), n * DAY)
  const at = (...points: [number, number][]): PricePoint[] => points.map(([n, price]) => ({ priceFen: fen(price), fromAt: day(n) }))
  const proven = (points: PricePoint[], price: number, n: number) => struckProof(points, fen(price), day(n))?.priceFen ?? null

  test('is the lowest real price of the thirty days before the present price began', () => {
    expect(proven([], 100, 0)).toBeNull()
    expect(proven(at([0, 200]), 100, 5)).toBe(200)
    expect(proven(at([0, 200], [2, 150]), 100, 5)).toBe(150)
    // raised for a day to be struck the next
    expect(proven(at([0, 100], [29, 200]), 100, 30)).toBeNull()
    expect(proven(at([0, 100], [29, 200]), 90, 30)).toBe(100)
    // a price that ended before the window is forgotten
    expect(proven(at([0, 80], [1, 200]), 100, 20)).toBeNull()
    expect(proven(at([0, 80], [1, 200]), 100, 32)).toBe(200)
    // in force already: counted from its own beginning, for thirty days
    expect(proven(at([0, 200], [10, 100]), 100, 39)).toBe(200)
    expect(proven(at([0, 200], [10, 100]), 100, 40)).toBeNull()
    expect(proven(at([0, 100]), 200, 5)).toBeNull()
  })

  test('whatever the history: it was really asked within the window, it is higher, and nothing in the window was lower', () => {
    const history = fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 9 })), { maxLength: 12 })
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 9 }), fc.nat(40), (steps, price, wait) => {
        const days = steps.map((_, i) => steps.slice(0, i + 1).reduce((sum, [gap]) => sum + gap, 0))
        const points = steps.map(([, p], i) => ({ priceFen: fen(p), fromAt: day(days[i] as number) }))
        const now = day((days.at(-1) ?? 0) + wait)
        const proof = struckProof(points, fen(price), now)
        if (!proof) return true
        const ends = points.map((_, i) => points[i + 1]?.fromAt ?? now)
        const before = points.filter((p, i) => {
          const end = ends[i] as number
          return p.fromAt < proof.sinceAt && end > p.fromAt && end > proof.sinceAt - STRUCK_DAYS * DAY
        })
        return (
          proof.priceFen > price &&
          before.some((p) => p.priceFen === proof.priceFen) &&
          before.every((p) => p.priceFen >= proof.priceFen) &&
          now < proof.untilAt
        )
      }),
      { numRuns: 1000 },
    )
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
      [packUnits, words.packUnitWords],
      [productClasses, words.classWords],
      [treeClasses, words.treeClassWords],
      [blends, words.blendWords],
      [grades, words.gradeWords],
      [roasts, words.roastWords],
      [processes, words.processWords],
      [Object.keys(emptyLabel()), words.labelWords],
      [batchFlow.states, batchWords],
      [batchFlow.allActs(), batchActWords],
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
