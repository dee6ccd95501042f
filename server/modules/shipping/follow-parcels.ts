/** Where parcels are: their couriers are asked once for news of each, and what comes is written down. */
import { createHash, createHmac } from 'node:crypto'
import { and, asc, desc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm'
import type { SubOrderId, WaybillId } from '../../../shared/ids.ts'
import { followFlow } from '../../../shared/shipping/flow.ts'
import type { TrackPoint } from '../../../shared/shipping/track.ts'
import { after, HOUR, type Instant, MINUTE } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { sqlTime } from '../../platform/columns.ts'
import type { Db } from '../../platform/db.ts'
import { matched } from '../../platform/db.ts'
import { errorFacts } from '../../platform/log.ts'
import type { Actor, Work } from '../../platform/work.ts'
import { parcelFacts } from '../orders/index.ts'
import { tradeKeyOf } from '../payments/index.ts'
import { parcelPoints, shippingNotices, waybills } from './tables.ts'

const courier: Actor = { kind: 'outside', system: 'courier' }
const AT_ONCE = 20
const TRIES = 10
const LONGEST = 6 * HOUR
/** News of one parcel that are read; a courier that says more repeats itself. */
const POINTS_MAX = 100

/** The secret that signs the news of one parcel: known to us and to whom we gave it. */
const saltOf = (app: App, waybillId: WaybillId): string =>
  createHmac('sha256', app.settings.secret).update(`parcel ${waybillId}`).digest('hex').slice(0, 32)

/** Asks for news of what was handed over; safe to repeat. A courier that does not answer is asked again, more and more seldom, and then no more. */
export async function followParcels(app: App): Promise<void> {
  const rows = await app.read
    .select()
    .from(waybills)
    .where(and(eq(waybills.follow, 'wanted'), lte(waybills.followAt, app.clock.now()), isNull(waybills.replacedAt)))
    .orderBy(asc(waybills.followAt))
    .limit(AT_ONCE)
  for (const row of rows) {
    try {
      const facts = await parcelFacts(app.read, row.subOrderId)
      const said = await app.ports.tracking.follow({
        courier: row.courier,
        trackingNo: row.trackingNo,
        phoneTail: facts?.phone.slice(-4) ?? '',
        callbackUrl: `${app.settings.http.publicOrigin}/callbacks/kuaidi100/${row.id}`,
        salt: saltOf(app, row.id),
      })
      await moveTo(app, row.id, said === 'off' ? 'drop' : 'follow')
    } catch (error) {
      app.log('warn', 'a parcel could not be followed', { waybill: row.id, ...errorFacts(error) })
      if (row.followTries + 1 >= TRIES) await moveTo(app, row.id, 'drop')
      else
        await app.read
          .update(waybills)
          .set({
            followTries: row.followTries + 1,
            followAt: after(app.clock.now(), Math.min(MINUTE * 2 ** row.followTries, LONGEST)),
          })
          .where(and(eq(waybills.id, row.id), eq(waybills.follow, 'wanted')))
    }
  }
}

const moveTo = (app: App, id: WaybillId, act: 'follow' | 'drop') =>
  app.read
    .update(waybills)
    .set({ follow: followFlow.next('wanted', act) ?? 'off' })
    .where(and(eq(waybills.id, id), eq(waybills.follow, 'wanted')))

/**
 * Takes in a courier's news of a parcel; the same news again change nothing, and late news do not turn it back. Answers false for a parcel that is
 * none of ours. Throws ForgedNews.
 */
export async function takeNews(app: App, waybillId: WaybillId, body: string): Promise<boolean> {
  const news = app.ports.tracking.readNews(body, saltOf(app, waybillId))
  return app.work(courier, async (work) => {
    const [row] = await work.db.select().from(waybills).where(eq(waybills.id, waybillId)).for('update')
    if (!row) return false
    if (!news) return true
    const points = [...news.points].sort((a, b) => b.at - a.at).slice(0, POINTS_MAX)
    for (const point of points)
      await work.db.execute(
        sql`insert ignore into ${parcelPoints} (waybill_id, point_at, hash, words, stage)
            values (${waybillId}, ${sqlTime(point.at)}, ${hashOf(point)}, ${point.words}, ${point.stage})`,
      )
    const at = points[0]?.at ?? work.now
    const moved = await work.db
      .update(waybills)
      .set({ stage: news.stage, stageAt: at, ...(news.over ? { follow: 'over' as const } : {}) })
      .where(and(eq(waybills.id, waybillId), or(isNull(waybills.stageAt), lt(waybills.stageAt, at))))
    if (matched(moved) === 1 && news.stage === 'signed' && row.stage !== 'signed')
      await work.tell('parcel.signed', { waybillId, subOrderId: row.subOrderId })
    return true
  })
}

const hashOf = (point: TrackPoint): string => createHash('sha256').update(`${point.stage} ${point.words}`).digest('hex').slice(0, 16)

/** What couriers said of these parcels, the last first; one query. */
export async function pointsOf(db: Db, ids: readonly WaybillId[]): Promise<Map<WaybillId, TrackPoint[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select()
    .from(parcelPoints)
    .where(inArray(parcelPoints.waybillId, [...ids]))
    .orderBy(desc(parcelPoints.at))
  const found = new Map<WaybillId, TrackPoint[]>()
  for (const { waybillId, at, words, stage } of rows) found.set(waybillId, [...(found.get(waybillId) ?? []), { at, words, stage }])
  return found
}

/** All parcels of a part have come: WeChat is asked, once, to remind its buyer. */
export async function remindWhenAllCame(app: App, subOrderId: SubOrderId): Promise<void> {
  const parcels = await app.read
    .select({ stage: waybills.stage, stageAt: waybills.stageAt })
    .from(waybills)
    .where(and(eq(waybills.subOrderId, subOrderId), isNull(waybills.replacedAt)))
  if (parcels.length === 0 || parcels.some((p) => p.stage !== 'signed')) return
  const receivedAt = Math.max(...parcels.map((p) => p.stageAt ?? 0)) as Instant
  const first = await app.work(courier, async (work: Work) => {
    const moved = await work.db
      .update(shippingNotices)
      .set({ remindedAt: work.now })
      .where(and(eq(shippingNotices.subOrderId, subOrderId), eq(shippingNotices.state, 'told'), isNull(shippingNotices.remindedAt)))
    return matched(moved) === 1
  })
  const key = first ? await tradeKeyOf(app.read, subOrderId) : null
  if (key) await app.ports.trade.remindReceipt({ transactionId: key.transactionId, receivedAt })
}
