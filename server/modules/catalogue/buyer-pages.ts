/** Reads of the catalogue for buyers: a listing's page. */
import { eq } from 'drizzle-orm'
import { legalBlock, wholeOf } from '../../../shared/catalogue/legal.ts'
import type { ListingId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { App } from '../../platform/app.ts'
import { pictures } from '../assets/index.ts'
import { cardsOf, sold } from './shelf.ts'
import { listings, revisions } from './tables.ts'

/** A listing in its approved wording, also off the shelf (orders lead here). Refuses `notFound`: never approved, or the shop is suspended. */
export async function listingPage(app: App, listingId: ListingId) {
  const [row] = await sold(app.read, eq(listings.id, listingId))
  const [card] = row ? await cardsOf(app.read, app.ports.storage.url, [row]) : []
  if (!row || !card) throw refuse('notFound')
  const [revision] = await app.read.select({ draft: revisions.draft }).from(revisions).where(eq(revisions.id, row.revisionId))
  if (!revision) throw refuse('notFound')
  const whole = wholeOf(revision.draft)
  const shown = await pictures(app.read, app.ports.storage.url, whole.pictures)
  return {
    ...card,
    revisionId: row.revisionId,
    pictures: whole.pictures.flatMap((id) => shown.get(id) ?? []),
    story: whole.story,
    legal: legalBlock(whole),
    village: whole.village === '' ? null : whole.village,
    season: row.season,
    onSale: row.state === 'onShelf',
  }
}
