/** Doors of orders for shop members. */
import { z } from 'zod'
import { subOrderFlow } from '../../../shared/orders/flow.ts'
import { idInput, router, shopProcedure } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { afterShowOf } from './after-show.ts'
import { pickList } from './pick-list.ts'
import { oneShopOrder, shopOrders } from './queries.ts'

export const shop = router({
  list: shopProcedure()
    .input(z.strictObject({ shopId: idInput('Shop'), ...pageInput, state: z.enum(subOrderFlow.states).optional() }))
    .query(({ ctx, input }) => shopOrders(ctx.app, ctx.shopId, input)),
  one: shopProcedure()
    .input(z.strictObject({ shopId: idInput('Shop'), subOrderId: idInput('SubOrder') }))
    .query(({ ctx, input }) => oneShopOrder(ctx.app, { shopId: ctx.shopId, userId: ctx.userId, role: ctx.role }, input.subOrderId)),
  afterShow: shopProcedure('owner', 'streamer', 'assistant')
    .input(z.strictObject({ shopId: idInput('Shop'), sessionId: idInput('LiveSession') }))
    .query(({ ctx, input }) => afterShowOf(ctx.app, ctx.shopId, input.sessionId)),
  pickList: shopProcedure()
    .input(z.strictObject({ shopId: idInput('Shop') }))
    .query(({ ctx }) => pickList(ctx.app, ctx.shopId)),
})
