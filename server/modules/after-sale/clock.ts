import { and, asc, eq, inArray, lte } from 'drizzle-orm'
import type { AfterSaleState } from '../../../shared/after-sale/flow.ts'
import type { App } from '../../platform/app.ts'
import { type Case, type CaseAct, moveCase } from './move-case.ts'
import { afterSales } from './tables.ts'

/** What silence means. */
const onSilence = (one: Case): CaseAct | null => {
  const { state, kind, unshipped } = one
  if (state === 'asked') return unshipped ? 'grant' : 'overdue'
  if (state === 'declined' || state === 'toReturn') return 'lapse'
  if (state === 'returning') return kind === 'exchange' ? 'swap' : 'takeBack'
  return state === 'toReship' ? 'overdue' : null
}

const timed: AfterSaleState[] = ['asked', 'declined', 'toReturn', 'returning', 'toReship']

/** Lets the clocks of cases run out, each in a work of its own. */
export async function runClocks(app: App): Promise<void> {
  for (;;) {
    const due = await app.read
      .select({ id: afterSales.id })
      .from(afterSales)
      .where(and(inArray(afterSales.state, timed), lte(afterSales.dueAt, app.clock.now())))
      .orderBy(asc(afterSales.dueAt))
      .limit(100)
    for (const { id } of due)
      await app.work({ kind: 'clock', job: 'after-sale.clocks' }, async (work) => {
        const [one] = await work.db
          .select()
          .from(afterSales)
          .where(and(eq(afterSales.id, id), lte(afterSales.dueAt, work.now)))
          .for('update')
        const act = one && onSilence(one)
        if (one && act) await moveCase(work, one, act)
      })
    if (due.length < 100) return
  }
}
