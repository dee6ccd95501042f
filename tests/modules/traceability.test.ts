import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { batchesOf, listGrams } from '../../server/modules/traceability/index.ts'
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
})
