/** Doors of traceability for buyers: what is known of a batch, the same for all. */
import { z } from 'zod'
import { idInput, router, sharedProcedure } from '../../platform/doors.ts'
import { batchPage } from './buyer-page.ts'

/** The batch's own news, and what may touch any batch: a plot that is verified no more, a frozen parent, a lab report, a suspended shop. */
const news = (input: unknown): string[] => [
  (input as { batchId: string }).batchId,
  'plot.verified',
  'plot.rejected',
  'batch.frozen',
  'batch.thawed',
  'paper.verified',
  'paper.expired',
  'paper.withdrawn',
  'shop.suspended',
  'shop.reopened',
]

export const buyer = router({
  batch: sharedProcedure(news)
    .input(z.strictObject({ batchId: idInput('Batch') }))
    .query(({ ctx, input }) => batchPage(ctx.app, input.batchId)),
})
