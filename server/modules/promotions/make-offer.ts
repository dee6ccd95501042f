import { and, count, eq, gt, isNull } from 'drizzle-orm'
import type { LiveSessionId, OfferId, ShopId, SkuId, UserId } from '../../../shared/ids.ts'
import { offerFlow } from '../../../shared/promotions/flow.ts'
import { type OfferRule, offerFaults, offerLimits } from '../../../shared/promotions/offers.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { Instant } from '../../../shared/time.ts'
import { advance, newId, type Work } from '../../platform/work.ts'
import { sellables } from '../catalogue/index.ts'
import { sessionOf } from '../live/index.ts'
import { offerShops, offers } from './tables.ts'

export interface OfferAsk {
  title: string
  rule: OfferRule
  startsAt: Instant
  endsAt: Instant
  quota: number
  perPerson: number
  liveSessionId: LiveSessionId | null
}

/** Whose an offer is: a shop's, or (null) the park's. */
const ownedBy = (shopId: ShopId | null) => (shopId ? eq(offers.shopId, shopId) : isNull(offers.shopId))

/**
 * Makes an offer. Refuses `offerRule` with the fields, `tooManyOffers`, `notFound` for a session or skus of somebody else.
 */
export async function makeOffer(work: Work, shopId: ShopId | null, userId: UserId, ask: OfferAsk): Promise<{ offerId: OfferId }> {
  const { title, rule, startsAt, endsAt, liveSessionId } = ask
  const wrong = offerFaults(ask, work.now)
  if (rule.kind === 'coupon' && (ask.quota < 1 || ask.perPerson < 1)) wrong.quota = '至少发 1 张'
  if (Object.keys(wrong).length > 0) throw refuse('offerRule', { count: Object.keys(wrong).length }, wrong)
  if (liveSessionId) {
    const session = await sessionOf(work.db, liveSessionId)
    if (!session || session.shopId !== shopId || rule.kind !== 'coupon') throw refuse('notFound')
  }
  if (rule.kind === 'bundle') {
    const wares = await sellables(
      work.db,
      rule.items.map((i) => i.skuId as SkuId),
    )
    if (shopId === null || rule.items.some((i) => wares.get(i.skuId as SkuId)?.shopId !== shopId)) throw refuse('notFound')
  }
  const [open] = await work.db
    .select({ n: count() })
    .from(offers)
    .where(and(ownedBy(shopId), eq(offers.state, 'open'), gt(offers.endsAt, work.now)))
  if (Number(open?.n ?? 0) >= offerLimits.running) throw refuse('tooManyOffers', { most: offerLimits.running })
  const offerId = newId('Offer')
  const coupon = rule.kind === 'coupon'
  await work.db.insert(offers).values({
    id: offerId,
    shopId,
    liveSessionId,
    kind: rule.kind,
    title,
    rule,
    startsAt,
    endsAt,
    quota: coupon ? ask.quota : 0,
    perPerson: coupon ? ask.perPerson : 0,
    claimed: 0,
    state: 'open',
    madeBy: userId,
    madeAt: work.now,
  })
  return { offerId }
}

/** Stops an offer: nobody claims it or is given its price any more; a coupon already in somebody's hands stays good until its end. */
export async function stopOffer(work: Work, shopId: ShopId | null, offerId: OfferId): Promise<void> {
  const [own] = await work.db
    .select({ id: offers.id })
    .from(offers)
    .where(and(eq(offers.id, offerId), ownedBy(shopId)))
  if (!own) throw refuse('notFound')
  await advance(work, offers, offerId, offerFlow, 'stop')
}

/** A shop takes part in an offer of the park, or no longer does; repeating it changes nothing. Refuses `notFound`. */
export async function takePart(work: Work, shopId: ShopId, offerId: OfferId, takes: boolean): Promise<void> {
  const [parks] = await work.db
    .select({ id: offers.id })
    .from(offers)
    .where(and(eq(offers.id, offerId), isNull(offers.shopId), eq(offers.state, 'open')))
  if (!parks) throw refuse('notFound')
  if (takes) await work.db.insert(offerShops).values({ offerId, shopId, joinedAt: work.now }).onDuplicateKeyUpdate({ set: { shopId } })
  else await work.db.delete(offerShops).where(and(eq(offerShops.offerId, offerId), eq(offerShops.shopId, shopId)))
}
