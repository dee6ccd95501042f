/**
 * Plots and verified batches for the shops of the demonstration, made by the room's own acts: the shop writes and submits, the park verifies.
 * `seedBatches(story, shop, reviewer, makings, paperId)` answers the batch of every making by its code; listings name these batches. A plot for
 * each crop, hill and village of a shop is made large enough for all that is made of it. Twice is once: both are looked for by name and code.
 */
import { and, eq } from 'drizzle-orm'
import type { Kind, ProductClass, Season } from '../../shared/catalogue/draft.ts'
import { hillName } from '../../shared/catalogue/hills.ts'
import type { AssetId, BatchId, PlotId, UserId } from '../../shared/ids.ts'
import { conversions, materialOf, originRules, yieldOf } from '../../shared/traceability/balance.ts'
import type { Crop } from '../../shared/traceability/draft.ts'
import { verifyBatch } from '../modules/traceability/decide-batch.ts'
import { verifyPlot } from '../modules/traceability/decide-plot.ts'
import { saveBatch } from '../modules/traceability/save-batch.ts'
import { savePlot } from '../modules/traceability/save-plot.ts'
import { submitBatch } from '../modules/traceability/submit-batch.ts'
import { submitPlot } from '../modules/traceability/submit-plot.ts'
import { batches, plots } from '../modules/traceability/tables.ts'
import type { Actor } from '../platform/work.ts'
import type { DemoShop } from './shops.ts'
import type { Story } from './story.ts'

/** A ware of one making. */
export interface Making {
  /** The batch's code as on the label; unlike any other of the shop. */
  code: string
  productClass: ProductClass
  kind: Kind | null
  season: Season | null
  /** The year of the leaf, the grain, the cherry. */
  year: number | null
  hill: string | null
  village: string
  /** What was made, whole grams: at least what is listed of it. */
  grams: number
  productionDate: string
  makerName: string
  makerAddress: string
  scNumber: string
  standardCode: string
}

/** Dry grams that a making takes of its plot. */
const dryNeed = (making: Making, crop: Crop): number => {
  const to = materialOf(making.productClass, making.kind)
  const { dry } = yieldOf[crop]
  const step = conversions.find((c) => c.from === dry && c.to === to)
  return step ? Math.ceil((making.grams * 1000) / step.permille) : making.grams
}

/** Makings of one plot: of one crop, on one hill, in one village. */
const landOf = (makings: readonly Making[]): Map<string, { crop: Crop; makings: Making[] }> => {
  const land = new Map<string, { crop: Crop; makings: Making[] }>()
  for (const making of makings) {
    const { crop } = originRules[making.productClass]
    if (crop === null) continue
    const key = `${crop} ${making.hill} ${making.village}`
    const of = land.get(key) ?? { crop, makings: [] }
    of.makings.push(making)
    land.set(key, of)
  }
  return land
}

const KILO = 1000

/** What a plot must give in its fullest year, with a quarter to spare, in whole kilograms as grams. */
const yieldFor = (makings: readonly Making[], crop: Crop): number => {
  const years = new Map<number | null, number>()
  for (const m of makings) years.set(m.year, (years.get(m.year) ?? 0) + dryNeed(m, crop))
  return Math.ceil((Math.max(...years.values()) * 1.25) / KILO) * KILO
}

const plotNames: Record<Crop, string> = { tea: '茶地', rice: '紫米田', coffee: '咖啡地' }

/** Makes what is lacking of these batches and their plots. `paperId`: a picture of the shop, the photo of its land papers. */
export async function seedBatches(
  story: Story,
  shop: DemoShop,
  reviewer: UserId,
  makings: readonly Making[],
  paperId: AssetId,
): Promise<Map<string, BatchId>> {
  const { app } = story
  const { shopId, owner } = shop
  const desk: Actor = { kind: 'staff', userId: reviewer, role: 'reviewer' }
  const plotOf = new Map<Making, PlotId>()
  let nth = 0
  for (const { crop, makings: made } of landOf(makings).values()) {
    const [first] = made
    if (!first) continue
    nth++
    const name = `${hillName(first.hill) ?? first.village}${plotNames[crop]}`
    const yearlyGrams = yieldFor(made, crop)
    const [have] = await app.read
      .select({ id: plots.id, state: plots.state })
      .from(plots)
      .where(and(eq(plots.shopId, shopId), eq(plots.name, name), eq(plots.village, first.village)))
    const plotId =
      have?.id ??
      (
        await app.work(owner, (work) =>
          savePlot(work, {
            shopId,
            draft: {
              name,
              crop,
              hill: crop === 'tea' ? first.hill : null,
              village: first.village,
              grower: '',
              areaTenths: Math.min(660, Math.max(5, Math.ceil(yearlyGrams / (crop === 'tea' ? 3_000 : 20_000)))),
              trees: null,
              treeClass: crop === 'tea' ? 'arbor' : null,
              treeBasis: '',
              altitudeMetres: null,
              yieldState: 'dry',
              yearlyGrams,
              proofs: [
                {
                  kind: 'plotEvidence',
                  number: `墨农地承包权〔2019〕${String(shop.place + 1).padStart(3, '0')}-${nth} 号`,
                  pictureId: paperId,
                },
              ],
            },
          }),
        )
      ).plotId
    const state = have?.state ?? 'draft'
    if (state === 'draft') await app.work(owner, (work) => submitPlot(work, { shopId, plotId }))
    if (state !== 'verified') await app.work(desk, (work) => verifyPlot(work, { plotId, grantedGrams: yearlyGrams, reasons: '', reviewer }))
    for (const making of made) plotOf.set(making, plotId)
  }
  const ids = new Map<string, BatchId>()
  for (const making of makings) {
    const { hill: _, year, village, grams, ...plain } = making
    const [have] = await app.read
      .select({ id: batches.id, state: batches.state })
      .from(batches)
      .where(and(eq(batches.shopId, shopId), eq(batches.code, making.code)))
    const plotId = plotOf.get(making)
    const { crop } = originRules[making.productClass]
    const parts = plotId && crop && year !== null ? [{ plotId, year, grams: dryNeed(making, crop) }] : []
    const batchId =
      have?.id ??
      (
        await app.work(owner, (work) =>
          saveBatch(work, {
            shopId,
            draft: {
              ...plain,
              materialYear: parts.length > 0 ? null : year,
              village: parts.length > 0 ? '' : village,
              pressingDate: null,
              storedSince: making.productionDate,
              madeGrams: grams,
              parts,
              proofs: [],
            },
          }),
        )
      ).batchId
    const state = have?.state ?? 'draft'
    if (state === 'draft') await app.work(owner, (work) => submitBatch(work, { shopId, batchId }))
    if (state === 'draft' || state === 'inReview') await app.work(desk, (work) => verifyBatch(work, { batchId, reasons: '', reviewer }))
    ids.set(making.code, batchId)
  }
  return ids
}
