import { createHash } from 'node:crypto'
import { inArray } from 'drizzle-orm'
import type { ProductClass } from '../../../shared/catalogue/draft.ts'
import { columnsIn, type RowFault, readRow } from '../../../shared/catalogue/import.ts'
import type { ListingId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import type { App } from '../../platform/app.ts'
import { isDuplicate } from '../../platform/db.ts'
import type { Actor, Work } from '../../platform/work.ts'
import { verifiedBatches } from '../traceability/index.ts'
import { readTable } from './read-table.ts'
import { saveDraft } from './save-draft.ts'
import { listingImports } from './tables.ts'

/** What becomes, or became, of a row. `had`: the same file was imported before. */
export interface ImportedRow {
  no: number
  title: string
  state: 'ready' | 'faulty' | 'done' | 'had'
  faults: RowFault[]
  listingId: ListingId | null
}

export interface Imported {
  rows: ImportedRow[]
  /** Columns of the table that nobody reads, and such as the table lacks: those can be filled in the form. */
  ignored: string[]
  lacking: string[]
}

/**
 * Reads a table of listings and, unless it is a dry run, makes a draft of each row without a fault: a row is imported whole or not at all, a faulty
 * one keeps no other from it, and the same file again imports nothing twice. Refuses `importKind`, `importTooBig`, `importTooMany`, `importHeader`.
 */
export async function importListings(
  app: App,
  by: Actor,
  ask: { shopId: ShopId; productClass: ProductClass; bytes: Buffer; dryRun: boolean },
): Promise<Imported> {
  const { shopId, productClass, bytes, dryRun } = ask
  const [header, ...rows] = readTable(bytes)
  if (!header || rows.length === 0) throw refuse('importEmpty')
  const { at, lacking, ignored } = columnsIn(productClass, header.cells)
  if (!at.has('标题')) throw refuse('importHeader', { columns: lacking.slice(0, 5).join('、') })
  const batches = new Map((await verifiedBatches(app.read, shopId)).map((b) => [b.code, b.id]))
  const file = createHash('sha256').update(productClass).update(bytes).digest('hex')
  const read = rows.map((row) => ({ no: row.no, mark: markOf(file, row.no), ...readRow(productClass, row, at, { batches }) }))
  const had = await importedBefore(
    app,
    shopId,
    read.map((r) => r.mark),
  )
  const done: ImportedRow[] = []
  for (const { no, mark, draft, faults } of read) {
    const row = { no, title: draft.title, faults }
    const before = had.get(mark)
    if (before) done.push({ ...row, state: 'had', listingId: before })
    else if (faults.length > 0) done.push({ ...row, state: 'faulty', listingId: null })
    else if (dryRun) done.push({ ...row, state: 'ready', listingId: null })
    else done.push({ ...row, ...(await app.work(by, (work) => importOne(work, shopId, mark, draft))) })
  }
  return { rows: done, ignored, lacking }
}

const markOf = (file: string, no: number): string => createHash('sha256').update(`${file} ${no}`).digest('hex')

const importedBefore = async (app: App, shopId: ShopId, marks: readonly string[]): Promise<Map<string, ListingId>> => {
  const rows = await app.read
    .select()
    .from(listingImports)
    .where(inArray(listingImports.mark, [...marks]))
  return new Map(rows.filter((r) => r.shopId === shopId).map((r) => [r.mark, r.listingId]))
}

const importOne = async (work: Work, shopId: ShopId, mark: string, draft: Parameters<typeof saveDraft>[1]['draft']) => {
  const { listingId } = await saveDraft(work, { shopId, draft })
  try {
    await work.db.insert(listingImports).values({ shopId, mark, listingId, importedAt: work.now })
  } catch (error) {
    // somebody else imports the same file at this moment; this draft goes with the work
    if (isDuplicate(error)) throw refuse('stale')
    throw error
  }
  return { state: 'done' as const, listingId }
}
