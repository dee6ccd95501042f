/** The calls of the catalogue for a shop's own people. */
import type { ListingDraft } from '@shared/catalogue/draft.ts'
import type { ShelfState } from '@shared/catalogue/flow.ts'
import type { BatchId, ListingId, ShopId, SkuId } from '@shared/ids.ts'
import { trpc } from '../../lib/trpc'

const catalogue = trpc.shop.catalogue

export const ourListings = (shopId: ShopId, shelf: ShelfState | undefined, cursor: string | null) =>
  catalogue.list.query({ shopId, ...(shelf ? { shelf } : {}), cursor })
export const ourListing = (shopId: ShopId, listingId: ListingId) => catalogue.get.query({ shopId, listingId })
export const saveDraft = (shopId: ShopId, listingId: ListingId | undefined, draft: ListingDraft) =>
  catalogue.saveDraft.mutate({ shopId, ...(listingId ? { listingId } : {}), draft })
export const changeStock = (ask: { shopId: ShopId; skuId: SkuId; batchId: BatchId; delta: number; key: string; reason: string }) =>
  catalogue.changeStock.mutate(ask)

/** The moves of a listing that need nothing but a tap. */
export const moves = {
  submit: (shopId: ShopId, listingId: ListingId) => catalogue.submit.mutate({ shopId, listingId }),
  recall: (shopId: ShopId, listingId: ListingId) => catalogue.recall.mutate({ shopId, listingId }),
  takeOff: (shopId: ShopId, listingId: ListingId) => catalogue.takeOff.mutate({ shopId, listingId }),
  putOn: (shopId: ShopId, listingId: ListingId) => catalogue.putOn.mutate({ shopId, listingId }),
}
export type Move = keyof typeof moves
