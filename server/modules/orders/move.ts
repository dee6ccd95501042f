import type { OrderId, SubOrderId } from '../../../shared/ids.ts'
import type { Work } from '../../platform/work.ts'
import { orderMoves } from './tables.ts'

/** Notes a move in the order's history. */
export async function note(work: Work, orderId: OrderId, subjectId: OrderId | SubOrderId, act: string): Promise<void> {
  await work.db.insert(orderMoves).values({ orderId, subjectId, act, actor: work.by, at: work.now })
}
