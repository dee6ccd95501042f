/** Reads of live, shaped as the screens want them. */
import { and, asc, count, desc, eq, gt, inArray, lte, notInArray, or } from 'drizzle-orm'
import { NEW_FOR } from '../../../shared/catalogue/limits.ts'
import type { AssetId, BagItemId, ListingId, LiveSessionId, RevisionId, ShopId, SkuId, UserId } from '../../../shared/ids.ts'
import { type SessionState, sessionFlow } from '../../../shared/live/flow.ts'
import { CALENDAR_AHEAD, LATE_SHOWN, SOON } from '../../../shared/live/limits.ts'
import { endedBecauseWords, placeWords } from '../../../shared/live/words.ts'
import type { Fen } from '../../../shared/money.ts'
import { refuse } from '../../../shared/refusals.ts'
import { shelfWords } from '../../../shared/storefront/words.ts'
import { after, type Instant, instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { errorFacts } from '../../platform/log.ts'
import { afterCursor, cut, type Page } from '../../platform/page.ts'
import { type Picture, pictures } from '../assets/index.ts'
import { type ListingCard, listingCards, type ShelvedCard, sellables, shelfPage } from '../catalogue/index.ts'
import { people } from '../identity/index.ts'
import { followedShops, type SellerIdentity, type ShopFacts, shopChips, suspendedShops } from '../tenants/index.ts'
import { type Figures, figuresOf, viewersOf } from './count.ts'
import { type BagFacts, bagOf, type SessionFacts, sessionColumns, sessionOf, shownSession } from './facts.ts'
import { hasFilm, mayReplay } from './films.ts'
import { bagItems, liveSessions } from './tables.ts'

export interface SessionCard {
  id: LiveSessionId
  title: string
  state: SessionState
  shop: { id: ShopId; name: string; avatar: Picture | null }
  cover: Picture | null
  /** Drawn over the picture for the whole show. */
  aiHost: boolean
  startsAt: Instant
  startedAt: Instant | null
  bagCount: number
  /** Why it stands where it stands. */
  reason: string
}

export interface BagItem {
  id: BagItemId
  /** As the streamer says it. */
  number: number
  listingId: ListingId
  revisionId: RevisionId
  skuId: SkuId
  title: string
  /** The sku's own name: 单饼, 整提（7 饼）… */
  skuName: string
  picture: Picture
  unit: string
  netGrams: number
  kind: 'raw' | 'ripe' | null
  priceFen: Fen
  per100gFen: Fen
  left: number
  onSale: boolean
}

export interface SessionPage extends SessionCard {
  streamer: string
  endedAt: Instant | null
  endedBecause: string | null
  seller: SellerIdentity
  play: { flv: string; hls: string | null } | null
  playback: 'livePlayer' | 'hls'
  /** It is over, and can be seen again. */
  replay: boolean
  bag: BagItem[]
  pinned: BagItemId | null
  /** When this page was read; kept pages are up to two seconds older than that says. */
  serverNow: Instant
}

export interface StreamHealth {
  publishing: boolean
  videoKbps: number
  fps: number
  width: number
  height: number
  sinceMs: number
}

const LIVE_SHOWN = 50
const UPCOMING_SHOWN = 20
const SHELF_SHOWN = 24
const FOLLOWED_SHOWN = 12
const SHOP_SHOWS = 6

/** The picture a session is announced with: its own, or that of the first tea in its bag. */
async function coversOf(app: App, sessions: readonly SessionFacts[]): Promise<Map<LiveSessionId, AssetId>> {
  const covers = new Map<LiveSessionId, AssetId>()
  for (const s of sessions) if (s.coverId) covers.set(s.id, s.coverId)
  const bare = sessions.filter((s) => !s.coverId).map((s) => s.id)
  if (bare.length === 0) return covers
  const first = await app.read
    .select({ sessionId: bagItems.sessionId, skuId: bagItems.skuId })
    .from(bagItems)
    .where(and(inArray(bagItems.sessionId, bare), eq(bagItems.inBag, true)))
    .orderBy(asc(bagItems.number))
  const wares = await sellables(app.read, [...new Set(first.map((f) => f.skuId))])
  for (const { sessionId, skuId } of first) {
    const pictureId = wares.get(skuId)?.pictureId
    if (pictureId && !covers.has(sessionId)) covers.set(sessionId, pictureId)
  }
  return covers
}

/** Sessions as cards, in the order given. */
export async function sessionCards(app: App, sessions: readonly SessionFacts[], shops?: Map<ShopId, ShopFacts>): Promise<SessionCard[]> {
  if (sessions.length === 0) return []
  const now = app.clock.now()
  const known =
    shops ??
    (await shopChips(
      app.read,
      sessions.map((s) => s.shopId),
    ))
  const counts = await app.read
    .select({ id: bagItems.sessionId, n: count() })
    .from(bagItems)
    .where(
      and(
        inArray(
          bagItems.sessionId,
          sessions.map((s) => s.id),
        ),
        eq(bagItems.inBag, true),
      ),
    )
    .groupBy(bagItems.sessionId)
  const countOf = new Map(counts.map((c) => [c.id, c.n]))
  const covers = await coversOf(app, sessions)
  const seen = await pictures(app.read, app.ports.storage.url, [
    ...covers.values(),
    ...sessions.map((s) => known.get(s.shopId)?.avatarId ?? null),
  ])
  return sessions.map((s) => {
    const shop = known.get(s.shopId)
    return {
      id: s.id,
      title: s.title,
      state: s.state,
      shop: { id: s.shopId, name: shop?.name ?? '', avatar: (shop?.avatarId && seen.get(shop.avatarId)) || null },
      cover: seen.get(covers.get(s.id) as AssetId) ?? null,
      aiHost: s.aiHost,
      startsAt: s.startsAt,
      startedAt: s.startedAt,
      bagCount: countOf.get(s.id) ?? 0,
      reason: placeWords(s, now),
    }
  })
}

/** A card of the shelf with the reason why it stands where it stands. */
export type FeedCard = ShelvedCard & { reason: string }

/**
 * The front page for everyone, in its one order: on air (a picture before a hole, newest first), what begins within a day (soonest first), what
 * came onto the shelf (newest first). What somebody follows goes before the shelf and is asked beside this (`followedNews`). A session that is
 * over is gone with the event that ended it. Sixteen queries, whatever the number.
 */
export async function home(
  app: App,
): Promise<{ live: SessionCard[]; upcoming: SessionCard[]; shelf: FeedCard[]; next: string | null; serverNow: Instant }> {
  const now = app.clock.now()
  const gone = await suspendedShops(app.read)
  const seen = gone.length > 0 ? notInArray(liveSessions.shopId, gone) : undefined
  const [onAir, upcoming, shelf] = await Promise.all([
    app.read
      .select(sessionColumns)
      .from(liveSessions)
      .where(and(inArray(liveSessions.state, ['live', 'interrupted']), seen))
      // 'live' before 'interrupted', which is their order backwards
      .orderBy(desc(liveSessions.state), desc(liveSessions.startedAt), desc(liveSessions.id))
      .limit(LIVE_SHOWN),
    app.read
      .select(sessionColumns)
      .from(liveSessions)
      .where(
        and(
          eq(liveSessions.state, 'scheduled'),
          gt(liveSessions.startsAt, instant(now - LATE_SHOWN)),
          lte(liveSessions.startsAt, after(now, SOON)),
          seen,
        ),
      )
      .orderBy(asc(liveSessions.startsAt), asc(liveSessions.id))
      .limit(UPCOMING_SHOWN),
    shelfFeed(app, { limit: SHELF_SHOWN }),
  ])
  const cards = await sessionCards(app, [...onAir, ...upcoming])
  return {
    live: cards.filter((c) => c.state !== 'scheduled'),
    upcoming: cards.filter((c) => c.state === 'scheduled'),
    shelf: shelf.rows,
    next: shelf.next,
    serverNow: now,
  }
}

/** The shelf of the whole park as the front page goes on with it, newest first. Five queries a page. */
export async function shelfFeed(app: App, page: Page): Promise<{ rows: FeedCard[]; next: string | null }> {
  const now = app.clock.now()
  const { rows, next } = await shelfPage(app.read, app.ports.storage.url, {}, page)
  return { rows: rows.map((card) => ({ ...card, reason: shelfWords(card.shelvedAt, now, false) })), next }
}

/** What is new, within two weeks, in the shops that somebody follows; the newest first. Six queries. */
export async function followedNews(app: App, userId: UserId): Promise<FeedCard[]> {
  const now = app.clock.now()
  const shopIds = await followedShops(app.read, userId)
  const since = instant(now - NEW_FOR)
  const { rows } = await shelfPage(app.read, app.ports.storage.url, { shopIds, since }, { limit: FOLLOWED_SHOWN })
  return rows.map((card) => ({ ...card, reason: shelfWords(card.shelvedAt, now, true) }))
}

/** The announced broadcasts of the next two weeks, the soonest first. Seven queries a page, whatever its length. */
export async function calendar(app: App, page: Page): Promise<{ rows: SessionCard[]; next: string | null }> {
  const now = app.clock.now()
  const gone = await suspendedShops(app.read)
  const m = /^(\d{1,15})~([0-9A-Za-z_]{1,40})$/.exec(page.cursor ?? '')
  const [at, id] = [instant(Number(m?.[1] ?? 0)), m?.[2] as LiveSessionId]
  const found = await app.read
    .select(sessionColumns)
    .from(liveSessions)
    .where(
      and(
        eq(liveSessions.state, 'scheduled'),
        gt(liveSessions.startsAt, instant(now - LATE_SHOWN)),
        lte(liveSessions.startsAt, after(now, CALENDAR_AHEAD)),
        gone.length > 0 ? notInArray(liveSessions.shopId, gone) : undefined,
        m ? or(gt(liveSessions.startsAt, at), and(eq(liveSessions.startsAt, at), gt(liveSessions.id, id))) : undefined,
      ),
    )
    .orderBy(asc(liveSessions.startsAt), asc(liveSessions.id))
    .limit(page.limit + 1)
  const { rows, next } = cut(page, found, (r) => ({ at: r.startsAt, id: r.id }))
  return { rows: await sessionCards(app, rows), next }
}

/** A shop's broadcasts for its front: on air and announced (soonest first), and the last ones that are over. */
export async function showsOf(app: App, shopId: ShopId): Promise<{ coming: SessionCard[]; past: SessionCard[] }> {
  const now = app.clock.now()
  const [coming, past] = await Promise.all([
    app.read
      .select(sessionColumns)
      .from(liveSessions)
      .where(
        and(
          eq(liveSessions.shopId, shopId),
          or(
            inArray(liveSessions.state, ['live', 'interrupted']),
            and(eq(liveSessions.state, 'scheduled'), gt(liveSessions.startsAt, instant(now - LATE_SHOWN))),
          ),
        ),
      )
      .orderBy(asc(liveSessions.startsAt), asc(liveSessions.id))
      .limit(SHOP_SHOWS),
    app.read
      .select(sessionColumns)
      .from(liveSessions)
      .where(and(eq(liveSessions.shopId, shopId), eq(liveSessions.state, 'ended')))
      .orderBy(desc(liveSessions.createdAt), desc(liveSessions.id))
      .limit(SHOP_SHOWS),
  ])
  const cards = await sessionCards(app, [...coming, ...past])
  return { coming: cards.slice(0, coming.length), past: cards.slice(coming.length) }
}

/** What a session sells, as its bag shows it. */
export const bagPage = async (app: App, sessionId: LiveSessionId): Promise<BagItem[]> => waresOf(app, await bagOf(app.read, sessionId))

/** Bag items as they are sold today; what is no longer there is left out. Two queries. */
export async function waresOf(app: App, items: readonly BagFacts[]): Promise<BagItem[]> {
  const goods = await sellables(
    app.read,
    items.map((i) => i.skuId),
  )
  const seen = await pictures(
    app.read,
    app.ports.storage.url,
    [...goods.values()].map((g) => g.pictureId),
  )
  return items.flatMap(({ id, number, listingId, skuId }) => {
    const good = goods.get(skuId)
    const picture = good && seen.get(good.pictureId)
    if (!good || !picture) return []
    const { revisionId, title, skuName, unit, netGrams, kind, priceFen, per100gFen, left, onSale } = good
    return [{ id, number, listingId, revisionId, skuId, title, skuName, picture, unit, netGrams, kind, priceFen, per100gFen, left, onSale }]
  })
}

/** A session's page for buyers. Refuses `notFound`, also while its shop is suspended. */
export async function sessionPage(app: App, sessionId: LiveSessionId): Promise<SessionPage> {
  const session = await shownSession(app.read, sessionId)
  if (!session) throw refuse('notFound')
  return pageOf(app, session)
}

async function pageOf(app: App, session: SessionFacts): Promise<SessionPage> {
  const shops = await shopChips(app.read, [session.shopId])
  const shop = shops.get(session.shopId)
  if (!shop) throw refuse('notFound')
  const [cards, bag, names, replay] = await Promise.all([
    sessionCards(app, [session], shops),
    bagPage(app, session.id),
    people(app.read, [session.streamerUserId]),
    mayReplay(session) && hasFilm(app.read, session.id),
  ])
  const playable = session.state === 'live' || session.state === 'interrupted'
  return {
    ...(cards[0] as SessionCard),
    streamer: names.get(session.streamerUserId)?.nickname ?? shop.name,
    endedAt: session.endedAt,
    endedBecause: session.endedBecause && endedBecauseWords[session.endedBecause],
    seller: shop.tenant,
    play: playable ? app.ports.media.playAddresses(session.streamName) : null,
    playback: app.settings.playback,
    replay,
    bag,
    pinned: session.pinnedBagItemId,
    serverNow: app.clock.now(),
  }
}

/** How the stream does; null without one, and when the media server does not answer: a desk shows the rest all the same. */
async function healthOf(app: App, session: SessionFacts): Promise<StreamHealth | null> {
  if (session.state === 'ended' || session.state === 'cancelled') return null
  try {
    const stats = await app.ports.media.stats(session.streamName)
    return (
      stats && {
        publishing: stats.publishing,
        videoKbps: stats.videoKbps,
        fps: stats.fps,
        width: stats.width,
        height: stats.height,
        sinceMs: stats.sincePublishMs,
      }
    )
  } catch (error) {
    app.log('warn', 'no figures of a stream', { stream: session.streamName, ...errorFacts(error) })
    return null
  }
}

/** A session of this shop. Refuses `notFound` for any other's. */
async function ofShop(app: App, shopId: ShopId, sessionId: LiveSessionId): Promise<SessionFacts> {
  const session = await sessionOf(app.read, sessionId)
  if (session?.shopId !== shopId) throw refuse('notFound')
  return session
}

/** The control desk of a session. Refuses `notFound`. */
export async function desk(
  app: App,
  shopId: ShopId,
  sessionId: LiveSessionId,
): Promise<{ session: SessionPage & { acts: string[]; stopReason: string | null }; health: StreamHealth | null; figures: Figures }> {
  const session = await ofShop(app, shopId, sessionId)
  const [page, health, figures] = await Promise.all([
    pageOf(app, session),
    healthOf(app, session),
    figuresOf(app.read, sessionId, app.clock.now()),
  ])
  return { session: { ...page, acts: sessionFlow.acts(session.state, 'shop'), stopReason: session.stopReason }, health, figures }
}

/** A shop's sessions, newest announcement first. */
export async function shopSessions(
  app: App,
  shopId: ShopId,
  page: Page,
): Promise<{ rows: (SessionCard & { acts: string[] })[]; next: string | null }> {
  const found = await app.read
    .select({ ...sessionColumns, createdAt: liveSessions.createdAt })
    .from(liveSessions)
    .where(and(eq(liveSessions.shopId, shopId), afterCursor(page, liveSessions.createdAt, liveSessions.id)))
    .orderBy(desc(liveSessions.createdAt), desc(liveSessions.id))
    .limit(page.limit + 1)
  const { rows, next } = cut(page, found, (r) => ({ at: r.createdAt, id: r.id }))
  const cards = await sessionCards(app, rows)
  return { rows: cards.map((c) => ({ ...c, acts: sessionFlow.acts(c.state, 'shop') })), next }
}

/** What the shop could still put into the bag: its listings on the shelf that are not in it. Refuses `notFound`. */
export async function candidates(app: App, shopId: ShopId, sessionId: LiveSessionId): Promise<ListingCard[]> {
  await ofShop(app, shopId, sessionId)
  const inBag = new Set((await bagOf(app.read, sessionId)).map((i) => i.listingId))
  const cards = await listingCards(app.read, app.ports.storage.url, { shopIds: [shopId], limit: 500 })
  return cards.filter((c) => !inBag.has(c.id))
}

/** Every session on air or announced, with its stream's health and its viewers, for the park's wall. */
export async function patrol(app: App): Promise<(SessionCard & { health: StreamHealth | null; viewers: number; acts: string[] })[]> {
  const rows = await app.read
    .select(sessionColumns)
    .from(liveSessions)
    .where(inArray(liveSessions.state, ['live', 'interrupted', 'scheduled']))
    .orderBy(asc(liveSessions.state), asc(liveSessions.startsAt))
    .limit(200)
  const order: SessionState[] = ['live', 'interrupted', 'scheduled']
  rows.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
  const [cards, viewers, healths] = await Promise.all([
    sessionCards(app, rows),
    viewersOf(
      app.read,
      rows.map((r) => r.id),
      app.clock.now(),
    ),
    Promise.all(rows.map((r) => (r.state === 'scheduled' ? null : healthOf(app, r)))),
  ])
  return cards.map((c, i) => ({
    ...c,
    health: healths[i] ?? null,
    viewers: viewers.get(c.id) ?? 0,
    acts: sessionFlow.acts(c.state, 'park'),
  }))
}

/** What is to be seen in a room this moment, as a picture for the wall; null without a picture. Refuses `notFound`. */
export async function snapshot(app: App, sessionId: LiveSessionId): Promise<{ image: string | null; at: Instant }> {
  const session = await sessionOf(app.read, sessionId)
  if (!session) throw refuse('notFound')
  const still = session.state === 'live' ? await app.ports.media.cover(session.streamName) : null
  return { image: still && `data:image/jpeg;base64,${still.toString('base64')}`, at: app.clock.now() }
}

/** Broadcasts that are over, of the whole park, the last first. Seven queries a page. */
export async function pastShows(
  app: App,
  page: Page,
): Promise<{ rows: (SessionCard & { endedAt: Instant | null; endedBecause: string | null })[]; next: string | null }> {
  const found = await app.read
    .select(sessionColumns)
    .from(liveSessions)
    .where(and(eq(liveSessions.state, 'ended'), afterCursor(page, liveSessions.startsAt, liveSessions.id)))
    .orderBy(desc(liveSessions.startsAt), desc(liveSessions.id))
    .limit(page.limit + 1)
  const { rows, next } = cut(page, found, (r) => ({ at: r.startsAt, id: r.id }))
  const cards = await sessionCards(app, rows)
  return {
    rows: cards.map((card, i) => ({
      ...card,
      endedAt: rows[i]?.endedAt ?? null,
      endedBecause: rows[i]?.endedBecause ? endedBecauseWords[rows[i].endedBecause] : null,
    })),
    next,
  }
}
