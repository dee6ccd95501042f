import { count, eq } from 'drizzle-orm'
import { type AfterSaleState, afterSaleFlow, overStates } from '../../../shared/after-sale/flow.ts'
import { afterSaleClocks as clocks } from '../../../shared/after-sale/limits.ts'
import { afterSaleActWords, afterSaleReasons } from '../../../shared/after-sale/words.ts'
import type { ActOf } from '../../../shared/flow.ts'
import type { AfterSaleId, AssetId } from '../../../shared/ids.ts'
import { after, type Instant } from '../../../shared/time.ts'
import { tryAdvance, type Work } from '../../platform/work.ts'
import { takeForReship } from '../catalogue/index.ts'
import { afterSalePart, endAfterSale, refundLines } from '../orders/index.ts'
import { afterSaleMoves, afterSales } from './tables.ts'

export type Case = typeof afterSales.$inferSelect
export type CaseAct = ActOf<typeof afterSaleFlow>

/** When the clock of a state that begins now runs out, or null. */
export const dueAfter = (state: AfterSaleState, unshipped: boolean, now: Instant): Instant | null => {
  const ms = {
    asked: unshipped ? clocks.answerUnshipped : clocks.answer,
    declined: clocks.escalate,
    toReturn: clocks.sendBack,
    returning: clocks.takeBack,
    toReship: clocks.reship,
  }[state as string]
  return ms === undefined ? null : after(now, ms)
}

/** Writes a step into the case's book. */
export async function writeStep(
  work: Work,
  afterSaleId: AfterSaleId,
  act: CaseAct | 'ask',
  said: { words?: string; pictureIds?: AssetId[] } = {},
): Promise<void> {
  const [had] = await work.db.select({ n: count() }).from(afterSaleMoves).where(eq(afterSaleMoves.afterSaleId, afterSaleId))
  await work.db.insert(afterSaleMoves).values({
    afterSaleId,
    no: Number(had?.n ?? 0) + 1,
    act,
    actor: work.by,
    words: said.words ?? '',
    pictureIds: said.pictureIds ?? [],
    at: work.now,
  })
}

/**
 * Moves a case by one act, with all that the new state brings: the money, the stock, the end of the part's wait. False when somebody was faster
 * or the act is not allowed now. Refuses what the stock or the lines refuse.
 */
export async function moveCase(
  work: Work,
  one: Case,
  act: CaseAct,
  said: { words?: string; pictureIds?: AssetId[] } = {},
  extra: Partial<Case> = {},
): Promise<boolean> {
  const from = afterSaleFlow.from(act)
  const to = afterSaleFlow.next(from[0] as AfterSaleState, act) as AfterSaleState
  const over = (overStates as readonly AfterSaleState[]).includes(to)
  const moved = await tryAdvance(work, afterSales, one.id, afterSaleFlow, act, {
    ...extra,
    dueAt: dueAfter(to, one.unshipped, work.now),
    ...(over ? { endedAt: work.now } : {}),
  })
  if (!moved) return false
  await writeStep(work, one.id, act, said)
  if (to === 'reshipped') await takeUnits(work, one)
  // the wait ends before the money goes: a part of which all went back is closed by it
  if (over) await endAfterSale(work, one.subOrderId)
  if (to === 'refunded') {
    const refundedFen = await refundLines(work, one.id, one.subOrderId, {
      lines: one.lines,
      freight: afterSaleReasons[one.reason].fault,
      reason: `售后退款：${afterSaleReasons[one.reason].words}`,
    })
    await work.db.update(afterSales).set({ refundedFen }).where(eq(afterSales.id, one.id))
  }
  await work.tell('aftersale.moved', { afterSaleId: one.id, orderId: one.orderId, shopId: one.shopId, state: to })
  return true
}

async function takeUnits(work: Work, one: Case): Promise<void> {
  const found = await afterSalePart(work.db, one.subOrderId, null)
  const lines = one.lines.flatMap(({ orderLineId, units }) => {
    const line = found?.lines.find((l) => l.id === orderLineId)
    return line ? [{ skuId: line.skuId, quantity: units }] : []
  })
  await takeForReship(work, one.id, lines)
}

/** The words of a step. */
export const stepWords = (act: string): string => (act === 'ask' ? '提交售后申请' : (afterSaleActWords[act as CaseAct] ?? act))
