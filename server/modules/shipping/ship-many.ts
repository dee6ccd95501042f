import type { ShopId, UserId } from '../../../shared/ids.ts'
import { Refusal } from '../../../shared/refusals.ts'
import { couriers } from '../../../shared/shipping/couriers.ts'
import type { App } from '../../platform/app.ts'
import type { Actor } from '../../platform/work.ts'
import { subOrderOfNo } from '../orders/index.ts'
import { ship } from './ship.ts'

export interface ParcelRow {
  subOrderNo: string
  /** A courier's code, or its name as people write it. */
  courier: string
  trackingNo: string
}

/** The code of a courier as a table names it ("顺丰", "顺丰速运", "sf"). */
const courierIn = (text: string): string => {
  const wish = text.trim()
  const found = Object.entries(couriers).find(
    ([code, name]) => code === wish.toUpperCase() || name === wish || (wish.length >= 2 && name.startsWith(wish)),
  )
  return found?.[0] ?? wish
}

/**
 * Hands many parcels over, each for itself: what is wrong with one row is said of that row and stops no other. Rows that were sent before under the
 * same number answer as sent, so that the same table may be handed in again.
 */
export async function shipMany(app: App, by: Actor, ask: { shopId: ShopId; userId: UserId; parcels: readonly ParcelRow[] }) {
  const { shopId, userId } = ask
  const answers: { subOrderNo: string; sent: boolean; words: string }[] = []
  for (const row of ask.parcels) {
    const subOrderNo = row.subOrderNo.trim()
    const found = await subOrderOfNo(app.read, shopId, subOrderNo)
    const said = (sent: boolean, words: string) => void answers.push({ subOrderNo, sent, words })
    if (!found) said(false, '没有这个订单号')
    else if (found.trackingNo === row.trackingNo.trim().toUpperCase() && found.state !== 'toShip') said(true, '之前已发货')
    else if (found.state !== 'toShip') said(false, '这笔订单现在不是待发货')
    else
      try {
        await ship(app, by, { shopId, userId, subOrderId: found.id, courier: courierIn(row.courier), trackingNo: row.trackingNo })
        said(true, '已发货')
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        said(false, error.message)
      }
  }
  return { rows: answers, sent: answers.filter((a) => a.sent).length }
}
