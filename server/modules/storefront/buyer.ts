/** Doors of the storefront for buyers. */
import { z } from 'zod'
import type { ShopId, UserId } from '../../../shared/ids.ts'
import type { App } from '../../platform/app.ts'
import { buyerProcedure, idInput, router, sharedProcedure } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import type { Actor } from '../../platform/work.ts'
import { follow, followedShops, followers, unfollow } from '../tenants/index.ts'
import { front, myFollows, shelf } from './queries.ts'

/** News that carries the shop's id makes the kept answer stale; a follower's tap does not, and is counted within two seconds. */
const idsOf = (input: unknown): string[] => [String((input as { shopId?: unknown } | null | undefined)?.shopId)]

const ofShop = z.strictObject({ shopId: idInput('Shop') })

const turn = async (app: App, by: Actor, userId: UserId, shopId: ShopId, act: typeof follow) => {
  await app.work(by, (work) => act(work, userId, shopId))
  return { following: act === follow, followers: (await followers(app.read, [shopId])).get(shopId) ?? 0 }
}

export const buyer = router({
  front: sharedProcedure(idsOf)
    .input(ofShop)
    .query(({ ctx, input }) => front(ctx.app, input.shopId)),
  shelf: sharedProcedure(idsOf)
    .input(z.strictObject({ shopId: idInput('Shop'), sort: z.enum(['newest', 'priceUp', 'priceDown']).default('newest'), ...pageInput }))
    .query(({ ctx, input: { shopId, sort, ...page } }) => shelf(ctx.app, shopId, sort, page)),
  follow: buyerProcedure.input(ofShop).mutation(({ ctx, input }) => turn(ctx.app, ctx.by, ctx.userId, input.shopId, follow)),
  unfollow: buyerProcedure.input(ofShop).mutation(({ ctx, input }) => turn(ctx.app, ctx.by, ctx.userId, input.shopId, unfollow)),
  following: buyerProcedure.query(({ ctx }) => followedShops(ctx.app.read, ctx.userId)),
  follows: buyerProcedure.input(z.strictObject(pageInput)).query(({ ctx, input }) => myFollows(ctx.app, ctx.userId, input)),
})
