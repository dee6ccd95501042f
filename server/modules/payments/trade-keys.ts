import { eq } from 'drizzle-orm'
import type { SubOrderId } from '../../../shared/ids.ts'
import type { Db } from '../../platform/db.ts'
import type { TradeKey } from '../../ports/trade.ts'
import { paymentParts, payments } from './tables.ts'

/** The names of a paid part at WeChat, and whose payment it was; null while it is not paid. One query. */
export async function tradeKeyOf(db: Db, subOrderId: SubOrderId): Promise<(TradeKey & { openid: string }) | null> {
  const [row] = await db
    .select({
      transactionId: paymentParts.transactionId,
      paymentNo: payments.paymentNo,
      partNo: paymentParts.partNo,
      subMerchant: paymentParts.subMerchant,
      openid: payments.openid,
    })
    .from(paymentParts)
    .innerJoin(payments, eq(payments.id, paymentParts.paymentId))
    .where(eq(paymentParts.subOrderId, subOrderId))
  return row?.transactionId ? { ...row, transactionId: row.transactionId } : null
}
