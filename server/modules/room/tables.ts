/** Tables of the room: what was said, whose turn it is, and the tickets to the socket. */
import { index, mysqlTable, primaryKey, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { ChatState } from '../../../shared/room/flow.ts'
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
  (t) => [index('room_tickets_end').on(t.endsAt), index('room_tickets_redeemed').on(t.redeemedBy)],
)
