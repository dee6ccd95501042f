/** The demonstration is told as a story: its acts are the house's own, done at the time at which they would have happened. */
import { and, count, eq, lte } from 'drizzle-orm'
import type { Settings } from '../../config/settings.ts'
import type { UserId } from '../../shared/ids.ts'
import { after, DAY, type Instant, SECOND } from '../../shared/time.ts'
import { buildHouse } from '../house.ts'
import { users } from '../modules/identity/tables.ts'
import type { App } from '../platform/app.ts'
import { type Clock, systemClock } from '../platform/clock.ts'
import { deliverDue } from '../platform/deliver.ts'
import { createLog } from '../platform/log.ts'
import { deliveries } from '../platform/tables.ts'
import { parkStaff } from './data/people.ts'

/** How long before the seed the park's first day was. */
const TOLD = 45 * DAY
/** Another worker's claim lasts a minute when that worker was killed. */
const PATIENCE = 90 * SECOND

export interface Story {
  app: App
  /** The story's time moves to `at`; null: the real time. */
  to(at: Instant | null): void
  /** The real time at which the story was first begun: "now" in it. A seed that goes on after a kill tells the same story. */
  told: Instant
  /** Hears everything that has been told until nothing is due. */
  hear(): Promise<void>
  say(line: string): void
  /** How large pictures are drawn; 1 for people. */
  pictures: number
}

export interface Telling {
  say?(line: string): void
  /** Scale of the pictures, 0 to 1: tests need no large ones. */
  pictures?: number
}

/** The user of an openid, or null. */
export async function userByOpenid(app: App, openid: string): Promise<UserId | null> {
  const [row] = await app.read.select({ id: users.id }).from(users).where(eq(users.openid, openid))
  return row?.id ?? null
}

/** Opens a house of its own under the story's clock. Errors are logged, a supplier that does not answer is not. */
export async function openStory(settings: Settings, telling: Telling = {}): Promise<{ story: Story; end(): Promise<void> }> {
  let at: Instant | null = null
  const clock: Clock = { now: () => at ?? systemClock.now() }
  const { app, end } = buildHouse(settings, { clock, log: createLog('error') })
  try {
    const [first] = await app.read
      .select({ at: users.signedUpAt })
      .from(users)
      .where(eq(users.openid, parkStaff[0]?.key ?? ''))
    const story: Story = {
      app,
      to: (next) => {
        at = next
      },
      told: first ? after(first.at, TOLD) : systemClock.now(),
      hear: () => hear(app),
      say: telling.say ?? (() => {}),
      pictures: telling.pictures ?? 1,
    }
    return { story, end }
  } catch (error) {
    await end()
    throw error
  }
}

/** The first day of the story. */
export const firstDay = (story: Story): Instant => after(story.told, -TOLD)

/** Hears what is due; what a worker elsewhere has claimed is waited for. */
async function hear(app: App): Promise<void> {
  for (const until = performance.now() + PATIENCE; ; ) {
    while ((await deliverDue(app, 200)) > 0);
    const [left] = await app.read
      .select({ n: count() })
      .from(deliveries)
      .where(and(eq(deliveries.state, 'waiting'), lte(deliveries.dueAt, app.clock.now())))
    if (Number(left?.n ?? 0) === 0) return
    if (performance.now() > until) throw new Error('what was told is not heard: another worker holds it')
    await new Promise((done) => setTimeout(done, 50))
  }
}
