/** The calls of a shop about the orders it has to ship. */
import type { ShopId, SubOrderId } from '@shared/ids.ts'
import type { SubOrderState } from '@shared/orders/flow.ts'
import { type Out, trpc } from '../../lib/trpc'

export type ShopOrder = Out['shop']['orders']['list']['rows'][number]
export type ShopOrders = Out['shop']['orders']['list']
export type ShopOrderWhole = Out['shop']['orders']['one']

export const shopOrders = (shopId: ShopId, state: SubOrderState | undefined, cursor: string | null) =>
  trpc.shop.orders.list.query({ shopId, ...(state ? { state } : {}), cursor })
export const shopOrder = (shopId: ShopId, subOrderId: SubOrderId) => trpc.shop.orders.one.query({ shopId, subOrderId })
export const couriersOf = (shopId: ShopId) => trpc.shop.shipping.couriers.query({ shopId })
export const ship = (ask: { shopId: ShopId; subOrderId: SubOrderId; courier: string; trackingNo: string }) =>
  trpc.shop.shipping.ship.mutate(ask)
