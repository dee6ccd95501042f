/** Paying an order that stands: WeChat's sheet, and then the server's word, never the sheet's. */
import type { OrderId } from '@shared/ids.ts'
import type { OrderState } from '@shared/orders/flow.ts'
import { openPaySheet } from '../../lib/pay'
import { refusalOf } from '../../lib/trouble'
import { paySheet, syncOrder } from './calls'

export type Paid = 'paid' | 'unpaid' | 'closed' | 'unsure'

/** Waits between questions, ms: a notice of WeChat's usually beats the second. */
const WAITS = [0, 700, 1200, 2000, 3000, 4000]

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

const settledAs = (state: OrderState): Paid => (state === 'paid' ? 'paid' : state === 'closed' ? 'closed' : 'unpaid')

/**
 * Asks the server how the order stands. After a sheet that said "ok" it asks until the money is known to have come or ten seconds are over
 * ("unsure"); after any other, once is enough.
 */
export const settle = async (orderId: OrderId, sheetSaidOk: boolean): Promise<Paid> => {
  for (const wait of sheetSaidOk ? WAITS : [0, 700]) {
    await sleep(wait)
    try {
      const state = settledAs(await syncOrder(orderId))
      if (state !== 'unpaid') return state
      if (!sheetSaidOk) return 'unpaid'
    } catch {
      // no answer says nothing about the money: ask again
    }
  }
  return 'unsure'
}

/** Opens the sheet and tells how it ended. Rejects with words when no sheet could be opened. */
export const payOrder = async (orderId: OrderId, onChecking: () => void): Promise<Paid> => {
  let sheet: Awaited<ReturnType<typeof paySheet>>
  try {
    sheet = await paySheet(orderId)
  } catch (error) {
    if (refusalOf(error) === 'alreadyPaid') return 'paid'
    if (refusalOf(error) === 'orderClosed') return 'closed'
    throw error
  }
  const result = await openPaySheet(sheet)
  onChecking()
  return settle(orderId, result === 'ok')
}
