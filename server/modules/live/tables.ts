/** Tables of live: sessions, what they sell, what the control desk counts, and what was recorded. */
import { bigint, boolean, index, int, mysqlTable, primaryKey, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { SessionState } from '../../../shared/live/flow.ts'
import type { RecordingState } from '../../../shared/live/replay.ts'
import type { EndedBecause } from '../../../shared/live/words.ts'
import { code, fenColumn, idOf, instantColumn, stateOf, words } from '../../platform/columns.ts'

/** One broadcast of a shop. */
export const liveSessions = mysqlTable(
  'live_sessions',
  {
    id: idOf('LiveSession', 'id').primaryKey(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    state: stateOf<SessionState>('state').notNull(),
    title: words('title', 60).notNull(),
    coverId: idOf('Asset', 'cover_id'),
    /** A voice or a face made by a machine stands before the camera: said for the whole show (直播电商监督管理办法 art. 37). */
    aiHost: boolean('ai_host').default(false).notNull(),
    startsAt: instantColumn('starts_at').notNull(),
    createdAt: instantColumn('created_at').notNull(),
    startedAt: instantColumn('started_at'),
    interruptedAt: instantColumn('interrupted_at'),
    endedAt: instantColumn('ended_at'),
    endedBecause: stateOf<EndedBecause>('ended_because'),
    /** What the park's staff wrote when they stopped it: for the shop, not for viewers. */
    stopReason: words('stop_reason', 200),
    /** Who of the park let it go on air although the check before found something, when and why. */
    allowedAt: instantColumn('allowed_at'),
    allowedBy: idOf('User', 'allowed_by'),
    allowedWhy: words('allowed_why', 200),
    /** The name of the stream towards the media server: random, so that nobody can guess a neighbour's. */
    streamName: code('stream_name', 64).notNull(),
    /** The push that is on air or was last; news of any other push is old news. */
    publisherId: code('publisher_id', 80),
    publishedAt: instantColumn('published_at'),
    /** Who stands before the camera: whoever took the push address last, before that whoever announced it. */
    streamerUserId: idOf('User', 'streamer_user_id').notNull(),
    pinnedBagItemId: idOf('BagItem', 'pinned_bag_item_id'),
    /** Counts pins and unpins, so that a late one is known as late. */
    pinSeq: int('pin_seq').notNull(),
    /** The highest number ever given to a bag item of this session. */
    lastNumber: int('last_number').notNull(),
  },
  (t) => [
    uniqueIndex('live_sessions_stream').on(t.streamName),
    index('live_sessions_state').on(t.state, t.startsAt),
    index('live_sessions_shop').on(t.shopId, t.createdAt),
  ],
)

/** What a session sells. A number said aloud stays with its tea: an item taken out keeps its row, and gets its old number when it returns. */
export const bagItems = mysqlTable(
  'bag_items',
  {
    id: idOf('BagItem', 'id').primaryKey(),
    sessionId: idOf('LiveSession', 'session_id')
      .notNull()
      .references(() => liveSessions.id),
    listingId: idOf('Listing', 'listing_id').notNull(),
    skuId: idOf('Sku', 'sku_id').notNull(),
    number: int('number').notNull(),
    /** Its place on the screen; the number says nothing about it. */
    position: int('position').notNull(),
    inBag: boolean('in_bag').notNull(),
  },
  (t) => [
    uniqueIndex('bag_items_sku').on(t.sessionId, t.skuId),
    uniqueIndex('bag_items_number').on(t.sessionId, t.number),
    index('bag_items_of_sku').on(t.skuId),
    index('bag_items_of_listing').on(t.listingId),
  ],
)

/** A session's sums. */
export const sessionTotals = mysqlTable('session_totals', {
  sessionId: idOf('LiveSession', 'session_id')
    .primaryKey()
    .references(() => liveSessions.id),
  likes: bigint('likes', { mode: 'number' }).notNull(),
  orders: int('orders').notNull(),
  paidFen: fenColumn('paid_fen').notNull(),
  /** As the room last counted them, and when: an old count counts nobody. */
  viewers: int('viewers').notNull(),
  viewersAt: instantColumn('viewers_at').notNull(),
})

/** A session's figures by the minute. */
export const sessionFigures = mysqlTable(
  'session_figures',
  {
    sessionId: idOf('LiveSession', 'session_id')
      .notNull()
      .references(() => liveSessions.id),
    /** The minute's first instant. */
    minuteAt: instantColumn('minute_at').notNull(),
    orders: int('orders').notNull(),
    paidFen: fenColumn('paid_fen').notNull(),
    chats: int('chats').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sessionId, t.minuteAt] })],
)

/** What was explained when: one row for each pin and unpin of a session. */
export const pinMoments = mysqlTable(
  'pin_moments',
  {
    sessionId: idOf('LiveSession', 'session_id')
      .notNull()
      .references(() => liveSessions.id),
    seq: int('seq').notNull(),
    bagItemId: idOf('BagItem', 'bag_item_id'),
    at: instantColumn('pinned_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sessionId, t.seq] }), index('pin_moments_item').on(t.bagItemId, t.at)],
)

/** What was recorded: one row for each push. Rows are never taken out; a film is given up when its years are over, and its row says so. */
export const recordings = mysqlTable(
  'recordings',
  {
    id: idOf('Recording', 'id').primaryKey(),
    sessionId: idOf('LiveSession', 'session_id')
      .notNull()
      .references(() => liveSessions.id),
    publisherId: code('publisher_id', 80).notNull(),
    state: stateOf<RecordingState>('state').notNull(),
    beganAt: instantColumn('began_at').notNull(),
    endedAt: instantColumn('ended_at'),
    /** Where the media server left it; empty once the film is made. */
    source: words('source', 500).notNull(),
    ms: int('duration_ms').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    /** When it is looked at next, and how often that was in vain. */
    checkAt: instantColumn('check_at').notNull(),
    tries: int('tries').notNull(),
    /** Nothing gives the film up before this. */
    keepUntil: instantColumn('keep_until').notNull(),
  },
  (t) => [
    uniqueIndex('recordings_push').on(t.sessionId, t.publisherId),
    index('recordings_check').on(t.state, t.checkAt),
    index('recordings_keep').on(t.state, t.keepUntil),
  ],
)
