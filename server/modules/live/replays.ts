/** What was shown, to be seen again: films, chapters, and the second an order was made in. */
import { asc, desc, eq } from 'drizzle-orm'
import type { ListingId, LiveSessionId, ShopId } from '../../../shared/ids.ts'
import { type Chapter, chaptersOf, type Moment, momentIn, type RecordingState } from '../../../shared/live/replay.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { Instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import type { Db } from '../../platform/db.ts'
import { shopOfListing } from '../catalogue/index.ts'
import { isOpen } from '../tenants/index.ts'
import { type SessionFacts, sessionOf, shownSession } from './facts.ts'
import { mayReplay, readyFilms } from './films.ts'
import { type BagItem, type SessionCard, sessionCards, waresOf } from './queries.ts'
import { bagItems, pinMoments, recordings } from './tables.ts'

export interface ReplayPage {
  session: SessionCard & { endedAt: Instant | null }
  films: { url: string; beganAt: Instant; ms: number }[]
  /** What was explained when. `item` is the ware as it is sold today, null where it is no longer there: a price said in the film is no offer. */
  chapters: (Chapter & { item: BagItem | null })[]
  /** The second that was asked for. */
  start: Moment | null
}

/** Where a replay is to begin: at the last explanation, before this instant, of one of these wares; without wares at the instant itself. */
export interface Wanted {
  at: Instant
  listingIds: readonly ListingId[]
}

/** A session seen again by buyers. Refuses `notFound` while there is no film, for one that the park stopped, and while the shop is suspended. */
export async function replayPage(app: App, sessionId: LiveSessionId, wanted: Wanted | null): Promise<ReplayPage> {
  const session = await shownSession(app.read, sessionId)
  if (!session || !mayReplay(session)) throw refuse('notFound')
  const page = await pageOf(app, session, wanted)
  if (page.films.length === 0) throw refuse('notFound')
  return page
}

/** The same for those who must see everything: the shop its own, whatever became of it, the park any. With what is still being made. Refuses `notFound`. */
export async function anyReplay(
  app: App,
  sessionId: LiveSessionId,
  shopId: ShopId | null,
  wanted: Wanted | null,
): Promise<ReplayPage & { recordings: { state: RecordingState; beganAt: Instant; endedAt: Instant | null; keepUntil: Instant }[] }> {
  const session = await sessionOf(app.read, sessionId)
  if (!session || (shopId !== null && session.shopId !== shopId)) throw refuse('notFound')
  const [page, rows] = await Promise.all([
    pageOf(app, session, wanted),
    app.read
      .select({ state: recordings.state, beganAt: recordings.beganAt, endedAt: recordings.endedAt, keepUntil: recordings.keepUntil })
      .from(recordings)
      .where(eq(recordings.sessionId, sessionId))
      .orderBy(asc(recordings.beganAt), asc(recordings.id)),
  ])
  return { ...page, recordings: rows }
}

async function pageOf(app: App, session: SessionFacts, wanted: Wanted | null): Promise<ReplayPage> {
  const [cards, films, pins, items] = await Promise.all([
    sessionCards(app, [session]),
    readyFilms(app.read, session.id),
    pinsOf(app.read, session.id),
    // also what was taken out of the bag since: it was explained all the same
    app.read
      .select({ id: bagItems.id, number: bagItems.number, listingId: bagItems.listingId, skuId: bagItems.skuId })
      .from(bagItems)
      .where(eq(bagItems.sessionId, session.id)),
  ])
  const wares = new Map((await waresOf(app, items)).map((ware) => [ware.id, ware]))
  const listings = new Map(items.map((item) => [item.id, item.listingId]))
  const chapters = chaptersOf(films, pins)
  const about =
    wanted && chapters.filter((c) => c.at <= wanted.at && wanted.listingIds.includes(listings.get(c.bagItemId) as ListingId)).at(-1)
  return {
    session: { ...(cards[0] as SessionCard), endedAt: session.endedAt },
    films: films.map(({ id, beganAt, ms }) => ({ url: app.ports.media.filmUrl(id), beganAt, ms })),
    chapters: chapters.map((chapter) => ({ ...chapter, item: wares.get(chapter.bagItemId) ?? null })),
    start: about ? { film: about.film, offsetMs: about.offsetMs } : wanted && momentIn(films, wanted.at),
  }
}

/** How far back a clip of a tea is looked for: in so many of its explanations. */
const LATEST = 10

/**
 * Where a tea was explained last, as far as buyers may see it again: for its own page. Null where it never was. Refuses `notFound` for no tea, and while
 * its shop is suspended. Three queries, and four for each broadcast that is looked into.
 */
export async function clipOf(app: App, listingId: ListingId): Promise<{ sessionId: LiveSessionId; at: Instant; ms: number } | null> {
  const shopId = await shopOfListing(app.read, listingId)
  if (!shopId || !(await isOpen(app.read, shopId))) throw refuse('notFound')
  const rows = await app.read
    .select({ sessionId: pinMoments.sessionId, at: pinMoments.at, bagItemId: pinMoments.bagItemId })
    .from(bagItems)
    .innerJoin(pinMoments, eq(pinMoments.bagItemId, bagItems.id))
    .where(eq(bagItems.listingId, listingId))
    .orderBy(desc(pinMoments.at))
    .limit(LATEST)
  for (const sessionId of new Set(rows.map((r) => r.sessionId))) {
    const session = await shownSession(app.read, sessionId)
    if (!session || !mayReplay(session)) continue
    const [films, pins] = await Promise.all([readyFilms(app.read, sessionId), pinsOf(app.read, sessionId)])
    const ours = new Set(rows.filter((r) => r.sessionId === sessionId).map((r) => r.bagItemId))
    const last = chaptersOf(films, pins).findLast((c) => ours.has(c.bagItemId))
    if (last) return { sessionId, at: last.at, ms: last.ms }
  }
  return null
}

const pinsOf = (db: Db, sessionId: LiveSessionId) =>
  db
    .select({ bagItemId: pinMoments.bagItemId, at: pinMoments.at })
    .from(pinMoments)
    .where(eq(pinMoments.sessionId, sessionId))
    .orderBy(asc(pinMoments.seq))
