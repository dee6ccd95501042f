import { and, eq, gt, sql } from 'drizzle-orm'
import { hillOf } from '../../../shared/catalogue/hills.ts'
import type { PlotId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { dryGrams, hillSum, plotSum } from '../../../shared/traceability/balance.ts'
import { plotFlow } from '../../../shared/traceability/flow.ts'
import { isDuplicate, matched } from '../../platform/db.ts'
import { advance, type Work } from '../../platform/work.ts'
import { hillGrants, plots, plotYears } from './tables.ts'

interface Decision {
  plotId: PlotId
  reasons: string
  reviewer: UserId
}

const lock = async (work: Work, plotId: PlotId) => {
  const [plot] = await work.db.select().from(plots).where(eq(plots.id, plotId)).for('update')
  if (!plot) throw refuse('notFound')
  return plot
}

const decided = (work: Work, { reasons, reviewer }: Decision) => ({
  reasons,
  decidedBy: reviewer,
  decidedAt: work.now,
  updatedAt: work.now,
})

/**
 * Verifies a plot: `grantedGrams` of dry yield a year, at most what it claims. All verified plots of a hill stay within what the hill gives, by one
 * conditional UPDATE. Refuses `notFound`, `badInput` (more than claimed), `massBalance` (the hill's sum, or what batches have taken already), `stale`.
 */
export async function verifyPlot(work: Work, ask: Decision & { grantedGrams: number }): Promise<{ state: 'verified' }> {
  const plot = await lock(work, ask.plotId)
  const { grantedGrams } = ask
  if (grantedGrams > dryGrams(plot.crop, plot.yieldState, plot.yearlyGrams))
    throw refuse('badInput', { what: '核定产量' }, { grantedGrams: '核定产量不能多于申报的产量' })
  const [used] = await work.db
    .select({ year: plotYears.year, taken: plotYears.takenGrams })
    .from(plotYears)
    .where(and(eq(plotYears.plotId, plot.id), gt(plotYears.takenGrams, grantedGrams)))
    .limit(1)
  if (used) throw refuse('massBalance', { sum: plotSum(plot.name, used.year, { bound: grantedGrams, taken: used.taken }, 0) })
  await advance(work, plots, plot.id, plotFlow, 'verify', { ...decided(work, ask), grantedGrams })
  await grantOfHill(work, plot.hill, grantedGrams)
  await work.tell('plot.verified', { plotId: plot.id, shopId: plot.shopId })
  return { state: 'verified' }
}

/** Sends a plot back. Refuses `reasonNeeded`, `notFound`, `stale`. */
export async function rejectPlot(work: Work, ask: Decision): Promise<{ state: 'rejected' }> {
  if (ask.reasons === '') throw refuse('reasonNeeded', {}, { reasons: '请写明理由' })
  const plot = await lock(work, ask.plotId)
  await advance(work, plots, plot.id, plotFlow, 'reject', decided(work, ask))
  await work.tell('plot.rejected', { plotId: plot.id, shopId: plot.shopId, reasons: ask.reasons })
  return { state: 'rejected' }
}

/** Takes a verification back: no batch may take from it any more; what was taken stays written. Refuses `reasonNeeded`, `notFound`, `stale`. */
export async function revokePlot(work: Work, ask: Decision): Promise<{ state: 'rejected' }> {
  if (ask.reasons === '') throw refuse('reasonNeeded', {}, { reasons: '请写明理由' })
  const plot = await lock(work, ask.plotId)
  await advance(work, plots, plot.id, plotFlow, 'revoke', { ...decided(work, ask), grantedGrams: 0 })
  await grantOfHill(work, plot.hill, -plot.grantedGrams)
  await work.tell('plot.rejected', { plotId: plot.id, shopId: plot.shopId, reasons: ask.reasons })
  return { state: 'rejected' }
}

/** Moves what a hill's plots may give together; a hill without a known yield keeps no account. */
async function grantOfHill(work: Work, hillId: string | null, grams: number): Promise<void> {
  const hill = hillOf(hillId)
  const bound = hill?.yearlyGrams?.[1]
  if (!hill || bound === undefined) return
  try {
    await work.db.insert(hillGrants).values({ hill: hill.id, grantedGrams: 0 })
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  const granted = await work.db
    .update(hillGrants)
    .set({ grantedGrams: sql`${hillGrants.grantedGrams} + ${grams}` })
    .where(and(eq(hillGrants.hill, hill.id), grams > 0 ? sql`${hillGrants.grantedGrams} + ${grams} <= ${bound}` : undefined))
  if (matched(granted) === 1) return
  const [row] = await work.db.select({ taken: hillGrants.grantedGrams }).from(hillGrants).where(eq(hillGrants.hill, hill.id))
  throw refuse('massBalance', { sum: hillSum(hill.name, { bound, taken: row?.taken ?? 0 }, grams) })
}
