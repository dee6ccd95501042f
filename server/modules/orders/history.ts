import { asc, eq } from 'drizzle-orm'
import type { OrderId } from '../../../shared/ids.ts'
import type { Instant } from '../../../shared/time.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Db } from '../../platform/db.ts'
import { orderMoves } from './tables.ts'

const moveWords: Record<string, string> = {
  place: '提交订单',
  pay: '买家已付款',
  cancel: '买家取消了订单',
  expire: '超时未付款，订单自动关闭',
  ship: '店铺已发货',
  correct: '店铺更正了运单号',
  receive: '已确认收货',
  lapse: '预售逾期未发货，款项自动退回',
  refund: '发货前全部退款，订单关闭',
  afterSale: '买家申请了售后',
  refundLate: '订单关闭后收到付款，已原路退回',
}

/** A receipt that the buyer did not tap here. */
const receivedBy: Partial<Record<Actor['kind'], string>> = {
  clock: '超过收货期限，自动确认收货',
  outside: '已在微信确认收货',
}

/** What happened to an order and its parts, oldest first, in the words people read. */
export async function history(db: Db, orderId: OrderId): Promise<{ subjectId: string; at: Instant; words: string }[]> {
  const rows = await db.select().from(orderMoves).where(eq(orderMoves.orderId, orderId)).orderBy(asc(orderMoves.at))
  return rows.map((r) => ({
    subjectId: r.subjectId,
    at: r.at,
    words: (r.act === 'receive' && receivedBy[r.actor.kind]) || (moveWords[r.act] ?? r.act),
  }))
}
