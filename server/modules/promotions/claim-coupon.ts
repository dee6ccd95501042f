import { and, count, eq, gt, lte, sql } from 'drizzle-orm'
import type { CouponId, LiveSessionId, OfferId, OrderId, UserId } from '../../../shared/ids.ts'
import { couponFlow } from '../../../shared/promotions/flow.ts'
import { refuse } from '../../../shared/refusals.ts'
import { isDuplicate, matched } from '../../platform/db.ts'
import { newId, tryAdvance, type Work } from '../../platform/work.ts'
import { shopChips } from '../tenants/index.ts'
import { coupons, offers } from './tables.ts'

/**
 * Takes a coupon of an offer. Refuses `notFound`, `couponsOut` when all are taken, `couponHad` when this buyer has all that one may have.
 * `liveSessionId`: the room in which the buyer stands; a room coupon is for those in it.
 */
export async function claimCoupon(
  work: Work,
  userId: UserId,
  offerId: OfferId,
  liveSessionId: LiveSessionId | null,
): Promise<{ couponId: CouponId }> {
  const [offer] = await work.db
    .select()
    .from(offers)
    .where(
      and(
        eq(offers.id, offerId),
        eq(offers.kind, 'coupon'),
        eq(offers.state, 'open'),
        lte(offers.startsAt, work.now),
        gt(offers.endsAt, work.now),
      ),
    )
  if (!offer || (offer.liveSessionId && offer.liveSessionId !== liveSessionId)) throw refuse('notFound')
  if (offer.shopId && (await shopChips(work.db, [offer.shopId])).get(offer.shopId)?.state !== 'open') throw refuse('notFound')
  const [had] = await work.db
    .select({ n: count() })
    .from(coupons)
    .where(and(eq(coupons.offerId, offerId), eq(coupons.userId, userId)))
  const nth = Number(had?.n ?? 0) + 1
  if (nth > offer.perPerson) throw refuse('couponHad', { most: offer.perPerson })
  const couponId = newId('Coupon')
  try {
    await work.db.insert(coupons).values({ id: couponId, offerId, userId, nth, state: 'held', claimedAt: work.now, endsAt: offer.endsAt })
  } catch (error) {
    // the same buyer's other tap was faster
    if (isDuplicate(error)) throw refuse('stale')
    throw error
  }
  const took = await work.db
    .update(offers)
    .set({ claimed: sql`${offers.claimed} + 1` })
    .where(and(eq(offers.id, offerId), eq(offers.state, 'open'), sql`${offers.claimed} < ${offers.quota}`))
  if (matched(took) !== 1) throw refuse('couponsOut')
  return { couponId }
}

/** Uses a coupon for an order, once. Refuses `couponGone` when it was used, is over or is not this buyer's. */
export async function spendCoupon(work: Work, userId: UserId, couponId: CouponId, orderId: OrderId): Promise<void> {
  const own = and(eq(coupons.userId, userId), gt(coupons.endsAt, work.now))
  if (!(await tryAdvance(work, coupons, couponId, couponFlow, 'use', { orderId, usedAt: work.now }, own))) throw refuse('couponGone')
}

/** Gives back the coupons of an order that came to nothing; what is over by now stays over. A second time nothing happens. */
export async function giveCouponsBack(work: Work, orderId: OrderId): Promise<void> {
  await work.db
    .update(coupons)
    .set({ state: 'held', orderId: null, usedAt: null })
    .where(and(eq(coupons.orderId, orderId), eq(coupons.state, 'used')))
}
