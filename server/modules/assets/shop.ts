/** Doors of assets for shop members. */
import { z } from 'zod'
import { instant } from '../../../shared/time.ts'
import { idInput, router, shopProcedure } from '../../platform/doors.ts'
import { noteCapture } from './note-capture.ts'
import { uploadTicket } from './ticket.ts'

export const shop = router({
  /** The address, on our own origin, to which pictures may be sent for ten minutes. */
  ticket: shopProcedure()
    .input(z.strictObject({ shopId: idInput('Shop') }))
    .mutation(({ ctx }) => {
      const { ticket, expiresAt } = uploadTicket(ctx.app.settings.secret, ctx.app.clock.now(), { userId: ctx.userId, shopId: ctx.shopId })
      return { url: `/upload?ticket=${ticket}`, expiresAt }
    }),
  /** What the phone says of a photo just taken in the app. */
  noteCapture: shopProcedure()
    .input(
      z.strictObject({
        shopId: idInput('Shop'),
        assetId: idInput('Asset'),
        takenAt: z.int('拍摄时间有误').min(1_000_000_000_000, '拍摄时间有误').max(9_999_999_999_999, '拍摄时间有误').transform(instant),
        place: z
          .strictObject({
            latitude: z.number('纬度有误').min(-90, '纬度有误').max(90, '纬度有误'),
            longitude: z.number('经度有误').min(-180, '经度有误').max(180, '经度有误'),
          })
          .nullable(),
      }),
    )
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => noteCapture(work, { ...input, shopId: ctx.shopId }))),
})
