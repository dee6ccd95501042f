/** Reads of the catalogue for buyers: a listing's page. */
import { asc, eq } from 'drizzle-orm'
import { classForms } from '../../../shared/catalogue/classes.ts'
import { legalBlock, wholeOf } from '../../../shared/catalogue/legal.ts'
import { packWords, per100g } from '../../../shared/catalogue/units.ts'
import { packUnitWords } from '../../../shared/catalogue/words.ts'
import { freightPromise } from '../../../shared/freight/rules.ts'
import type { ListingId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { App } from '../../platform/app.ts'
import { pictures } from '../assets/index.ts'
import { freightRules } from '../freight/index.ts'
import { shopSigns } from '../tenants/index.ts'
import { cardOf, soldColumns } from './shelf.ts'
import { listings, offerSkus, offers, revisions } from './tables.ts'

/**
 * A listing in its approved wording, also off the shelf (orders lead here): its skus in order, each with its batches, its legal block and, while its
 * proof holds, its struck price. Four queries. Refuses `notFound`: never approved, or the shop is suspended.
 */
export async function listingPage(app: App, listingId: ListingId) {
  const rows = await app.read
    .select({ ...soldColumns, draft: revisions.draft })
    .from(listings)
    .innerJoin(offers, eq(offers.revisionId, listings.approvedRevisionId))
    .innerJoin(offerSkus, eq(offerSkus.revisionId, offers.revisionId))
    .innerJoin(revisions, eq(revisions.id, listings.approvedRevisionId))
    .where(eq(listings.id, listingId))
    .orderBy(asc(offerSkus.place))
  const [face] = rows
  if (!face) throw refuse('notFound')
  const whole = wholeOf(face.draft)
  const [signs, freight] = await Promise.all([shopSigns(app.read, [face.shopId]), freightRules(app.read, [face.shopId])])
  const shop = signs.get(face.shopId)
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
    /** What sending costs, in a few words. */
    freight: freightPromise(freight.get(face.shopId) ?? null),
    story: whole.story,
    brew: whole.brew,
    village: whole.village === '' ? null : whole.village,
    season: face.season,
    onSale: face.state === 'onShelf',
  }
}
