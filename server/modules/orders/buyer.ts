/** Doors of orders for buyers. */
import { z } from 'zod'
import type { Fen } from '../../../shared/money.ts'
import { DETAIL_MAX, MAX_CART, MAX_LINES, MAX_QUANTITY, NAME_MAX, NOTE_MAX, PHONE } from '../../../shared/orders/limits.ts'
import { buyerProcedure, idInput, keyInput, openProcedure, router, textInput } from '../../platform/doors.ts'
import { pageInput } from '../../platform/page.ts'
import { listAddresses, removeAddress, saveAddress } from './addresses.ts'
import { cart, cartCount, putInCart, setInCart, takeFromCart } from './cart.ts'
import { cancelOrder } from './close-order.ts'
import { payOrder, syncOrder } from './pay-order.ts'
import { placeOrder } from './place-order.ts'
import { myOrders, oneOrder } from './queries.ts'
import { quote } from './quote.ts'
import { readAddress } from './read-address.ts'
import { receiveParcel } from './receive-parcel.ts'

const quantity = z.number().int('数量要是整数').min(1, '至少 1 件').max(MAX_QUANTITY, `最多 ${MAX_QUANTITY} 件`)
const priceFen = z
  .number()
  .int()
  .min(1)
  .max(Number.MAX_SAFE_INTEGER)
  .transform((n) => n as Fen)
const choice = z.strictObject({
  shop: z.record(idInput('Shop'), idInput('Coupon').nullable()).optional(),
  park: idInput('Coupon').nullable().optional(),
})
const oneOf = z.strictObject({ orderId: idInput('Order') })

export const buyer = router({
  quote: openProcedure
    .input(
      z.strictObject({
        lines: z
          .array(z.strictObject({ skuId: idInput('Sku'), quantity }))
          .min(1)
          .max(MAX_LINES),
        addressId: idInput('Address').nullish(),
        liveSessionId: idInput('LiveSession').nullish(),
        choice: choice.optional(),
      }),
    )
    .query(({ ctx, input }) => quote(ctx.app, ctx.userId, input)),
  place: buyerProcedure
    .input(
      z.strictObject({
        key: keyInput,
        lines: z
          .array(z.strictObject({ skuId: idInput('Sku'), quantity, revisionId: idInput('Revision'), priceFen }))
          .min(1)
          .max(MAX_LINES),
        addressId: idInput('Address'),
        liveSessionId: idInput('LiveSession').nullish(),
        note: textInput(0, NOTE_MAX).default(''),
        choice: choice.optional(),
        shownFen: priceFen.nullish(),
        fromCart: z.boolean().default(false),
        ticked: z.boolean().default(false),
      }),
    )
    .mutation(({ ctx, input }) =>
      placeOrder(ctx.app, ctx.by, ctx.userId, ctx.address, { ...input, liveSessionId: input.liveSessionId ?? null }),
    ),
  pay: buyerProcedure.input(oneOf).mutation(async ({ ctx, input }) => ({ sheet: await payOrder(ctx.app, ctx.userId, input.orderId) })),
  sync: buyerProcedure.input(oneOf).mutation(({ ctx, input }) => syncOrder(ctx.app, ctx.userId, input.orderId)),
  mine: buyerProcedure
    .input(z.strictObject({ ...pageInput, state: z.enum(['unpaid', 'toShip', 'shipped', 'completed', 'closed']).optional() }))
    .query(({ ctx, input }) => myOrders(ctx.app, ctx.userId, input)),
  one: buyerProcedure.input(oneOf).query(({ ctx, input }) => oneOrder(ctx.app, ctx.userId, input.orderId)),
  cancel: buyerProcedure.input(oneOf).mutation(({ ctx, input }) => cancelOrder(ctx.app, ctx.userId, input.orderId)),
  receive: buyerProcedure
    .input(z.strictObject({ subOrderId: idInput('SubOrder') }))
    .mutation(({ ctx, input }) => receiveParcel(ctx.app, ctx.userId, input.subOrderId)),
  cart: buyerProcedure.query(({ ctx }) => cart(ctx.app, ctx.userId)),
  cartCount: buyerProcedure.query(({ ctx }) => cartCount(ctx.app, ctx.userId)),
  putInCart: buyerProcedure
    .input(z.strictObject({ skuId: idInput('Sku'), quantity, liveSessionId: idInput('LiveSession').nullish() }))
    .mutation(({ ctx, input }) =>
      ctx.app.work(ctx.by, (work) => putInCart(work, ctx.userId, { ...input, liveSessionId: input.liveSessionId ?? null })),
    ),
  setInCart: buyerProcedure
    .input(z.strictObject({ skuId: idInput('Sku'), quantity }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => setInCart(work, ctx.userId, input.skuId, input.quantity))),
  takeFromCart: buyerProcedure
    .input(z.strictObject({ skuIds: z.array(idInput('Sku')).min(1).max(MAX_CART) }))
    .mutation(({ ctx, input }) => ctx.app.work(ctx.by, (work) => takeFromCart(work, ctx.userId, input.skuIds))),
  addresses: buyerProcedure.query(({ ctx }) => listAddresses(ctx.app, ctx.userId)),
  saveAddress: buyerProcedure
    .input(
      z.strictObject({
        id: idInput('Address').optional(),
        name: textInput(1, NAME_MAX),
        phone: z.string().trim().regex(PHONE, '请填写正确的手机号'),
        province: textInput(1, 20),
        city: textInput(1, 20),
        county: textInput(0, 20),
        detail: textInput(2, DETAIL_MAX),
        isDefault: z.boolean(),
      }),
    )
    .mutation(({ ctx, input }) => saveAddress(ctx.app, ctx.userId, input)),
  // a mutation, though it changes nothing: what is pasted must not stand in an address line
  readAddress: buyerProcedure
    .input(z.strictObject({ text: z.string().max(300, '最多 300 个字') }))
    .mutation(({ input }) => readAddress(input.text)),
  removeAddress: buyerProcedure
    .input(z.strictObject({ id: idInput('Address') }))
    .mutation(({ ctx, input }) => removeAddress(ctx.app, ctx.userId, input.id)),
})
