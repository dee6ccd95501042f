/** Wall-clock times of Shanghai, whatever zone the browser is in. */
import { type Instant, instant } from '@shared/time.ts'
import dayjs, { type Dayjs } from 'dayjs'

const SHANGHAI = 8 * 3_600_000

/** The instant a picked wall-clock time means in Shanghai. */
export const fromWall = (wall: Dayjs): Instant =>
  instant(Date.UTC(wall.year(), wall.month(), wall.date(), wall.hour(), wall.minute()) - SHANGHAI)

/** The wall-clock time of Shanghai at an instant, for a picker to show. */
export const toWall = (at: number): Dayjs => {
  const d = new Date(at + SHANGHAI)
  return dayjs(new Date(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCHours(), d.getUTCMinutes()))
}
