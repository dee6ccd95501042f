import { z } from 'zod'
import { fen } from '../../../shared/money.ts'
import type { PaymentPort, ShareFinding } from '../../ports/payment.ts'
import { OutsideTrouble } from '../../ports/trouble.ts'
import type { PayTransport } from './payTransport.ts'

/** A share as it is answered and found (wechat.md §6.4). */
const shareOrder = z.object({
  out_order_no: z.string(),
  status: z.enum(['PROCESSING', 'FINISHED']),
  receivers: z.array(
    z.object({ receiver_account: z.string(), result: z.enum(['PENDING', 'SUCCESS', 'CLOSED']), fail_reason: z.string().nullish() }),
  ),
})
const shareReturn = z.object({
  out_return_no: z.string(),
  result: z.enum(['PROCESSING', 'SUCCESS', 'FAIL', 'FAILED']),
  fail_reason: z.string().nullish(),
})
const finished = z.object({ out_order_no: z.string() })
const amounts = z.object({ unsplit_amount: z.number().int().min(0) })
const receiver = z.object({ account: z.string() })

const ABSENT = new Set(['RESOURCE_NOT_EXISTS', 'RESOURCE_NOT_EXIST', 'ORDER_NOT_EXIST', 'ORDER_NOT_EXISTS'])

type Sharing = Pick<PaymentPort, 'nameReceiver' | 'share' | 'findShare' | 'endSharing' | 'unshared' | 'returnShare' | 'findReturn'>

/** Profit sharing of the e-commerce family (wechat.md §6.4): the park's fee goes to the park's own merchant number. */
export const createSharing = (pay: PayTransport, us: { appid: string; mchid: string; merchantName: string }): Sharing => {
  const malformed = (what: string): OutsideTrouble => new OutsideTrouble('wechat-pay', 'MALFORMED', what)

  // FINISHED only says that it was executed: the receiver's own result is what counts
  const shareFinding = (order: z.infer<typeof shareOrder>, shareNo: string): ShareFinding => {
    const ours = order.receivers.find((r) => r.receiver_account === us.mchid)
    if (order.out_order_no !== shareNo || !ours) throw malformed('share: the answer speaks of another share')
    if (order.status === 'PROCESSING' || ours.result === 'PENDING') return { shareNo, state: 'processing', why: null }
    return ours.result === 'SUCCESS' ? { shareNo, state: 'done', why: null } : { shareNo, state: 'failed', why: ours.fail_reason ?? null }
  }
  const returnFinding = (back: z.infer<typeof shareReturn>, returnNo: string): ShareFinding => {
    if (back.out_return_no !== returnNo) throw malformed('returnShare: the answer speaks of another return')
    if (back.result === 'PROCESSING') return { shareNo: returnNo, state: 'processing', why: null }
    return { shareNo: returnNo, state: back.result === 'SUCCESS' ? 'done' : 'failed', why: back.fail_reason ?? null }
  }
  const orAbsent = async (shareNo: string, asked: Promise<ShareFinding>): Promise<ShareFinding> => {
    try {
      return await asked
    } catch (error) {
      if (!(error instanceof OutsideTrouble) || !ABSENT.has(error.code)) throw error
      return { shareNo, state: 'absent', why: null }
    }
  }
  const query = (fields: Record<string, string>): string => new URLSearchParams(fields).toString()

  return {
    nameReceiver: async () => {
      await pay.call({
        name: 'nameReceiver',
        method: 'POST',
        path: '/v3/ecommerce/profitsharing/receivers/add',
        body: JSON.stringify({ appid: us.appid, type: 'MERCHANT_ID', account: us.mchid, name: us.merchantName, relation_type: 'PLATFORM' }),
        answer: receiver,
      })
    },
    share: async (ask) =>
      shareFinding(
        await pay.call({
          name: 'share',
          method: 'POST',
          path: '/v3/ecommerce/profitsharing/orders',
          body: JSON.stringify({
            appid: us.appid,
            sub_mchid: ask.subMerchant,
            transaction_id: ask.transactionId,
            out_order_no: ask.shareNo,
            receivers: [{ type: 'MERCHANT_ID', receiver_account: us.mchid, amount: ask.amount, description: ask.description }],
            finish: true,
          }),
          answer: shareOrder,
        }),
        ask.shareNo,
      ),
    findShare: (ask) =>
      orAbsent(
        ask.shareNo,
        pay
          .call({
            name: 'findShare',
            method: 'GET',
            path: `/v3/ecommerce/profitsharing/orders?${query({ sub_mchid: ask.subMerchant, transaction_id: ask.transactionId, out_order_no: ask.shareNo })}`,
            answer: shareOrder,
          })
          .then((order) => shareFinding(order, ask.shareNo)),
      ),
    endSharing: async (ask) => {
      const ended = await pay.call({
        name: 'endSharing',
        method: 'POST',
        path: '/v3/ecommerce/profitsharing/finish-order',
        body: JSON.stringify({
          sub_mchid: ask.subMerchant,
          transaction_id: ask.transactionId,
          out_order_no: ask.endNo,
          description: ask.description,
        }),
        answer: finished,
      })
      if (ended.out_order_no !== ask.endNo) throw malformed('endSharing: the answer speaks of another end')
    },
    unshared: async (transactionId) => {
      const left = await pay.call({
        name: 'unshared',
        method: 'GET',
        path: `/v3/ecommerce/profitsharing/orders/${encodeURIComponent(transactionId)}/amounts`,
        answer: amounts,
      })
      return fen(left.unsplit_amount)
    },
    returnShare: async (ask) =>
      returnFinding(
        await pay.call({
          name: 'returnShare',
          method: 'POST',
          path: '/v3/ecommerce/profitsharing/returnorders',
          body: JSON.stringify({
            sub_mchid: ask.subMerchant,
            out_order_no: ask.shareNo,
            out_return_no: ask.returnNo,
            return_mchid: us.mchid,
            amount: ask.amount,
            description: ask.description,
          }),
          answer: shareReturn,
        }),
        ask.returnNo,
      ),
    findReturn: (ask) =>
      orAbsent(
        ask.returnNo,
        pay
          .call({
            name: 'findReturn',
            method: 'GET',
            path: `/v3/ecommerce/profitsharing/returnorders?${query({ sub_mchid: ask.subMerchant, out_order_no: ask.shareNo, out_return_no: ask.returnNo })}`,
            answer: shareReturn,
          })
          .then((back) => returnFinding(back, ask.returnNo)),
      ),
  }
}
