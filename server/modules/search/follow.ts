/** How a process follows the table: read whole once, then only what changed. */
import { and, asc, gt, gte } from 'drizzle-orm'
import type { ListingId } from '../../../shared/ids.ts'
import { type Instant, instant, SECOND } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { type Doc, ShelfIndex } from './shelf-index.ts'
import { searchDocs } from './tables.ts'

const CHUNK = 3_000
/** A quarter of a second after the last look the table is looked at again: changes by other processes ring no bell here. */
const LOOK_EVERY = 250
/** A row's time is that of its work's beginning, by the clock of its machine: neither a work's length nor the clocks' difference comes near this. */
const OVERLAP = 30 * SECOND
/** What one process holds; of more rows the oldest listings are not found. */
const MOST = 300_000

interface Following {
  shelf: ShelfIndex
  /** When the last look began; null before the first. */
  lookedAt: Instant | null
  /** The bell rang since the last look began. */
  rung: boolean
  looking: Promise<void> | null
}

const all = new WeakMap<App, Following>()

/** The shelf as of now, at most a quarter of a second behind another process's changes and level with this one's. One query at most, once it is read. */
export async function shelfOf(app: App): Promise<ShelfIndex> {
  let following = all.get(app)
  if (!following) {
    const made: Following = { shelf: new ShelfIndex(), lookedAt: null, rung: true, looking: null }
    app.bell.on('told', ({ name }) => {
      if (name === 'search.changed') made.rung = true
    })
    all.set(app, made)
    following = made
  }
  // a look that began before the bell rang may not have seen what it rang for
  while (following.rung || following.lookedAt === null || app.clock.now() - following.lookedAt >= LOOK_EVERY) {
    following.looking ??= look(app, following).finally(() => {
      following.looking = null
    })
    await following.looking
  }
  return following.shelf
}

const columns = {
  listingId: searchDocs.listingId,
  shown: searchDocs.shown,
  productClass: searchDocs.productClass,
  kind: searchDocs.kind,
  form: searchDocs.form,
  year: searchDocs.year,
  hill: searchDocs.hill,
  season: searchDocs.season,
  treeClass: searchDocs.treeClass,
  band: searchDocs.band,
  village: searchDocs.village,
  per100gFen: searchDocs.per100gFen,
  sold: searchDocs.sold,
  inStock: searchDocs.inStock,
  listedAt: searchDocs.listedAt,
  tokens: searchDocs.tokens,
  version: searchDocs.version,
}

const read = (app: App) => app.read.select(columns).from(searchDocs).$dynamic()
type Row = Awaited<ReturnType<typeof read>>[number]

const docOf = ({ productClass, kind, form, year, hill, season, treeClass, band, village, ...row }: Row): Doc => ({
  ...row,
  facets: { productClass, kind, form, year: year === null ? null : String(year), hill, season, treeClass, band, village },
})

async function look(app: App, following: Following): Promise<void> {
  following.rung = false
  const begun = app.clock.now()
  const put = (rows: Row[]) => {
    for (const row of rows) following.shelf.put(docOf(row))
  }
  try {
    if (following.lookedAt === null) await readWhole(app, put)
    else {
      const since = instant(following.lookedAt - OVERLAP)
      const changed = await app.read
        .select({ listingId: searchDocs.listingId, version: searchDocs.version })
        .from(searchDocs)
        .where(gte(searchDocs.changedAt, since))
      const fresh = changed.filter((c) => !following.shelf.has(c.listingId, c.version)).length
      if (fresh > 0) put(await read(app).where(gte(searchDocs.changedAt, since)))
    }
    following.lookedAt = begun
  } catch (error) {
    following.rung = true
    throw error
  }
}

async function readWhole(app: App, put: (rows: Row[]) => void): Promise<void> {
  for (let after: ListingId | undefined, n = 0; n < MOST; n += CHUNK) {
    const rows = await read(app)
      .where(and(after && gt(searchDocs.listingId, after)))
      .orderBy(asc(searchDocs.listingId))
      .limit(CHUNK)
    put(rows)
    after = rows.at(-1)?.listingId
    if (rows.length < CHUNK) return
  }
}
