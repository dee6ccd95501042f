/** Stock for orders: held when placed, given back when closed, sold when paid. The guard stands in the lowest statement, one UPDATE. */
import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm'
import { reservationFlow } from '../../../shared/catalogue/flow.ts'
import type { BatchId, LotId, OrderId, SkuId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { matched } from '../../platform/db.ts'
import { newId, type Work } from '../../platform/work.ts'
import { sold } from './shelf.ts'
import { listings, lots, offerLots, offerSkus, reservations, stockMoves } from './tables.ts'
import { tellStock } from './tell-stock.ts'

/** What was held of a sku: so many base units of which batch. */
export interface Allocation {
  skuId: SkuId
  batchId: BatchId
  batchCode: string
  baseUnits: number
}

interface Part {
  skuId: SkuId
  lotId: LotId
  baseUnits: number
}

/**
 * Holds units for an order and says of which batches: two lines of one sku are one, two skus of one lot are summed, lots are taken in id order; a
 * sku's batches are used up in the order in which its shop named them. Refuses `notFound`, `notOnSale`, `soldOut`, `notEnough`; then the whole
 * work must end, for lots before it are held already. An order reserves once.
 */
export async function reserve(work: Work, orderId: OrderId, lines: readonly { skuId: SkuId; quantity: number }[]): Promise<Allocation[]> {
  const wanted = new Map<SkuId, number>()
  for (const { skuId, quantity } of lines) {
    if (!Number.isInteger(quantity) || quantity < 1) throw new RangeError(`not a quantity: ${quantity}`)
    wanted.set(skuId, (wanted.get(skuId) ?? 0) + quantity)
  }
  if (wanted.size === 0) return []
  const sources = await sourcesOf(work, [...wanted.keys()])
  const parts = await allocate(work, wanted, sources)
  const perLot = new Map<LotId, number>()
  for (const { lotId, baseUnits } of parts) perLot.set(lotId, (perLot.get(lotId) ?? 0) + baseUnits)
  for (const [lotId, baseUnits] of [...perLot].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const taken = await work.db
      .update(lots)
      .set({ left: sql`${lots.left} - ${baseUnits}` })
      .where(
        and(
          eq(lots.id, lotId),
          eq(lots.frozen, false),
          gte(lots.left, baseUnits),
          sql`exists (select 1 from ${listings} where ${listings.id} = ${lots.listingId} and ${listings.state} = 'onShelf')`,
        ),
      )
    if (matched(taken) !== 1) {
      const [first, ...others] = parts.filter((p) => p.lotId === lotId) as [Part, ...Part[]]
      const elsewhere = others.reduce((sum, p) => sum + p.baseUnits, 0)
      throw await whyNot(work, first.skuId, wanted.get(first.skuId) ?? 1, elsewhere)
    }
  }
  await work.db
    .insert(reservations)
    .values(parts.map((part) => ({ id: newId('Reservation'), orderId, ...part, state: 'held' as const, heldAt: work.now })))
  await work.db
    .insert(stockMoves)
    .values([...perLot].map(([lotId, n]) => ({ lotId, reason: 'reserve' as const, ref: orderId, delta: -n, words: '', movedAt: work.now })))
  await tellStock(work, [...perLot.keys()])
  const batchOf = new Map(sources.map((s) => [s.lotId, s]))
  return parts.map(({ skuId, lotId, baseUnits }) => {
    const { batchId, batchCode } = batchOf.get(lotId) as Source
    return { skuId, batchId, batchCode, baseUnits }
  })
}

type Source = Awaited<ReturnType<typeof sourcesOf>>[number]

/** The lots from which these skus are sold now, each sku's in its order. */
const sourcesOf = (work: Work, skuIds: readonly SkuId[]) =>
  work.db
    .select({
      skuId: offerSkus.skuId,
      perUnit: offerSkus.baseUnits,
      lotId: lots.id,
      batchId: lots.batchId,
      batchCode: lots.batchCode,
    })
    .from(offerSkus)
    .innerJoin(listings, eq(listings.approvedRevisionId, offerSkus.revisionId))
    .innerJoin(offerLots, and(eq(offerLots.revisionId, offerSkus.revisionId), eq(offerLots.skuId, offerSkus.skuId)))
    .innerJoin(lots, eq(lots.id, offerLots.lotId))
    .where(inArray(offerSkus.skuId, [...skuIds]))
    .orderBy(asc(offerSkus.skuId), asc(offerLots.place))

/**
 * Which lot gives how much. A sku of one lot takes it there, and the UPDATE decides; where a sku may choose, its lots are locked (in id order, as
 * they are taken) and read first. Skus with fewer lots choose first, so that they find something in the only place they have.
 */
async function allocate(work: Work, wanted: ReadonlyMap<SkuId, number>, sources: readonly Source[]): Promise<Part[]> {
  const asked = [...wanted].map(([skuId, quantity]) => ({ skuId, quantity, from: sources.filter((s) => s.skuId === skuId) }))
  for (const { skuId, quantity, from } of asked) if (from.length === 0) throw await whyNot(work, skuId, quantity)
  const mayChoose = asked.some((a) => a.from.length > 1)
  const room = new Map<LotId, number>()
  if (mayChoose) {
    const locked = await work.db
      .select({ id: lots.id, left: lots.left, frozen: lots.frozen })
      .from(lots)
      .where(inArray(lots.id, [...new Set(sources.map((s) => s.lotId))]))
      .orderBy(asc(lots.id))
      .for('update')
    for (const lot of locked) room.set(lot.id, lot.frozen ? 0 : lot.left)
  }
  const parts: Part[] = []
  for (const { skuId, quantity, from } of asked.sort((a, b) => a.from.length - b.from.length || (a.skuId < b.skuId ? -1 : 1))) {
    let rest = quantity * (from[0] as Source).perUnit
    for (const { lotId } of from) {
      const takes = mayChoose ? Math.min(rest, room.get(lotId) ?? 0) : rest
      if (takes === 0) continue
      parts.push({ skuId, lotId, baseUnits: takes })
      room.set(lotId, (room.get(lotId) ?? 0) - takes)
      rest -= takes
    }
    if (rest > 0) throw await whyNot(work, skuId, quantity)
  }
  return parts
}

/** `elsewhere`: base units that other skus of the same order want of the same lot. */
const whyNot = async (work: Work, skuId: SkuId, quantity: number, elsewhere = 0) => {
  const [row] = await sold(work.db, eq(offerSkus.skuId, skuId))
  // what was never approved is nobody's business
  if (!row) return refuse('notFound')
  const { title, state } = row
  const left = Math.max(0, row.left - Math.ceil(elsewhere / row.baseUnits))
  if (state !== 'onShelf') return refuse('notOnSale', { title })
  if (left <= 0) return refuse('soldOut', { title })
  // given back between the two statements: whoever asks again will get it
  if (left >= quantity) return refuse('stale')
  return refuse('notEnough', { title, left })
}

const ofOrder = (work: Work, orderId: OrderId) =>
  work.db
    .select({
      id: reservations.id,
      skuId: reservations.skuId,
      lotId: reservations.lotId,
      baseUnits: reservations.baseUnits,
      state: reservations.state,
    })
    .from(reservations)
    .where(eq(reservations.orderId, orderId))
    .orderBy(asc(reservations.lotId), asc(reservations.id))

/** Gives back what an order still holds, once, each lot what came from it; what is sold or given back already stays as it is. */
export async function release(work: Work, orderId: OrderId): Promise<void> {
  const given = new Map<LotId, number>()
  for (const held of await ofOrder(work, orderId)) {
    const freed = await work.db
      .update(reservations)
      .set({ state: 'released' })
      .where(and(eq(reservations.id, held.id), inArray(reservations.state, reservationFlow.from('release'))))
    if (matched(freed) === 1) given.set(held.lotId, (given.get(held.lotId) ?? 0) + held.baseUnits)
  }
  for (const [lotId, baseUnits] of given) {
    await work.db
      .update(lots)
      .set({ left: sql`${lots.left} + ${baseUnits}` })
      .where(eq(lots.id, lotId))
    await work.db.insert(stockMoves).values({ lotId, reason: 'release', ref: orderId, delta: baseUnits, words: '', movedAt: work.now })
  }
  await tellStock(work, [...given.keys()])
}

/** Turns what an order holds into a sale; a second time nothing happens. Refuses `stale` when the order no longer holds it: `left` stays as it is. */
export async function sell(work: Work, orderId: OrderId): Promise<void> {
  await work.db
    .update(reservations)
    .set({ state: 'sold' })
    .where(and(eq(reservations.orderId, orderId), inArray(reservations.state, reservationFlow.from('sell'))))
  const now = await ofOrder(work, orderId)
  if (now.length === 0 || now.some((r) => r.state !== 'sold')) throw refuse('stale')
}

/**
 * Puts back on the shelf what was sold of these skus and never left the house: a refund before shipping. `ref` is the case; a second time nothing
 * happens.
 */
export async function restock(work: Work, orderId: OrderId, skuIds: readonly SkuId[], ref: string): Promise<void> {
  const given = new Map<LotId, number>()
  for (const held of await ofOrder(work, orderId)) {
    if (!skuIds.includes(held.skuId)) continue
    const freed = await work.db
      .update(reservations)
      .set({ state: 'released' })
      .where(and(eq(reservations.id, held.id), inArray(reservations.state, reservationFlow.from('restock'))))
    if (matched(freed) === 1) given.set(held.lotId, (given.get(held.lotId) ?? 0) + held.baseUnits)
  }
  for (const [lotId, baseUnits] of given) {
    await work.db
      .update(lots)
      .set({ left: sql`${lots.left} + ${baseUnits}` })
      .where(eq(lots.id, lotId))
    await work.db.insert(stockMoves).values({ lotId, reason: 'restock', ref, delta: baseUnits, words: '', movedAt: work.now })
  }
  await tellStock(work, [...given.keys()])
}

/** Takes units from the shelf to send again, for a case: from the first of its lots that has enough. Refuses `notFound`, `soldOut`, `notEnough`. */
export async function takeForReship(work: Work, ref: string, lines: readonly { skuId: SkuId; quantity: number }[]): Promise<void> {
  const wanted = new Map<SkuId, number>()
  for (const { skuId, quantity } of lines) wanted.set(skuId, (wanted.get(skuId) ?? 0) + quantity)
  const perLot = new Map<LotId, number>()
  for (const [skuId, quantity] of [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const from = await sourcesOf(work, [skuId])
    let found = false
    for (const { lotId, perUnit } of from) {
      const taken = await work.db
        .update(lots)
        .set({ left: sql`${lots.left} - ${quantity * perUnit}` })
        .where(and(eq(lots.id, lotId), eq(lots.frozen, false), gte(lots.left, quantity * perUnit)))
      found = matched(taken) === 1
      if (found) perLot.set(lotId, (perLot.get(lotId) ?? 0) + quantity * perUnit)
      if (found) break
    }
    if (!found) throw await whyNot(work, skuId, quantity)
  }
  for (const [lotId, n] of perLot)
    await work.db.insert(stockMoves).values({ lotId, reason: 'reship', ref, delta: -n, words: '', movedAt: work.now })
  await tellStock(work, [...perLot.keys()])
}
