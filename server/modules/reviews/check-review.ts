import { eq } from 'drizzle-orm'
import type { ReviewId } from '../../../shared/ids.ts'
import type { Verdict } from '../../../shared/moderation/flow.ts'
import type { CaseSheet } from '../../../shared/moderation/sheet.ts'
import { reviewFlow } from '../../../shared/reviews/flow.ts'
import { brewLine } from '../../../shared/reviews/words.ts'
import type { App } from '../../platform/app.ts'
import { tryAdvance, type Work } from '../../platform/work.ts'
import { checkWords, openCase } from '../moderation/index.ts'
import { reviews } from './tables.ts'

type Row = typeof reviews.$inferSelect

/** What the desk reads of a review. `revision` says why it is there: as it was written, or because the shop has reported it. */
const sheetOf = (row: Row, revision: 'written' | 'report'): CaseSheet => ({
  revision,
  no: row.turn,
  fields: [
    { field: 'tea', label: '商品', value: `${row.title} ${row.skuName}`.trim() },
    { field: 'stars', label: '星级', value: row.stars === null ? null : `${row.stars} 星` },
    { field: 'text', label: row.turn === 1 ? '评价' : '追评', value: row.text },
    { field: 'brew', label: '冲泡笔记', value: row.brew ? brewLine(row.brew) : null },
    ...(revision === 'report' ? [{ field: 'report', label: '店铺的举报理由', value: row.report }] : []),
  ],
  pictureIds: row.pictureIds,
  labelPictureId: null,
})

/** Puts a review before the desk; the same reason twice is one case. */
export async function askDesk(work: Work, row: Row, revision: 'written' | 'report'): Promise<void> {
  await openCase(work, {
    subject: 'review',
    subjectId: row.id,
    revision,
    shopId: row.shopId,
    title: `${revision === 'report' ? '被举报的评价' : '买家评价'}：${row.title}`,
    pictureId: row.pictureIds[0] ?? null,
    now: sheetOf(row, revision),
    before: null,
    ...(revision === 'report' ? { risks: [{ points: 30, why: '店铺举报' }] } : {}),
  })
}

/** A buyer's opinion is no advertising: "the best I ever drank" may stand. What it may not do is promise health, or lead others away. */
const DOUBTED = ['disease', 'offSite'] as const

/**
 * Reads what was written: words that neither list nor machine doubts are shown at once; doubtful ones wait for a person, and so do pictures, which no
 * machine has read. Safe to repeat.
 */
export async function checkReview(app: App, reviewId: ReviewId): Promise<void> {
  const [row] = await app.read.select().from(reviews).where(eq(reviews.id, reviewId))
  if (row?.state !== 'held') return
  const by = { kind: 'subscriber', name: 'reviews.check' } as const
  const ask = { text: row.text, scene: 'comment', userId: row.buyerId, classes: DOUBTED } as const
  const clear = row.pictureCount === 0 && (await checkWords(app, ask)) === 'pass'
  await app.work(by, (work) => (clear ? show(work, row) : askDesk(work, row, 'written')))
}

async function show(work: Work, row: Pick<Row, 'id' | 'listingId' | 'shopId'>): Promise<void> {
  if (await tryAdvance(work, reviews, row.id, reviewFlow, 'show')) await tellChange(work, row)
}

/** Tells that what buyers read of the tea has changed. */
export const tellChange = (work: Work, { id, listingId, shopId }: Pick<Row, 'id' | 'listingId' | 'shopId'>) =>
  work.tell('review.changed', { reviewId: id, listingId, shopId })

/** Does what the desk decided: approved is shown (or stays), rejected comes down with the reason. Heard twice, it happens once. */
export async function settleReview(work: Work, decided: { reviewId: ReviewId; verdict: Verdict; reasons: string }): Promise<void> {
  const [row] = await work.db.select().from(reviews).where(eq(reviews.id, decided.reviewId))
  if (!row) return
  if (decided.verdict === 'approved') return show(work, row)
  const gone = { removedAt: work.now, reasons: decided.reasons }
  if (await tryAdvance(work, reviews, row.id, reviewFlow, 'remove', gone)) await tellChange(work, row)
}
