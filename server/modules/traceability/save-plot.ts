import { eq } from 'drizzle-orm'
import type { PlotId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { type PlotLack, plotLacks } from '../../../shared/traceability/complete.ts'
import type { PlotDraft } from '../../../shared/traceability/draft.ts'
import { plotFlow } from '../../../shared/traceability/flow.ts'
import { newId, tryAdvance, type Work } from '../../platform/work.ts'
import { mustBeOurs } from '../assets/index.ts'
import { lockPlot } from './ours.ts'
import { plots } from './tables.ts'

/**
 * Saves a plot as far as it is written; a rejected one becomes a draft again. Refuses `notFound` (plot or picture is not the shop's), `notNow`
 * (it is being verified or is verified).
 */
export async function savePlot(
  work: Work,
  ask: { shopId: ShopId; plotId?: PlotId | undefined; draft: PlotDraft },
): Promise<{ plotId: PlotId; lacks: PlotLack[] }> {
  const { shopId, draft } = ask
  await mustBeOurs(
    work,
    shopId,
    draft.proofs.map((p) => p.pictureId),
  )
  const written = { ...draft, yearlyGrams: draft.yearlyGrams ?? 0, updatedAt: work.now }
  const plotId = ask.plotId ?? newId('Plot')
  if (ask.plotId) {
    const plot = await lockPlot(work, shopId, ask.plotId)
    if (plot.state === 'rejected') await tryAdvance(work, plots, plot.id, plotFlow, 'amend')
    else if (plot.state !== 'draft') throw refuse('notNow')
    await work.db.update(plots).set(written).where(eq(plots.id, plot.id))
  } else
    await work.db
      .insert(plots)
      .values({ id: plotId, shopId, state: 'draft', ...written, grantedGrams: 0, reasons: '', createdAt: work.now })
  return { plotId, lacks: plotLacks(draft) }
}
