/** Reads of traceability for the shop's own people and for the park's desk. */
import { and, asc, count, desc, eq, gt, inArray, or } from 'drizzle-orm'
import type { BatchId, PlotId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { businessDay, instant } from '../../../shared/time.ts'
import { dryGrams } from '../../../shared/traceability/balance.ts'
import { batchLacks, plotLacks } from '../../../shared/traceability/complete.ts'
import type { Proof } from '../../../shared/traceability/draft.ts'
import { type BatchState, batchFlow, type PlotState, plotFlow } from '../../../shared/traceability/flow.ts'
import type { App } from '../../platform/app.ts'
import type { Db } from '../../platform/db.ts'
import { afterCursor, cut, type Page } from '../../platform/page.ts'
import { pictures } from '../assets/index.ts'
import { people } from '../identity/index.ts'
import { shopChips } from '../tenants/index.ts'
import { type BatchRow, batchDraftOf, type PlotRow, partsOf, plotDraftOf } from './ours.ts'
import { batches, hillGrants, plots, plotYears } from './tables.ts'

/** How full a plot's year is. */
interface YearRow {
  plotId: PlotId
  year: number
  takenGrams: number
}

/** The years of these plots from which something was taken, newest first; one query. */
async function yearsOf(db: Db, ids: readonly PlotId[]): Promise<Map<PlotId, { year: number; takenGrams: number }[]>> {
  const years = new Map<PlotId, { year: number; takenGrams: number }[]>()
  if (ids.length === 0) return years
  const rows: YearRow[] = await db
    .select()
    .from(plotYears)
    .where(and(inArray(plotYears.plotId, [...ids]), gt(plotYears.takenGrams, 0)))
    .orderBy(desc(plotYears.year))
  for (const { plotId, year, takenGrams } of rows) years.set(plotId, [...(years.get(plotId) ?? []), { year, takenGrams }])
  return years
}

const plotLine = (row: PlotRow, years: { year: number; takenGrams: number }[]) => ({
  id: row.id,
  state: row.state,
  name: row.name,
  crop: row.crop,
  hill: row.hill,
  village: row.village,
  treeClass: row.treeClass,
  areaTenths: row.areaTenths,
  claimedGrams: dryGrams(row.crop, row.yieldState, row.yearlyGrams),
  grantedGrams: row.grantedGrams,
  years,
  reasons: row.reasons === '' ? null : row.reasons,
  updatedAt: row.updatedAt,
})

const batchLine = (row: BatchRow) => ({
  id: row.id,
  state: row.state,
  code: row.code,
  productClass: row.productClass,
  kind: row.kind,
  materialYear: row.materialYear,
  hill: row.hill,
  village: row.village,
  madeGrams: row.madeGrams,
  listedGrams: row.listedGrams,
  usedGrams: row.usedGrams,
  reasons: row.reasons === '' ? null : row.reasons,
  updatedAt: row.updatedAt,
})

/** A shop's plots, newest first, with what their years have given; two queries. */
export async function plotsOfShop(app: App, shopId: ShopId, state: PlotState | undefined, page: Page) {
  const found = await app.read
    .select()
    .from(plots)
    .where(and(eq(plots.shopId, shopId), state && eq(plots.state, state), afterCursor(page, plots.createdAt, plots.id)))
    .orderBy(desc(plots.createdAt), desc(plots.id))
    .limit(page.limit + 1)
  const { rows, next } = cut(page, found, (r) => ({ at: r.createdAt, id: r.id }))
  const years = await yearsOf(
    app.read,
    rows.map((r) => r.id),
  )
  return { rows: rows.map((r) => ({ ...plotLine(r, years.get(r.id) ?? []), acts: plotFlow.acts(r.state, 'shop') })), next }
}

/** A shop's batches, newest first; one query. */
export async function batchesOfShop(app: App, shopId: ShopId, state: BatchState | undefined, page: Page) {
  const found = await app.read
    .select()
    .from(batches)
    .where(and(eq(batches.shopId, shopId), state && eq(batches.state, state), afterCursor(page, batches.createdAt, batches.id)))
    .orderBy(desc(batches.createdAt), desc(batches.id))
    .limit(page.limit + 1)
  const { rows, next } = cut(page, found, (r) => ({ at: r.createdAt, id: r.id }))
  return { rows: rows.map((r) => ({ ...batchLine(r), acts: batchFlow.acts(r.state, 'shop') })), next }
}

/** The photos of papers. */
const shownOf = (app: App, proofs: readonly Proof[]) =>
  pictures(
    app.read,
    app.ports.storage.url,
    proofs.map((p) => p.pictureId),
  )

/** A plot with everything that was written of it; three queries. */
async function plotView(app: App, row: PlotRow) {
  const draft = plotDraftOf(row)
  const [years, shown] = await Promise.all([yearsOf(app.read, [row.id]), shownOf(app, row.proofs)])
  return { ...plotLine(row, years.get(row.id) ?? []), shopId: row.shopId, draft, pictures: [...shown.values()], lacks: plotLacks(draft) }
}

/** A batch with everything that was written of it, and the names of what it consists of; five queries. */
async function batchView(app: App, row: BatchRow) {
  const parts = await partsOf(app.read, row.id)
  const plotIds = parts.flatMap((p) => ('plotId' in p ? [p.plotId] : []))
  const parentIds = parts.flatMap((p) => ('batchId' in p ? [p.batchId] : []))
  const [land, years, parents, shown] = await Promise.all([
    plotIds.length > 0 ? app.read.select().from(plots).where(inArray(plots.id, plotIds)) : [],
    yearsOf(app.read, plotIds),
    parentIds.length > 0 ? app.read.select().from(batches).where(inArray(batches.id, parentIds)) : [],
    shownOf(app, row.proofs),
  ])
  const draft = batchDraftOf(row, parts)
  return {
    ...batchLine(row),
    shopId: row.shopId,
    draft,
    origins: row.origins,
    plots: land.map((p) => plotLine(p, years.get(p.id) ?? [])),
    parents: parents.map(batchLine),
    pictures: [...shown.values()],
    lacks: batchLacks(draft, businessDay(app.clock.now())),
  }
}

/** One plot of the shop. Refuses `notFound`. */
export async function ourPlot(app: App, shopId: ShopId, plotId: PlotId) {
  const [row] = await app.read
    .select()
    .from(plots)
    .where(and(eq(plots.id, plotId), eq(plots.shopId, shopId)))
  if (!row) throw refuse('notFound')
  return { ...(await plotView(app, row)), acts: plotFlow.acts(row.state, 'shop') }
}

/** One batch of the shop. Refuses `notFound`. */
export async function ourBatch(app: App, shopId: ShopId, batchId: BatchId) {
  const [row] = await app.read
    .select()
    .from(batches)
    .where(and(eq(batches.id, batchId), eq(batches.shopId, shopId)))
  if (!row) throw refuse('notFound')
  return { ...(await batchView(app, row)), acts: batchFlow.acts(row.state, 'shop') }
}

/** After the cursor, oldest first: whoever waits longest is read next. */
const onwards = (page: Page, table: typeof plots | typeof batches) => {
  const m = /^(\d{1,15})~([0-9A-Za-z_]{1,40})$/.exec(page.cursor ?? '')
  if (!m) return undefined
  const at = instant(Number(m[1]))
  return or(gt(table.updatedAt, at), and(eq(table.updatedAt, at), gt(table.id, m[2] as never)))
}

/** The desk's plots in one state: those that wait oldest first, the others newest first; four queries. */
export async function plotQueue(app: App, state: PlotState, page: Page) {
  const waits = state === 'inReview'
  const found = await app.read
    .select()
    .from(plots)
    .where(and(eq(plots.state, state), waits ? onwards(page, plots) : afterCursor(page, plots.updatedAt, plots.id)))
    .orderBy(waits ? asc(plots.updatedAt) : desc(plots.updatedAt), waits ? asc(plots.id) : desc(plots.id))
    .limit(page.limit + 1)
  const { rows, next } = cut(page, found, (r) => ({ at: r.updatedAt, id: r.id }))
  const years = await yearsOf(
    app.read,
    rows.map((r) => r.id),
  )
  const names = await namesOf(app, rows)
  return { rows: rows.map((r) => ({ ...plotLine(r, years.get(r.id) ?? []), shop: names(r.shopId) })), next }
}

/** The desk's batches in one state, as `plotQueue`; three queries. */
export async function batchQueue(app: App, state: BatchState, page: Page) {
  const waits = state === 'inReview'
  const found = await app.read
    .select()
    .from(batches)
    .where(and(eq(batches.state, state), waits ? onwards(page, batches) : afterCursor(page, batches.updatedAt, batches.id)))
    .orderBy(waits ? asc(batches.updatedAt) : desc(batches.updatedAt), waits ? asc(batches.id) : desc(batches.id))
    .limit(page.limit + 1)
  const { rows, next } = cut(page, found, (r) => ({ at: r.updatedAt, id: r.id }))
  const names = await namesOf(app, rows)
  return { rows: rows.map((r) => ({ ...batchLine(r), shop: names(r.shopId) })), next }
}

const namesOf = async (app: App, rows: readonly { shopId: ShopId }[]) => {
  const shops = await shopChips(
    app.read,
    rows.map((r) => r.shopId),
  )
  return (id: ShopId) => ({ id, name: shops.get(id)?.name ?? '' })
}

/** How many wait at the desk; two queries. */
export async function waiting(app: App): Promise<{ plots: number; batches: number }> {
  const [land] = await app.read.select({ n: count() }).from(plots).where(eq(plots.state, 'inReview'))
  const [made] = await app.read.select({ n: count() }).from(batches).where(eq(batches.state, 'inReview'))
  return { plots: land?.n ?? 0, batches: made?.n ?? 0 }
}

const deciderOf = async (app: App, row: Pick<PlotRow, 'decidedBy'>): Promise<string | null> =>
  row.decidedBy ? ((await people(app.read, [row.decidedBy])).get(row.decidedBy)?.nickname ?? null) : null

/** A plot as the desk reads it, with what its hill's plots have been granted together. Refuses `notFound`. */
export async function plotSheet(app: App, plotId: PlotId) {
  const [row] = await app.read.select().from(plots).where(eq(plots.id, plotId))
  if (!row) throw refuse('notFound')
  const [hill] = row.hill
    ? await app.read.select({ granted: hillGrants.grantedGrams }).from(hillGrants).where(eq(hillGrants.hill, row.hill))
    : []
  return {
    ...(await plotView(app, row)),
    shop: (await namesOf(app, [row]))(row.shopId),
    hillGrantedGrams: hill?.granted ?? 0,
    decidedBy: await deciderOf(app, row),
    decidedAt: row.decidedAt,
    acts: plotFlow.acts(row.state, 'staff'),
  }
}

/** A batch as the desk reads it. Refuses `notFound`. */
export async function batchSheet(app: App, batchId: BatchId) {
  const [row] = await app.read.select().from(batches).where(eq(batches.id, batchId))
  if (!row) throw refuse('notFound')
  return {
    ...(await batchView(app, row)),
    shop: (await namesOf(app, [row]))(row.shopId),
    decidedBy: await deciderOf(app, row),
    decidedAt: row.decidedAt,
    acts: batchFlow.acts(row.state, 'staff'),
  }
}
