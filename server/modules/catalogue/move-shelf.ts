import { eq } from 'drizzle-orm'
import { listingFlow, type RevisionState, type ShelfState } from '../../../shared/catalogue/flow.ts'
import { papersNeeded } from '../../../shared/catalogue/paper-needs.ts'
import type { ListingId, RevisionId, ShopId } from '../../../shared/ids.ts'
import { businessDay } from '../../../shared/time.ts'
import { advance, type Work } from '../../platform/work.ts'
import { mustBeOpen, mustHold } from '../tenants/index.ts'
import { lockOurs } from './our-listing.ts'
import { listings, revisions } from './tables.ts'

type Where = { shelf: ShelfState; review: RevisionState }

/** Takes a listing off the shelf: from this moment nothing of it can be ordered; orders already placed stay. Refuses `notFound`, `stale`. */
export async function takeOff(work: Work, ask: { shopId: ShopId; listingId: ListingId }): Promise<Where> {
  const { working } = await lockOurs(work, ask.shopId, ask.listingId)
  await advance(
    work,
    listings,
    ask.listingId,
    listingFlow,
    'takeOff',
    { updatedAt: work.now, offBecause: null },
    eq(listings.shopId, ask.shopId),
  )
  await work.tell('listing.offShelf', { listingId: ask.listingId, shopId: ask.shopId })
  return { shelf: 'offShelf', review: working.state }
}

/**
 * Puts a listing back on the shelf in its last approved wording. Refuses `notFound` (also while the shop is suspended),
 * `paperMissing` (a paper that it needs has ended), `stale`.
 */
export async function putOn(work: Work, ask: { shopId: ShopId; listingId: ListingId }): Promise<Where> {
  await mustBeOpen(work, ask.shopId)
  const { listing, working } = await lockOurs(work, ask.shopId, ask.listingId)
  if (listing.approvedRevisionId) await mustHoldFor(work, ask.shopId, listing.approvedRevisionId)
  await advance(
    work,
    listings,
    ask.listingId,
    listingFlow,
    'putOn',
    { updatedAt: work.now, offBecause: null },
    eq(listings.shopId, ask.shopId),
  )
  await work.tell('listing.onShelf', { listingId: ask.listingId, shopId: ask.shopId })
  return { shelf: 'onShelf', review: working.state }
}

async function mustHoldFor(work: Work, shopId: ShopId, revisionId: RevisionId): Promise<void> {
  const [sold] = await work.db.select({ draft: revisions.draft }).from(revisions).where(eq(revisions.id, revisionId))
  if (!sold) return
  const { needs, scope } = papersNeeded(sold.draft)
  await mustHold(work, shopId, needs, scope, businessDay(work.now))
}
