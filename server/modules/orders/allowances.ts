/** How much of what a buyer may have open and may buy: taken when an order is placed, given back when it comes to nothing. */
import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { ListingId, LiveSessionId, OrderId, UserId } from '../../../shared/ids.ts'
import { MAX_UNPAID, MAX_UNPAID_IN_ROOM } from '../../../shared/orders/limits.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { Work } from '../../platform/work.ts'
import { giveAllowance, limitsOf, takeAllowance } from '../promotions/index.ts'
import { orderLines, orders, type PostalAddress } from './tables.ts'

const person = (userId: UserId): string => `u:${userId}`

/** An address as a household: where it is, however it was spaced and whoever signs for it. */
const household = (to: PostalAddress): string =>
  `a:${createHash('sha256')
    .update(
      [to.province, to.city, to.county, to.detail]
        .join('')
        .replace(/[\s,，。.\-—()（）]/g, '')
        .normalize('NFKC')
        .toLowerCase(),
    )
    .digest('hex')}`

/** One more unpaid order. Refuses `tooManyUnpaid`: so many in all, fewer in one room (trust.md I16). */
export async function takeOpen(work: Work, buyerId: UserId, sessionId: LiveSessionId | null): Promise<void> {
  if (!(await takeAllowance(work, 'unpaid', person(buyerId), 1, MAX_UNPAID))) throw refuse('tooManyUnpaid', { count: MAX_UNPAID })
  if (sessionId && !(await takeAllowance(work, `unpaid:${sessionId}`, person(buyerId), 1, MAX_UNPAID_IN_ROOM)))
    throw refuse('tooManyUnpaid', { count: MAX_UNPAID_IN_ROOM })
}

/** It is paid or closed. */
export async function giveOpen(work: Work, buyerId: UserId, sessionId: LiveSessionId | null): Promise<void> {
  await giveAllowance(work, 'unpaid', person(buyerId), 1)
  if (sessionId) await giveAllowance(work, `unpaid:${sessionId}`, person(buyerId), 1)
}

/**
 * Takes what is limited of these lines, for the person and for the address. Refuses `overLimit`. Answers the listings that are limited; one query
 * where none is.
 */
export async function takeLimited(
  work: Work,
  buyerId: UserId,
  to: PostalAddress,
  lines: readonly { listingId: ListingId; title: string; quantity: number }[],
): Promise<Set<ListingId>> {
  const limits = await limitsOf(
    work.db,
    lines.map((l) => l.listingId),
  )
  for (const [listingId, most] of [...limits].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const own = lines.filter((l) => l.listingId === listingId)
    const wanted = own.reduce((sum, l) => sum + l.quantity, 0)
    for (const who of [person(buyerId), household(to)])
      if (!(await takeAllowance(work, `buy:${listingId}`, who, wanted, most)))
        throw refuse('overLimit', { title: own[0]?.title ?? '', most })
  }
  return new Set(limits.keys())
}

/** Gives back what an unpaid order had taken of limits. */
export async function giveLimited(work: Work, orderId: OrderId): Promise<void> {
  const rows = await work.db
    .select({ listingId: orderLines.listingId, quantity: orderLines.quantity, buyerId: orders.buyerId, shipTo: orders.shipTo })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(and(eq(orderLines.orderId, orderId), eq(orderLines.limited, true)))
    .orderBy(orderLines.listingId)
  for (const { listingId, quantity, buyerId, shipTo } of rows)
    for (const who of [person(buyerId), household(shipTo)]) await giveAllowance(work, `buy:${listingId}`, who, quantity)
}
