/** Tables of the catalogue: listings and their revisions, what is sold of them, and every movement of stock. */
import { index, int, mysqlTable, primaryKey, smallint, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { Form, Kind, ListingDraft, Season } from '../../../shared/catalogue/draft.ts'
import type { ReservationState, RevisionState, ShelfState } from '../../../shared/catalogue/flow.ts'
import { code, fenColumn, idOf, instantColumn, jsonColumn, stateOf, words } from '../../platform/columns.ts'

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
    createdAt: instantColumn('created_at').notNull(),
  },
  (t) => [uniqueIndex('revisions_no').on(t.listingId, t.no)],
)

/** What is sold: an approved revision in columns, none of them empty. Written at the approval and never changed. */
export const offers = mysqlTable('offers', {
  revisionId: idOf('Revision', 'revision_id')
    .primaryKey()
    .references(() => revisions.id),
  title: words('title', 60).notNull(),
  pictureId: idOf('Asset', 'picture_id').notNull(),
  kind: stateOf<Kind>('kind').notNull(),
  form: stateOf<Form>('form').notNull(),
  season: stateOf<Season>('season').notNull(),
  materialYear: smallint('material_year').notNull(),
  /** An id of shared/catalogue/hills.ts; null for a tea without a named hill. */
  hill: code('hill', 40),
  netGrams: int('net_grams').notNull(),
  /** For one unit. */
  priceFen: fenColumn('price_fen').notNull(),
})

/** What can be counted and bought; one for each listing for now. */
export const skus = mysqlTable(
  'skus',
  {
    id: idOf('Sku', 'id').primaryKey(),
    listingId: idOf('Listing', 'listing_id')
      .notNull()
      .references(() => listings.id),
    /** Units that may still be sold. Changed by differences only, under `left_count >= n`. */
    left: int('left_count').notNull(),
    /** Units at the first approval. Always: left = opening + the sum of all stock moves. */
    openingStock: int('opening_stock').notNull(),
    openedAt: instantColumn('opened_at'),
  },
  (t) => [index('skus_listing').on(t.listingId)],
)

/** Units held for an order, sold to it, or given back. */
export const reservations = mysqlTable(
  'reservations',
  {
    id: idOf('Reservation', 'id').primaryKey(),
    orderId: idOf('Order', 'order_id').notNull(),
    skuId: idOf('Sku', 'sku_id')
      .notNull()
      .references(() => skus.id),
    quantity: int('quantity').notNull(),
    state: stateOf<ReservationState>('state').notNull(),
    heldAt: instantColumn('held_at').notNull(),
  },
  (t) => [uniqueIndex('reservations_once').on(t.orderId, t.skuId), index('reservations_sku').on(t.skuId, t.state)],
)

/** Every movement of `left`: a reason moves a sku at most once for one ref (an order, a person's key). Rows are only added. */
export const stockMoves = mysqlTable(
  'stock_moves',
  {
    skuId: idOf('Sku', 'sku_id')
      .notNull()
      .references(() => skus.id),
    reason: stateOf<'reserve' | 'release' | 'change'>('reason').notNull(),
    ref: code('ref', 40).notNull(),
    delta: int('delta').notNull(),
    /** What the person said who changed it; empty for orders. */
    words: words('words', 60).notNull(),
    movedAt: instantColumn('moved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.skuId, t.reason, t.ref] })],
)
