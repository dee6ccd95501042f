/** The calls of a shop about itself. */
import type { ShopId } from '@shared/ids.ts'
import { type Out, trpc } from '../../lib/trpc'

export type OwnShop = Out['shop']['tenants']['shop']

export const ownShop = (shopId: ShopId) => trpc.shop.tenants.shop.query({ shopId })
