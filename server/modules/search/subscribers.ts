/** What search does when something happened: every event is a knock, and what is true now is read. */
import type { ListingId, ShopId } from '../../../shared/ids.ts'
import type { App, Subscriber } from '../../platform/app.ts'
import type { Work } from '../../platform/work.ts'
import { keepRows, keepRowsOfShop, stockTurned } from './keep-rows.ts'

const keepListing = async (work: Work, { facts }: { facts: { listingId: ListingId } }): Promise<void> => {
  await keepRows(work, [facts.listingId])
}

const keepShop = (app: App, { facts }: { facts: { shopId: ShopId } }): Promise<void> =>
  keepRowsOfShop(app, { kind: 'subscriber', name: 'search.keep-shop' }, facts.shopId)

export const subscribers: readonly Subscriber[] = [
  { name: 'search.keep-approved', on: 'listing.approved', hear: keepListing },
  { name: 'search.keep-on-shelf', on: 'listing.onShelf', hear: keepListing },
  { name: 'search.keep-off-shelf', on: 'listing.offShelf', hear: keepListing },
  { name: 'search.keep-suspended', on: 'shop.suspended', act: keepShop },
  { name: 'search.keep-reopened', on: 'shop.reopened', act: keepShop },
  /** Its name and its village are words to find it by. */
  { name: 'search.keep-shop', on: 'shop.changed', act: keepShop },
  /** Facets are those of the batches, which any tea of the shop may be sold from. */
  { name: 'search.keep-verified', on: 'batch.verified', act: keepShop },
  { name: 'search.keep-frozen', on: 'batch.frozen', act: keepShop },
  { name: 'search.keep-thawed', on: 'batch.thawed', act: keepShop },
  {
    /** A flash sale moves stock a thousand times; search minds only whether there is any. */
    name: 'search.keep-stock',
    on: 'stock.changed',
    hear: async (work, { facts }) => {
      if (await stockTurned(work, facts.listingId, facts.left)) await keepRows(work, [facts.listingId])
    },
  },
]
