/** The calls of after-sale for buyers. */
import type { AfterSaleId, SubOrderId } from '@shared/ids.ts'
import { type In, type Out, trpc } from '../../lib/trpc'

export type Askable = Out['buyer']['afterSale']['askable']
export type CasePage = Out['buyer']['afterSale']['one']
export type CaseAsk = In['buyer']['afterSale']['ask']

const door = trpc.buyer.afterSale

export const askable = (subOrderId: SubOrderId) => door.askable.query({ subOrderId })
export const casesOf = (subOrderId: SubOrderId) => door.ofPart.query({ subOrderId })
export const caseOf = (afterSaleId: AfterSaleId) => door.one.query({ afterSaleId })
export const askAfterSale = (ask: CaseAsk) => door.ask.mutate(ask)
export const withdrawCase = (afterSaleId: AfterSaleId) => door.withdraw.mutate({ afterSaleId })
export const sendBack = (afterSaleId: AfterSaleId, courier: string, trackingNo: string) =>
  door.sendBack.mutate({ afterSaleId, courier, trackingNo })
export const escalateCase = (afterSaleId: AfterSaleId, words: string) => door.escalate.mutate({ afterSaleId, words })
