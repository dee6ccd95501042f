/** Wall-clock times of Shanghai as date fields write them, whatever zone the browser is in. */
import { businessDay, clockTime, type Instant, instant } from '@shared/time.ts'

const SHANGHAI = '+08:00'

/** The instant of "2026-11-23T20:05" in Shanghai; null when the field is empty or half filled. */
export const fromWall = (wall: string): Instant | null => {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall)) return null
  const at = Date.parse(`${wall}:00${SHANGHAI}`)
  return Number.isNaN(at) || at < 0 ? null : instant(at)
}

/** The wall-clock time of Shanghai at an instant, for a field to show. */
export const toWall = (at: number): string => `${businessDay(at as Instant)}T${clockTime(at as Instant)}`
