/**
 * Live: a shop's broadcasts, what each sells, and who may push a picture into them.
 * Promises: a session is on air exactly while its stream is; a bag item keeps the number that was said aloud; the key of a session that is over is worth nothing.
 * Leaves to others: what is said in the room (room), what is bought (orders), the picture itself (the media port).
 */
export { countTalk, likesOf, noteViewers } from './count.ts'
export { explainedIn } from './explained.ts'
export {
  type BagFacts,
  bagOf,
  type SessionFacts,
  sessionForOrder,
  sessionOf,
  sessionsOnAir,
  sessionsSelling,
  shownSession,
  talks,
} from './facts.ts'
export { addToBag } from './fill-bag.ts'
export { pinItem } from './pin-item.ts'
export { type SessionCard, showsOf } from './queries.ts'
export { scheduleSession } from './schedule-session.ts'
