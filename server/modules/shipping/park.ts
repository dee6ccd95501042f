/** Doors of shipping for park staff. */
import { z } from 'zod'
import { refuse } from '../../../shared/refusals.ts'
import { idInput, parkProcedure, router } from '../../platform/doors.ts'
import { refusedNotices } from './queries.ts'
import { tellAgain } from './tell-wechat.ts'

export const park = router({
  refused: parkProcedure('finance').query(({ ctx }) => refusedNotices(ctx.app)),
  tellAgain: parkProcedure('finance')
    .input(z.strictObject({ noticeId: idInput('ShippingNotice') }))
    .mutation(async ({ ctx, input }) => {
      if (!(await tellAgain(ctx.app, ctx.by, input.noticeId))) throw refuse('stale')
      return { told: 'again' as const }
    }),
})
