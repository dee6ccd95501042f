import type { PlotId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { plotLacks } from '../../../shared/traceability/complete.ts'
import { plotFlow } from '../../../shared/traceability/flow.ts'
import { advance, type Work } from '../../platform/work.ts'
import { mustBeOpen } from '../tenants/index.ts'
import { lockPlot, plotDraftOf } from './ours.ts'
import { refuseLacks } from './refuse-lacks.ts'
import { plots } from './tables.ts'

/** Hands a plot to the park. Refuses `notFound`, `incomplete` (by field), `notNow` (not a draft). */
export async function submitPlot(work: Work, ask: { shopId: ShopId; plotId: PlotId }): Promise<{ state: 'inReview' }> {
  await mustBeOpen(work, ask.shopId)
  const plot = await lockPlot(work, ask.shopId, ask.plotId)
  if (plot.state !== 'draft') throw refuse('notNow')
  refuseLacks(plotLacks(plotDraftOf(plot)))
  await advance(work, plots, plot.id, plotFlow, 'submit', { updatedAt: work.now })
  return { state: 'inReview' }
}

/** Takes a plot back from the park, as long as nobody has decided. Refuses `notFound`, `notNow`. */
export async function recallPlot(work: Work, ask: { shopId: ShopId; plotId: PlotId }): Promise<{ state: 'draft' }> {
  const plot = await lockPlot(work, ask.shopId, ask.plotId)
  if (plot.state !== 'inReview') throw refuse('notNow')
  await advance(work, plots, plot.id, plotFlow, 'recall', { updatedAt: work.now })
  return { state: 'draft' }
}
