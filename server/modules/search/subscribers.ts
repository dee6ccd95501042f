/** What search does when something happened: every event is a knock, and what is true now is read. */
import type { ListingId } from '../../../shared/ids.ts'
import type { Subscriber } from '../../platform/app.ts'
import type { Work } from '../../platform/work.ts'
import { keepRows, stockTurned } from './keep-rows.ts'

const keepListing = async (work: Work, { facts }: { facts: { listingId: ListingId } }): Promise<void> => {
  await keepRows(work, [facts.listingId])
}

export const subscribers: readonly Subscriber[] = [
  { name: 'search.keep-approved', on: 'listing.approved', hear: keepListing },
  { name: 'search.keep-on-shelf', on: 'listing.onShelf', hear: keepListing },
  { name: 'search.keep-off-shelf', on: 'listing.offShelf', hear: keepListing },
  {
    /** A flash sale moves stock a thousand times; search minds only whether there is any. */
    name: 'search.keep-stock',
    on: 'stock.changed',
    hear: async (work, { facts }) => {
      if (await stockTurned(work, facts.listingId, facts.left)) await keepRows(work, [facts.listingId])
    },
  },
]
