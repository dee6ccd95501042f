/** Tables of traceability: plots and what their years have given, batches and what they consist of. All weights are whole grams. */
import { index, int, mysqlTable, primaryKey, smallint, uniqueIndex } from 'drizzle-orm/mysql-core'
import type { Kind, ProductClass, Season, TreeClass } from '../../../shared/catalogue/draft.ts'
import type { PlotId } from '../../../shared/ids.ts'
import type { Crop, Proof, YieldState } from '../../../shared/traceability/draft.ts'
import type { BatchState, PlotState } from '../../../shared/traceability/flow.ts'
import { code, idOf, instantColumn, jsonColumn, stateOf, words } from '../../platform/columns.ts'

/** Dry grams of a plot's year that went into a batch, as the plot stood when the batch was submitted. */
export interface Origin {
  plotId: PlotId
  hill: string | null
  village: string
  year: number
  grams: number
}

/** A piece of land of which a shop has tea (rice, coffee). */
export const plots = mysqlTable(
  'plots',
  {
    id: idOf('Plot', 'id').primaryKey(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    state: stateOf<PlotState>('state').notNull(),
    name: words('name', 30).notNull(),
    crop: stateOf<Crop>('crop').notNull(),
    /** An id of shared/catalogue/hills.ts; null: on no hill of the registry. */
    hill: code('hill', 40),
    village: words('village', 30).notNull(),
    grower: words('grower', 30).notNull(),
    /** Tenths of a mu; null: not written yet. */
    areaTenths: int('area_tenths'),
    trees: int('trees'),
    treeClass: stateOf<TreeClass>('tree_class'),
    treeBasis: words('tree_basis', 100).notNull(),
    altitudeMetres: smallint('altitude_metres'),
    yieldState: stateOf<YieldState>('yield_state').notNull(),
    /** Claimed for a year, in `yieldState`; 0: not written yet. */
    yearlyGrams: int('yearly_grams').notNull(),
    /** What staff verified: dry grams that each year may give. 0 while it is not verified. */
    grantedGrams: int('granted_grams').notNull(),
    proofs: jsonColumn<Proof[]>('proofs').notNull(),
    /** Why it was rejected or revoked, or what was said at the verification; empty otherwise. */
    reasons: words('reasons', 500).notNull(),
    decidedBy: idOf('User', 'decided_by'),
    decidedAt: instantColumn('decided_at'),
    createdAt: instantColumn('created_at').notNull(),
    updatedAt: instantColumn('updated_at').notNull(),
  },
  (t) => [index('plots_of_shop').on(t.shopId, t.createdAt, t.id), index('plots_state').on(t.state, t.updatedAt, t.id)],
)

/** What all verified plots of a hill may give together in a year. Moved by one conditional UPDATE; a hill without a known yield has no row. */
export const hillGrants = mysqlTable('hill_grants', {
  hill: code('hill', 40).primaryKey(),
  grantedGrams: int('granted_grams').notNull(),
})

/** What batches have taken of a plot's year: always taken_grams ≤ the plot's granted_grams. */
export const plotYears = mysqlTable(
  'plot_years',
  {
    plotId: idOf('Plot', 'plot_id')
      .notNull()
      .references(() => plots.id),
    year: smallint('year').notNull(),
    takenGrams: int('taken_grams').notNull(),
  },
  (t) => [primaryKey({ columns: [t.plotId, t.year] })],
)

/** Tea (or another ware) of one making. Always listed_grams + used_grams ≤ made_grams. */
export const batches = mysqlTable(
  'batches',
  {
    id: idOf('Batch', 'id').primaryKey(),
    shopId: idOf('Shop', 'shop_id').notNull(),
    /** As on the label. */
    code: words('code', 40).notNull(),
    state: stateOf<BatchState>('state').notNull(),
    productClass: stateOf<ProductClass>('product_class').notNull(),
    kind: stateOf<Kind>('kind'),
    season: stateOf<Season>('season'),
    /** With parts these four are what all parts agree on, else null; a batch without parts has its year and village as typed. */
    materialYear: smallint('material_year'),
    hill: code('hill', 40),
    village: words('village', 60).notNull(),
    treeClass: stateOf<TreeClass>('tree_class'),
    makerName: words('maker_name', 60).notNull(),
    makerAddress: words('maker_address', 100).notNull(),
    scNumber: words('sc_number', 20).notNull(),
    standardCode: words('standard_code', 40).notNull(),
    productionDate: code('production_date', 10),
    pressingDate: code('pressing_date', 10),
    /** The beginning of the day (Shanghai) on which it went into store. */
    storedSince: instantColumn('stored_since_at'),
    /** 0: not written yet. */
    madeGrams: int('made_grams').notNull(),
    /** What skus have listed of it; what was sold is inside. */
    listedGrams: int('listed_grams').notNull(),
    /** What other batches have taken of it. */
    usedGrams: int('used_grams').notNull(),
    /** Where its material grew, down through its parents; written when it is submitted. */
    origins: jsonColumn<Origin[]>('origins').notNull(),
    proofs: jsonColumn<Proof[]>('proofs').notNull(),
    /** Why it was rejected or frozen, or what was said at the verification; empty otherwise. */
    reasons: words('reasons', 500).notNull(),
    decidedBy: idOf('User', 'decided_by'),
    decidedAt: instantColumn('decided_at'),
    createdAt: instantColumn('created_at').notNull(),
    updatedAt: instantColumn('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('batches_code').on(t.shopId, t.code),
    index('batches_of_shop').on(t.shopId, t.createdAt, t.id),
    index('batches_state').on(t.state, t.updatedAt, t.id),
  ],
)

/** What a batch consists of: a row names either a plot and a year, or another batch of the shop. */
export const batchParts = mysqlTable(
  'batch_parts',
  {
    batchId: idOf('Batch', 'batch_id')
      .notNull()
      .references(() => batches.id),
    /** 0, 1, 2 … in the order written. */
    no: smallint('no').notNull(),
    plotId: idOf('Plot', 'plot_id').references(() => plots.id),
    year: smallint('year'),
    parentId: idOf('Batch', 'parent_id').references(() => batches.id),
    /** Dry grams of the plot's year, or grams of the parent. */
    grams: int('grams').notNull(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.no] }), index('batch_parts_plot').on(t.plotId), index('batch_parts_parent').on(t.parentId)],
)
