/** The calls of orders for buyers, and their answers by name. */
import type { AddressId, OrderId, SkuId, SubOrderId } from '@shared/ids.ts'
import { type In, type Out, trpc } from '../../lib/trpc'

export type Address = Out['buyer']['orders']['addresses'][number]
type AddressInput = In['buyer']['orders']['saveAddress']
export type Placed = Out['buyer']['orders']['place']
export type OrderCardData = Out['buyer']['orders']['mine']['rows'][number]
export type OrderPage = Out['buyer']['orders']['one']
type PlaceInput = In['buyer']['orders']['place']
export type OrderFilter = NonNullable<In['buyer']['orders']['mine']['state']>

const orders = trpc.buyer.orders

export type Quote = Out['buyer']['orders']['quote']
export type CouponChoice = NonNullable<PlaceInput['choice']>
export type Cart = Out['buyer']['orders']['cart']

export const quote = (ask: In['buyer']['orders']['quote']) => orders.quote.query(ask)
export const place = (order: PlaceInput) => orders.place.mutate(order)
export const paySheet = async (orderId: OrderId) => (await orders.pay.mutate({ orderId })).sheet
export const syncOrder = async (orderId: OrderId) => (await orders.sync.mutate({ orderId })).state
export const myOrders = (state: OrderFilter | undefined, cursor: string | null) =>
  orders.mine.query({ ...(state ? { state } : {}), cursor })
export const orderOf = (orderId: OrderId) => orders.one.query({ orderId })
export const cancelOrder = (orderId: OrderId) => orders.cancel.mutate({ orderId })
export const parcelsOf = (subOrderId: SubOrderId) => trpc.buyer.shipping.parcels.query({ subOrderId })
export const receiveParcel = (subOrderId: SubOrderId) => orders.receive.mutate({ subOrderId })
export const cart = () => orders.cart.query()
export const putInCart = (skuId: SkuId, quantity: number) => orders.putInCart.mutate({ skuId, quantity })
export const setInCart = (skuId: SkuId, quantity: number) => orders.setInCart.mutate({ skuId, quantity })
export const takeFromCart = (skuIds: SkuId[]) => orders.takeFromCart.mutate({ skuIds })
export const addresses = () => orders.addresses.query()
export const readAddress = (text: string) => orders.readAddress.mutate({ text })
export const saveAddress = (address: AddressInput) => orders.saveAddress.mutate(address)
export const removeAddress = (id: AddressId) => orders.removeAddress.mutate({ id })
