/** Reads of papers for the shop's wallet and the park's desk. Pictures of papers leave the house through these two doors only. */
import { and, asc, count, desc, eq, gt, gte, inArray, lte, or } from 'drizzle-orm'
import type { PaperId, ShopId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { type PaperState, paperFlow } from '../../../shared/tenants/paper-flow.ts'
import { daysUntil, expiryNotices, isOld, missingInPaper, paperWords } from '../../../shared/tenants/papers.ts'
import { after, businessDay, DAY, instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { afterCursor, cut, type Page } from '../../platform/page.ts'
import { pictures } from '../assets/index.ts'
import { people } from '../identity/index.ts'
import { shopChips } from './index.ts'
import { papers } from './tables.ts'

type Row = typeof papers.$inferSelect

/** A paper in a list: what it is, how it stands, and in how many days it ends. */
const line = (row: Row, today: string) => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  number: row.number,
  issuer: row.issuer,
  validFrom: row.validFrom,
  validUntil: row.validUntil,
  daysLeft: row.validUntil === null ? null : daysUntil(today, row.validUntil),
  isOld: row.state === 'verified' && isOld(row, today),
  reasons: row.reasons === '' ? null : row.reasons,
  submittedAt: row.submittedAt,
})

/** A shop's papers, newest first, but those it has put away itself; two queries a page. */
export async function listPapers(app: App, shopId: ShopId, page: Page) {
  const today = businessDay(app.clock.now())
  const shown = ['draft', 'inReview', 'rejected', 'verified', 'expired'] satisfies PaperState[]
  const found = await app.read
    .select()
    .from(papers)
    .where(and(eq(papers.shopId, shopId), inArray(papers.state, shown), afterCursor(page, papers.createdAt, papers.id)))
    .orderBy(desc(papers.createdAt), desc(papers.id))
    .limit(page.limit + 1)
  const { rows, next } = cut(page, found, (r) => ({ at: r.createdAt, id: r.id }))
  const thumbs = await pictures(
    app.read,
    app.ports.storage.url,
    rows.map((r) => r.draft.pictures[0] ?? null),
  )
  return {
    rows: rows.map((row) => {
      const [first] = row.draft.pictures
      return { ...line(row, today), picture: first ? (thumbs.get(first) ?? null) : null, acts: paperFlow.acts(row.state, 'shop') }
    }),
    next,
  }
}

/** One paper of the shop as its form draws it. Refuses `notFound`. */
export async function ownPaper(app: App, shopId: ShopId, paperId: PaperId) {
  const [row] = await app.read
    .select()
    .from(papers)
    .where(and(eq(papers.id, paperId), eq(papers.shopId, shopId)))
  if (!row) throw refuse('notFound')
  const today = businessDay(app.clock.now())
  const shown = await pictures(app.read, app.ports.storage.url, row.draft.pictures)
  return {
    ...line(row, today),
    draft: row.draft,
    pictures: row.draft.pictures.flatMap((id) => shown.get(id) ?? []),
    missing: missingInPaper(row.draft, today),
    mayWrite: row.state === 'draft' || row.state === 'rejected',
    acts: paperFlow.acts(row.state, 'shop'),
  }
}

/**
 * What of its papers a shop must look after today: rejected, ending within the longest notice, or ended and not renewed; the most pressing first.
 * One query.
 */
export async function paperNotices(app: App, shopId: ShopId) {
  const now = app.clock.now()
  const today = businessDay(now)
  const rows = await app.read
    .select()
    .from(papers)
    .where(and(eq(papers.shopId, shopId), inArray(papers.state, ['rejected', 'verified', 'expired'])))
    .orderBy(desc(papers.createdAt), desc(papers.id))
    .limit(200)
  const longest = Math.max(...expiryNotices)
  /** Another paper of the kind holds longer. */
  const renewed = (row: Row) =>
    rows.some(
      (one) =>
        one.id !== row.id &&
        one.kind === row.kind &&
        one.state === 'verified' &&
        (one.validUntil === null || (row.validUntil !== null && one.validUntil > row.validUntil)),
    )
  return rows
    .filter((row) => {
      if (row.state === 'rejected') return true
      if (row.validUntil === null || daysUntil(today, row.validUntil) > longest) return false
      return row.kind === 'labReport' ? row.state === 'verified' : !renewed(row)
    })
    .map((row) => line(row, today))
    .sort((a, b) => (a.daysLeft ?? 0) - (b.daysLeft ?? 0))
    .slice(0, 20)
}

/** After the cursor, oldest first: whoever waits longest is read next. */
const onwards = (page: Page) => {
  const m = /^(\d{1,15})~(ppr_[0-9A-Z]{26})$/.exec(page.cursor ?? '')
  if (!m) return undefined
  const at = instant(Number(m[1]))
  return or(gt(papers.submittedAt, at), and(eq(papers.submittedAt, at), gt(papers.id, m[2] as PaperId)))
}

/** The desk's list of papers in one state: those that wait oldest first, others newest first. Four queries a page. */
export async function paperQueue(app: App, state: 'inReview' | 'verified' | 'rejected' | 'expired' | 'withdrawn', page: Page) {
  const today = businessDay(app.clock.now())
  const waiting = state === 'inReview'
  const found = await app.read
    .select()
    .from(papers)
    .where(and(eq(papers.state, state), waiting ? onwards(page) : afterCursor(page, papers.submittedAt, papers.id)))
    .orderBy(waiting ? asc(papers.submittedAt) : desc(papers.submittedAt), waiting ? asc(papers.id) : desc(papers.id))
    .limit(page.limit + 1)
  const { rows, next } = cut(page, found, (r) => ({ at: r.submittedAt ?? 0, id: r.id }))
  const [open] = await app.read.select({ n: count() }).from(papers).where(eq(papers.state, 'inReview'))
  return { rows: await withShops(app, rows, today), next, openCount: Number(open?.n ?? 0) }
}

/** Every verified paper that ends within the longest notice, the next to end first. Three queries a page. */
export async function endingPapers(app: App, page: Page) {
  const now = app.clock.now()
  const today = businessDay(now)
  const m = /^(\d{4}-\d{2}-\d{2})~(ppr_[0-9A-Z]{26})$/.exec(page.cursor ?? '')
  const [day, id] = [m?.[1] ?? '', m?.[2] as PaperId]
  const found = await app.read
    .select()
    .from(papers)
    .where(
      and(
        eq(papers.state, 'verified'),
        gte(papers.validUntil, today),
        lte(papers.validUntil, businessDay(after(now, Math.max(...expiryNotices) * DAY))),
        m ? or(gt(papers.validUntil, day), and(eq(papers.validUntil, day), gt(papers.id, id))) : undefined,
      ),
    )
    .orderBy(asc(papers.validUntil), asc(papers.id))
    .limit(page.limit + 1)
  const rows = found.slice(0, page.limit)
  const last = rows.at(-1)
  return {
    rows: await withShops(app, rows, today),
    next: found.length > page.limit && last ? `${last.validUntil}~${last.id}` : null,
  }
}

const withShops = async (app: App, rows: readonly Row[], today: string) => {
  const shops = await shopChips(
    app.read,
    rows.map((r) => r.shopId),
  )
  return rows.map((row) => ({
    ...line(row, today),
    shop: { id: row.shopId, name: shops.get(row.shopId)?.name ?? '' },
    tenant: shops.get(row.shopId)?.tenant.name ?? '',
  }))
}

/** One paper with its pictures, as a reviewer reads it; `version` binds the verdict to this wording. Refuses `notFound`. */
export async function onePaper(app: App, paperId: PaperId) {
  const [row] = await app.read.select().from(papers).where(eq(papers.id, paperId))
  // what a shop has not handed in is its own affair
  if (!row || row.submittedAt === null || row.state === 'draft') throw refuse('notFound')
  const today = businessDay(app.clock.now())
  const [shop, shown, names] = await Promise.all([
    shopChips(app.read, [row.shopId]).then((found) => found.get(row.shopId)),
    pictures(app.read, app.ports.storage.url, row.draft.pictures),
    people(app.read, row.decidedBy ? [row.decidedBy] : []),
  ])
  if (!shop) throw refuse('notFound')
  return {
    ...line(row, today),
    title: paperWords[row.kind],
    version: row.version,
    draft: row.draft,
    pictures: row.draft.pictures.flatMap((id) => shown.get(id) ?? []),
    /** What the house finds wrong by itself, also when it was whole on the day it was handed in. */
    missing: missingInPaper(row.draft, today),
    shop: { id: shop.id, name: shop.name },
    tenant: shop.tenant,
    decidedAt: row.decidedAt,
    decidedBy: row.decidedBy ? (names.get(row.decidedBy)?.nickname ?? null) : null,
    acts: paperFlow.acts(row.state, 'park'),
  }
}
