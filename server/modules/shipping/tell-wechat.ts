/** What WeChat must hear of parcels, and how far it sees each sale: only its own word lets a shop's money go (wechat.md §7, §11.1). */
import { and, asc, eq, isNull, lte } from 'drizzle-orm'
import type { ShippingNoticeId, SubOrderId } from '../../../shared/ids.ts'
import { shippingNoticeFlow } from '../../../shared/shipping/flow.ts'
import { after, DAY, HOUR, MINUTE } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { errorFacts } from '../../platform/log.ts'
import { type Actor, tryAdvance } from '../../platform/work.ts'
import { OutsideTrouble } from '../../ports/trouble.ts'
import { holdReceipt, parcelFacts, receiveByChannel } from '../orders/index.ts'
import { hastenShare, tradeKeyOf } from '../payments/index.ts'
import { shippingNotices, waybills } from './tables.ts'

const wechat: Actor = { kind: 'outside', system: 'wechat' }
const AT_ONCE = 50
/** WeChat knows a payment about a minute after it was made; after this long the parts are told under the number of the whole payment. */
const PATIENCE = 10 * MINUTE
/** A payment that WeChat does not know after this long is something for a person. */
const UNKNOWN_TOO_LONG = DAY
/** A sale on its way is asked about at first after this, then less and less often. */
const FIRST_LOOK = HOUR
const MOST_WAIT = 6 * HOUR
/** Codes of shipping management that say a definite no; the rest is weather (wechat.md §7.1). */
const DEFINITE = /^(100600\d\d|268485\d{3}|over)$/
const WEATHER = new Set(['10060012', '10060019'])

type Notice = typeof shippingNotices.$inferSelect

const wait = (checks: number, first: number): number => Math.min(first * 2 ** Math.min(checks, 12), MOST_WAIT)

const due = (app: App, state: 'due' | 'told') =>
  app.read
    .select()
    .from(shippingNotices)
    .where(and(eq(shippingNotices.state, state), lte(shippingNotices.checkAt, app.clock.now())))
    .orderBy(asc(shippingNotices.checkAt))
    .limit(AT_ONCE)

/** Parcels of a part as they stand now, first to last. */
export const parcelsOf = (app: App, subOrderId: SubOrderId) =>
  app.read
    .select()
    .from(waybills)
    .where(and(eq(waybills.subOrderId, subOrderId), isNull(waybills.replacedAt)))
    .orderBy(asc(waybills.seq))

/** Tells WeChat of what was handed over; safe to repeat. One that cannot be told stops no other. */
export async function tellWechat(app: App): Promise<void> {
  for (const notice of await due(app, 'due')) {
    try {
      await tellOne(app, notice)
    } catch (error) {
      app.log('warn', 'WeChat was not told of a parcel', { notice: notice.id, ...errorFacts(error) })
      await later(app, notice, MINUTE, error instanceof OutsideTrouble ? error.code : '')
    }
  }
}

async function tellOne(app: App, notice: Notice): Promise<void> {
  const [key, facts, parcels] = [
    await tradeKeyOf(app.read, notice.subOrderId),
    await parcelFacts(app.read, notice.subOrderId),
    await parcelsOf(app, notice.subOrderId),
  ]
  if (!key || !facts) return later(app, notice, MINUTE, 'notPaid')
  const now = app.clock.now()
  const move = (act: 'tell' | 'refuse' | 'void', more: Record<string, unknown>) =>
    app.work(wechat, async (work) => {
      if (!(await tryAdvance(work, shippingNotices, notice.id, shippingNoticeFlow, act, { checks: 0, ...more }))) return
      if (act === 'tell') await holdReceipt(work, notice.subOrderId, after(work.now, app.settings.receiveDays * DAY))
      if (act === 'refuse')
        await work.tell('shipping.refused', { subOrderId: notice.subOrderId, shopId: notice.shopId, why: String(more.why) })
    })
  const told = { toldAt: now, checkAt: after(now, FIRST_LOOK), why: '' }
  try {
    await app.ports.trade.tellShipped({
      ...key,
      buyerOpenid: key.openid,
      at: now,
      parcels: parcels.map((p) => ({
        courier: p.courier,
        trackingNo: p.trackingNo,
        goods: facts.goods || '茶叶',
        receiverPhone: facts.phone,
      })),
      way: now - notice.dueAt > PATIENCE ? 'combined' : 'single',
    })
    await move('tell', told)
  } catch (error) {
    if (!(error instanceof OutsideTrouble)) throw error
    if (error.code === 'notYet' && now - notice.dueAt > UNKNOWN_TOO_LONG) return move('refuse', { why: error.code })
    if (!DEFINITE.test(error.code) || WEATHER.has(error.code)) throw error
    // received or refunded meanwhile: WeChat says which, and nobody has to look
    const stage = error.code === 'over' ? await app.ports.trade.findTrade(key.transactionId) : 'unknown'
    if (stage === 'refunded') await move('void', { why: error.code })
    else if (stage === 'received' || stage === 'settled') await move('tell', { ...told, checkAt: now })
    else await move('refuse', { why: error.code })
  }
}

const later = (app: App, notice: Notice, first: number, why: string): Promise<void> =>
  app.work(wechat, async (work) => {
    await work.db
      .update(shippingNotices)
      .set({ checks: notice.checks + 1, checkAt: after(work.now, wait(notice.checks, first)), why })
      .where(and(eq(shippingNotices.id, notice.id), eq(shippingNotices.state, notice.state), eq(shippingNotices.checkAt, notice.checkAt)))
  })

/** Asks WeChat how far it sees the sales that are on their way; safe to repeat. */
export async function followTrades(app: App): Promise<void> {
  for (const notice of await due(app, 'told')) {
    try {
      await followOne(app, notice)
    } catch (error) {
      app.log('warn', 'WeChat was not asked about a sale', { notice: notice.id, ...errorFacts(error) })
      await later(app, notice, MINUTE, '')
    }
  }
}

async function followOne(app: App, notice: Notice): Promise<void> {
  const key = await tradeKeyOf(app.read, notice.subOrderId)
  const stage = key ? await app.ports.trade.findTrade(key.transactionId) : 'unknown'
  if (stage === 'received' || stage === 'settled') await receiveByChannel(app, notice.subOrderId)
  if (stage === 'received') return later(app, { ...notice, checks: 0 }, MINUTE, '')
  if (stage !== 'settled' && stage !== 'refunded') return later(app, notice, FIRST_LOOK, '')
  await app.work(wechat, async (work) => {
    const act = stage === 'settled' ? 'settle' : 'void'
    const at = stage === 'settled' ? { settledAt: work.now } : {}
    if (!(await tryAdvance(work, shippingNotices, notice.id, shippingNoticeFlow, act, { why: '', ...at }))) return
    if (stage === 'settled') await hastenShare(work, notice.subOrderId)
  })
}

/** The buyer says that it has come: WeChat is asked at once, and again soon, for its settlement follows. */
export async function lookSoon(app: App, subOrderId: SubOrderId): Promise<void> {
  await app.work({ kind: 'subscriber', name: 'shipping.look-soon' }, async (work) => {
    await work.db
      .update(shippingNotices)
      .set({ checkAt: after(work.now, MINUTE), checks: 0 })
      .where(and(eq(shippingNotices.subOrderId, subOrderId), eq(shippingNotices.state, 'told')))
  })
}

/** A person has put right what WeChat refused: it is told again. Answers whether there was anything to tell. */
export const tellAgain = (app: App, by: Actor, noticeId: ShippingNoticeId): Promise<boolean> =>
  app.work(by, (work) =>
    tryAdvance(work, shippingNotices, noticeId, shippingNoticeFlow, 'again', { checkAt: work.now, checks: 0, dueAt: work.now, why: '' }),
  )
