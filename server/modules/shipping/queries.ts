/** Reads of shipping, shaped as the screens want them. */
import { asc, eq } from 'drizzle-orm'
import type { ShippingNoticeId, ShopId, SubOrderId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { couriers } from '../../../shared/shipping/couriers.ts'
import type { Instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { parcelFacts, subOrderNos } from '../orders/index.ts'
import { tradeKeyOf } from '../payments/index.ts'
import { shopChips } from '../tenants/index.ts'
import { pointsOf } from './follow-parcels.ts'
import { shippingNotices } from './tables.ts'
import { parcelsOf } from './tell-wechat.ts'

/** The parcels of a part as people read them. */
const shown = async (app: App, subOrderId: SubOrderId) => {
  const rows = await parcelsOf(app, subOrderId)
  const points = await pointsOf(
    app.read,
    rows.map((row) => row.id),
  )
  return rows.map(({ id, courier, trackingNo, shippedAt, stage }) => ({
    courier,
    courierName: couriers[courier],
    trackingNo,
    shippedAt,
    stage,
    points: points.get(id) ?? [],
  }))
}

/**
 * The parcels of a buyer's part, and what WeChat's own receipt page is opened with: null while WeChat does not know that it was sent, and once it is
 * over. Refuses `notFound`.
 */
export async function myParcels(app: App, buyerId: UserId, subOrderId: SubOrderId) {
  const facts = await parcelFacts(app.read, subOrderId)
  if (facts?.buyerId !== buyerId) throw refuse('notFound')
  const parcels = await shown(app, subOrderId)
  const [notice] = await app.read.select().from(shippingNotices).where(eq(shippingNotices.subOrderId, subOrderId))
  const key = notice?.state === 'told' && facts.state === 'shipped' ? await tradeKeyOf(app.read, subOrderId) : null
  return { parcels, receipt: key && { transactionId: key.transactionId } }
}

/** The parcels of a shop's part, what WeChat says of them, and whether they may still be put right. Refuses `notFound`. */
export async function shopParcels(app: App, shopId: ShopId, subOrderId: SubOrderId) {
  const [notice] = await app.read.select().from(shippingNotices).where(eq(shippingNotices.subOrderId, subOrderId))
  const facts = await parcelFacts(app.read, subOrderId)
  if (facts?.shopId !== shopId) throw refuse('notFound')
  return {
    parcels: await shown(app, subOrderId),
    wechat: notice?.state ?? null,
    mayCorrect: facts.state === 'shipped' && notice !== undefined && !notice.corrected,
  }
}

/** A parcel that WeChat would not hear of: its shop's money stays frozen until somebody has looked. */
export interface RefusedNotice {
  id: ShippingNoticeId
  subOrderNo: string
  shopName: string
  why: string
  since: Instant
}

/** Everything that WeChat refused to hear, oldest first, at most a hundred. Three queries. */
export async function refusedNotices(app: App): Promise<RefusedNotice[]> {
  const rows = await app.read
    .select()
    .from(shippingNotices)
    .where(eq(shippingNotices.state, 'refused'))
    .orderBy(asc(shippingNotices.checkAt))
    .limit(100)
  if (rows.length === 0) return []
  const [nos, shops] = await Promise.all([
    subOrderNos(
      app.read,
      rows.map((r) => r.subOrderId),
    ),
    shopChips(
      app.read,
      rows.map((r) => r.shopId),
    ),
  ])
  return rows.map((r) => ({
    id: r.id,
    subOrderNo: nos.get(r.subOrderId) ?? '',
    shopName: shops.get(r.shopId)?.name ?? '',
    why: r.why,
    since: r.dueAt,
  }))
}
