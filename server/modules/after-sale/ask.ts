import { and, eq } from 'drizzle-orm'
import { afterSaleFlow } from '../../../shared/after-sale/flow.ts'
import { FAULT_DAYS, NO_REASON_DAYS } from '../../../shared/after-sale/limits.ts'
import { type AfterSaleKind, type AfterSaleReason, afterSaleKindWords, afterSaleReasons } from '../../../shared/after-sale/words.ts'
import type { AfterSaleId, AssetId, OrderLineId, ShopId, SubOrderId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { type Courier, couriers, TRACKING_NO } from '../../../shared/shipping/couriers.ts'
import { after, DAY } from '../../../shared/time.ts'
import { newId, type Work } from '../../platform/work.ts'
import { mustBeMine } from '../assets/index.ts'
import { afterSalePart, beginAfterSale } from '../orders/index.ts'
import { type Case, type CaseAct, dueAfter, moveCase, writeStep } from './move-case.ts'
import { afterSales } from './tables.ts'

export interface CaseAsk {
  subOrderId: SubOrderId
  kind: AfterSaleKind
  reason: AfterSaleReason
  lines: { orderLineId: OrderLineId; units: number }[]
  words: string
  pictureIds: AssetId[]
}

/**
 * Opens a case. Refuses `notFound` (no part, line or picture of one's own), `afterSaleReason` (not at this stage), `noReturn` (perishable),
 * `afterSaleLate`, `nothingLeft`, `afterSaleOpen`. Before shipping lines go back whole.
 */
export async function askAfterSale(work: Work, buyerId: UserId, ask: CaseAsk): Promise<{ afterSaleId: AfterSaleId }> {
  const found = await afterSalePart(work.db, ask.subOrderId, { buyerId })
  if (!found) throw refuse('notFound')
  await mustBeMine(work, buyerId, ask.pictureIds)
  const { part, lines } = found
  const reason = afterSaleReasons[ask.reason]
  const unshipped = part.state === 'toShip'
  const fits = unshipped
    ? reason.unshipped && ask.kind === 'refund'
    : !reason.unshipped && (part.state === 'shipped' || part.state === 'completed')
  if (!fits || (ask.reason === 'noReason' && ask.kind !== 'return'))
    throw refuse('afterSaleReason', { reason: reason.words, kind: afterSaleKindWords[ask.kind] })
  const days = ask.reason === 'noReason' ? NO_REASON_DAYS : FAULT_DAYS
  if (part.completedAt && work.now > after(part.completedAt, days * DAY)) throw refuse('afterSaleLate', { reason: reason.words, days })
  const wanted = ask.lines.map(({ orderLineId, units }) => {
    const line = lines.find((l) => l.id === orderLineId)
    if (!line) throw refuse('notFound')
    const left = line.quantity - line.returnedUnits
    if (ask.reason === 'noReason' && !line.noReasonReturn) throw refuse('noReturn', { title: line.title })
    const takes = unshipped ? left : units
    if (takes < 1 || takes > left) throw refuse('nothingLeft', { title: line.title })
    return { orderLineId, units: takes }
  })
  if (new Set(wanted.map((w) => w.orderLineId)).size !== wanted.length) throw refuse('nothingLeft', { title: lines[0]?.title ?? '' })
  await beginAfterSale(work, part.id, part.orderId)
  const id = newId('AfterSale')
  await work.db.insert(afterSales).values({
    ...{ id, orderId: part.orderId, subOrderId: part.id, shopId: part.shopId, buyerId, kind: ask.kind, reason: ask.reason },
    ...{
      lines: wanted,
      unshipped,
      state: 'asked',
      openedAt: work.now,
      dueAt: dueAfter('asked', unshipped, work.now),
      refundedFen: 0 as never,
    },
  })
  await writeStep(work, id, 'ask', { words: ask.words, pictureIds: ask.pictureIds })
  await work.tell('aftersale.moved', { afterSaleId: id, orderId: part.orderId, shopId: part.shopId, state: 'asked' })
  return { afterSaleId: id }
}

const mine = async (work: Work, buyerId: UserId, id: AfterSaleId): Promise<Case> => {
  const [one] = await work.db
    .select()
    .from(afterSales)
    .where(and(eq(afterSales.id, id), eq(afterSales.buyerId, buyerId)))
  if (!one) throw refuse('notFound')
  return one
}

const ours = async (work: Work, shopId: ShopId, id: AfterSaleId): Promise<Case> => {
  const [one] = await work.db
    .select()
    .from(afterSales)
    .where(and(eq(afterSales.id, id), eq(afterSales.shopId, shopId)))
  if (!one) throw refuse('notFound')
  return one
}

const must = async (moved: Promise<boolean>): Promise<void> => {
  if (!(await moved)) throw refuse('stale')
}

const parcel = (courier: string, trackingNo: string): { courier: Courier; no: string } => {
  if (!Object.hasOwn(couriers, courier)) throw refuse('courierNeeded', {}, { courier: '请选择快递公司' })
  const no = trackingNo.trim().toUpperCase()
  if (!TRACKING_NO.test(no)) throw refuse('trackingNo', {}, { trackingNo: '运单号应是 8 到 30 位字母或数字' })
  return { courier: courier as Courier, no }
}

/** The buyer takes the case back. Refuses `notFound`, `stale`. */
export const withdrawCase = async (work: Work, buyerId: UserId, id: AfterSaleId): Promise<void> =>
  must(moveCase(work, await mine(work, buyerId, id), 'withdraw'))

/** The buyer has sent the wares back. Refuses `notFound`, `stale`, `courierNeeded`, `trackingNo`. */
export async function sendBack(work: Work, buyerId: UserId, id: AfterSaleId, courier: string, trackingNo: string): Promise<void> {
  const sent = parcel(courier, trackingNo)
  const one = await mine(work, buyerId, id)
  await must(moveCase(work, one, 'sendBack', {}, { returnCourier: sent.courier, returnNo: sent.no }))
}

/** The buyer takes a no to the park. Refuses `notFound`, `stale`. */
export async function escalateCase(work: Work, buyerId: UserId, id: AfterSaleId, words: string, pictureIds: AssetId[]): Promise<void> {
  await mustBeMine(work, buyerId, pictureIds)
  await must(moveCase(work, await mine(work, buyerId, id), 'escalate', { words, pictureIds }))
}

/** The shop says yes: to a refund it goes at once, to a return the buyer is asked to send back, to a reship it is the shop's turn. */
export async function grantCase(work: Work, shopId: ShopId, id: AfterSaleId): Promise<void> {
  const one = await ours(work, shopId, id)
  const act: CaseAct = one.kind === 'refund' ? 'grant' : one.kind === 'reship' ? 'grantReship' : 'grantReturn'
  await must(moveCase(work, one, act))
}

/** The shop says no, and why. Refuses `reasonNeeded`, `notFound`, `stale`. */
export async function declineCase(work: Work, shopId: ShopId, id: AfterSaleId, words: string): Promise<void> {
  await must(moveCase(work, await ours(work, shopId, id), 'decline', { words }))
}

/** The shop has what came back: the money goes, or the exchange is the shop's turn. */
export async function takeBackCase(work: Work, shopId: ShopId, id: AfterSaleId): Promise<void> {
  const one = await ours(work, shopId, id)
  await must(moveCase(work, one, one.kind === 'exchange' ? 'swap' : 'takeBack'))
}

/** What came back is not what was sent: the park looks. */
export async function disputeCase(work: Work, shopId: ShopId, id: AfterSaleId, words: string): Promise<void> {
  await must(moveCase(work, await ours(work, shopId, id), 'dispute', { words }))
}

/** The shop has sent again, out of its stock. Refuses `soldOut`, `notEnough`, `courierNeeded`, `trackingNo`, `notFound`, `stale`. */
export async function reshipCase(work: Work, shopId: ShopId, id: AfterSaleId, courier: string, trackingNo: string): Promise<void> {
  const sent = parcel(courier, trackingNo)
  const one = await ours(work, shopId, id)
  await must(
    moveCase(work, one, 'reship', { words: `${couriers[sent.courier]} ${sent.no}` }, { reshipCourier: sent.courier, reshipNo: sent.no }),
  )
}

/** The park decides, and why; its word binds the money. Refuses `notFound`, `stale`. */
export async function decideCase(work: Work, id: AfterSaleId, verdict: 'uphold' | 'reject', words: string): Promise<void> {
  const [one] = await work.db.select().from(afterSales).where(eq(afterSales.id, id))
  if (!one || !afterSaleFlow.from(verdict).length) throw refuse('notFound')
  await must(moveCase(work, one, verdict, { words }))
}
