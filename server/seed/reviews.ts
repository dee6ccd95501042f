/** Reviews of the demonstration: written, answered and reported through the house's own acts, at their time in the story. */
import { and, asc, eq } from 'drizzle-orm'
import type { UserId } from '../../shared/ids.ts'
import { after, DAY, HOUR, type Instant } from '../../shared/time.ts'
import { orderLines, orders, subOrders } from '../modules/orders/tables.ts'
import { answerReview, reportReview } from '../modules/reviews/answer-review.ts'
import { writeReview } from '../modules/reviews/index.ts'
import { reviews as table } from '../modules/reviews/tables.ts'
import { owners } from '../modules/tenants/index.ts'
import { type DemoReview, reviews } from './data/reviews.ts'
import type { Story } from './story.ts'

/** Says all reviews; those that are there already are left as they are. */
export async function seedReviews(story: Story): Promise<void> {
  const ownerOf = new Map((await owners(story.app.read, 200)).map((o) => [o.shopId, o.userId]))
  for (const one of reviews) await tell(story, one, ownerOf)
  story.to(null)
  await story.hear()
}

async function tell(story: Story, one: DemoReview, ownerOf: ReadonlyMap<string, UserId>): Promise<void> {
  const { app } = story
  const rows = await app.read
    .select({ id: orderLines.id, shopId: orderLines.shopId, buyerId: orders.buyerId, completedAt: subOrders.completedAt })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .innerJoin(subOrders, eq(subOrders.id, orderLines.subOrderId))
    .where(eq(orders.requestKey, one.order))
    .orderBy(asc(orderLines.lineNo))
  const line = rows[one.line]
  if (!line?.completedAt) throw new Error(`the review of ${one.order} has nothing that was received`)
  const { id: orderLineId, buyerId, shopId } = line
  /** Never after now: the story ends today. */
  const at = (days: number, hours = 0): Instant =>
    Math.min(after(line.completedAt as Instant, days * DAY + hours * HOUR), story.told - HOUR) as Instant
  const write = async (turn: 1 | 2, days: number, draft: { stars: number | null; text: string; brew: DemoReview['brew'] | null }) => {
    const [have] = await app.read
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.orderLineId, orderLineId), eq(table.turn, turn)))
    if (have) return have.id
    story.to(at(days))
    const written = await app.work({ kind: 'buyer', userId: buyerId }, (work) =>
      writeReview(work, { buyerId, orderLineId, turn, draft: { ...draft, pictures: [], brew: draft.brew ?? null } }),
    )
    await story.hear()
    return written.reviewId
  }
  const reviewId = await write(1, one.daysAfter, { stars: one.stars, text: one.text, brew: one.brew ?? null })
  if (one.followUp) await write(2, one.followUp.daysAfter, { stars: null, text: one.followUp.text, brew: null })
  const userId = ownerOf.get(shopId)
  if (!userId) return
  const owner = { kind: 'member', userId, shopId, role: 'owner' } as const
  const [now] = await app.read.select().from(table).where(eq(table.id, reviewId))
  if (now?.state !== 'shown') return
  story.to(at(one.daysAfter, 6))
  if (one.answer && now.answer === '') await answerReview(app, owner, { shopId, reviewId, text: one.answer, userId })
  const { report } = one
  if (report && now.report === '') await app.work(owner, (work) => reportReview(work, { shopId, reviewId, report }))
  await story.hear()
}
