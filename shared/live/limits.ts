/** Limits of live sessions and their bags. Times in milliseconds. */
import { DAY, HOUR, MINUTE } from '../time.ts'

export const SESSION_TITLE_MAX = 30
/** How far ahead a session may be announced. */
export const SCHEDULE_AHEAD = 30 * DAY
/** A form takes time to fill in: a start that was "now" when it was opened still counts. */
export const SCHEDULE_GRACE = 5 * MINUTE
/** How long before its time a streamer may go on air. */
export const EARLY_START = 2 * HOUR
/** A push address serves this long from the planned start; a session that nobody started by then is cancelled. */
export const SESSION_SPAN = 12 * HOUR

/** Items in a bag at one time. */
export const BAG_MAX = 100
/** Listings put into the bag by one call. */
export const BAG_ADD_MAX = 50
export const STOP_REASON_MAX = 200

/** The front page shows what begins within this time; what is later stands in the calendar. */
export const SOON = DAY
/** How late an announced broadcast may be before lists give up on it; it may still begin. */
export const LATE_SHOWN = 30 * MINUTE
/** How far the calendar looks ahead. */
export const CALENDAR_AHEAD = 14 * DAY
