import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { batchesOf, listGrams, mustOwn } from '../../server/modules/traceability/index.ts'
import { newId } from '../../server/platform/work.ts'
import type { AssetId, BatchId, PlotId } from '../../shared/ids.ts'
import { type BatchDraft, emptyBatch, emptyPlot, type PlotDraft } from '../../shared/traceability/draft.ts'
import { type House, type Person, refusalFrom, startHouse } from '../kit/house.ts'
import { type Farmer, uploadPicture } from '../kit/listings.ts'

const KILO = 1000

let house: House
let farmer: Farmer
let reviewer: Person
let paper: AssetId

beforeAll(async () => {
  house = await startHouse()
  farmer = await house.farmer()
  reviewer = await house.staff('reviewer')
  paper = (await uploadPicture(house, farmer)).id
})
afterAll(() => house?.stop())

let named = 0

/** A plot with nothing missing; on no hill unless said, so that tests do not share a hill's account. */
const wholePlot = (change: Partial<PlotDraft> = {}): PlotDraft => ({
  ...emptyPlot(),
  name: `老茶地${++named}`,
  village: '景星镇新华村',
  areaTenths: 120,
  yearlyGrams: 120 * KILO,
  proofs: [{ kind: 'plotEvidence', number: '墨农地承包权〔2019〕001 号', pictureId: paper }],
  ...change,
})

/** A batch with nothing missing but its parts. */
const wholeBatch = (change: Partial<BatchDraft> = {}): BatchDraft => ({
  ...emptyBatch('maocha'),
  code: `B2025-${++named}`,
  kind: 'raw',
  season: 'spring',
  makerName: '阿布',
  makerAddress: '云南省普洱市墨江县景星镇新华村',
  productionDate: '2025-04-20',
  madeGrams: 10 * KILO,
  ...change,
})

const savePlot = async (change: Partial<PlotDraft> = {}, who: Farmer = farmer): Promise<PlotId> =>
  (await who.trpc.shop.traceability.savePlot.mutate({ shopId: who.shopId, draft: wholePlot(change) })).plotId

const verifiedPlot = async (change: Partial<PlotDraft> = {}): Promise<PlotId> => {
  const plotId = await savePlot(change)
  await farmer.trpc.shop.traceability.submitPlot.mutate({ shopId: farmer.shopId, plotId })
  const { claimedGrams } = await reviewer.trpc.park.traceability.plot.query({ plotId })
  await reviewer.trpc.park.traceability.verifyPlot.mutate({ plotId, grantedGrams: claimedGrams })
  return plotId
}

const saveBatch = async (change: Partial<BatchDraft>): Promise<BatchId> =>
  (await farmer.trpc.shop.traceability.saveBatch.mutate({ shopId: farmer.shopId, draft: wholeBatch(change) })).batchId
const submitBatch = (batchId: BatchId) => farmer.trpc.shop.traceability.submitBatch.mutate({ shopId: farmer.shopId, batchId })
const verifiedBatch = async (change: Partial<BatchDraft>): Promise<BatchId> => {
  const batchId = await saveBatch(change)
  await submitBatch(batchId)
  await reviewer.trpc.park.traceability.verifyBatch.mutate({ batchId })
  return batchId
}
const list = (batchId: BatchId, grams: number) => house.app.work({ kind: 'guest' }, (work) => listGrams(work, batchId, grams))
const codeOf = async (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => 'done',
    (error: { code?: unknown }) => error.code,
  )
/** Every one of these calls is refused so. */
const allRefuse = async (code: string, calls: Promise<unknown>[]): Promise<void> =>
  expect((await Promise.all(calls.map(refusalFrom))).map((no) => no.code)).toEqual(calls.map(() => code))
const taken = async (plotId: PlotId, year = 2025): Promise<number> =>
  (await house.sql<{ n: number }>('select taken_grams as n from plot_years where plot_id = ? and year = ?', [plotId, year]))[0]?.n ?? 0

describe('the balance', () => {
  test('a batch takes its material at the door, and what is too much is refused with the sum', async () => {
    const plotId = await verifiedPlot({ name: '洒次东坡' })
    await verifiedBatch({ madeGrams: 100 * KILO, parts: [{ plotId, year: 2025, grams: 100 * KILO }] })
    const more = await saveBatch({ madeGrams: 30 * KILO, parts: [{ plotId, year: 2025, grams: 30 * KILO }] })
    const no = await refusalFrom(submitBatch(more))
    expect(no.code).toBe('massBalance')
    expect(no.words).toContain('地块「洒次东坡」2025 年可制 120 千克，已用 100 千克，这批要 30 千克')
    expect(no.fields.parts).toContain('可制 120 千克')
    expect(await taken(plotId)).toBe(100 * KILO)
    // another year is another account
    const before = await saveBatch({
      productionDate: '2025-04-20',
      madeGrams: 30 * KILO,
      parts: [{ plotId, year: 2024, grams: 30 * KILO }],
    })
    expect(await submitBatch(before)).toEqual({ state: 'inReview' })
  })

  test('listing never passes what was made, a blend counts like a listing, and what is given back is free again', async () => {
    const plotId = await verifiedPlot()
    const parent = await verifiedBatch({ code: 'MJ-25-01', madeGrams: 50 * KILO, parts: [{ plotId, year: 2025, grams: 50 * KILO }] })
    await list(parent, 20 * KILO)
    expect(await codeOf(list(parent, 30 * KILO + 1))).toBe('massBalance')
    const blend = { productClass: 'puer', kind: 'raw', madeGrams: 29_400, parts: [{ batchId: parent, grams: 30 * KILO }] } as const
    const child = await saveBatch({ ...blend, parts: [...blend.parts] })
    await submitBatch(child)
    expect(await codeOf(list(parent, 1))).toBe('massBalance')
    await reviewer.trpc.park.traceability.rejectBatch.mutate({ batchId: child, reasons: '重量与记录不符' })
    await list(parent, 30 * KILO)
    expect((await batchesOf(house.app.read, [parent])).get(parent)).toMatchObject({
      listedGrams: 50 * KILO,
      usedGrams: 0,
      madeGrams: 50 * KILO,
    })
    await list(parent, -50 * KILO)
    await expect(list(parent, -1)).rejects.toThrow(RangeError)
    await expect(list(parent, 0.5)).rejects.toThrow(RangeError)
  })

  test('in a random order of batches, blends, rejections, freezes and listings no account passes its bound', async () => {
    const plotId = await verifiedPlot({ yearlyGrams: 1000 })
    const step = fc.record({ what: fc.nat(5), which: fc.nat(6), grams: fc.integer({ min: 1, max: 500 }) })
    const [steps = []] = fc.sample(fc.array(step, { minLength: 60, maxLength: 60 }), { numRuns: 1, seed: 20261126 })
    const made: BatchId[] = []
    for (const { what, which, grams } of steps) {
      const batchId = made[which % Math.max(1, made.length)]
      const try_ = (act: Promise<unknown>) => act.catch((error: unknown) => error)
      if (what === 0 || !batchId) {
        const parts = which % 2 === 0 || !batchId ? [{ plotId, year: 2025, grams }] : [{ batchId, grams }]
        const id = await saveBatch({ madeGrams: grams, parts })
        const went = await try_(submitBatch(id))
        if (!(went instanceof Error)) made.push(id)
      } else if (what === 1) await try_(reviewer.trpc.park.traceability.verifyBatch.mutate({ batchId }))
      else if (what === 2) await try_(reviewer.trpc.park.traceability.rejectBatch.mutate({ batchId, reasons: '不符' }))
      else if (what === 3)
        await try_(
          grams % 2 === 0
            ? reviewer.trpc.park.traceability.freeze.mutate({ batchId, reasons: '抽检' })
            : reviewer.trpc.park.traceability.thaw.mutate({ batchId, reasons: '复检合格' }),
        )
      else await try_(list(batchId, what === 4 ? grams : -grams))
      const wrong = await house.sql(
        'select id from batches where listed_grams + used_grams > made_grams or listed_grams < 0 or used_grams < 0',
      )
      expect(wrong).toEqual([])
      expect(await taken(plotId)).toBeLessThanOrEqual(1000)
    }
    // the books agree with the parts of what lives
    const [sum] = await house.sql<{ n: string | null }>(
      `select sum(p.grams) as n from batch_parts p join batches b on b.id = p.batch_id where p.plot_id = ? and b.state in ('inReview','verified','frozen')`,
      [plotId],
    )
    expect(await taken(plotId)).toBe(Number(sum?.n ?? 0))
    const uneven = await house.sql(
      `select b.id from batches b where b.used_grams <> coalesce((select sum(p.grams) from batch_parts p join batches c on c.id = p.batch_id where p.parent_id = b.id and c.state in ('inReview','verified','frozen')), 0)`,
    )
    expect(uneven).toEqual([])
    expect(made.length).toBeGreaterThan(2)
  })

  test('of many batches at once that want the last of a plot, as many are taken as fit', async () => {
    const plotId = await verifiedPlot({ yearlyGrams: 100 * KILO })
    const wanted = await Promise.all(
      Array.from({ length: 8 }, () => saveBatch({ madeGrams: 30 * KILO, parts: [{ plotId, year: 2025, grams: 30 * KILO }] })),
    )
    const outcomes = await Promise.allSettled(wanted.map(submitBatch))
    expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(3)
    expect(await taken(plotId)).toBe(90 * KILO)
    const parent = await verifiedBatch({ madeGrams: 10 * KILO, parts: [{ plotId, year: 2025, grams: 10 * KILO }] })
    const lists = await Promise.allSettled(Array.from({ length: 8 }, () => list(parent, 3 * KILO)))
    expect(lists.filter((o) => o.status === 'fulfilled')).toHaveLength(3)
  })

  test('all plots of a hill together stay within what the hill gives; a plot that is revoked frees its share', async () => {
    const hill = 'mojiang-fenghuangwo'
    const first = await verifiedPlot({ hill, name: '东片', yearlyGrams: 400 * KILO })
    const second = await savePlot({ hill, name: '西片', yearlyGrams: 300 * KILO })
    await farmer.trpc.shop.traceability.submitPlot.mutate({ shopId: farmer.shopId, plotId: second })
    const verify = (grantedGrams: number) => reviewer.trpc.park.traceability.verifyPlot.mutate({ plotId: second, grantedGrams })
    const no = await refusalFrom(verify(300 * KILO))
    expect(no.code).toBe('massBalance')
    expect(no.words).toContain('凤凰窝（墨江）一年至多出晒青毛茶 600 千克，已核验的地块合计 400 千克，这块地要 300 千克')
    // refused, nothing happened
    expect((await reviewer.trpc.park.traceability.plot.query({ plotId: second })).state).toBe('inReview')
    expect((await refusalFrom(verify(300 * KILO + 1))).fields).toHaveProperty('grantedGrams')
    await reviewer.trpc.park.traceability.revokePlot.mutate({ plotId: first, reasons: '权属有争议' })
    expect(await verify(300 * KILO)).toEqual({ state: 'verified' })
    expect((await reviewer.trpc.park.traceability.plot.query({ plotId: second })).hillGrantedGrams).toBe(300 * KILO)
  })

  test('a verification is not renewed below what batches have taken already', async () => {
    const plotId = await verifiedPlot({ name: '南洼', yearlyGrams: 50 * KILO })
    await verifiedBatch({ madeGrams: 40 * KILO, parts: [{ plotId, year: 2025, grams: 40 * KILO }] })
    await reviewer.trpc.park.traceability.revokePlot.mutate({ plotId, reasons: '重新测产' })
    const next = await saveBatch({ parts: [{ plotId, year: 2024, grams: 10 * KILO }] })
    expect(await refusalFrom(submitBatch(next))).toMatchObject({ code: 'plotUnverified', words: expect.stringContaining('南洼') })
    const { draft } = await farmer.trpc.shop.traceability.plot.query({ shopId: farmer.shopId, plotId })
    await farmer.trpc.shop.traceability.savePlot.mutate({ shopId: farmer.shopId, plotId, draft })
    await farmer.trpc.shop.traceability.submitPlot.mutate({ shopId: farmer.shopId, plotId })
    expect(await refusalFrom(reviewer.trpc.park.traceability.verifyPlot.mutate({ plotId, grantedGrams: 30 * KILO }))).toMatchObject({
      code: 'massBalance',
      words: expect.stringContaining('已用 40 千克'),
    })
  })

  test('material that cannot become the ware, or too little of it, is refused at the parts', async () => {
    const plotId = await verifiedPlot()
    const ripe = await verifiedBatch({
      productClass: 'puer',
      kind: 'ripe',
      madeGrams: 9 * KILO,
      parts: [{ plotId, year: 2025, grams: 10 * KILO }],
    })
    const unripe = await saveBatch({ productClass: 'puer', kind: 'raw', madeGrams: KILO, parts: [{ batchId: ripe, grams: KILO }] })
    expect(await refusalFrom(submitBatch(unripe))).toMatchObject({ code: 'badInput', fields: { parts: '所列原料做不成这种商品，请核对' } })
    const thin = await saveBatch({
      productClass: 'puer',
      kind: 'ripe',
      madeGrams: 9 * KILO,
      parts: [{ plotId, year: 2024, grams: 9 * KILO }],
    })
    expect((await refusalFrom(submitBatch(thin))).words).toContain('所列原料至多可制 8.1 千克，成品写了 9 千克')
    const rice = await saveBatch({
      productClass: 'rice',
      kind: null,
      season: null,
      madeGrams: KILO,
      parts: [{ plotId, year: 2025, grams: KILO }],
    })
    expect((await refusalFrom(submitBatch(rice))).fields.parts).toContain('种的不是这种作物')
    expect(await taken(plotId)).toBe(10 * KILO)
    const itself = refusalFrom(
      farmer.trpc.shop.traceability.saveBatch.mutate({
        shopId: farmer.shopId,
        batchId: ripe,
        draft: wholeBatch({ parts: [{ batchId: ripe, grams: 1 }] }),
      }),
    )
    expect((await itself).fields).toHaveProperty('draft.parts')
  })
})

describe('the way to verification', () => {
  test('a batch tells what its parts agree on, and nothing where they differ', async () => {
    const [one, two] = [await verifiedPlot({ treeClass: 'arbor' }), await verifiedPlot({ treeClass: 'terrace', village: '联珠镇' })]
    const same = await verifiedBatch({ parts: [{ plotId: one, year: 2025, grams: 10 * KILO }] })
    const mixed = await verifiedBatch({
      madeGrams: 14 * KILO,
      parts: [
        { plotId: two, year: 2024, grams: 10 * KILO },
        { batchId: same, grams: 4 * KILO },
      ],
    })
    const facts = await batchesOf(house.app.read, [same, mixed])
    expect(facts.get(same)).toMatchObject({ materialYear: 2025, village: '景星镇新华村', treeClass: 'arbor', state: 'verified' })
    expect(facts.get(mixed)).toMatchObject({ materialYear: null, village: '', treeClass: null })
    expect(facts.get(mixed)?.origins).toEqual([
      { plotId: two, hill: null, village: '联珠镇', year: 2024, grams: 10 * KILO },
      { plotId: one, hill: null, village: '景星镇新华村', year: 2025, grams: 4 * KILO },
    ])
  })

  test('what is in review or verified is not edited; what was rejected is, and goes the way again', async () => {
    const plotId = await verifiedPlot()
    const parts = [{ plotId, year: 2025, grams: 10 * KILO }]
    const batchId = await saveBatch({ parts })
    const save = (draft: BatchDraft) => farmer.trpc.shop.traceability.saveBatch.mutate({ shopId: farmer.shopId, batchId, draft })
    await submitBatch(batchId)
    expect((await refusalFrom(save(wholeBatch({ parts })))).code).toBe('notNow')
    expect((await refusalFrom(submitBatch(batchId))).code).toBe('notNow')
    await farmer.trpc.shop.traceability.recallBatch.mutate({ shopId: farmer.shopId, batchId })
    expect(await taken(plotId)).toBe(0)
    await submitBatch(batchId)
    expect((await refusalFrom(reviewer.trpc.park.traceability.rejectBatch.mutate({ batchId, reasons: ' ' }))).code).toBe('reasonNeeded')
    await reviewer.trpc.park.traceability.rejectBatch.mutate({ batchId, reasons: '重量与称重记录不符' })
    const rejected = await farmer.trpc.shop.traceability.batch.query({ shopId: farmer.shopId, batchId })
    expect(rejected).toMatchObject({ state: 'rejected', reasons: '重量与称重记录不符', acts: ['amend'] })
    await save(wholeBatch({ parts: [{ plotId, year: 2025, grams: 12 * KILO }] }))
    await submitBatch(batchId)
    await reviewer.trpc.park.traceability.verifyBatch.mutate({ batchId })
    expect((await refusalFrom(save(wholeBatch({ parts })))).code).toBe('notNow')
    expect((await refusalFrom(reviewer.trpc.park.traceability.verifyBatch.mutate({ batchId }))).code).toBe('stale')
    expect((await refusalFrom(farmer.trpc.shop.traceability.recallBatch.mutate({ shopId: farmer.shopId, batchId }))).code).toBe('notNow')
    expect(await taken(plotId)).toBe(12 * KILO)
    const told = await house.sql<{ name: string }>(`select name from events where json_value(facts, '$.batchId') = ? order by id`, [
      batchId,
    ])
    expect(told.map((e) => e.name)).toEqual(['batch.rejected', 'batch.verified'])
  })

  test('a plot that lacks something is refused by its fields, and is recalled as long as nobody has decided', async () => {
    const { shopId } = farmer
    const plotId = await savePlot({ hill: 'mojiang-midi', proofs: [] })
    const submit = () => farmer.trpc.shop.traceability.submitPlot.mutate({ shopId, plotId })
    const no = await refusalFrom(submit())
    expect(no.code).toBe('incomplete')
    expect(Object.keys(no.fields).sort()).toEqual(['proofs', 'village'])
    await farmer.trpc.shop.traceability.savePlot.mutate({ shopId, plotId, draft: wholePlot() })
    await submit()
    expect((await refusalFrom(submit())).code).toBe('notNow')
    const edit = farmer.trpc.shop.traceability.savePlot.mutate({ shopId, plotId, draft: wholePlot() })
    expect((await refusalFrom(edit)).code).toBe('notNow')
    await farmer.trpc.shop.traceability.recallPlot.mutate({ shopId, plotId })
    expect((await refusalFrom(farmer.trpc.shop.traceability.recallPlot.mutate({ shopId, plotId }))).code).toBe('notNow')
    await submit()
    expect((await refusalFrom(reviewer.trpc.park.traceability.rejectPlot.mutate({ plotId, reasons: '' }))).code).toBe('reasonNeeded')
    await reviewer.trpc.park.traceability.rejectPlot.mutate({ plotId, reasons: '照片看不清' })
    expect((await refusalFrom(reviewer.trpc.park.traceability.revokePlot.mutate({ plotId, reasons: '照片看不清' }))).code).toBe('stale')
    expect(await farmer.trpc.shop.traceability.plot.query({ shopId, plotId })).toMatchObject({ state: 'rejected', reasons: '照片看不清' })
  })

  test('two batches of a shop never have one code; two shops may', async () => {
    const code = '20250420-01'
    await saveBatch({ code })
    expect(await refusalFrom(saveBatch({ code }))).toMatchObject({ code: 'batchCode', fields: { 'draft.code': '本店已有这个批号' } })
    const other = await house.farmer()
    await other.trpc.shop.traceability.saveBatch.mutate({ shopId: other.shopId, draft: wholeBatch({ code }) })
  })

  test('a suspended shop submits nothing', async () => {
    const other = await house.farmer()
    const mine = (await uploadPicture(house, other)).id
    const plotId = await savePlot({ proofs: [{ kind: 'plotEvidence', number: '1', pictureId: mine }] }, other)
    await house.sql(`update shops set state = 'suspended' where id = ?`, [other.shopId])
    const submit = other.trpc.shop.traceability.submitPlot.mutate({ shopId: other.shopId, plotId })
    expect((await refusalFrom(submit)).code).not.toBeNull()
    expect((await other.trpc.shop.traceability.plot.query({ shopId: other.shopId, plotId })).state).toBe('draft')
  })
})

describe('a freeze', () => {
  test('stops listing and blending at once, keeps the books, and is told; giving back still goes', async () => {
    const plotId = await verifiedPlot()
    const batchId = await verifiedBatch({ code: 'FZ-1', parts: [{ plotId, year: 2025, grams: 10 * KILO }] })
    await list(batchId, 2 * KILO)
    expect((await refusalFrom(reviewer.trpc.park.traceability.freeze.mutate({ batchId }))).code).toBe('reasonNeeded')
    await reviewer.trpc.park.traceability.freeze.mutate({ batchId, reasons: '抽检农残待复核' })
    expect(await codeOf(list(batchId, 1))).toBe('batchFrozen')
    const blend = await saveBatch({ madeGrams: KILO, parts: [{ batchId, grams: KILO }] })
    expect(await refusalFrom(submitBatch(blend))).toMatchObject({ code: 'batchFrozen', words: expect.stringContaining('FZ-1') })
    await list(batchId, -KILO)
    expect(
      await house.sql(`select id from events where name = 'batch.frozen' and json_value(facts, '$.batchId') = ?`, [batchId]),
    ).toHaveLength(1)
    expect((await refusalFrom(reviewer.trpc.park.traceability.freeze.mutate({ batchId, reasons: '再来' }))).code).toBe('stale')
    await reviewer.trpc.park.traceability.thaw.mutate({ batchId, reasons: '复检合格' })
    await list(batchId, 9 * KILO)
  })

  test('only a verified batch is listed', async () => {
    const plotId = await verifiedPlot()
    const batchId = await saveBatch({ parts: [{ plotId, year: 2025, grams: 10 * KILO }] })
    expect(await codeOf(list(batchId, 1))).toBe('batchUnverified')
    await submitBatch(batchId)
    expect(await codeOf(list(batchId, 1))).toBe('batchUnverified')
    expect(await codeOf(list('bat_01M85J5R46GHAV3YAHA3T2TE97' as BatchId, 1))).toBe('notFound')
  })
})

describe('doors', () => {
  test('everyone of a shop looks, owner and assistant write, and a foreign shop’s plots, batches and pictures are not found', async () => {
    const { shopId } = farmer
    const plotId = await verifiedPlot()
    const batchId = await verifiedBatch({ parts: [{ plotId, year: 2025, grams: 10 * KILO }] })
    const clerk = await house.member(shopId, 'clerk')
    const assistant = await house.member(shopId, 'assistant')
    expect((await clerk.trpc.shop.traceability.plots.query({ shopId })).rows.length).toBeGreaterThan(0)
    for (const role of ['clerk', 'streamer'] as const) {
      const who = role === 'clerk' ? clerk : await house.member(shopId, role)
      const calls = [
        who.trpc.shop.traceability.savePlot.mutate({ shopId, draft: wholePlot() }),
        who.trpc.shop.traceability.submitPlot.mutate({ shopId, plotId }),
        who.trpc.shop.traceability.recallPlot.mutate({ shopId, plotId }),
        who.trpc.shop.traceability.saveBatch.mutate({ shopId, draft: wholeBatch() }),
        who.trpc.shop.traceability.submitBatch.mutate({ shopId, batchId }),
        who.trpc.shop.traceability.recallBatch.mutate({ shopId, batchId }),
      ]
      await allRefuse('roleNeeded', calls)
    }
    await assistant.trpc.shop.traceability.savePlot.mutate({ shopId, draft: wholePlot({ proofs: [] }) })
    const other = await house.farmer()
    const theirs = { shopId: other.shopId }
    const t = other.trpc.shop.traceability
    const bare = { proofs: [] }
    const foreign = [
      t.plot.query({ ...theirs, plotId }),
      t.batch.query({ ...theirs, batchId }),
      t.savePlot.mutate({ ...theirs, plotId, draft: wholePlot(bare) }),
      t.savePlot.mutate({ ...theirs, draft: wholePlot() }),
      t.submitPlot.mutate({ ...theirs, plotId }),
      t.recallPlot.mutate({ ...theirs, plotId }),
      t.saveBatch.mutate({ ...theirs, batchId, draft: wholeBatch() }),
      t.saveBatch.mutate({ ...theirs, draft: wholeBatch({ parts: [{ plotId, year: 2025, grams: 1 }] }) }),
      t.saveBatch.mutate({ ...theirs, draft: wholeBatch({ parts: [{ batchId, grams: 1 }] }) }),
      t.saveBatch.mutate({ ...theirs, draft: wholeBatch({ proofs: [{ kind: 'labReport', number: '1', pictureId: paper }] }) }),
      t.submitBatch.mutate({ ...theirs, batchId }),
      t.recallBatch.mutate({ ...theirs, batchId }),
      t.plots.query({ shopId }),
      t.batches.query({ shopId }),
    ]
    await allRefuse('notFound', foreign)
    await expect(house.app.work({ kind: 'guest' }, (work) => mustOwn(work, other.shopId, [batchId]))).rejects.toMatchObject({
      code: 'notFound',
    })
    await house.app.work({ kind: 'guest' }, (work) => mustOwn(work, shopId, [batchId]))
  })

  test('the desk exists for reviewers and the head only, and finds what is there only', async () => {
    const plotId = await savePlot()
    const batchId = await saveBatch({})
    const finance = await house.staff('finance')
    for (const who of [finance, farmer, await house.buyer()]) {
      const t = who.trpc.park.traceability
      const calls = [
        t.waiting.query({}),
        t.plots.query({}),
        t.batches.query({}),
        t.plot.query({ plotId }),
        t.batch.query({ batchId }),
        t.verifyPlot.mutate({ plotId, grantedGrams: 1 }),
        t.rejectPlot.mutate({ plotId, reasons: '不符' }),
        t.revokePlot.mutate({ plotId, reasons: '不符' }),
        t.verifyBatch.mutate({ batchId }),
        t.rejectBatch.mutate({ batchId, reasons: '不符' }),
        t.freeze.mutate({ batchId, reasons: '不符' }),
        t.thaw.mutate({ batchId, reasons: '不符' }),
      ]
      await allRefuse('notFound', calls)
    }
    const t = (await house.staff('head')).trpc.park.traceability
    const gone = { plotId: newId('Plot'), batchId: newId('Batch') }
    expect((await refusalFrom(t.plot.query({ plotId: gone.plotId }))).code).toBe('notFound')
    expect((await refusalFrom(t.verifyPlot.mutate({ plotId: gone.plotId, grantedGrams: 1 }))).code).toBe('notFound')
    expect((await refusalFrom(t.verifyBatch.mutate({ batchId: gone.batchId }))).code).toBe('notFound')
    // a draft is not before the desk
    expect((await refusalFrom(t.verifyBatch.mutate({ batchId }))).code).toBe('stale')
    expect((await refusalFrom(t.verifyPlot.mutate({ plotId, grantedGrams: 1 }))).code).toBe('stale')
  })

  test('lists page on, the desk’s with the longest waiting first', async () => {
    const { shopId } = farmer
    const waiting = [await savePlot(), await savePlot()]
    for (const plotId of waiting) {
      await farmer.trpc.shop.traceability.submitPlot.mutate({ shopId, plotId })
      house.clock.advance(1000)
    }
    const seen: string[] = []
    for (let cursor: string | null = null; ; ) {
      const page: { rows: { id: string }[]; next: string | null } = await reviewer.trpc.park.traceability.plots.query({ cursor, limit: 1 })
      seen.push(...page.rows.map((r) => r.id))
      cursor = page.next
      if (cursor === null) break
    }
    expect(seen.filter((id) => waiting.includes(id as PlotId))).toEqual(waiting)
    const { rows, next } = await farmer.trpc.shop.traceability.batches.query({ shopId, limit: 2 })
    expect(rows).toHaveLength(2)
    const more = await farmer.trpc.shop.traceability.batches.query({ shopId, limit: 2, cursor: next })
    expect(more.rows.map((r) => r.id)).not.toContain(rows[0]?.id)
    expect((await reviewer.trpc.park.traceability.waiting.query({})).plots).toBe(seen.length)
  })

  test.each<[string, object]>([
    ['draft.name', { name: '' }],
    ['draft.name', { name: '地'.repeat(31) }],
    ['draft.name', { name: '东\u202e坡' }],
    ['draft.hill', { hill: '凤凰窝' }],
    ['draft.village', { village: '新\n华' }],
    ['draft.areaTenths', { areaTenths: 0 }],
    ['draft.areaTenths', { areaTenths: 1.5 }],
    ['draft.trees', { trees: -1 }],
    ['draft.altitudeMetres', { altitudeMetres: 9000 }],
    ['draft.yearlyGrams', { yearlyGrams: 2_000_000_001 }],
    ['draft.treeBasis', { treeBasis: '普'.repeat(101) }],
    ['draft.proofs', { proofs: Array.from({ length: 9 }, () => ({ kind: 'labReport', number: '', pictureId: null })) }],
  ])('a plot with a wrong %s is refused at that field', async (field, change) => {
    const draft = { ...wholePlot({ proofs: [] }), ...change } as PlotDraft
    const no = await refusalFrom(farmer.trpc.shop.traceability.savePlot.mutate({ shopId: farmer.shopId, draft }))
    expect(no.code).toBe('badInput')
    expect(Object.keys(no.fields)).toEqual([field])
  })

  test.each<[string, object]>([
    ['draft.code', { code: '' }],
    ['draft.code', { code: '😀'.repeat(41) }],
    ['draft.madeGrams', { madeGrams: 0 }],
    ['draft.madeGrams', { madeGrams: 0.1 }],
    ['draft.materialYear', { materialYear: 1900 }],
    ['draft.productionDate', { productionDate: '2025-02-30' }],
    ['draft.pressingDate', { pressingDate: '昨天' }],
    ['draft.makerName', { makerName: '阿\u200b布' }],
    ['draft.scNumber', { scNumber: '1'.repeat(21) }],
    ['draft.productClass', { productClass: 'wine' }],
    ['draft.parts.0', { parts: [{ grams: 1 }] }],
    ['draft.parts.0.grams', { parts: [{ plotId: 'plt_01M85J5R46GHAV3YAHA3T2TE97', year: 2025, grams: -1 }] }],
  ])('a batch with a wrong %s is refused at that field', async (field, change) => {
    const draft = { ...wholeBatch(), ...change } as BatchDraft
    const no = await refusalFrom(farmer.trpc.shop.traceability.saveBatch.mutate({ shopId: farmer.shopId, draft }))
    expect(no.code).toBe('badInput')
    expect(Object.keys(no.fields)).toEqual([field])
  })
})

describe('the batch page', () => {
  test('shows anyone what is proved, checked or only said, its plots, parents and gaps; and follows what happens', async () => {
    const plotId = await verifiedPlot({ name: '北坡' })
    const parent = await verifiedBatch({ code: 'P-1', parts: [{ plotId, year: 2025, grams: 10 * KILO }] })
    const batchId = await verifiedBatch({
      code: 'C-1',
      productClass: 'puer',
      kind: 'raw',
      madeGrams: 4 * KILO,
      parts: [{ batchId: parent, grams: 5 * KILO }],
      proofs: [{ kind: 'labReport', number: 'CMA-2025-77', pictureId: paper }],
    })
    const page = () => house.guest.buyer.traceability.batch.query({ batchId })
    const seen = await page()
    expect(seen).toMatchObject({ code: 'C-1', state: 'verified', parents: [{ id: parent, code: 'P-1', grams: 5 * KILO, isFrozen: false }] })
    expect(seen.plots).toMatchObject([{ name: '北坡', verified: true, took: [{ year: 2025, grams: 5 * KILO }] }])
    expect(seen.statements.find((s) => s.label === '检验')).toMatchObject({ basis: 'proved', paper: '检验报告 CMA-2025-77' })
    expect(seen.statements.find((s) => s.label === '生产者')?.basis).toBe('said')
    expect(seen.gaps.join()).toContain('没有逐次记录')
    // land papers name people: their photos are not shown
    expect(JSON.stringify(seen.plots)).not.toContain(paper)
    expect(seen.reports[0]?.picture?.id).toBe(paper)
    await reviewer.trpc.park.traceability.revokePlot.mutate({ plotId, reasons: '权属有争议' })
    expect((await page()).gaps.join()).toContain('地块「北坡」的核验已撤销')
    await reviewer.trpc.park.traceability.freeze.mutate({ batchId: parent, reasons: '抽检' })
    expect((await page()).parents[0]?.isFrozen).toBe(true)
    await reviewer.trpc.park.traceability.freeze.mutate({ batchId, reasons: '抽检' })
    expect((await page()).state).toBe('frozen')
  })

  test('what is not verified is not found', async () => {
    const batchId = await saveBatch({})
    expect((await refusalFrom(house.guest.buyer.traceability.batch.query({ batchId }))).code).toBe('notFound')
    expect((await refusalFrom(house.guest.buyer.traceability.batch.query({ batchId: 'x' as BatchId }))).code).toBe('notFound')
  })
})
