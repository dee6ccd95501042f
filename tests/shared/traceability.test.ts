import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hills } from '../../shared/catalogue/hills.ts'
import type { AssetId, PlotId } from '../../shared/ids.ts'
import { type Account, becomes, conversions, dryGrams, materialOf, move, partsMake, plotSum } from '../../shared/traceability/balance.ts'
import { batchLacks, plotLacks } from '../../shared/traceability/complete.ts'
import { type BatchDraft, emptyBatch, emptyPlot, type PlotDraft } from '../../shared/traceability/draft.ts'
import { batchStatements, gapsOf, plotStatements } from '../../shared/traceability/statements.ts'

const picture = 'ast_01M85J5R46GHAV3YAHA3T2TE97' as AssetId
const plotId = 'plt_01M85J5R46GHAV3YAHA3T2TE97' as PlotId
const evidence = { kind: 'plotEvidence', number: '001', pictureId: picture } as const
const survey = { kind: 'treeSurvey', number: '普查 17', pictureId: picture } as const
const plot = (change: Partial<PlotDraft> = {}): PlotDraft => ({
  ...emptyPlot(),
  name: '东坡',
  village: '景星镇新华村',
  areaTenths: 100,
  yearlyGrams: 50_000,
  proofs: [evidence],
  ...change,
})
const batch = (change: Partial<BatchDraft> = {}): BatchDraft => ({
  ...emptyBatch('maocha'),
  code: 'B1',
  kind: 'raw',
  season: 'spring',
  makerName: '阿布',
  makerAddress: '新华村',
  productionDate: '2025-04-20',
  madeGrams: 1000,
  parts: [{ plotId, year: 2025, grams: 1000 }],
  ...change,
})
const fieldsOf = (lacks: readonly { field: string }[]): string[] => [...new Set(lacks.map((l) => l.field))]

describe('weights', () => {
  test('nothing becomes more than it was, and no leaf goes back', () => {
    for (const { from, to, permille, source } of conversions) {
      expect(permille).toBeLessThanOrEqual(1000)
      expect(source).not.toBe('')
      expect(becomes(1000, to, from)).toBeNull()
    }
    expect(becomes(4000, 'freshLeaf', 'maocha')).toBe(1000)
    expect(becomes(1000, 'ripeTea', 'rawTea')).toBeNull()
    expect(dryGrams('tea', 'fresh', 4000)).toBe(1000)
    expect(dryGrams('rice', 'dry', 4000)).toBe(4000)
    expect([materialOf('maocha', null), materialOf('puer', 'ripe'), materialOf('puer', null), materialOf('dish', null)]).toEqual([
      'maocha',
      'ripeTea',
      null,
      null,
    ])
  })

  test('what parts make is never more than what they weigh, whatever they are', () => {
    const part = fc.record({ grams: fc.nat(2_000_000_000), material: fc.constantFrom('maocha' as const, 'rawTea' as const) })
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const made = partsMake(parts, 'rawTea')
        expect(made).not.toBeNull()
        expect(made).toBeLessThanOrEqual(parts.reduce((sum, p) => sum + p.grams, 0))
      }),
    )
    expect(partsMake([{ grams: 10, material: 'ripeTea' }], 'rawTea')).toBeNull()
  })

  test('in every order of batches, blends, rejections and listings no account passes its bound, nor is more listed than the land gave', () => {
    // accounts: 0 is a plot's year, each further one a batch made of it or of an earlier one
    type Batch = { account: Account; from: number; took: number; alive: boolean }
    const act = fc.oneof(
      fc.record({ do: fc.constant('make' as const), from: fc.nat(8), grams: fc.integer({ min: 1, max: 400 }) }),
      fc.record({ do: fc.constant('reject' as const), from: fc.nat(8) }),
      fc.record({ do: fc.constant('list' as const), from: fc.nat(8), grams: fc.integer({ min: -400, max: 400 }) }),
    )
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        let land: Account = { bound: 1000, taken: 0 }
        const made: Batch[] = []
        const listed: number[] = []
        for (const a of acts) {
          const source = a.from === 0 ? null : made[a.from - 1]
          if (a.do === 'make') {
            const next = source ? (source.alive ? move(source.account, a.grams) : null) : move(land, a.grams)
            if (next === null) continue
            if (source) source.account = next
            else land = next
            made.push({ account: { bound: a.grams, taken: 0 }, from: a.from, took: a.grams, alive: true })
            listed.push(0)
          } else if (source?.alive && a.do === 'list') {
            const i = a.from - 1
            if ((listed[i] ?? 0) + a.grams < 0) continue
            const next = move(source.account, a.grams)
            if (next) {
              source.account = next
              listed[i] = (listed[i] ?? 0) + a.grams
            }
          } else if (source?.alive && a.do === 'reject' && source.account.taken === 0) {
            source.alive = false
            const parent = source.from === 0 ? null : made[source.from - 1]
            if (parent) parent.account = move(parent.account, -source.took) ?? parent.account
            else land = move(land, -source.took) ?? land
          }
          for (const account of [land, ...made.map((m) => m.account)]) {
            expect(account.taken).toBeLessThanOrEqual(account.bound)
            expect(account.taken).toBeGreaterThanOrEqual(0)
          }
          // all that is listed came out of the land
          expect(listed.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(land.bound)
        }
      }),
    )
  })

  test('the sum is told in words', () => {
    expect(plotSum('X', 2026, { bound: 120_000, taken: 100_000 }, 30_000)).toBe(
      '地块「X」2026 年可制 120 千克，已用 100 千克，这批要 30 千克',
    )
  })
})

describe('the registry', () => {
  test('every hill has its ranges or says that there are none, and the two 凤凰窝 are told apart', () => {
    for (const { yearlyGrams, areaMu, notes } of hills) {
      for (const range of [yearlyGrams, areaMu]) if (range) expect(range[0]).toBeLessThanOrEqual(range[1])
      expect(notes.length).toBeGreaterThan(0)
      for (const note of notes) expect(note.source).not.toBe('')
    }
    const twins = hills.filter((h) => h.name.startsWith('凤凰窝'))
    expect(new Set(twins.map((h) => h.county)).size).toBe(2)
    expect(new Set(twins.map((h) => h.name)).size).toBe(2)
    expect(hills.find((h) => h.id === 'mojiang-xuli')?.yearlyGrams).toBeNull()
  })
})

describe('what a plot lacks', () => {
  test('a whole one lacks nothing; each omission is named at its field', () => {
    expect(plotLacks(plot())).toEqual([])
    for (const [field, change] of Object.entries({
      name: { name: '' },
      village: { village: '' },
      areaTenths: { areaTenths: null },
      yearlyGrams: { yearlyGrams: null },
      proofs: { proofs: [] },
    } satisfies Record<string, Partial<PlotDraft>>))
      expect(fieldsOf(plotLacks(plot(change)))).toEqual([field])
    // a number without a photo, or a photo without a number, proves nothing
    expect(fieldsOf(plotLacks(plot({ proofs: [{ ...evidence, pictureId: null }] })))).toEqual(['proofs'])
    expect(fieldsOf(plotLacks(plot({ proofs: [{ ...evidence, number: '' }] })))).toEqual(['proofs'])
  })

  test('what the registry knows of a hill binds its plots: village, height, area, yield', () => {
    const hill = 'mojiang-fenghuangwo'
    expect(plotLacks(plot({ hill, altitudeMetres: 1700 }))).toEqual([])
    expect(fieldsOf(plotLacks(plot({ hill, village: '易武镇丁家寨' })))).toEqual(['village'])
    expect(fieldsOf(plotLacks(plot({ hill, altitudeMetres: 2000 })))).toEqual(['altitudeMetres'])
    expect(fieldsOf(plotLacks(plot({ hill, areaTenths: 661 })))).toEqual(['areaTenths'])
    expect(fieldsOf(plotLacks(plot({ hill, yearlyGrams: 600_001 })))).toEqual(['yearlyGrams'])
    // fresh leaf weighs four times as much
    expect(plotLacks(plot({ hill, yieldState: 'fresh', yearlyGrams: 2_400_000 }))).toEqual([])
    // nothing is known of 须立: the plot's own evidence is the bound
    expect(plotLacks(plot({ hill: 'mojiang-xuli', yearlyGrams: 900_000_000 }))).toEqual([])
    expect(fieldsOf(plotLacks(plot({ hill, crop: 'rice' })))).toContain('hill')
  })

  test('old trees need a survey, and no years are said without one', () => {
    expect(fieldsOf(plotLacks(plot({ treeClass: 'ancient' })))).toEqual(['treeBasis', 'proofs'])
    expect(plotLacks(plot({ treeClass: 'ancient', treeBasis: '2021年普查，树龄160年', proofs: [evidence, survey] }))).toEqual([])
    for (const treeBasis of ['树龄300年', '百年老树', '一千多年', '约 160 年'])
      expect(fieldsOf(plotLacks(plot({ treeClass: 'arbor', treeBasis }))), treeBasis).toEqual(['treeBasis'])
    for (const treeBasis of ['2021年普查', '村里 1998 年分的地'])
      expect(plotLacks(plot({ treeClass: 'arbor', treeBasis })), treeBasis).toEqual([])
  })
})

describe('what a batch lacks', () => {
  const today = '2026-11-20'
  test('a whole one lacks nothing; each omission and contradiction is named at its field', () => {
    expect(batchLacks(batch(), today)).toEqual([])
    for (const [field, change] of [
      ['code', { code: '' }],
      ['makerName', { makerName: '' }],
      ['makerAddress', { makerAddress: '' }],
      ['madeGrams', { madeGrams: null }],
      ['productionDate', { productionDate: null }],
      ['season', { season: null }],
      ['kind', { productClass: 'puer', kind: null }],
      ['kind', { kind: 'ripe' }],
      ['productionDate', { productionDate: '2026-11-21' }],
      ['pressingDate', { pressingDate: '2025-04-21' }],
      ['storedSince', { storedSince: '2025-04-19' }],
      ['parts', { parts: [{ plotId, year: 2026, grams: 1000 }] }],
      [
        'parts',
        {
          parts: [
            { plotId, year: 2025, grams: 1 },
            { plotId, year: 2025, grams: 2 },
          ],
        },
      ],
    ] satisfies [string, Partial<BatchDraft>][])
      expect(fieldsOf(batchLacks(batch(change), today)), field).toEqual([field])
    expect(fieldsOf(batchLacks(batch({ parts: [] }), today))).toEqual(['parts', 'village', 'materialYear'])
  })

  test('rice may leave its field open, a dish has none', () => {
    const rice = { productClass: 'rice', kind: null, season: null, parts: [], village: '联珠镇', materialYear: 2025 } as const
    expect(batchLacks(batch({ ...rice, parts: [] }), today)).toEqual([])
    const dish = { productClass: 'dish', kind: null, season: null, village: '墨江县城' } as const
    expect(batchLacks(batch({ ...dish, parts: [] }), today)).toEqual([])
    expect(fieldsOf(batchLacks(batch(dish), today))).toEqual(['parts'])
  })
})

describe('what a buyer reads', () => {
  const stated = {
    ...batch({ parts: [] }),
    hill: null,
    materialYear: null,
    village: '',
    storedSince: null,
    madeGrams: 1000,
    proofs: [],
  }
  const land = { ...plot({ hill: 'mojiang-fenghuangwo' }), verified: true, grantedGrams: 50_000 }

  test('a line stands on a paper, on the park, or on the shop’s word alone', () => {
    const lines = plotStatements({
      ...land,
      treeClass: 'ancient',
      treeBasis: '2021年普查',
      altitudeMetres: 1700,
      proofs: [evidence, survey],
    })
    expect(lines.find((l) => l.label === '树龄类型')).toEqual({
      label: '树龄类型',
      value: '古树（2021年普查）',
      basis: 'proved',
      paper: '古树普查证明 普查 17',
    })
    expect(lines.find((l) => l.label === '海拔')?.basis).toBe('said')
    expect(lines.find((l) => l.label === '核定年产量')?.basis).toBe('checked')
    // a verification that was taken back proves nothing any more
    expect(plotStatements({ ...land, verified: false }).every((l) => l.basis === 'said')).toBe(true)
    expect(batchStatements(stated, true).find((l) => l.label === '生产日期')?.basis).toBe('said')
  })

  test('gaps are shown as gaps', () => {
    const gaps = gapsOf(stated, [{ ...land, verified: false }], false)
    expect(gaps.join()).toContain('核验已撤销')
    expect(gaps.join()).toContain('没有检验报告')
    expect(gaps.join()).toContain('不标年份')
    expect(gapsOf({ ...stated, productClass: 'rice' }, [], false).join()).toContain('没有登记')
  })
})
