/** Jobs: no timers in memory. A job's row says when it is due; one UPDATE with a token decides who runs it. */
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { after, HOUR, MINUTE } from '../../shared/time.ts'
import type { App, Job } from './app.ts'
import { sqlTime } from './columns.ts'
import { matched } from './db.ts'
import { errorFacts } from './log.ts'
import { jobs } from './tables.ts'

/** A job that holds its row for longer than this has died or hangs; another may take it, and the acts it calls are conditional. */
const LEASE = 5 * MINUTE
const SLOW_LEASE = HOUR

/** Makes sure that every job has its row. */
export async function registerJobs(app: App): Promise<void> {
  const now = app.clock.now()
  for (const job of app.jobs)
    await app.read.execute(sql`insert ignore into ${jobs} (name, due_at, fence) values (${job.name}, ${sqlTime(now)}, 0)`)
}

/** Runs every job that is due and free, or of these only the quick or the slow ones; answers how many ran. */
export async function runDueJobs(app: App, which?: 'quick' | 'slow'): Promise<number> {
  let ran = 0
  for (const job of app.jobs) if ((which === undefined || (which === 'slow') === (job.slow ?? false)) && (await runIfDue(app, job))) ran++
  return ran
}

async function runIfDue(app: App, job: Job): Promise<boolean> {
  const now = app.clock.now()
  const token = randomUUID()
  const claimed = await app.read.execute(
    sql`update ${jobs} set claim_token = ${token}, claimed_until = ${sqlTime(after(now, job.slow ? SLOW_LEASE : LEASE))}, fence = fence + 1
        where name = ${job.name} and due_at <= ${sqlTime(now)} and (claim_token is null or claimed_until < ${sqlTime(now)})`,
  )
  if (matched(claimed) === 0) return false
  try {
    await job.run(app)
  } catch (error) {
    app.log('error', 'job failed', { job: job.name, ...errorFacts(error) })
  }
  await app.read.execute(
    sql`update ${jobs} set claim_token = null, claimed_until = null, due_at = ${sqlTime(after(app.clock.now(), job.everyMs))}
        where name = ${job.name} and claim_token = ${token}`,
  )
  return true
}
