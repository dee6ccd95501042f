/** Tables of the catalogue: listings and their revisions, what is sold of them at which price, and every movement of stock. */
import { boolean, index, int, mysqlTable, primaryKey, smallint, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { Form, Kind, ListingDraft, PackUnit, ProductClass, Season } from '../../../shared/catalogue/draft.ts'
import type { ReservationState, RevisionState, ShelfState } from '../../../shared/catalogue/flow.ts'
import type { BatchId } from '../../../shared/ids.ts'
import { code, fenColumn, idOf, instantColumn, jsonColumn, stateOf, words } from '../../platform/columns.ts'
import type { Actor } from '../../platform/work.ts'

/** A tea that a shop sells or means to sell. */
export const listings = mysqlTable(
  'listings',
  {
    id: idOf('Listing', 'id').primaryKey(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    /** Where it stands on the shelf. */
    state: stateOf<ShelfState>('state').notNull(),
    /** The wording that is sold; null before the first approval. */
    approvedRevisionId: idOf('Revision', 'approved_revision_id'),
    /** The newest wording, in whatever state. */
    workingRevisionId: idOf('Revision', 'working_revision_id').notNull(),
    /** Why it was taken off the shelf without the shop's asking, for the shop to read; null otherwise. */
    offBecause: words('off_because', 200),
    createdAt: instantColumn('created_at').notNull(),
    /** When it first stood on the shelf; null before. It is new once: taken off and put on again it keeps its place. */
    shelvedAt: instantColumn('shelved_at'),
    updatedAt: instantColumn('updated_at').notNull(),
  },
  (t) => [
    index('listings_of_shop').on(t.shopId, t.createdAt, t.id),
    index('listings_of_shelf').on(t.shopId, t.state, t.createdAt, t.id),
    index('listings_on_shelf').on(t.state, t.createdAt, t.id),
    index('listings_shelved').on(t.state, t.shelvedAt, t.id),
    index('listings_of_shop_shelved').on(t.shopId, t.state, t.shelvedAt, t.id),
  ],
)

/** What a submitted revision has taken of a batch, to open or to give back. */
export interface Taken {
  batchId: BatchId
  code: string
  baseUnits: number
  grams: number
}

/** One wording of a listing. Once submitted it never changes any more. */
export const revisions = mysqlTable(
  'revisions',
  {
    id: idOf('Revision', 'id').primaryKey(),
    listingId: idOf('Listing', 'listing_id')
      .notNull()
      .references(() => listings.id),
    /** 1, 2, 3 … within its listing. */
    no: int('no').notNull(),
    state: stateOf<RevisionState>('state').notNull(),
    title: words('title', 60).notNull(),
    draft: jsonColumn<ListingDraft>('draft').notNull(),
    /** When it first went to the desk; from then on its words stand still. */
    submittedAt: instantColumn('submitted_at'),
    decidedAt: instantColumn('decided_at'),
    /** Why it was rejected; empty otherwise. */
    reasons: words('reasons', 500).notNull(),
    /** Of which batches it holds how much while it waits for the desk; null where it holds nothing. */
    taken: jsonColumn<Taken[]>('taken'),
    createdAt: instantColumn('created_at').notNull(),
  },
  (t) => [uniqueIndex('revisions_no').on(t.listingId, t.no)],
)

/** What is sold: an approved revision in columns. Written at the approval and never changed. */
export const offers = mysqlTable('offers', {
  revisionId: idOf('Revision', 'revision_id')
    .primaryKey()
    .references(() => revisions.id),
  productClass: stateOf<ProductClass>('product_class').notNull(),
  title: words('title', 60).notNull(),
  pictureId: idOf('Asset', 'picture_id').notNull(),
  /** Kind, form, season and year: null for wares that have none. */
  kind: stateOf<Kind>('kind'),
  form: stateOf<Form>('form'),
  season: stateOf<Season>('season'),
  materialYear: smallint('material_year'),
  /** An id of shared/catalogue/hills.ts; null for a ware without a named hill. */
  hill: code('hill', 40),
  /** Of one base unit; lots are counted in these. */
  netGrams: int('net_grams').notNull(),
  /** A presale ships at the latest on this day (YYYY-MM-DD); null for what is in stock. */
  shipBy: code('ship_by', 10),
})

/** What can be counted and bought of a listing. It outlives its wordings: `key` says which sku of a new draft it is. */
export const skus = mysqlTable(
  'skus',
  {
    id: idOf('Sku', 'id').primaryKey(),
    listingId: idOf('Listing', 'listing_id')
      .notNull()
      .references(() => listings.id),
    key: code('sku_key', 12).notNull(),
    openedAt: instantColumn('opened_at').notNull(),
  },
  (t) => [uniqueIndex('skus_key').on(t.listingId, t.key)],
)

/** Every price a sku has had: in force from its instant until the next. Rows are only added. */
export const priceVersions = mysqlTable(
  'price_versions',
  {
    id: idOf('PriceVersion', 'id').primaryKey(),
    skuId: idOf('Sku', 'sku_id')
      .notNull()
      .references(() => skus.id),
    /** 1, 2, 3 … within its sku. */
    no: int('no').notNull(),
    priceFen: fenColumn('price_fen').notNull(),
    fromAt: instantColumn('from_at').notNull(),
    /** Whose act put it in force, and the revision that asked for it. */
    actor: jsonColumn<Actor>('actor').notNull(),
    revisionId: idOf('Revision', 'revision_id')
      .notNull()
      .references(() => revisions.id),
  },
  (t) => [uniqueIndex('price_versions_no').on(t.skuId, t.no)],
)

/** The skus of an offer, in the order of the form. Written at the approval and never changed. */
export const offerSkus = mysqlTable(
  'offer_skus',
  {
    revisionId: idOf('Revision', 'revision_id')
      .notNull()
      .references(() => offers.revisionId),
    skuId: idOf('Sku', 'sku_id')
      .notNull()
      .references(() => skus.id),
    place: smallint('place').notNull(),
    name: words('name', 40).notNull(),
    unit: stateOf<PackUnit>('unit').notNull(),
    /** Base units in one unit, and what one unit weighs. */
    baseUnits: int('base_units').notNull(),
    grams: int('grams').notNull(),
    priceFen: fenColumn('price_fen').notNull(),
    priceVersionId: idOf('PriceVersion', 'price_version_id').notNull(),
    /** Proven at the approval, and drawn no longer than its proof holds. */
    struckFen: fenColumn('struck_fen'),
    struckUntil: instantColumn('struck_until_at'),
    /** The batches it is sold from, in order, by the code on their label. */
    batches: jsonColumn<{ batchId: BatchId; code: string }[]>('batches').notNull(),
  },
  (t) => [primaryKey({ columns: [t.revisionId, t.skuId] }), index('offer_skus_sku').on(t.skuId)],
)

/** Stock 库存: what a listing has of a batch, in whole base units. */
export const lots = mysqlTable(
  'lots',
  {
    id: idOf('Lot', 'id').primaryKey(),
    listingId: idOf('Listing', 'listing_id')
      .notNull()
      .references(() => listings.id),
    batchId: idOf('Batch', 'batch_id').notNull(),
    /** As on the batch's label. */
    batchCode: words('batch_code', 60).notNull(),
    /** Base units that may still be sold. Changed by differences only, under `left_count >= n`. */
    left: int('left_count').notNull(),
    /** Base units at its opening. Always: left = opening + the sum of all stock moves. */
    opening: int('opening_stock').notNull(),
    /** The park has frozen the batch: nothing of it is sold. */
    frozen: boolean('frozen').notNull(),
    openedAt: instantColumn('opened_at').notNull(),
  },
  (t) => [uniqueIndex('lots_once').on(t.listingId, t.batchId), index('lots_batch').on(t.batchId)],
)

/** The lots from which a sku of an offer is sold, in order. */
export const offerLots = mysqlTable(
  'offer_lots',
  {
    revisionId: idOf('Revision', 'revision_id')
      .notNull()
      .references(() => offers.revisionId),
    skuId: idOf('Sku', 'sku_id')
      .notNull()
      .references(() => skus.id),
    place: smallint('place').notNull(),
    lotId: idOf('Lot', 'lot_id')
      .notNull()
      .references(() => lots.id),
  },
  (t) => [primaryKey({ columns: [t.revisionId, t.skuId, t.place] }), index('offer_lots_lot').on(t.lotId)],
)

/** Base units of a lot held for an order, sold to it, or given back; a sku's units may come from several lots. */
export const reservations = mysqlTable(
  'reservations',
  {
    id: idOf('Reservation', 'id').primaryKey(),
    orderId: idOf('Order', 'order_id').notNull(),
    skuId: idOf('Sku', 'sku_id')
      .notNull()
      .references(() => skus.id),
    lotId: idOf('Lot', 'lot_id')
      .notNull()
      .references(() => lots.id),
    baseUnits: int('base_units').notNull(),
    state: stateOf<ReservationState>('state').notNull(),
    heldAt: instantColumn('held_at').notNull(),
  },
  (t) => [
    uniqueIndex('reservations_once').on(t.orderId, t.skuId, t.lotId),
    index('reservations_sku').on(t.skuId, t.state),
    index('reservations_lot').on(t.lotId, t.state),
  ],
)

/** Every movement of a lot's `left`, in base units: a reason moves a lot at most once for one ref (an order, a revision, a person's key). Rows are only added. */
export const stockMoves = mysqlTable(
  'stock_moves',
  {
    lotId: idOf('Lot', 'lot_id')
      .notNull()
      .references(() => lots.id),
    reason: stateOf<'open' | 'reserve' | 'release' | 'change' | 'restock' | 'reship'>('reason').notNull(),
    ref: code('ref', 40).notNull(),
    delta: int('delta').notNull(),
    /** What the person said who changed it; empty for orders. */
    words: words('words', 60).notNull(),
    movedAt: instantColumn('moved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.lotId, t.reason, t.ref] })],
)

/** Which row of which file became which listing: the same file again imports nothing twice. */
export const listingImports = mysqlTable(
  'listing_imports',
  {
    shopId: idOf('Shop', 'shop_id').notNull(),
    /** SHA-256 of class, file and row, hex. */
    mark: code('mark', 64).notNull(),
    listingId: idOf('Listing', 'listing_id')
      .notNull()
      .references(() => listings.id),
    importedAt: instantColumn('imported_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.mark, t.shopId] })],
)
