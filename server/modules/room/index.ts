/**
 * Room: what goes on among the people in a session: talk, likes, what is being explained, how many are there.
 * Promises: every viewer gets the same numbered messages, none missing, none twice; nothing unchecked is seen by others; counts are true.
 * Leaves to others: the session and its bag (live), what may be said (moderation), the picture (the media port).
 */
export { enterRoom } from './enter-room.ts'
export { pin } from './pin.ts'
export { questionCounts } from './questions.ts'
export { say } from './say.ts'
