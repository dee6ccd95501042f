/** Limits of the room. Times in milliseconds. */
import { MINUTE, SECOND } from '../time.ts'

export const CHAT_MAX = 100
/** An answer to a question is said with the question before it. */
export const ANSWER_MAX = 60
/** The form of a chat's request key: made by the phone, the same on every retry. */
export const CLIENT_ID = /^[0-9A-Za-z_-]{8,40}$/
/** One chat per person in so long. */
export const CHAT_EVERY = 2 * SECOND
/** The same words of one person again within so long are not said. */
export const SAME_WORDS_WITHIN = 30 * SECOND
/** After a quiet moment a room sends down so many seconds' worth of chats at once; what is more than anyone can read is counted instead. */
export const CHATS_BURST_SECONDS = 3
/** Likes that one call may bring: a phone gathers its taps. */
export const LIKES_MAX = 50
/** Likes of one person that count: so many at once, and so many a second after that. */
export const LIKES_BURST = 100
export const LIKES_PER_SECOND = 20

/** Messages a node keeps for those who come back. */
export const RING = 500
/** Chats in a snapshot and in `recent`. */
export const RECENT_CHATS = 30
/** One frame per room in so long. */
export const TICK = 100
/** Stock, viewers and likes are gathered for so long. */
export const PULSE = SECOND
/** The viewer count is the number of distinct viewers connected at some moment of the last so long. */
export const VIEWER_WINDOW = 30 * SECOND

export const TICKET_LASTS = 30 * SECOND
/** A client's `{"type":"ping"}`: at most one in so long. */
export const PING_EVERY = 10 * SECOND
/** The largest frame a client may send, bytes. */
export const CLIENT_FRAME_MAX = 4096
/** Frames we do not understand, before the door is closed. */
export const STRIKES = 3
/** Unsent bytes of one socket, and how long any may stay unsent, before it is cut. */
export const BACKLOG_MAX = 1024 * 1024
export const BACKLOG_LASTS = 5 * SECOND
export const HEARTBEAT = 25 * SECOND
/** A room without sockets is kept for those who come back. */
export const ROOM_LINGERS = MINUTE
