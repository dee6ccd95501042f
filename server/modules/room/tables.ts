/** Tables of the room: what was said, whose turn it is, the tickets to the socket, and what was done about words and people. */
import { index, int, mysqlTable, primaryKey, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { ChatState } from '../../../shared/room/flow.ts'
import type { AppealState, MeasureState, RoomMeasure, RoomReason } from '../../../shared/room/moderation.ts'
import type { QuestionState } from '../../../shared/room/questions.ts'
import { code, idOf, instantColumn, stateOf, words } from '../../platform/columns.ts'

/** Chats. Written as held; shown when the check has found nothing, so that nothing unchecked is ever seen by others. */
export const chats = mysqlTable(
  'chats',
  {
    id: idOf('Chat', 'id').primaryKey(),
    sessionId: idOf('LiveSession', 'session_id').notNull(),
    userId: idOf('User', 'user_id').notNull(),
    /** Made by the phone, the same on every retry. */
    clientId: code('client_id', 40).notNull(),
    /** Whether it was said for the shop. */
    speaker: stateOf<'buyer' | 'streamer'>('speaker').notNull(),
    text: words('text', 200).notNull(),
    state: stateOf<ChatState>('state').notNull(),
    at: instantColumn('said_at').notNull(),
  },
  (t) => [
    uniqueIndex('chats_once').on(t.sessionId, t.userId, t.clientId),
    index('chats_recent').on(t.sessionId, t.state, t.id),
    index('chats_mine').on(t.userId, t.sessionId, t.id),
    index('chats_all').on(t.sessionId, t.id),
    index('chats_state').on(t.state, t.at),
  ],
)

/** When somebody last took their turn to speak. */
export const talkers = mysqlTable(
  'talkers',
  {
    sessionId: idOf('LiveSession', 'session_id').notNull(),
    userId: idOf('User', 'user_id').notNull(),
    spokeAt: instantColumn('spoke_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sessionId, t.userId] }), index('talkers_spoke').on(t.spokeAt)],
)

/** Tickets to the socket, by their SHA-256; redeemed by one UPDATE that writes who redeems. */
export const roomTickets = mysqlTable(
  'room_tickets',
  {
    hash: code('hash', 64).primaryKey(),
    sessionId: idOf('LiveSession', 'session_id').notNull(),
    viewerKey: code('viewer_key', 40).notNull(),
    endsAt: instantColumn('ends_at').notNull(),
    redeemedBy: code('redeemed_by', 40),
  },
  (t) => [
    index('room_tickets_end').on(t.endsAt),
    index('room_tickets_redeemed').on(t.redeemedBy),
    index('room_tickets_viewer').on(t.sessionId, t.viewerKey),
  ],
)

/** What was done about words and people in rooms, by whom and why. Nothing is taken out: a measure taken back says who took it back. */
export const roomMeasures = mysqlTable(
  'room_measures',
  {
    id: idOf('Measure', 'id').primaryKey(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    sessionId: idOf('LiveSession', 'session_id').notNull(),
    measure: stateOf<RoomMeasure>('measure').notNull(),
    /** The chat it was done about; null for a pace. */
    chatId: idOf('Chat', 'chat_id'),
    /** Whom it keeps silent or out; null for a pace. */
    userId: idOf('User', 'user_id'),
    /** Seconds between two chats; null for everything else. */
    pace: int('pace'),
    reason: stateOf<RoomReason>('reason').notNull(),
    words: words('words', 100).notNull(),
    side: stateOf<'shop' | 'park'>('side').notNull(),
    actorId: idOf('User', 'actor_id').notNull(),
    at: instantColumn('measured_at').notNull(),
    /** Null: until somebody takes it back, a mute until the broadcast is over. */
    endsAt: instantColumn('ends_at'),
    state: stateOf<MeasureState>('state').notNull(),
    undoneAt: instantColumn('undone_at'),
    undoneBy: idOf('User', 'undone_by'),
    appeal: stateOf<AppealState>('appeal').notNull(),
    appealWords: words('appeal_words', 100).notNull(),
    appealedAt: instantColumn('appealed_at'),
    appealEndedAt: instantColumn('appeal_ended_at'),
    appealEndedBy: idOf('User', 'appeal_ended_by'),
  },
  (t) => [
    index('room_measures_person').on(t.userId, t.shopId, t.state),
    index('room_measures_session').on(t.sessionId, t.id),
    index('room_measures_chat').on(t.chatId),
    index('room_measures_appeal').on(t.appeal, t.appealedAt),
  ],
)

/** What was asked in a room, the same question once. */
export const questions = mysqlTable(
  'questions',
  {
    id: idOf('Question', 'id').primaryKey(),
    sessionId: idOf('LiveSession', 'session_id').notNull(),
    /** The chat that asked first: taken away, it takes the question along. */
    chatId: idOf('Chat', 'chat_id').notNull(),
    text: words('text', 200).notNull(),
    /** What is left of it without signs and fillers: the same is the same question. */
    key: words('question_key', 200).notNull(),
    /** What was being explained when it was asked first. */
    bagItemId: idOf('BagItem', 'bag_item_id'),
    askers: int('askers').notNull(),
    state: stateOf<QuestionState>('state').notNull(),
    askedAt: instantColumn('asked_at').notNull(),
    endedAt: instantColumn('ended_at'),
    endedBy: idOf('User', 'ended_by'),
    reply: words('reply', 200).notNull(),
  },
  (t) => [index('questions_open').on(t.sessionId, t.state, t.id), index('questions_chat').on(t.chatId)],
)

/** Who asked it, each once. */
export const questionAskers = mysqlTable(
  'question_askers',
  {
    questionId: idOf('Question', 'question_id').notNull(),
    userId: idOf('User', 'user_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.questionId, t.userId] })],
)
