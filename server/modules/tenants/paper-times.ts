/** What time does to papers: told before they end, and at their end no longer held. Days are those of Shanghai. */
import { and, asc, eq, gt, gte, isNull, lt, lte, or } from 'drizzle-orm'
import { paperFlow } from '../../../shared/tenants/paper-flow.ts'
import { daysUntil, expiryNotices } from '../../../shared/tenants/papers.ts'
import { after, businessDay, DAY } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { matched } from '../../platform/db.ts'
import { type Actor, tryAdvance } from '../../platform/work.ts'
import { papers } from './tables.ts'

const SWEEP = 100
const clock: Actor = { kind: 'clock', job: 'tenants.papers' }

const facts = { id: papers.id, tenantId: papers.tenantId, shopId: papers.shopId, validUntil: papers.validUntil }

/** Ends what was verified until yesterday; each paper once, in a work of its own, also when two workers sweep. */
export async function expirePapers(app: App): Promise<void> {
  const today = businessDay(app.clock.now())
  for (;;) {
    const due = await app.read
      .select(facts)
      .from(papers)
      .where(and(eq(papers.state, 'verified'), lt(papers.validUntil, today)))
      .orderBy(asc(papers.validUntil), asc(papers.id))
      .limit(SWEEP)
    for (const { id, tenantId, shopId } of due)
      await app.work(clock, async (work) => {
        if (await tryAdvance(work, papers, id, paperFlow, 'expire')) await work.tell('paper.expired', { paperId: id, tenantId, shopId })
      })
    if (due.length < SWEEP) return
  }
}

/** Tells each shop 60, 30 and 7 days before a paper ends: every step once, and after a pause only the nearest. */
export async function tellEnding(app: App): Promise<void> {
  const now = app.clock.now()
  const today = businessDay(now)
  for (const step of expiryNotices)
    for (;;) {
      const untold = or(isNull(papers.toldDays), gt(papers.toldDays, step))
      const due = await app.read
        .select(facts)
        .from(papers)
        .where(
          and(
            eq(papers.state, 'verified'),
            gte(papers.validUntil, today),
            lte(papers.validUntil, businessDay(after(now, step * DAY))),
            untold,
          ),
        )
        .orderBy(asc(papers.validUntil), asc(papers.id))
        .limit(SWEEP)
      for (const { id, tenantId, shopId, validUntil } of due)
        await app.work(clock, async (work) => {
          const moved = await work.db
            .update(papers)
            .set({ toldDays: step })
            .where(and(eq(papers.id, id), eq(papers.state, 'verified'), untold))
          if (matched(moved) === 1 && validUntil)
            await work.tell('paper.expiring', { paperId: id, tenantId, shopId, days: daysUntil(today, validUntil) })
        })
      if (due.length < SWEEP) break
    }
}
