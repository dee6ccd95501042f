/** The broadcasts of the demonstration: those that are over, those announced, and the one that a stream can be pushed into now. */
import { copyFile, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { and, asc, desc, eq, gt, inArray, ne } from 'drizzle-orm'
import type { AssetId, ListingId, LiveSessionId } from '../../shared/ids.ts'
import { notOver, onAir } from '../../shared/live/flow.ts'
import { SCHEDULE_GRACE, SESSION_SPAN } from '../../shared/live/limits.ts'
import { RECORDING_KEPT } from '../../shared/live/replay.ts'
import { after, businessDay, DAY, HOUR, type Instant, instant, MINUTE } from '../../shared/time.ts'
import { listingCards } from '../modules/catalogue/index.ts'
import { endByShop } from '../modules/live/end-session.ts'
import { streamBegan } from '../modules/live/follow-stream.ts'
import { addToBag, bagOf, pinItem, scheduleSession } from '../modules/live/index.ts'
import { liveSessions, recordings } from '../modules/live/tables.ts'
import type { App } from '../platform/app.ts'
import { newId } from '../platform/work.ts'
import type { announced, past } from './data/shows.ts'
import { galleryOf } from './gallery.ts'
import { liveCover } from './pictures/index.ts'
import type { DemoShop } from './shops.ts'
import type { Story } from './story.ts'

const media = { kind: 'outside', system: 'media' } as const
const CLIP = fileURLToPath(new URL('./clip.flv', import.meta.url))

/** A time of day ("20:00") in Shanghai on the day of `day`. */
const timeOn = (day: Instant, time: string): Instant => instant(Date.parse(`${businessDay(day)}T${time}:00+08:00`))

/** When a broadcast that is over began. */
export const pastStart = (story: Story, show: (typeof past)[number]): Instant => timeOn(after(story.told, -show.daysAgo * DAY), show.time)

const sessionTitled = async (app: App, shop: DemoShop, title: string) => {
  const [row] = await app.read
    .select()
    .from(liveSessions)
    .where(and(eq(liveSessions.shopId, shop.shopId), eq(liveSessions.title, title), ne(liveSessions.state, 'cancelled')))
    .orderBy(desc(liveSessions.createdAt))
    .limit(1)
  return row ?? null
}

export const coverOf = (story: Story, shop: DemoShop): Promise<AssetId> =>
  galleryOf(story.app, shop.owner, shop.shopId, story.pictures).hang('cover', 900, () => liveCover(shop.place + 3))

interface Plan {
  title: string
  startsAt: Instant
  coverId: AssetId | null
  listingIds: readonly ListingId[]
}

const schedule = async (app: App, shop: DemoShop, plan: Plan): Promise<LiveSessionId> => {
  const { shopId, owner, ownerId: streamer } = shop
  const { title, startsAt, coverId, listingIds } = plan
  return app.work(owner, async (work) => {
    const sessionId = await scheduleSession(work, { shopId, title, startsAt, coverId, streamer })
    if (listingIds.length > 0) await addToBag(work, { shopId, sessionId, listingIds })
    return sessionId
  })
}

/** What a shop can put into a bag: of these listings those on the shelf; where none is, whatever the shop sells. */
async function onSale(app: App, shop: DemoShop, wanted: readonly ListingId[]): Promise<ListingId[]> {
  const cards = (filter: Parameters<typeof listingCards>[2]) => listingCards(app.read, app.ports.storage.url, filter)
  const chosen = wanted.length > 0 ? await cards({ listingIds: wanted, limit: wanted.length }) : []
  const shown = chosen.length > 0 ? chosen : await cards({ shopIds: [shop.shopId], limit: 8 })
  return shown.map((c) => c.id)
}

/** A broadcast that is over: it was announced, its stream came and went, its teas were explained one after another. */
export async function pastShow(
  story: Story,
  shop: DemoShop,
  show: (typeof past)[number],
  listingIds: readonly ListingId[],
  sales: (sessionId: LiveSessionId) => Promise<void>,
): Promise<void> {
  const { app } = story
  const { shopId, owner } = shop
  const start = pastStart(story, show)
  story.to(after(start, -26 * HOUR))
  const before = await sessionTitled(app, shop, show.title)
  const id =
    before?.id ?? (await schedule(app, shop, { title: show.title, startsAt: start, coverId: await coverOf(story, shop), listingIds }))
  const stateNow = async () => (await sessionTitled(app, shop, show.title))?.state
  if ((await stateNow()) === 'scheduled') {
    const stream = (await sessionTitled(app, shop, show.title))?.streamName ?? ''
    story.to(after(start, MINUTE))
    // not by the hook, which would begin a recording that nobody ends: what was recorded is said below
    await app.work(media, (work) => streamBegan(work, stream, `seed-${show.key}`))
  }
  if ((await stateNow()) !== 'ended') {
    const bag = await bagOf(app.read, id)
    const each = (show.minutes * MINUTE) / Math.max(1, bag.length)
    for (const [i, item] of bag.entries()) {
      story.to(after(start, Math.round(2 * MINUTE + i * each * 0.9)))
      await app.work(owner, (work) => pinItem(work, { shopId, sessionId: id, bagItemId: item.id }))
      await recorded(app, id, `seed-${show.key}-${item.number}`)
    }
    await story.hear()
  }
  await sales(id)
  story.to(after(start, show.minutes * MINUTE))
  if ((await stateNow()) !== 'ended') await app.work(owner, (work) => endByShop(work, shopId, id))
  await story.hear()
}

/** What was recorded while a tea was explained: the demonstration's clip, of which the open house makes a film. */
async function recorded(app: App, sessionId: LiveSessionId, publisherId: string): Promise<void> {
  const dir = path.join(app.settings.dataDir, 'recordings')
  const source = path.join(dir, `${publisherId}.flv`)
  await mkdir(dir, { recursive: true })
  await copyFile(CLIP, source)
  const now = app.clock.now()
  await app.read
    .insert(recordings)
    .ignore()
    .values({
      ...{ id: newId('Recording'), sessionId, publisherId, state: 'raw', source, ms: 0, bytes: 0, tries: 0 },
      ...{ beganAt: now, endedAt: now, checkAt: now, keepUntil: after(now, RECORDING_KEPT) },
    })
}

/** Announces a broadcast for the next time of its day, unless one is announced that has not begun. */
export async function announce(
  app: App,
  shop: DemoShop,
  show: (typeof announced)[number],
  given: { coverId: AssetId | null; listingIds: readonly ListingId[] } | null = null,
): Promise<void> {
  const now = app.clock.now()
  const [coming] = await app.read
    .select({ id: liveSessions.id })
    .from(liveSessions)
    .where(
      and(
        eq(liveSessions.shopId, shop.shopId),
        eq(liveSessions.title, show.title),
        eq(liveSessions.state, 'scheduled'),
        gt(liveSessions.startsAt, now),
      ),
    )
    .limit(1)
  if (coming) return
  const today = timeOn(now, show.time)
  const first = today < after(now, 30 * MINUTE) ? after(today, DAY) : today
  const plan = given ?? (await asBefore(app, shop))
  const startsAt = after(first, show.daysAhead * DAY)
  await schedule(app, shop, { ...plan, title: show.title, startsAt, listingIds: await onSale(app, shop, plan.listingIds) })
}

/** The cover and the bag of a shop's last broadcast. */
async function asBefore(app: App, shop: DemoShop): Promise<{ coverId: AssetId | null; listingIds: ListingId[] }> {
  const [last] = await app.read
    .select({ id: liveSessions.id, coverId: liveSessions.coverId })
    .from(liveSessions)
    .where(eq(liveSessions.shopId, shop.shopId))
    .orderBy(desc(liveSessions.createdAt), desc(liveSessions.id))
    .limit(1)
  if (!last) return { coverId: null, listingIds: [] }
  return { coverId: last.coverId, listingIds: (await bagOf(app.read, last.id)).map((item) => item.listingId) }
}

/** A push address must still be good for as long as somebody may want to look. */
const LEAST_GOOD = HOUR

/**
 * A session of this shop that a stream can be pushed into now: one on air, else one announced for now, else a new one with the cover and the bag
 * of the last. One that has been on air for so long that its address runs out is ended first.
 */
export async function sessionForNow(
  app: App,
  shop: DemoShop,
  title: string,
  given: { coverId: AssetId | null; listingIds: readonly ListingId[] } | null = null,
): Promise<LiveSessionId> {
  const now = app.clock.now()
  const rows = await app.read
    .select({ id: liveSessions.id, state: liveSessions.state, startsAt: liveSessions.startsAt, startedAt: liveSessions.startedAt })
    .from(liveSessions)
    .where(and(eq(liveSessions.shopId, shop.shopId), inArray(liveSessions.state, [...notOver])))
    .orderBy(asc(liveSessions.startsAt), asc(liveSessions.id))
  const live = rows.filter((r) => (onAir as readonly string[]).includes(r.state))
  const waiting = rows.filter((r) => r.state === 'scheduled' && r.startsAt <= now + SCHEDULE_GRACE)
  const good = (r: (typeof rows)[number]) => Math.max(r.startsAt, r.startedAt ?? 0) + SESSION_SPAN > now + LEAST_GOOD
  const chosen = live.find(good) ?? waiting.find(good)
  if (chosen) return chosen.id
  for (const { id } of live) await app.work(shop.owner, (work) => endByShop(work, shop.shopId, id))
  const plan = given ?? (await asBefore(app, shop))
  return schedule(app, shop, { ...plan, title, startsAt: now, listingIds: await onSale(app, shop, plan.listingIds) })
}
