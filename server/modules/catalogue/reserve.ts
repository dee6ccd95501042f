/** Stock for orders: held when placed, given back when closed, sold when paid. The guard stands in the lowest statement, one UPDATE. */
import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm'
import { reservationFlow } from '../../../shared/catalogue/flow.ts'
import type { OrderId, SkuId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { matched } from '../../platform/db.ts'
import { newId, type Work } from '../../platform/work.ts'
import { listings, offers, reservations, skus, stockMoves } from './tables.ts'
import { tellStock } from './tell-stock.ts'

/**
 * Holds units for an order: two lines of one sku are one, skus are taken in id order. Refuses `notFound`, `notOnSale`, `soldOut`, `notEnough`;
 * then the whole work must end, for lines before it are held already. An order reserves once.
 */
export async function reserve(work: Work, orderId: OrderId, lines: readonly { skuId: SkuId; quantity: number }[]): Promise<void> {
  const wanted = new Map<SkuId, number>()
  for (const { skuId, quantity } of lines) {
    if (!Number.isInteger(quantity) || quantity < 1) throw new RangeError(`not a quantity: ${quantity}`)
    wanted.set(skuId, (wanted.get(skuId) ?? 0) + quantity)
  }
  const inOrder = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))
  if (inOrder.length === 0) return
  for (const [skuId, quantity] of inOrder) {
    const taken = await work.db
      .update(skus)
      .set({ left: sql`${skus.left} - ${quantity}` })
      .where(
        and(
          eq(skus.id, skuId),
          gte(skus.left, quantity),
          sql`exists (select 1 from ${listings} where ${listings.id} = ${skus.listingId} and ${listings.state} = 'onShelf')`,
        ),
      )
    if (matched(taken) !== 1) throw await whyNot(work, skuId, quantity)
  }
  await work.db.insert(reservations).values(
    inOrder.map(([skuId, quantity]) => ({
      id: newId('Reservation'),
      orderId,
      skuId,
      quantity,
      state: 'held' as const,
      heldAt: work.now,
    })),
  )
  await work.db.insert(stockMoves).values(
    inOrder.map(([skuId, quantity]) => ({
      skuId,
      reason: 'reserve' as const,
      ref: orderId,
      delta: -quantity,
      words: '',
      movedAt: work.now,
    })),
  )
  await tellStock(
    work,
    inOrder.map(([skuId]) => skuId),
  )
}

const whyNot = async (work: Work, skuId: SkuId, quantity: number) => {
  const [row] = await work.db
    .select({ left: skus.left, state: listings.state, title: offers.title })
    .from(skus)
    .innerJoin(listings, eq(listings.id, skus.listingId))
    .leftJoin(offers, eq(offers.revisionId, listings.approvedRevisionId))
    .where(eq(skus.id, skuId))
  // what was never approved is nobody's business
  if (!row?.title) return refuse('notFound')
  const { title, left, state } = row
  if (state !== 'onShelf') return refuse('notOnSale', { title })
  if (left === 0) return refuse('soldOut', { title })
  // given back between the two statements: whoever asks again will get it
  if (left >= quantity) return refuse('stale')
  return refuse('notEnough', { title, left })
}

const ofOrder = (work: Work, orderId: OrderId) =>
  work.db
    .select({ id: reservations.id, skuId: reservations.skuId, quantity: reservations.quantity, state: reservations.state })
    .from(reservations)
    .where(eq(reservations.orderId, orderId))
    .orderBy(asc(reservations.skuId))

/** Gives back what an order still holds, once; what is sold or given back already stays as it is. */
export async function release(work: Work, orderId: OrderId): Promise<void> {
  const given: SkuId[] = []
  for (const held of await ofOrder(work, orderId)) {
    const freed = await work.db
      .update(reservations)
      .set({ state: 'released' })
      .where(and(eq(reservations.id, held.id), inArray(reservations.state, reservationFlow.from('release'))))
    if (matched(freed) !== 1) continue
    await work.db
      .update(skus)
      .set({ left: sql`${skus.left} + ${held.quantity}` })
      .where(eq(skus.id, held.skuId))
    await work.db
      .insert(stockMoves)
      .values({ skuId: held.skuId, reason: 'release', ref: orderId, delta: held.quantity, words: '', movedAt: work.now })
    given.push(held.skuId)
  }
  await tellStock(work, given)
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
