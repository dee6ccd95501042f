/** The calls of a shop about its money. */
import type { ShopId } from '@shared/ids.ts'
import { type Out, trpc } from '../../lib/trpc'

export type Entry = Out['shop']['settlement']['entries']['rows'][number]

export const summary = (shopId: ShopId) => trpc.shop.settlement.summary.query({ shopId })
export const entries = (shopId: ShopId, cursor: string | null) => trpc.shop.settlement.entries.query({ shopId, cursor })
