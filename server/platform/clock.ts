/** The clock: the only place of the server that reads the time. */
import { type Instant, instant } from '../../shared/time.ts'

export interface Clock {
  now(): Instant
}

export const systemClock: Clock = { now: () => instant(Date.now()) }

/** A clock for tests and drills: stands still until it is moved. */
export interface FakeClock extends Clock {
  advance(ms: number): void
}

export const fakeClock = (start: number): FakeClock => {
  let at = start
  return {
    now: () => instant(at),
    advance: (ms) => {
      at += ms
    },
  }
}
