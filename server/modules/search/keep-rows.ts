import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { ListingId, ShopId } from '../../../shared/ids.ts'
import { bandOf } from '../../../shared/search/facets.ts'
import type { Instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import type { Actor, Work } from '../../platform/work.ts'
import { listingIdsAfter, type Searchable, searchables } from '../catalogue/index.ts'
import { type ShopSign, shopSigns } from '../tenants/index.ts'
import { searchDocs } from './tables.ts'
import { tokensOf } from './tokens.ts'

type Row = typeof searchDocs.$inferInsert
type Content = Omit<Row, 'version' | 'changedAt'>

/** Rows that one work writes. */
const CHUNK = 200

/**
 * Brings the rows of these listings in step with what catalogue and tenants say now, and tells of each that changed. The rows are locked before
 * anything is read, so that of two who hear of the same listing the later writes what is newer. Answers how many changed. At most nine
 * queries, whatever the number, and two for each row that changed.
 */
export async function keepRows(work: Work, listingIds: readonly ListingId[]): Promise<number> {
  const ids = [...new Set(listingIds)].sort()
  if (ids.length === 0) return 0
  const there = await work.db.select({ id: searchDocs.listingId }).from(searchDocs).where(inArray(searchDocs.listingId, ids))
  const have = new Set(there.map((r) => r.id))
  // a row that is not there cannot be locked: an empty one is made for what may come onto the shelf
  const fresh = await searchables(
    work.db,
    ids.filter((id) => !have.has(id)),
  )
  if (fresh.size > 0)
    await work.db
      .insert(searchDocs)
      .values([...fresh.values()].sort((a, b) => (a.listingId < b.listingId ? -1 : 1)).map((one) => blankRow(one, work.now)))
      .onDuplicateKeyUpdate({ set: { version: sql`${searchDocs.version}` } })
  const had = await work.db
    .select()
    .from(searchDocs)
    .where(inArray(searchDocs.listingId, ids))
    .orderBy(asc(searchDocs.listingId))
    .for('update')
  const now = await searchables(
    work.db,
    had.map((row) => row.listingId),
  )
  const signs = await shopSigns(
    work.db,
    [...now.values()].map((s) => s.shopId),
  )
  let changed = 0
  for (const row of had) {
    const found = now.get(row.listingId)
    if (!found) continue
    const content = contentOf(found, signs.get(found.shopId))
    if (row.version > 0 && (Object.keys(content) as (keyof Content)[]).every((k) => row[k] === content[k])) continue
    await work.db
      .update(searchDocs)
      .set({ ...content, version: row.version + 1, changedAt: work.now })
      .where(eq(searchDocs.listingId, row.listingId))
    await work.tell('search.changed', { listingId: row.listingId, shopId: found.shopId })
    changed++
  }
  return changed
}

/** What stands in a row that is about to be filled. */
const blankRow = (s: Searchable, changedAt: Instant): Row => ({
  listingId: s.listingId,
  shopId: s.shopId,
  shown: false,
  band: '',
  per100gFen: s.per100gFen,
  sold: 0,
  inStock: false,
  listedAt: s.listedAt,
  tokens: '',
  version: 0,
  changedAt,
})

const contentOf = (s: Searchable, sign: ShopSign | undefined): Content => {
  const { listingId, shopId, productClass, kind, form, year, hill, season, treeClass, per100gFen, listedAt } = s
  const village = sign?.village || null
  return {
    ...{ listingId, shopId, productClass, kind, form, year, hill, season, treeClass, village, per100gFen, listedAt },
    shown: s.onShelf && sign?.state === 'open',
    band: bandOf(per100gFen),
    sold: s.sold,
    inStock: s.left > 0,
    tokens: tokensOf({
      ...{ title: s.title, maker: s.maker, kind, form, season, treeClass, productClass, hill, year },
      shopName: sign?.name ?? '',
      village: village ?? '',
    }),
  }
}

/** Whether a listing's stock has begun or ended since its row was written; one query. */
export async function stockTurned(work: Work, listingId: ListingId, left: number): Promise<boolean> {
  const [row] = await work.db.select({ inStock: searchDocs.inStock }).from(searchDocs).where(eq(searchDocs.listingId, listingId))
  return row !== undefined && row.inStock !== left > 0
}

/** Brings all rows of a shop in step, a chunk a work: it has been suspended, opened again, or renamed. */
export async function keepRowsOfShop(app: App, by: Actor, shopId: ShopId): Promise<void> {
  for (let after: ListingId | null = null; ; ) {
    const rows: { id: ListingId }[] = await app.read
      .select({ id: searchDocs.listingId })
      .from(searchDocs)
      .where(and(eq(searchDocs.shopId, shopId), after === null ? undefined : gt(searchDocs.listingId, after)))
      .orderBy(asc(searchDocs.listingId))
      .limit(CHUNK)
    const ids = rows.map((r) => r.id)
    await app.work(by, (work) => keepRows(work, ids))
    if (rows.length < CHUNK) return
    after = ids.at(-1) ?? null
  }
}

/** Brings a chunk of all listings in step, from one on; answers where to go on (null: the end was reached) and how many changed. */
export async function keepRowsFrom(app: App, by: Actor, after: ListingId | null): Promise<{ next: ListingId | null; changed: number }> {
  const ids = await listingIdsAfter(app.read, after, CHUNK)
  const changed = await app.work(by, (work) => keepRows(work, ids))
  return { next: ids.length < CHUNK ? null : (ids.at(-1) ?? null), changed }
}

const FILL = 1_000

/**
 * Writes the rows of listings that have none, for seeds that write the catalogue's tables without telling: nothing is told, and rows that are
 * there are left to the job. Answers how many it wrote.
 */
export async function rebuild(app: App): Promise<number> {
  let written = 0
  for (let after: ListingId | null = null; ; ) {
    const ids: ListingId[] = await listingIdsAfter(app.read, after, FILL)
    const found = [...(await searchables(app.read, ids)).values()]
    const signs = await shopSigns(
      app.read,
      found.map((s) => s.shopId),
    )
    const rows = found.map((s) => ({ ...contentOf(s, signs.get(s.shopId)), version: 1, changedAt: app.clock.now() }))
    if (rows.length > 0) {
      await app.read
        .insert(searchDocs)
        .values(rows)
        .onDuplicateKeyUpdate({ set: { version: sql`${searchDocs.version}` } })
      written += rows.length
    }
    if (ids.length < FILL) return written
    after = ids.at(-1) ?? null
  }
}
