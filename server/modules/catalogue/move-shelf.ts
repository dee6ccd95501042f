import { eq } from 'drizzle-orm'
import { listingFlow, type RevisionState, type ShelfState } from '../../../shared/catalogue/flow.ts'
import type { ListingId, ShopId } from '../../../shared/ids.ts'
import { advance, type Work } from '../../platform/work.ts'
import { mustBeOpen } from '../tenants/index.ts'
import { lockOurs } from './our-listing.ts'
import { listings } from './tables.ts'

type Where = { shelf: ShelfState; review: RevisionState }

/** Takes a listing off the shelf: from this moment nothing of it can be ordered; orders already placed stay. Refuses `notFound`, `stale`. */
export async function takeOff(work: Work, ask: { shopId: ShopId; listingId: ListingId }): Promise<Where> {
  const { working } = await lockOurs(work, ask.shopId, ask.listingId)
  await advance(work, listings, ask.listingId, listingFlow, 'takeOff', { updatedAt: work.now }, eq(listings.shopId, ask.shopId))
  await work.tell('listing.offShelf', { listingId: ask.listingId, shopId: ask.shopId })
  return { shelf: 'offShelf', review: working.state }
}

/** Puts a listing back on the shelf in its last approved wording. Refuses `notFound` (also while the shop is suspended), `stale`. */
export async function putOn(work: Work, ask: { shopId: ShopId; listingId: ListingId }): Promise<Where> {
  await mustBeOpen(work, ask.shopId)
  const { working } = await lockOurs(work, ask.shopId, ask.listingId)
  await advance(work, listings, ask.listingId, listingFlow, 'putOn', { updatedAt: work.now }, eq(listings.shopId, ask.shopId))
  await work.tell('listing.onShelf', { listingId: ask.listingId, shopId: ask.shopId })
  return { shelf: 'onShelf', review: working.state }
}
