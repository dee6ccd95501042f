import { desc, eq, inArray, sql } from 'drizzle-orm'
import { listingFlow, revisionFlow } from '../../../shared/catalogue/flow.ts'
import { type WholeListing, wholeOf } from '../../../shared/catalogue/legal.ts'
import { struckProof } from '../../../shared/catalogue/price.ts'
import { baseUnitsAt } from '../../../shared/catalogue/units.ts'
import type { BatchId, ListingId, LotId, PriceVersionId, RevisionId, SkuId } from '../../../shared/ids.ts'
import type { Verdict } from '../../../shared/moderation/flow.ts'
import type { Fen } from '../../../shared/money.ts'
import { advance, newId, tryAdvance, type Work } from '../../platform/work.ts'
import { pricesOf } from './known.ts'
import { sleepListings } from './sleep-listings.ts'
import { listings, lots, offerLots, offerSkus, offers, priceVersions, revisions, skus, stockMoves, type Taken } from './tables.ts'
import { giveBack } from './take-grams.ts'
import { tellStock } from './tell-stock.ts'

/**
 * Does what the desk decided, if it is still the revision in review: approved becomes the wording that is sold (and stands on the shelf, the first
 * time), the one before is superseded, what was taken of the batches is opened; rejected keeps the reasons and gives the batches back. Heard
 * twice, it happens once.
 */
export async function settleReview(
  work: Work,
  decided: { listingId: ListingId; revisionId: RevisionId; verdict: Verdict; reasons: string },
): Promise<void> {
  const { listingId, revisionId, verdict, reasons } = decided
  const [listing] = await work.db.select().from(listings).where(eq(listings.id, listingId)).for('update')
  if (listing?.workingRevisionId !== revisionId) return
  const { shopId } = listing
  const [revision] = await work.db
    .select({ draft: revisions.draft, taken: revisions.taken })
    .from(revisions)
    .where(eq(revisions.id, revisionId))
  if (!revision) return
  const settled = { decidedAt: work.now, taken: null }
  if (verdict === 'rejected') {
    if (!(await tryAdvance(work, revisions, revisionId, revisionFlow, 'reject', { ...settled, reasons }))) return
    await giveBack(work, revision.taken)
    await touch(work, listingId)
    await work.tell('listing.rejected', { listingId, revisionId, shopId, reasons })
    return
  }
  if (!(await tryAdvance(work, revisions, revisionId, revisionFlow, 'approve', settled))) return
  const whole = wholeOf(revision.draft)
  await work.db.insert(offers).values({
    revisionId,
    productClass: whole.productClass,
    title: whole.title,
    pictureId: whole.pictures[0],
    kind: whole.kind,
    form: whole.form,
    season: whole.season,
    materialYear: whole.materialYear,
    hill: whole.hill,
    netGrams: whole.netGrams,
    shipBy: whole.presale?.shipBy ?? null,
  })
  const lotOf = await openLots(work, listingId, revisionId, revision.taken ?? [])
  await offerSkusOf(work, listingId, revisionId, whole, lotOf)
  if (listing.approvedRevisionId) await advance(work, revisions, listing.approvedRevisionId, revisionFlow, 'supersede')
  await work.db.update(listings).set({ approvedRevisionId: revisionId }).where(eq(listings.id, listingId))
  await touch(work, listingId)
  await tellStock(
    work,
    [...lotOf.values()].map((l) => l.lotId),
  )
  if (await tryAdvance(work, listings, listingId, listingFlow, 'shelve', { shelvedAt: work.now }))
    await work.tell('listing.onShelf', { listingId, shopId })
  await work.tell('listing.approved', { listingId, revisionId, shopId })
  // a paper may have ended while the revision waited
  await sleepListings(work, shopId)
}

const touch = (work: Work, listingId: ListingId) => work.db.update(listings).set({ updatedAt: work.now }).where(eq(listings.id, listingId))

type Lots = Map<BatchId, { lotId: LotId; code: string }>

/** The listing's lots of the batches that this revision names: new ones are opened with what was taken, those that stand get it on top. */
async function openLots(work: Work, listingId: ListingId, revisionId: RevisionId, taken: readonly Taken[]): Promise<Lots> {
  const standing = await work.db.select({ id: lots.id, batchId: lots.batchId }).from(lots).where(eq(lots.listingId, listingId))
  const lotOf: Lots = new Map()
  for (const { batchId, code, baseUnits } of taken) {
    const known = standing.find((l) => l.batchId === batchId)
    const lotId = known?.id ?? newId('Lot')
    lotOf.set(batchId, { lotId, code })
    if (!known)
      await work.db.insert(lots).values({
        id: lotId,
        listingId,
        batchId,
        batchCode: code,
        left: baseUnits,
        opening: baseUnits,
        frozen: false,
        openedAt: work.now,
      })
    else if (baseUnits > 0) {
      await work.db
        .update(lots)
        .set({ left: sql`${lots.left} + ${baseUnits}` })
        .where(eq(lots.id, lotId))
      await work.db.insert(stockMoves).values({ lotId, reason: 'open', ref: revisionId, delta: baseUnits, words: '', movedAt: work.now })
    }
  }
  return lotOf
}

/** The skus as they are sold from now on: new ones are opened, a new price is a new version, a struck price stands only with its proof. */
async function offerSkusOf(work: Work, listingId: ListingId, revisionId: RevisionId, whole: WholeListing, lotOf: Lots): Promise<void> {
  const standing = new Map((await work.db.select().from(skus).where(eq(skus.listingId, listingId))).map((s) => [s.key, s.id]))
  const prices = await pricesOf(work.db, listingId)
  const last = await lastPrices(work, [...standing.values()])
  for (const [place, sku] of whole.skus.entries()) {
    let skuId = standing.get(sku.key)
    if (!skuId) {
      skuId = newId('Sku')
      await work.db.insert(skus).values({ id: skuId, listingId, key: sku.key, openedAt: work.now })
    }
    const proof = sku.struckFen === null ? null : struckProof(prices.get(sku.key) ?? [], sku.priceFen, work.now)
    const struck = proof !== null && proof.priceFen === sku.struckFen
    const baseUnits = baseUnitsAt(whole.pack, sku.level) ?? 1
    const from = sku.batchIds.flatMap((batchId) => {
      const lot = lotOf.get(batchId)
      return lot ? [{ batchId, ...lot }] : []
    })
    await work.db.insert(offerSkus).values({
      revisionId,
      skuId,
      place,
      name: sku.name,
      unit: (whole.pack[sku.level] ?? whole.pack[0]).unit,
      baseUnits,
      grams: baseUnits * whole.netGrams,
      priceFen: sku.priceFen,
      priceVersionId: await priceVersion(work, skuId, sku.priceFen, revisionId, last.get(skuId)),
      struckFen: struck ? sku.struckFen : null,
      struckUntil: struck ? proof.untilAt : null,
      batches: from.map(({ batchId, code }) => ({ batchId, code })),
    })
    await work.db.insert(offerLots).values(from.map(({ lotId }, i) => ({ revisionId, skuId, place: i, lotId })))
  }
}

type PriceRow = { id: PriceVersionId; no: number; priceFen: Fen }

/** The newest price of each of these skus. */
async function lastPrices(work: Work, skuIds: readonly SkuId[]): Promise<Map<SkuId, PriceRow>> {
  if (skuIds.length === 0) return new Map()
  const rows = await work.db
    .select({ id: priceVersions.id, skuId: priceVersions.skuId, no: priceVersions.no, priceFen: priceVersions.priceFen })
    .from(priceVersions)
    .where(inArray(priceVersions.skuId, [...skuIds]))
    .orderBy(desc(priceVersions.no))
  const last = new Map<SkuId, PriceRow>()
  for (const { skuId, ...row } of rows) if (!last.has(skuId)) last.set(skuId, row)
  return last
}

/** The version of this price: the newest, if it is that price already; otherwise a new one from now on. */
async function priceVersion(work: Work, skuId: SkuId, priceFen: Fen, revisionId: RevisionId, last: PriceRow | undefined) {
  if (last?.priceFen === priceFen) return last.id
  const id = newId('PriceVersion')
  await work.db.insert(priceVersions).values({ id, skuId, no: (last?.no ?? 0) + 1, priceFen, fromAt: work.now, actor: work.by, revisionId })
  return id
}
