import { and, eq } from 'drizzle-orm'
import type { ListingId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { Db } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { listings, revisions } from './tables.ts'

/** Locks a listing of this shop for the rest of the work, with its newest revision; refuses `notFound` for any other shop's. */
export async function lockOurs(work: Work, shopId: ShopId, listingId: ListingId) {
  const [listing] = await work.db
    .select()
    .from(listings)
    .where(and(eq(listings.id, listingId), eq(listings.shopId, shopId)))
    .for('update')
  if (!listing) throw refuse('notFound')
  const [working] = await work.db.select().from(revisions).where(eq(revisions.id, listing.workingRevisionId))
  if (!working) throw new Error('a listing without its working revision')
  return { listing, working }
}

/** Whose listing it is, also when it is off the shelf; null where there is none. One query. */
export async function shopOfListing(db: Db, listingId: ListingId): Promise<ShopId | null> {
  const [row] = await db.select({ shopId: listings.shopId }).from(listings).where(eq(listings.id, listingId))
  return row?.shopId ?? null
}
