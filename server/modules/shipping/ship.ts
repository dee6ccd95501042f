import { and, desc, eq, isNull } from 'drizzle-orm'
import type { ShopId, SubOrderId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { type Courier, couriers, MOST_PARCELS, TRACKING_NO } from '../../../shared/shipping/couriers.ts'
import { shippingNoticeFlow } from '../../../shared/shipping/flow.ts'
import type { App } from '../../platform/app.ts'
import { matched } from '../../platform/db.ts'
import type { Actor } from '../../platform/work.ts'
import { newId, tryAdvance, type Work } from '../../platform/work.ts'
import { correctWaybill, markShipped, parcelFacts } from '../orders/index.ts'
import { shippingNotices, waybills } from './tables.ts'

export interface Parcel {
  courier: string
  trackingNo: string
}

interface KnownParcel {
  courier: Courier
  trackingNo: string
}

/** The parcels as they are written down. Refuses `courierNeeded`, `trackingNo`, `parcelTwice`; the field names carry the place of the parcel from the second on. */
const read = (parcels: readonly Parcel[]): [KnownParcel, ...KnownParcel[]] => {
  const field = (name: string, i: number) => (i === 0 ? name : `${name}.${i + 1}`)
  const known = parcels.map(({ courier, trackingNo }, i) => {
    if (!Object.hasOwn(couriers, courier)) throw refuse('courierNeeded', {}, { [field('courier', i)]: '请选择快递公司' })
    const no = trackingNo.trim().toUpperCase()
    if (!TRACKING_NO.test(no)) throw refuse('trackingNo', {}, { [field('trackingNo', i)]: '运单号应是 8 到 30 位字母或数字' })
    return { courier: courier as Courier, trackingNo: no }
  })
  const twice = known.findIndex((p, i) => known.findIndex((q) => q.trackingNo === p.trackingNo) !== i)
  if (twice >= 0) throw refuse('parcelTwice', {}, { [field('trackingNo', twice)]: '同一个运单号写了两次' })
  const [first, ...rest] = known
  if (!first || known.length > MOST_PARCELS) throw refuse('badInput', { what: `包裹数应在 1 到 ${MOST_PARCELS} 之间` })
  return [first, ...rest]
}

const write = (
  work: Work,
  of: { shopId: ShopId; subOrderId: SubOrderId; userId: UserId },
  parcels: readonly KnownParcel[],
  from: number,
) => {
  const rows = parcels.map((parcel, i) => ({
    id: newId('Waybill'),
    shopId: of.shopId,
    subOrderId: of.subOrderId,
    seq: from + i,
    ...parcel,
    shippedBy: of.userId,
    shippedAt: work.now,
    follow: 'wanted' as const,
    followAt: work.now,
    followTries: 0,
    stage: null,
    stageAt: null,
  }))
  return work.db
    .insert(waybills)
    .values(rows)
    .then(() => rows)
}

/**
 * Hands over everything of a part, in one parcel or several. Refuses `courierNeeded`, `trackingNo`, `parcelTwice`, `notFound` for another shop's order,
 * `stale` when it is not to be shipped.
 */
export async function ship(
  app: App,
  by: Actor,
  ask: Parcel & {
    shopId: ShopId
    userId: UserId
    subOrderId: SubOrderId
    /** The second parcel and those after it. */
    more?: readonly Parcel[]
    scanned?: readonly string[] | null
  },
) {
  const { shopId, subOrderId } = ask
  const parcels = read([ask, ...(ask.more ?? [])])
  const { courier, trackingNo } = parcels[0]
  return app.work(by, async (work) => {
    await markShipped(work, {
      shopId,
      subOrderId,
      courier,
      trackingNo,
      receiveDays: app.settings.receiveDays,
      scanned: ask.scanned ?? null,
    })
    const [first] = await write(work, ask, parcels, 1)
    await work.db.insert(shippingNotices).values({
      id: newId('ShippingNotice'),
      subOrderId,
      shopId,
      state: 'due',
      checkAt: work.now,
      checks: 0,
      dueAt: work.now,
      corrected: false,
      why: '',
    })
    return {
      state: 'shipped' as const,
      waybill: { id: first?.id, courier, courierName: couriers[courier], trackingNo, shippedAt: work.now },
    }
  })
}

/**
 * Writes the parcels of a part down anew, once, while it is on its way: WeChat takes one correction (wechat.md §7.1). Refuses as `ship` does, and
 * `correctedBefore`.
 */
export async function correctParcels(
  app: App,
  by: Actor,
  ask: { shopId: ShopId; userId: UserId; subOrderId: SubOrderId; parcels: readonly Parcel[] },
): Promise<{ corrected: true }> {
  const { shopId, subOrderId } = ask
  const parcels = read(ask.parcels)
  const { courier, trackingNo } = parcels[0]
  return app.work(by, async (work) => {
    const own = and(eq(shippingNotices.subOrderId, subOrderId), eq(shippingNotices.shopId, shopId))
    const [notice] = await work.db.select().from(shippingNotices).where(own)
    const facts = notice && (await parcelFacts(work.db, subOrderId))
    if (!notice || !facts) throw refuse('notFound')
    await correctWaybill(work, { shopId, orderId: facts.orderId, subOrderId, courier, trackingNo })
    const once = await work.db
      .update(shippingNotices)
      .set({ corrected: true })
      .where(and(own, eq(shippingNotices.corrected, false)))
    if (matched(once) === 0) throw refuse('correctedBefore')
    // one that was not told yet is told right the first time
    const again = { checkAt: work.now, checks: 0, dueAt: work.now, why: '' }
    if (!(await tryAdvance(work, shippingNotices, notice.id, shippingNoticeFlow, 'correct', again)))
      await tryAdvance(work, shippingNotices, notice.id, shippingNoticeFlow, 'again', again)
    const [last] = await work.db
      .select({ seq: waybills.seq })
      .from(waybills)
      .where(eq(waybills.subOrderId, subOrderId))
      .orderBy(desc(waybills.seq))
      .limit(1)
    await work.db
      .update(waybills)
      .set({ replacedAt: work.now })
      .where(and(eq(waybills.subOrderId, subOrderId), isNull(waybills.replacedAt)))
    await write(work, ask, parcels, (last?.seq ?? 0) + 1)
    return { corrected: true as const }
  })
}
