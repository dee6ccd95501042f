import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Kind, ProductClass, Season, TreeClass } from '../../../shared/catalogue/draft.ts'
import type { BatchId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { Instant } from '../../../shared/time.ts'
import type { BatchState } from '../../../shared/traceability/flow.ts'
import type { Db } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { batches, type Origin } from './tables.ts'

/** A batch as other rooms know it. Only a verified one's facts may be told to buyers or filtered by. */
export interface BatchFacts {
  id: BatchId
  shopId: ShopId
  /** As on the label. */
  code: string
  productClass: ProductClass
  state: BatchState
  kind: Kind | null
  /** Null where its material is of several years; so with hill, village (then empty) and tree class. */
  materialYear: number | null
  season: Season | null
  hill: string | null
  village: string
  treeClass: TreeClass | null
  makerName: string
  makerAddress: string
  scNumber: string
  standardCode: string
  productionDate: string | null
  pressingDate: string | null
  /** When it went into store; the age of stored tea counts from here. */
  storedSince: Instant | null
  madeGrams: number
  listedGrams: number
  /** What blends have taken of it: made − listed − used is what may still be listed. */
  usedGrams: number
  origins: Origin[]
}

const columns = {
  id: batches.id,
  shopId: batches.shopId,
  code: batches.code,
  productClass: batches.productClass,
  state: batches.state,
  kind: batches.kind,
  materialYear: batches.materialYear,
  season: batches.season,
  hill: batches.hill,
  village: batches.village,
  treeClass: batches.treeClass,
  makerName: batches.makerName,
  makerAddress: batches.makerAddress,
  scNumber: batches.scNumber,
  standardCode: batches.standardCode,
  productionDate: batches.productionDate,
  pressingDate: batches.pressingDate,
  storedSince: batches.storedSince,
  madeGrams: batches.madeGrams,
  listedGrams: batches.listedGrams,
  usedGrams: batches.usedGrams,
  origins: batches.origins,
}

/** Batches by id, one query whatever the number; unknown ids are left out. */
export async function batchesOf(db: Db, ids: readonly BatchId[]): Promise<Map<BatchId, BatchFacts>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  const rows = await db.select(columns).from(batches).where(inArray(batches.id, wanted))
  return new Map(rows.map((row) => [row.id, row]))
}

/** How many batches a picker shows. */
const PICKED_FROM = 200

/** A shop's newest batches in whatever state, as a picker shows them; one query. */
export async function newestBatches(db: Db, shopId: ShopId): Promise<Pick<BatchFacts, 'id' | 'code' | 'productClass' | 'state'>[]> {
  return db
    .select({ id: batches.id, code: batches.code, productClass: batches.productClass, state: batches.state })
    .from(batches)
    .where(eq(batches.shopId, shopId))
    .orderBy(desc(batches.createdAt), desc(batches.id))
    .limit(PICKED_FROM)
}

/** Refuses `notFound` unless every one of these batches is the shop's, in whatever state. One query. */
export async function mustOwn(work: Work, shopId: ShopId, batchIds: readonly BatchId[]): Promise<void> {
  const found = await batchesOf(work.db, batchIds)
  if (batchIds.some((id) => found.get(id)?.shopId !== shopId)) throw refuse('notFound')
}

/** How many batches of a shop a table may choose from. */
const CHOICES = 500

/** The shop's verified batches by their codes, newest first; one query. */
export const verifiedBatches = (db: Db, shopId: ShopId): Promise<{ id: BatchId; code: string }[]> =>
  db
    .select({ id: batches.id, code: batches.code })
    .from(batches)
    .where(and(eq(batches.shopId, shopId), eq(batches.state, 'verified')))
    .orderBy(desc(batches.createdAt), desc(batches.id))
    .limit(CHOICES)
