import { and, eq, inArray } from 'drizzle-orm'
import type { BatchId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { businessDay } from '../../../shared/time.ts'
import { batchStatements, gapsOf, plotStatements } from '../../../shared/traceability/statements.ts'
import type { App } from '../../platform/app.ts'
import { pictures } from '../assets/index.ts'
import { labReportsOf, shopChips } from '../tenants/index.ts'
import { partsOf } from './ours.ts'
import { batches, plots } from './tables.ts'

/**
 * A batch as anyone may read it: its statements with what each stands on, its plots, its parents, and its gaps. Photos of land papers stay with the
 * park, they name people; a lab report is shown. Refuses `notFound`: not verified yet, or the shop is suspended. Eight queries at most.
 */
export async function batchPage(app: App, batchId: BatchId) {
  const [batch] = await app.read
    .select()
    .from(batches)
    .where(and(eq(batches.id, batchId), inArray(batches.state, ['verified', 'frozen'])))
  if (!batch) throw refuse('notFound')
  const shop = (await shopChips(app.read, [batch.shopId])).get(batch.shopId)
  if (shop?.state !== 'open') throw refuse('notFound')
  const parts = await partsOf(app.read, batch.id)
  const plotIds = [...new Set(batch.origins.map((o) => o.plotId))]
  const parentIds = parts.flatMap((p) => ('batchId' in p ? [p.batchId] : []))
  const reports = batch.proofs.filter((p) => p.kind === 'labReport')
  const [land, parents, shown, tested] = await Promise.all([
    plotIds.length > 0 ? app.read.select().from(plots).where(inArray(plots.id, plotIds)) : [],
    parentIds.length > 0
      ? app.read.select({ id: batches.id, code: batches.code, state: batches.state }).from(batches).where(inArray(batches.id, parentIds))
      : [],
    pictures(
      app.read,
      app.ports.storage.url,
      reports.map((p) => p.pictureId),
    ),
    labReportsOf(app.read, [{ id: batch.id, shopId: batch.shopId }], businessDay(app.clock.now())),
  ])
  const labReports = tested.get(batch.id) ?? []
  const stated = land.map((plot) => ({ ...plot, verified: plot.state === 'verified' }))
  return {
    id: batch.id,
    code: batch.code,
    state: batch.state as 'verified' | 'frozen',
    shop: { id: shop.id, name: shop.name },
    productClass: batch.productClass,
    verifiedAt: batch.decidedAt,
    storedSince: batch.storedSince,
    statements: batchStatements(batch, parts.length > 0),
    plots: stated.map((plot) => ({
      id: plot.id,
      name: plot.name,
      verified: plot.verified,
      /** What of this batch came from here, dry grams by year. */
      took: batch.origins.filter((o) => o.plotId === plot.id).map(({ year, grams }) => ({ year, grams })),
      statements: plotStatements(plot),
    })),
    parents: parents.map(({ id, code, state }) => ({
      id,
      code,
      isFrozen: state === 'frozen',
      grams: parts.reduce((sum, p) => sum + ('batchId' in p && p.batchId === id ? p.grams : 0), 0),
    })),
    reports: reports.map((p) => ({ number: p.number, picture: p.pictureId ? (shown.get(p.pictureId) ?? null) : null })),
    /** Lab reports that the park has verified for this very batch, newest first; an old one says so. */
    labReports,
    gaps: gapsOf(batch, stated, parents.length > 0, labReports.length > 0),
  }
}
