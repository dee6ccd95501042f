import { and, eq, inArray } from 'drizzle-orm'
import type { PlotId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { Work } from '../../platform/work.ts'
import { plots } from './tables.ts'

/** Refuses `notFound` unless every one of these plots is the shop's, in whatever state. One query. */
export async function mustOwnPlots(work: Work, shopId: ShopId, plotIds: readonly PlotId[]): Promise<void> {
  const wanted = [...new Set(plotIds)]
  if (wanted.length === 0) return
  const rows = await work.db
    .select({ id: plots.id })
    .from(plots)
    .where(and(inArray(plots.id, wanted), eq(plots.shopId, shopId)))
  if (rows.length !== wanted.length) throw refuse('notFound')
}
