/** Reads of the catalogue for buyers: a listing's page. */
import { asc, eq } from 'drizzle-orm'
import { classForms } from '../../../shared/catalogue/classes.ts'
import { legalBlock, wholeOf } from '../../../shared/catalogue/legal.ts'
import { packWords, per100g } from '../../../shared/catalogue/units.ts'
import { packUnitWords } from '../../../shared/catalogue/words.ts'
import type { ListingId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { App } from '../../platform/app.ts'
import { pictures } from '../assets/index.ts'
import { shopChips } from '../tenants/index.ts'
import { cardOf, sold } from './shelf.ts'
import { listings, offerSkus, revisions } from './tables.ts'

/**
 * A listing in its approved wording, also off the shelf (orders lead here): its skus in order, each with its batches, its legal block and, while its
 * proof holds, its struck price. Four queries. Refuses `notFound`: never approved, or the shop is suspended.
 */
export async function listingPage(app: App, listingId: ListingId) {
  const [rows, [revision]] = await Promise.all([
    sold(app.read, eq(listings.id, listingId)).orderBy(asc(offerSkus.place)),
    app.read
      .select({ id: revisions.id, draft: revisions.draft })
      .from(revisions)
      .innerJoin(listings, eq(listings.approvedRevisionId, revisions.id))
      .where(eq(listings.id, listingId)),
  ])
  const [face] = rows
  if (!face || revision?.id !== face.revisionId) throw refuse('notFound')
  const whole = wholeOf(revision.draft)
  const shop = (await shopChips(app.read, [face.shopId])).get(face.shopId)
  if (shop?.state !== 'open') throw refuse('notFound')
  const shown = await pictures(app.read, app.ports.storage.url, [face.pictureId, ...whole.pictures, shop.avatarId])
  const card = cardOf(face, shop, shown)
  if (!card) throw refuse('notFound')
  const now = app.clock.now()
  const offered = rows.map((row, i) => ({
    skuId: row.skuId,
    name: row.skuName,
    unit: packUnitWords[row.unit],
    netGrams: row.netGrams,
    /** 357 克 × 7 饼 = 2.499 千克 */
    packed: packWords(whole, whole.skus[i]?.level ?? 0),
    priceFen: row.priceFen,
    per100gFen: per100g(row.priceFen, row.netGrams),
    struckFen: row.struckUntil !== null && now < row.struckUntil ? row.struckFen : null,
    left: row.left,
    batches: row.batches,
    legal: legalBlock(
      whole,
      i,
      row.batches.map((b) => b.code),
    ),
  }))
  return {
    ...card,
    revisionId: face.revisionId,
    pictures: whole.pictures.flatMap((id, i) => {
      const picture = shown.get(id)
      return picture ? [{ ...picture, caption: whole.captions[i] ?? '' }] : []
    }),
    skus: offered,
    /** Of its first sku. */
    legal: offered[0]?.legal ?? [],
    returnRule: classForms[whole.productClass].returnRule,
    story: whole.story,
    brew: whole.brew,
    village: whole.village === '' ? null : whole.village,
    season: face.season,
    onSale: face.state === 'onShelf',
  }
}
