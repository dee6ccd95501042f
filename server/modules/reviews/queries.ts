/** Reads of reviews, shaped as the screens want them. */
import { and, count, desc, eq, exists, gt, inArray, lte, type SQL, sql, sum } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import type { AssetId, ListingId, OrderId, OrderLineId, ShopId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { ANSWER_STANDS_AFTER, figuresOf, LOW_STARS, type ReviewFilter } from '../../../shared/reviews/draft.ts'
import { after } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import { afterCursor, cut, type Page } from '../../platform/page.ts'
import { type Picture, pictures } from '../assets/index.ts'
import { shopOfListing } from '../catalogue/index.ts'
import { boughtLines } from '../orders/index.ts'
import { shopChips } from '../tenants/index.ts'
import { reviews } from './tables.ts'
import { turnOpen } from './write-review.ts'

type Row = typeof reviews.$inferSelect

const photosOf = (row: Pick<Row, 'pictureIds'>, shown: Map<AssetId, Picture>) => row.pictureIds.flatMap((id) => shown.get(id) ?? [])

const saidOf = (row: Row, shown: Map<AssetId, Picture>) => ({
  id: row.id,
  text: row.text,
  pictures: photosOf(row, shown),
  brew: row.brew,
  writtenAt: row.writtenAt,
  answer: row.answer === '' ? null : row.answer,
})

/** First reviews with their follow-ups, as anyone reads them; two queries. */
async function dress(app: App, rows: Row[]) {
  const follow =
    rows.length === 0
      ? []
      : await app.read
          .select()
          .from(reviews)
          .where(
            and(
              inArray(
                reviews.orderLineId,
                rows.map((r) => r.orderLineId),
              ),
              eq(reviews.turn, 2),
              eq(reviews.state, 'shown'),
            ),
          )
  const shown = await pictures(
    app.read,
    app.ports.storage.url,
    [...rows, ...follow].flatMap((r) => r.pictureIds),
  )
  return rows.map((row) => {
    const later = follow.find((f) => f.orderLineId === row.orderLineId)
    return {
      ...saidOf(row, shown),
      stars: row.stars ?? 0,
      nickname: row.nickname,
      skuName: row.skuName,
      batches: row.batches,
      followUp: later ? saidOf(later, shown) : null,
    }
  })
}

const followUps = alias(reviews, 'follow_ups')

const filterOf = (app: App, filter: ReviewFilter): SQL | undefined => {
  if (filter === 'pictures') return gt(reviews.pictureCount, 0)
  if (filter === 'low') return lte(reviews.stars, LOW_STARS)
  if (filter === 'all') return undefined
  return exists(
    app.read
      .select({ one: sql`1` })
      .from(followUps)
      .where(and(eq(followUps.orderLineId, reviews.orderLineId), eq(followUps.turn, 2), eq(followUps.state, 'shown'))),
  )
}

/** Refuses `notFound` where there is no such listing or its shop is suspended; two queries. */
async function mustBeOpen(app: App, listingId: ListingId): Promise<void> {
  const shopId = await shopOfListing(app.read, listingId)
  if (shopId === null || (await shopChips(app.read, [shopId])).get(shopId)?.state !== 'open') throw refuse('notFound')
}

/** What is said of a tea, newest first; the sum of all of it on the first page. At most eight queries. Refuses `notFound`. */
export async function reviewsOf(app: App, listingId: ListingId, filter: ReviewFilter, page: Page) {
  await mustBeOpen(app, listingId)
  const found = await app.read
    .select()
    .from(reviews)
    .where(
      and(
        eq(reviews.listingId, listingId),
        eq(reviews.state, 'shown'),
        eq(reviews.turn, 1),
        filterOf(app, filter),
        afterCursor(page, reviews.writtenAt, reviews.id),
      ),
    )
    .orderBy(desc(reviews.writtenAt), desc(reviews.id))
    .limit(page.limit + 1)
  const { rows, next } = cut(page, found, (r) => ({ at: r.writtenAt, id: r.id }))
  return { rows: await dress(app, rows), next, figures: page.cursor ? null : await figures(app, listingId) }
}

/** The sum of all reviews of a tea; one query. */
async function figures(app: App, listingId: ListingId) {
  const rows = await app.read
    .select({
      state: reviews.state,
      stars: reviews.stars,
      n: count(),
      withPictures: sum(sql`case when ${reviews.pictureCount} > 0 then 1 else 0 end`),
    })
    .from(reviews)
    .where(and(eq(reviews.listingId, listingId), inArray(reviews.state, ['shown', 'removed']), eq(reviews.turn, 1)))
    .groupBy(reviews.state, reviews.stars)
  const shown = rows.filter((r) => r.state === 'shown')
  const of = (stars: number): number => shown.find((r) => r.stars === stars)?.n ?? 0
  return figuresOf(
    [of(1), of(2), of(3), of(4), of(5)],
    shown.reduce((all, r) => all + Number(r.withPictures ?? 0), 0),
    rows.filter((r) => r.state === 'removed').reduce((all, r) => all + r.n, 0),
  )
}

/** What a buyer wrote, newest first, with what became of it; two queries. */
export async function myReviews(app: App, buyerId: UserId, page: Page) {
  const found = await app.read
    .select()
    .from(reviews)
    .where(and(eq(reviews.buyerId, buyerId), afterCursor(page, reviews.writtenAt, reviews.id)))
    .orderBy(desc(reviews.writtenAt), desc(reviews.id))
    .limit(page.limit + 1)
  const { rows, next } = cut(page, found, (r) => ({ at: r.writtenAt, id: r.id }))
  const shown = await pictures(
    app.read,
    app.ports.storage.url,
    rows.flatMap((r) => r.pictureIds),
  )
  return { rows: rows.map((row) => mine(row, shown)), next }
}

const mine = (row: Row, shown: Map<AssetId, Picture>) => ({
  ...saidOf(row, shown),
  orderLineId: row.orderLineId,
  turn: row.turn,
  stars: row.stars,
  title: row.title,
  skuName: row.skuName,
  state: row.state,
  reasons: row.reasons === '' ? null : row.reasons,
})

/** The lines of an order, or one line, with what was written of each and which turn is open now; four queries. Refuses `notFound`. */
export async function reviewable(app: App, buyerId: UserId, which: { orderId: OrderId } | { orderLineId: OrderLineId }) {
  const lines = await boughtLines(app.read, buyerId, which)
  if (lines.length === 0) throw refuse('notFound')
  const written = await app.read
    .select()
    .from(reviews)
    .where(
      inArray(
        reviews.orderLineId,
        lines.map((l) => l.orderLineId),
      ),
    )
  const shown = await pictures(app.read, app.ports.storage.url, [...lines.map((l) => l.pictureId), ...written.flatMap((r) => r.pictureIds)])
  const now = app.clock.now()
  return lines.map((line) => {
    const of = written.filter((r) => r.orderLineId === line.orderLineId).sort((a, b) => a.turn - b.turn)
    return {
      orderLineId: line.orderLineId,
      title: line.title,
      skuName: line.skuName,
      picture: (line.pictureId && shown.get(line.pictureId)) || null,
      turn: turnOpen(
        line,
        of.map((r) => r.turn),
        now,
      ),
      written: of.map((r) => mine(r, shown)),
    }
  })
}

export type ShopFilter = 'all' | 'low' | 'unanswered'

/** What was said of a shop's teas, newest first: what is shown, nothing that is still being read. Two queries. */
export async function reviewsOfShop(app: App, shopId: ShopId, filter: ShopFilter, page: Page) {
  const found = await app.read
    .select()
    .from(reviews)
    .where(
      and(
        eq(reviews.shopId, shopId),
        eq(reviews.state, 'shown'),
        filter === 'low' ? lte(reviews.stars, LOW_STARS) : filter === 'unanswered' ? eq(reviews.answer, '') : undefined,
        afterCursor(page, reviews.writtenAt, reviews.id),
      ),
    )
    .orderBy(desc(reviews.writtenAt), desc(reviews.id))
    .limit(page.limit + 1)
  const { rows, next } = cut(page, found, (r) => ({ at: r.writtenAt, id: r.id }))
  const shown = await pictures(
    app.read,
    app.ports.storage.url,
    rows.flatMap((r) => r.pictureIds),
  )
  const now = app.clock.now()
  return {
    rows: rows.map((row) => ({
      ...saidOf(row, shown),
      turn: row.turn,
      stars: row.stars,
      nickname: row.nickname,
      title: row.title,
      skuName: row.skuName,
      batches: row.batches.map((b) => b.code),
      report: row.report === '' ? null : row.report,
      mayAnswer: row.answeredAt === null || now < after(row.answeredAt, ANSWER_STANDS_AFTER),
    })),
    next,
  }
}
