/** The calls of traceability: a batch as buyers read it, and a shop's own plots and batches. */
import type { BatchId, PlotId, ShopId } from '@shared/ids.ts'
import type { BatchDraft, PlotDraft } from '@shared/traceability/draft.ts'
import { trpc } from '../../lib/trpc'

const ours = trpc.shop.traceability

export const batchPage = (batchId: BatchId) => trpc.buyer.traceability.batch.query({ batchId })

export const ourPlots = (shopId: ShopId, cursor: string | null) => ours.plots.query({ shopId, cursor })
export const ourBatches = (shopId: ShopId, cursor: string | null) => ours.batches.query({ shopId, cursor })
export type OurPlot = Awaited<ReturnType<typeof ourPlots>>['rows'][number]
export type OurBatch = Awaited<ReturnType<typeof ourBatches>>['rows'][number]

export const ourPlot = (shopId: ShopId, plotId: PlotId) => ours.plot.query({ shopId, plotId })
export const ourBatch = (shopId: ShopId, batchId: BatchId) => ours.batch.query({ shopId, batchId })
export const savePlot = (shopId: ShopId, plotId: PlotId | undefined, draft: PlotDraft) =>
  ours.savePlot.mutate({ shopId, ...(plotId ? { plotId } : {}), draft })
export const saveBatch = (shopId: ShopId, batchId: BatchId | undefined, draft: BatchDraft) =>
  ours.saveBatch.mutate({ shopId, ...(batchId ? { batchId } : {}), draft })
export const submitPlot = (shopId: ShopId, plotId: PlotId) => ours.submitPlot.mutate({ shopId, plotId })
export const submitBatch = (shopId: ShopId, batchId: BatchId) => ours.submitBatch.mutate({ shopId, batchId })
export const recallPlot = (shopId: ShopId, plotId: PlotId) => ours.recallPlot.mutate({ shopId, plotId })
export const recallBatch = (shopId: ShopId, batchId: BatchId) => ours.recallBatch.mutate({ shopId, batchId })

/** What a batch may consist of: the newest fifty verified plots and batches. */
export const sourcesOf = async (shopId: ShopId) => {
  const ask = { shopId, state: 'verified', limit: 50 } as const
  const [plots, batches] = await Promise.all([ours.plots.query(ask), ours.batches.query(ask)])
  return { plots: plots.rows, batches: batches.rows }
}
export type Sources = Awaited<ReturnType<typeof sourcesOf>>
