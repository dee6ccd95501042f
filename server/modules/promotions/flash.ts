/** Flash sales of a room: begun and stopped by the shop, taken by orders, given back by orders that come to nothing. */
import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm'
import type { FlashSaleId, LiveSessionId, OrderId, ShopId, SkuId, UserId } from '../../../shared/ids.ts'
import { onAir } from '../../../shared/live/flow.ts'
import { type Fen, yuan } from '../../../shared/money.ts'
import { flashFlow } from '../../../shared/promotions/flash.ts'
import { refuse } from '../../../shared/refusals.ts'
import { after, type Instant, MINUTE } from '../../../shared/time.ts'
import type { Db } from '../../platform/db.ts'
import { isDuplicate, matched } from '../../platform/db.ts'
import { newId, tryAdvance, type Work } from '../../platform/work.ts'
import { sellables } from '../catalogue/index.ts'
import { bagOf, sessionOf } from '../live/index.ts'
import { giveAllowance, takeAllowance } from './limits.ts'
import { flashClaims, flashSales, limitUses } from './tables.ts'

export interface FlashAsk {
  key: string
  shopId: ShopId
  userId: UserId
  sessionId: LiveSessionId
  skuId: SkuId
  flashFen: Fen
  quota: number
  perPerson: number
  minutes: number
}

const subjectOf = (id: FlashSaleId): string => `flash:${id}`
const runs = (now: Instant) => and(eq(flashSales.state, 'running'), lte(flashSales.startsAt, now), gt(flashSales.endsAt, now))

/**
 * Begins a flash sale of what stands in the bag of a broadcast that is on air; the same key begins one. Refuses `notFound` (session or ware are not the
 * shop's), `notNow` (not on air), `notOnSale`, `flashPrice` (not below the price), `flashRuns` (there is one already).
 */
export async function beginFlash(work: Work, ask: FlashAsk): Promise<{ flashSaleId: FlashSaleId; endsAt: Instant }> {
  const { shopId, sessionId, skuId, flashFen } = ask
  const session = await sessionOf(work.db, sessionId)
  if (session?.shopId !== shopId) throw refuse('notFound')
  const [before] = await work.db
    .select({ id: flashSales.id, endsAt: flashSales.endsAt })
    .from(flashSales)
    .where(and(eq(flashSales.shopId, shopId), eq(flashSales.requestKey, ask.key)))
  if (before) return { flashSaleId: before.id, endsAt: before.endsAt }
  if (!(onAir as readonly string[]).includes(session.state)) throw refuse('notNow')
  const [item, ware] = [(await bagOf(work.db, sessionId)).find((i) => i.skuId === skuId), (await sellables(work.db, [skuId])).get(skuId)]
  if (!item || !ware) throw refuse('notFound')
  if (!ware.onSale) throw refuse('notOnSale', { title: ware.title })
  if (flashFen >= ware.priceFen)
    throw refuse('flashPrice', { price: yuan(ware.priceFen) }, { flashFen: `要低于 ${yuan(ware.priceFen)} 元` })
  const [running] = await work.db
    .select({ id: flashSales.id })
    .from(flashSales)
    .where(and(eq(flashSales.liveSessionId, sessionId), eq(flashSales.skuId, skuId), runs(work.now)))
    .limit(1)
  if (running) throw refuse('flashRuns')
  const id = newId('FlashSale')
  const endsAt = after(work.now, ask.minutes * MINUTE)
  try {
    await work.db.insert(flashSales).values({
      ...{
        id,
        requestKey: ask.key,
        shopId,
        liveSessionId: sessionId,
        skuId,
        flashFen,
        quota: ask.quota,
        perPerson: ask.perPerson,
        taken: 0,
      },
      ...{ startsAt: work.now, endsAt, state: 'running', madeBy: ask.userId },
    })
  } catch (error) {
    // the other tap was faster
    if (isDuplicate(error)) throw refuse('stale')
    throw error
  }
  await work.tell('flash.changed', { flashSaleId: id, sessionId })
  return { flashSaleId: id, endsAt }
}

/** Stops one before its time; a second time changes nothing. Orders placed in it keep their price. Refuses `notFound` for any other shop's. */
export async function stopFlash(work: Work, shopId: ShopId, flashSaleId: FlashSaleId): Promise<{ stopped: true }> {
  const [row] = await work.db
    .select({ sessionId: flashSales.liveSessionId })
    .from(flashSales)
    .where(and(eq(flashSales.id, flashSaleId), eq(flashSales.shopId, shopId)))
  if (!row) throw refuse('notFound')
  if (await tryAdvance(work, flashSales, flashSaleId, flashFlow, 'stop'))
    await work.tell('flash.changed', { flashSaleId, sessionId: row.sessionId })
  return { stopped: true }
}

/** The flash sales that run in a session, with what is left of each. One query. */
export async function runningFlashes(db: Db, sessionId: LiveSessionId, now: Instant) {
  const rows = await db
    .select()
    .from(flashSales)
    .where(and(eq(flashSales.liveSessionId, sessionId), runs(now)))
    .orderBy(asc(flashSales.id))
  return rows.map(({ id, skuId, flashFen, quota, perPerson, taken, endsAt }) => ({
    ...{ id, skuId, flashFen, quota, perPerson, endsAt },
    left: quota - taken,
  }))
}

/**
 * What each of these wares costs this buyer in a flash sale of the room, where so many units are still to be had by the quota and by what one person may
 * have. One query for a room without any, two else.
 */
export async function flashPrices(
  db: Db,
  now: Instant,
  ask: { sessionId: LiveSessionId | null; userId: UserId | null; lines: readonly { skuId: SkuId; quantity: number }[] },
): Promise<Map<SkuId, { flashSaleId: FlashSaleId; flashFen: Fen }>> {
  if (!ask.sessionId) return new Map()
  const running = await runningFlashes(db, ask.sessionId, now)
  const wanted = new Map<SkuId, number>()
  for (const line of ask.lines) wanted.set(line.skuId, (wanted.get(line.skuId) ?? 0) + line.quantity)
  const about = running.filter((sale) => wanted.has(sale.skuId))
  if (about.length === 0) return new Map()
  const had = ask.userId
    ? await db
        .select({ subject: limitUses.subject, used: limitUses.used })
        .from(limitUses)
        .where(
          and(
            inArray(
              limitUses.subject,
              about.map((sale) => subjectOf(sale.id)),
            ),
            eq(limitUses.who, ask.userId),
          ),
        )
    : []
  const usedOf = new Map(had.map((row) => [row.subject, row.used]))
  return new Map(
    about
      .filter((sale) => {
        const units = wanted.get(sale.skuId) ?? 0
        return units <= sale.left && units + (usedOf.get(subjectOf(sale.id)) ?? 0) <= sale.perPerson
      })
      .map((sale) => [sale.skuId, { flashSaleId: sale.id, flashFen: sale.flashFen }]),
  )
}

/**
 * Takes units of a flash sale for an order: one UPDATE for the quota, one for what this buyer may have. Refuses `flashOver` when either is used up, or the sale
 * is over; nothing is taken then, for the caller's work is undone.
 */
export async function takeFlash(
  work: Work,
  ask: { orderId: OrderId; userId: UserId; flashSaleId: FlashSaleId; units: number; title: string },
): Promise<void> {
  const { flashSaleId, units, userId } = ask
  const [sale] = await work.db
    .select({ perPerson: flashSales.perPerson, sessionId: flashSales.liveSessionId })
    .from(flashSales)
    .where(eq(flashSales.id, flashSaleId))
  if (!sale || !(await takeAllowance(work, subjectOf(flashSaleId), userId, units, sale.perPerson)))
    throw refuse('flashOver', { title: ask.title })
  const took = await work.db
    .update(flashSales)
    .set({ taken: sql`${flashSales.taken} + ${units}` })
    .where(and(eq(flashSales.id, flashSaleId), runs(work.now), sql`${flashSales.taken} + ${units} <= ${flashSales.quota}`))
  if (matched(took) !== 1) throw refuse('flashOver', { title: ask.title })
  await work.db.insert(flashClaims).values({ orderId: ask.orderId, flashSaleId, userId, units, state: 'held' })
  const [now] = await work.db
    .select({ left: sql<number>`${flashSales.quota} - ${flashSales.taken}`.mapWith(Number) })
    .from(flashSales)
    .where(eq(flashSales.id, flashSaleId))
  // the last one is gone: phones show the usual price again
  if (now?.left === 0) await work.tell('flash.changed', { flashSaleId, sessionId: sale.sessionId })
}

/** Gives back what an order held, when it came to nothing. A second time nothing happens. */
export async function giveFlashBack(work: Work, orderId: OrderId): Promise<void> {
  const held = await work.db
    .select()
    .from(flashClaims)
    .where(and(eq(flashClaims.orderId, orderId), eq(flashClaims.state, 'held')))
  for (const claim of held) {
    const back = await work.db
      .update(flashClaims)
      .set({ state: 'back' })
      .where(and(eq(flashClaims.orderId, orderId), eq(flashClaims.flashSaleId, claim.flashSaleId), eq(flashClaims.state, 'held')))
    if (matched(back) !== 1) continue
    // in the order in which they were taken, so that two never wait for each other
    await giveAllowance(work, subjectOf(claim.flashSaleId), claim.userId, claim.units)
    await work.db
      .update(flashSales)
      .set({ taken: sql`${flashSales.taken} - ${claim.units}` })
      .where(eq(flashSales.id, claim.flashSaleId))
    const [sale] = await work.db
      .select({ sessionId: flashSales.liveSessionId })
      .from(flashSales)
      .where(eq(flashSales.id, claim.flashSaleId))
    if (sale) await work.tell('flash.changed', { flashSaleId: claim.flashSaleId, sessionId: sale.sessionId })
  }
}

/** A broadcast that is over sells nothing at a flash price any more. */
export async function stopFlashesOf(work: Work, sessionId: LiveSessionId): Promise<void> {
  const running = await work.db
    .select({ id: flashSales.id })
    .from(flashSales)
    .where(and(eq(flashSales.liveSessionId, sessionId), eq(flashSales.state, 'running')))
  for (const { id } of running) await tryAdvance(work, flashSales, id, flashFlow, 'stop')
}
