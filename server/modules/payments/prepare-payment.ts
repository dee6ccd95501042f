import type { OrderId, PaymentId, ShopId, SubOrderId, UserId } from '../../../shared/ids.ts'
import { addFen, type Bp, type Fen, fen } from '../../../shared/money.ts'
import type { Instant } from '../../../shared/time.ts'
import { newId, type Work } from '../../platform/work.ts'
import { paymentParts, payments } from './tables.ts'

export interface PaymentPlan {
  orderId: OrderId
  buyerId: UserId
  openid: string
  /** The buyer's network address. */
  address: string
  parts: { subOrderId: SubOrderId; shopId: ShopId; subMerchant: string; description: string; amountFen: Fen; commissionBp: Bp }[]
  /** WeChat takes no payment after this. */
  expiresAt: Instant
}

/** Notes that an order is to be paid; WeChat is not asked before the buyer taps. */
export async function preparePayment(work: Work, plan: PaymentPlan): Promise<PaymentId> {
  const id = newId('Payment')
  await work.db.insert(payments).values({
    id,
    paymentNo: `P${id.slice(4)}`,
    orderId: plan.orderId,
    buyerId: plan.buyerId,
    openid: plan.openid,
    address: plan.address,
    state: 'opening',
    amountFen: addFen(...plan.parts.map((p) => p.amountFen)),
    expiresAt: plan.expiresAt,
    checkAt: plan.expiresAt,
    checks: 0,
  })
  await work.db.insert(paymentParts).values(
    plan.parts.map((part) => {
      const partId = newId('PaymentPart')
      return {
        id: partId,
        partNo: `S${partId.slice(4)}`,
        paymentId: id,
        ...part,
        description: part.description.slice(0, 40),
        refundedFen: fen(0),
      }
    }),
  )
  return id
}
