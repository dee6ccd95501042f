import type { ShopId, SubOrderId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { type Courier, couriers, TRACKING_NO } from '../../../shared/shipping/couriers.ts'
import type { App } from '../../platform/app.ts'
import type { Actor } from '../../platform/work.ts'
import { newId } from '../../platform/work.ts'
import { markShipped } from '../orders/index.ts'
import { waybills } from './tables.ts'

/** Hands a parcel over. Refuses `courierNeeded`, `trackingNo`, `notFound` for another shop's order, `stale` when it is not to be shipped. */
export async function ship(
  app: App,
  by: Actor,
  ask: { shopId: ShopId; userId: UserId; subOrderId: SubOrderId; courier: string; trackingNo: string; scanned?: readonly string[] | null },
) {
  const { shopId, userId, subOrderId, courier } = ask
  if (!Object.hasOwn(couriers, courier)) throw refuse('courierNeeded', {}, { courier: '请选择快递公司' })
  const trackingNo = ask.trackingNo.trim().toUpperCase()
  if (!TRACKING_NO.test(trackingNo)) throw refuse('trackingNo', {}, { trackingNo: '运单号应是 8 到 30 位字母或数字' })
  const id = newId('Waybill')
  return app.work(by, async (work) => {
    await markShipped(work, {
      shopId,
      subOrderId,
      courier,
      trackingNo,
      receiveDays: app.settings.receiveDays,
      scanned: ask.scanned ?? null,
    })
    await work.db
      .insert(waybills)
      .values({ id, shopId, subOrderId, courier: courier as Courier, trackingNo, shippedBy: userId, shippedAt: work.now })
    return {
      state: 'shipped' as const,
      waybill: { id, courier: courier as Courier, courierName: couriers[courier as Courier], trackingNo, shippedAt: work.now },
    }
  })
}
