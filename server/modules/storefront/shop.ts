/** Doors of the storefront for shop members: what the shop says of itself. */
import { z } from 'zod'
import { profileLimits } from '../../../shared/storefront/profile.ts'
import { idInput, router, shopProcedure, textInput } from '../../platform/doors.ts'
import { ownProfile } from './queries.ts'
import { saveProfile } from './save-profile.ts'
import { recallProfile, submitProfile } from './submit-profile.ts'

const ofShop = z.strictObject({ shopId: idInput('Shop') })
const writer = shopProcedure('owner', 'assistant')

export const shop = router({
  profile: shopProcedure()
    .input(ofShop)
    .query(({ ctx }) => ownProfile(ctx.app, ctx.shopId)),
  saveProfile: writer
    .input(
      z.strictObject({
        shopId: idInput('Shop'),
        story: textInput(0, profileLimits.story.max),
        avatar: idInput('Asset').nullable(),
        pictures: z.array(idInput('Asset')).max(profileLimits.pictures, `最多 ${profileLimits.pictures} 张照片`),
      }),
    )
    .mutation(async ({ ctx, input: { shopId, story, avatar, pictures } }) => {
      await ctx.app.work(ctx.by, (work) => saveProfile(work, { shopId, draft: { story, avatar, pictures: [...new Set(pictures)] } }))
      return { done: true as const }
    }),
  submitProfile: writer.input(ofShop).mutation(({ ctx }) => ctx.app.work(ctx.by, (work) => submitProfile(work, ctx.shopId))),
  recallProfile: writer.input(ofShop).mutation(({ ctx }) => ctx.app.work(ctx.by, (work) => recallProfile(work, ctx.shopId))),
})
