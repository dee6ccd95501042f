/** Reads of promotions. */
import { and, asc, count, desc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm'
import type { LiveSessionId, OfferId, ShopId, SkuId, UserId } from '../../../shared/ids.ts'
import type { CouponState } from '../../../shared/promotions/flow.ts'
import { offerKindWords, ruleWords } from '../../../shared/promotions/offers.ts'
import type { Offer } from '../../../shared/promotions/price.ts'
import type { Instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import type { Db } from '../../platform/db.ts'
import { afterCursor, cut, type Page } from '../../platform/page.ts'
import { shopChips } from '../tenants/index.ts'
import { coupons, offerShops, offers } from './tables.ts'

type Row = typeof offers.$inferSelect

/** An offer in the engine's words. `id` is the coupon's where one is held; a park's offer counts for the skus of the shops that take part. */
const engineOffer = (row: Row, id: string, skuIds: readonly SkuId[] | null): Offer => {
  const { rule, shopId, title } = row
  const about = { id, title, skuIds }
  if (rule.kind === 'coupon') {
    const { overFen, off } = rule
    return {
      kind: 'coupon',
      ...about,
      shopId,
      overFen,
      off: off.is === 'sum' ? { kind: 'sum', fen: off.fen } : { kind: 'rate', bp: off.bp, capFen: off.capFen },
    }
  }
  if (rule.kind === 'reduction') return { kind: 'reduction', ...about, shopId, steps: rule.steps }
  return { kind: 'bundle', id, title, shopId: shopId ?? '', items: rule.items, bundleFen: rule.bundleFen }
}

/**
 * Everything that may be taken off these lines now: what runs in their shops and at the park, and the coupons that the buyer holds. Two queries
 * for a guest, three for a buyer.
 */
export async function offersFor(
  db: Db,
  now: Instant,
  ask: { userId: UserId | null; lines: readonly { skuId: SkuId; shopId: ShopId }[]; liveSessionId: LiveSessionId | null },
): Promise<Offer[]> {
  const { userId, lines, liveSessionId } = ask
  const shopIds = [...new Set(lines.map((l) => l.shopId))]
  if (shopIds.length === 0) return []
  const mine = or(inArray(offers.shopId, shopIds), isNull(offers.shopId))
  const [running, held] = [
    await db
      .select()
      .from(offers)
      .where(
        and(
          mine,
          eq(offers.state, 'open'),
          lte(offers.startsAt, now),
          gt(offers.endsAt, now),
          inArray(offers.kind, ['reduction', 'bundle']),
        ),
      ),
    userId
      ? await db
          .select({ couponId: coupons.id, offer: offers })
          .from(coupons)
          .innerJoin(offers, eq(offers.id, coupons.offerId))
          .where(and(eq(coupons.userId, userId), eq(coupons.state, 'held'), gt(coupons.endsAt, now), mine))
      : [],
  ]
  const parks = [...running, ...held.map((h) => h.offer)].filter((o) => o.shopId === null)
  const joined =
    parks.length > 0
      ? await db
          .select({ offerId: offerShops.offerId, shopId: offerShops.shopId })
          .from(offerShops)
          .where(
            and(
              inArray(
                offerShops.offerId,
                parks.map((p) => p.id),
              ),
              inArray(offerShops.shopId, shopIds),
            ),
          )
      : []
  const counts = (row: Row): SkuId[] | null =>
    row.shopId === null ? lines.filter((l) => joined.some((j) => j.offerId === row.id && j.shopId === l.shopId)).map((l) => l.skuId) : null
  return [
    ...running.map((row) => engineOffer(row, row.id, counts(row))),
    ...held
      .filter(({ offer }) => !offer.liveSessionId || offer.liveSessionId === liveSessionId)
      .map(({ couponId, offer }) => engineOffer(offer, couponId, counts(offer))),
  ]
}

const shown = (row: Row, now: Instant) => ({
  id: row.id,
  kind: row.kind,
  kindWords: offerKindWords[row.kind],
  title: row.title,
  words: ruleWords(row.rule),
  rule: row.rule,
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  quota: row.quota,
  perPerson: row.perPerson,
  claimed: row.claimed,
  liveSessionId: row.liveSessionId,
  state: row.state === 'open' && row.endsAt <= now ? ('over' as const) : row.state,
})

/** A shop's offers, or (null) the park's, newest first. */
export async function offersOf(app: App, shopId: ShopId | null, page: Page) {
  const rows = await app.read
    .select()
    .from(offers)
    .where(and(shopId ? eq(offers.shopId, shopId) : isNull(offers.shopId), afterCursor(page, offers.madeAt, offers.id)))
    .orderBy(desc(offers.madeAt), desc(offers.id))
    .limit(page.limit + 1)
  const kept = cut(page, rows, (r) => ({ at: r.madeAt, id: r.id }))
  const used = kept.rows.length
    ? await app.read
        .select({ offerId: coupons.offerId, n: count() })
        .from(coupons)
        .where(
          and(
            inArray(
              coupons.offerId,
              kept.rows.map((r) => r.id),
            ),
            eq(coupons.state, 'used'),
          ),
        )
        .groupBy(coupons.offerId)
    : []
  const now = app.clock.now()
  return {
    rows: kept.rows.map((r) => ({ ...shown(r, now), used: Number(used.find((u) => u.offerId === r.id)?.n ?? 0) })),
    next: kept.next,
  }
}

/** The park's running offers, and whether this shop takes part. */
export async function parkOffersFor(app: App, shopId: ShopId) {
  const now = app.clock.now()
  const rows = await app.read
    .select()
    .from(offers)
    .where(and(isNull(offers.shopId), eq(offers.state, 'open'), gt(offers.endsAt, now)))
    .orderBy(asc(offers.endsAt))
    .limit(50)
  const joined = await app.read.select({ offerId: offerShops.offerId }).from(offerShops).where(eq(offerShops.shopId, shopId))
  const ids = new Set<OfferId>(joined.map((j) => j.offerId))
  return rows.map((r) => ({ ...shown(r, now), takesPart: ids.has(r.id) }))
}

/**
 * The coupons that may be claimed: of one shop (with the park's in which it takes part), or in a session. `mine` counts those that the caller
 * has already.
 */
export async function claimable(app: App, userId: UserId | null, ask: { shopId: ShopId; liveSessionId: LiveSessionId | null }) {
  const now = app.clock.now()
  const shop = (await shopChips(app.read, [ask.shopId])).get(ask.shopId)
  if (shop?.state !== 'open') return []
  const joined = await app.read.select({ offerId: offerShops.offerId }).from(offerShops).where(eq(offerShops.shopId, ask.shopId))
  const ids = joined.map((j) => j.offerId)
  const rows = await app.read
    .select()
    .from(offers)
    .where(
      and(
        or(eq(offers.shopId, ask.shopId), ids.length > 0 ? and(isNull(offers.shopId), inArray(offers.id, ids)) : undefined),
        eq(offers.state, 'open'),
        eq(offers.kind, 'coupon'),
        lte(offers.startsAt, now),
        gt(offers.endsAt, now),
      ),
    )
    .orderBy(asc(offers.endsAt), asc(offers.id))
    .limit(50)
  const here = rows.filter((r) => !r.liveSessionId || r.liveSessionId === ask.liveSessionId)
  const had =
    userId && here.length > 0
      ? await app.read
          .select({ offerId: coupons.offerId, n: count() })
          .from(coupons)
          .where(
            and(
              eq(coupons.userId, userId),
              inArray(
                coupons.offerId,
                here.map((r) => r.id),
              ),
            ),
          )
          .groupBy(coupons.offerId)
      : []
  return here.map((row) => {
    const mine = Number(had.find((h) => h.offerId === row.id)?.n ?? 0)
    const { rule: _, quota, claimed, ...offer } = shown(row, now)
    return { ...offer, shopId: row.shopId, mine, left: claimed < quota, more: mine < row.perPerson && claimed < quota }
  })
}

/** The coupons that a buyer holds (soonest over first) or has used (latest first). */
export async function myCoupons(app: App, userId: UserId, state: CouponState) {
  const now = app.clock.now()
  const rows = await app.read
    .select({ coupon: coupons, offer: offers })
    .from(coupons)
    .innerJoin(offers, eq(offers.id, coupons.offerId))
    .where(and(eq(coupons.userId, userId), eq(coupons.state, state), state === 'held' ? gt(coupons.endsAt, now) : undefined))
    .orderBy(state === 'held' ? asc(coupons.endsAt) : desc(coupons.usedAt), asc(coupons.id))
    .limit(100)
  const shops = await shopChips(
    app.read,
    rows.flatMap((r) => r.offer.shopId ?? []),
  )
  return rows
    .filter(({ offer }) => !offer.shopId || shops.get(offer.shopId)?.state === 'open')
    .map(({ coupon, offer }) => ({
      id: coupon.id,
      state: coupon.state,
      title: offer.title,
      words: ruleWords(offer.rule),
      endsAt: coupon.endsAt,
      orderId: coupon.orderId,
      room: offer.liveSessionId !== null,
      shop: offer.shopId ? { id: offer.shopId, name: shops.get(offer.shopId)?.name ?? '' } : null,
    }))
}
