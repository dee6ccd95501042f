/** The calls of a shop about itself. */
import type { ShopId } from '@shared/ids.ts'
import { trpc } from '../../lib/trpc'

export const ownShop = (shopId: ShopId) => trpc.shop.tenants.shop.query({ shopId })
