/** What is sold, for buyers and for other rooms: the approved wording and how much is left. */
import { and, asc, desc, eq, gt, inArray, lt, notInArray, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import type { Form, Kind, ProductClass } from '../../../shared/catalogue/draft.ts'
import { hillName } from '../../../shared/catalogue/hills.ts'
import { per100g } from '../../../shared/catalogue/units.ts'
import { packUnitWords } from '../../../shared/catalogue/words.ts'
import type { AssetId, ListingId, PriceVersionId, RevisionId, ShopId, SkuId } from '../../../shared/ids.ts'
import type { Fen } from '../../../shared/money.ts'
import type { Instant } from '../../../shared/time.ts'
import type { Db } from '../../platform/db.ts'
import { afterCursor, cut, type Page } from '../../platform/page.ts'
import { type Picture, pictures } from '../assets/index.ts'
import { type ShopFacts, shopSigns, suspendedShops } from '../tenants/index.ts'
import { listings, lots, offerLots, offerSkus, offers } from './tables.ts'

/** A sku in its approved wording. */
export interface Sellable {
  skuId: SkuId
  listingId: ListingId
  revisionId: RevisionId
  shopId: ShopId
  productClass: ProductClass
  title: string
  /** 单饼, 整提（7 饼）… */
  skuName: string
  pictureId: AssetId
  unit: string
  /** Null for wares that are no tea. */
  kind: Kind | null
  form: Form | null
  /** Base units in one unit, and what one unit weighs. */
  baseUnits: number
  netGrams: number
  priceFen: Fen
  priceVersionId: PriceVersionId
  per100gFen: Fen
  left: number
  /** Its listing stands on the shelf; says nothing of the shop. */
  onSale: boolean
  /** A presale: the day (YYYY-MM-DD) on which it ships at the latest. */
  shipBy: string | null
}

const [sources, stock] = [alias(offerLots, 'sources'), alias(lots, 'stock')]

/** Whole units left of the row's sku: what its lots hold together, rounded down; nothing of a frozen batch. Wants `offerSkus` in the query. */
export const leftCount = sql<number>`cast((select coalesce(sum(${stock.left}), 0) from ${offerLots} ${sql.identifier('sources')}
  join ${lots} ${sql.identifier('stock')} on ${stock.id} = ${sources.lotId}
  where ${sources.revisionId} = ${offerSkus.revisionId} and ${sources.skuId} = ${offerSkus.skuId} and ${stock.frozen} = false)
  div ${offerSkus.baseUnits} as signed)`
  .mapWith(Number)
  .as('left_units')

export const soldColumns = {
  skuId: offerSkus.skuId,
  listingId: listings.id,
  revisionId: offers.revisionId,
  shopId: listings.shopId,
  state: listings.state,
  shelvedAt: listings.shelvedAt,
  productClass: offers.productClass,
  title: offers.title,
  skuName: offerSkus.name,
  place: offerSkus.place,
  pictureId: offers.pictureId,
  kind: offers.kind,
  form: offers.form,
  season: offers.season,
  materialYear: offers.materialYear,
  hill: offers.hill,
  unit: offerSkus.unit,
  baseUnits: offerSkus.baseUnits,
  netGrams: offerSkus.grams,
  priceFen: offerSkus.priceFen,
  priceVersionId: offerSkus.priceVersionId,
  struckFen: offerSkus.struckFen,
  struckUntil: offerSkus.struckUntil,
  batches: offerSkus.batches,
  shipBy: offers.shipBy,
  left: leftCount,
}

/** The skus of listings in their approved wording; what was never approved is not among them. */
export const sold = (db: Db, where: SQL | undefined) =>
  db
    .select(soldColumns)
    .from(listings)
    .innerJoin(offers, eq(offers.revisionId, listings.approvedRevisionId))
    .innerJoin(offerSkus, eq(offerSkus.revisionId, offers.revisionId))
    .where(where)

export type Sold = Awaited<ReturnType<typeof sold>>[number]

/** What may be sold of these skus, one query; skus that were never approved, or that the present wording has no more, are left out. */
export async function sellables(db: Db, skuIds: readonly SkuId[]): Promise<Map<SkuId, Sellable>> {
  if (skuIds.length === 0) return new Map()
  const rows = await sold(db, inArray(offerSkus.skuId, [...new Set(skuIds)]))
  return new Map(
    rows.map((row) => {
      const { skuId, listingId, revisionId, shopId, productClass, title, skuName, pictureId, kind, form, netGrams, priceFen } = row
      const { priceVersionId, baseUnits, left, shipBy } = row
      const [unit, per100gFen, onSale] = [packUnitWords[row.unit], per100g(priceFen, netGrams), row.state === 'onShelf']
      const what = { skuId, listingId, revisionId, shopId, productClass, title, skuName, pictureId, unit, kind, form }
      return [skuId, { ...what, baseUnits, netGrams, priceFen, priceVersionId, per100gFen, left, onSale, shipBy }]
    }),
  )
}

/** What is left of each sku, one query. */
export async function stockOf(db: Db, skuIds: readonly SkuId[]): Promise<Map<SkuId, number>> {
  if (skuIds.length === 0) return new Map()
  const rows = await db
    .select({ id: offerSkus.skuId, left: leftCount })
    .from(offerSkus)
    .innerJoin(listings, eq(listings.approvedRevisionId, offerSkus.revisionId))
    .where(inArray(offerSkus.skuId, [...new Set(skuIds)]))
  return new Map(rows.map((r) => [r.id, r.left]))
}

/** A listing as lists show it, with its first sku for its face. */
export interface ListingCard {
  id: ListingId
  skuId: SkuId
  productClass: ProductClass
  title: string
  skuName: string
  picture: Picture
  shop: { id: ShopId; name: string; avatar: Picture | null }
  kind: Kind | null
  form: Form | null
  materialYear: number | null
  /** The hill's name as buyers read it. */
  hill: string | null
  netGrams: number
  unit: string
  priceFen: Fen
  per100gFen: Fen
  left: number
  shipBy: string | null
}

export interface ListingFilter {
  shopIds?: readonly ShopId[]
  listingIds?: readonly ListingId[]
  /** At most this many; 50 unless said. */
  limit?: number
}

/**
 * Cards of what stands on the shelf of open shops, newest first (with `listingIds`: in their order); three queries, whatever the number.
 * `storageUrl` is `app.ports.storage.url`.
 */
export async function listingCards(db: Db, storageUrl: (key: string) => string, filter: ListingFilter): Promise<ListingCard[]> {
  const { shopIds, listingIds, limit = 50 } = filter
  if (shopIds?.length === 0 || listingIds?.length === 0) return []
  const where = and(
    eq(listings.state, 'onShelf'),
    eq(offerSkus.place, 0),
    shopIds && inArray(listings.shopId, [...shopIds]),
    listingIds && inArray(listings.id, [...listingIds]),
  )
  const rows = await sold(db, where).orderBy(desc(listings.createdAt), desc(listings.id)).limit(limit)
  const cards = await cardsOf(db, storageUrl, rows)
  if (!listingIds) return cards
  const place = new Map(listingIds.map((id, i) => [id, i]))
  return cards.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
}

/** How a shelf may be sorted; by price only within one shop. */
export type ShelfSort = 'newest' | 'priceUp' | 'priceDown'

export interface ShelfAsk {
  /** Of these shops only. */
  shopIds?: readonly ShopId[]
  /** First on the shelf at or after this instant. */
  since?: Instant
  sort?: ShelfSort
}

/** A card of a shelf that is read page by page. */
export type ShelvedCard = ListingCard & { shelvedAt: Instant }

/** The WHERE that goes on after a cursor of the price, which is `fen~id`; a cursor that is none begins anew. */
const afterPrice = (page: Page, sort: 'priceUp' | 'priceDown'): SQL | undefined => {
  const m = /^(\d{1,15})~([0-9A-Za-z_]{1,40})$/.exec(page.cursor ?? '')
  if (!m) return undefined
  const [price, id] = [Number(m[1]) as Fen, m[2] as ListingId]
  const beyond = sort === 'priceUp' ? gt : lt
  return or(beyond(offerSkus.priceFen, price), and(eq(offerSkus.priceFen, price), beyond(listings.id, id)))
}

/**
 * A page of what stands on the shelf of open shops, by keyset: the newest on the shelf first, or by the price; five queries, whatever the
 * number. `storageUrl` is `app.ports.storage.url`.
 */
export async function shelfPage(
  db: Db,
  storageUrl: (key: string) => string,
  { shopIds, since, sort = 'newest' }: ShelfAsk,
  page: Page,
): Promise<{ rows: ShelvedCard[]; next: string | null }> {
  if (shopIds?.length === 0) return { rows: [], next: null }
  const gone = await suspendedShops(db)
  const where = and(
    eq(listings.state, 'onShelf'),
    eq(offerSkus.place, 0),
    shopIds && inArray(listings.shopId, [...shopIds]),
    gone.length > 0 ? notInArray(listings.shopId, gone) : undefined,
    since && gt(listings.shelvedAt, since),
    sort === 'newest' ? afterCursor(page, listings.shelvedAt, listings.id) : afterPrice(page, sort),
  )
  const way = sort === 'priceUp' ? asc : desc
  const found = await sold(db, where)
    .orderBy(way(sort === 'newest' ? listings.shelvedAt : offerSkus.priceFen), way(listings.id))
    .limit(page.limit + 1)
  const { rows, next } = cut(page, found, (r) => ({ at: sort === 'newest' ? (r.shelvedAt ?? 0) : r.priceFen, id: r.listingId }))
  const shelved = new Map(rows.map((r) => [r.listingId, r.shelvedAt]))
  const cards = await cardsOf(db, storageUrl, rows)
  return { rows: cards.map((card) => ({ ...card, shelvedAt: shelved.get(card.id) as Instant })), next }
}

/** The hills that what a shop has on its shelf comes from, as ids of shared/catalogue/hills.ts; one query. */
export async function hillsOf(db: Db, shopId: ShopId): Promise<string[]> {
  const rows = await db
    .selectDistinct({ hill: offers.hill })
    .from(listings)
    .innerJoin(offers, eq(offers.revisionId, listings.approvedRevisionId))
    .where(and(eq(listings.shopId, shopId), eq(listings.state, 'onShelf')))
  return rows.flatMap((r) => r.hill ?? []).sort()
}

/** Cards of these rows; those of suspended shops are left out. */
async function cardsOf(db: Db, storageUrl: (key: string) => string, rows: readonly Sold[]): Promise<ListingCard[]> {
  const shops = await shopSigns(
    db,
    rows.map((r) => r.shopId),
  )
  const shown = await pictures(db, storageUrl, [...rows.map((r) => r.pictureId), ...[...shops.values()].map((s) => s.avatarId)])
  return rows.flatMap((row) => {
    const shop = shops.get(row.shopId)
    const card = shop?.state === 'open' ? cardOf(row, shop, shown) : null
    return card ? [card] : []
  })
}

/** One row as a card, from what is known of its shop and pictures; null where its picture is not there. */
export function cardOf(
  row: Sold,
  shop: Pick<ShopFacts, 'id' | 'name' | 'avatarId'>,
  shown: ReadonlyMap<AssetId, Picture>,
): ListingCard | null {
  const picture = shown.get(row.pictureId)
  if (!picture) return null
  const avatar = shop.avatarId ? (shown.get(shop.avatarId) ?? null) : null
  const { listingId: id, skuId, productClass, title, skuName, kind, form, materialYear, netGrams, priceFen, left, shipBy } = row
  const shopChip = { id: shop.id, name: shop.name, avatar }
  const per100gFen = per100g(priceFen, netGrams)
  const [hill, unit] = [hillName(row.hill), packUnitWords[row.unit]]
  const what = { id, skuId, productClass, title, skuName, picture, shop: shopChip, kind, form, materialYear, hill }
  return { ...what, netGrams, unit, priceFen, per100gFen, left, shipBy }
}
