/** The queue of questions: what chats ask, the same once, until somebody has answered. */
import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { BagItemId, ChatId, LiveSessionId, QuestionId, ShopId, UserId } from '../../../shared/ids.ts'
import { refuse } from '../../../shared/refusals.ts'
import { isQuestion, QUESTIONS_MAX, type QuestionState, questionFlow, questionKey, sameQuestion } from '../../../shared/room/questions.ts'
import type { Instant } from '../../../shared/time.ts'
import type { App } from '../../platform/app.ts'
import type { Db } from '../../platform/db.ts'
import { isDuplicate } from '../../platform/db.ts'
import { type Actor, newId, tryAdvance, type Work } from '../../platform/work.ts'
import { sessionOf } from '../live/index.ts'
import { type chats, questionAskers, questions } from './tables.ts'

const SHOWN_DONE = 20

/**
 * Takes up what a chat asks: joins the question that asks the same and is still open, or opens one, linked to what is being explained. Two that come in
 * the same moment may stand twice; nothing is lost.
 */
export async function noteQuestion(work: Work, chat: typeof chats.$inferSelect): Promise<void> {
  if (!isQuestion(chat.text)) return
  const key = questionKey(chat.text)
  const open = await work.db
    .select({ id: questions.id, key: questions.key })
    .from(questions)
    .where(and(eq(questions.sessionId, chat.sessionId), eq(questions.state, 'open')))
    .orderBy(asc(questions.id))
    .limit(QUESTIONS_MAX)
  const same =
    open[
      sameQuestion(
        key,
        open.map((q) => q.key),
      )
    ]
  if (same) {
    if (await asks(work, same.id, chat.userId))
      await work.db
        .update(questions)
        .set({ askers: sql`${questions.askers} + 1` })
        .where(eq(questions.id, same.id))
    return
  }
  if (open.length >= QUESTIONS_MAX) return
  const id = newId('Question')
  const session = await sessionOf(work.db, chat.sessionId)
  await work.db.insert(questions).values({
    id,
    sessionId: chat.sessionId,
    chatId: chat.id,
    text: chat.text,
    key,
    bagItemId: session?.pinnedBagItemId ?? null,
    askers: 1,
    state: 'open',
    askedAt: work.now,
    reply: '',
  })
  await asks(work, id, chat.userId)
}

async function asks(work: Work, questionId: QuestionId, userId: UserId): Promise<boolean> {
  try {
    await work.db.insert(questionAskers).values({ questionId, userId })
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

/** A chat that was taken away takes along the question that it opened, as long as nobody has answered it. */
export async function dropQuestionOf(work: Work, chatId: ChatId, userId: UserId): Promise<void> {
  const [row] = await work.db.select({ id: questions.id }).from(questions).where(eq(questions.chatId, chatId)).limit(1)
  if (row) await tryAdvance(work, questions, row.id, questionFlow, 'dismiss', { endedAt: work.now, endedBy: userId })
}

export interface Question {
  id: QuestionId
  text: string
  bagItemId: BagItemId | null
  askers: number
  state: QuestionState
  askedAt: Instant
  endedAt: Instant | null
  reply: string
}

const columns = {
  id: questions.id,
  text: questions.text,
  bagItemId: questions.bagItemId,
  askers: questions.askers,
  state: questions.state,
  askedAt: questions.askedAt,
  endedAt: questions.endedAt,
  reply: questions.reply,
}

/** What waits for an answer, asked by most first, and the last that were answered. Two queries. */
export async function questionsOf(db: Db, sessionId: LiveSessionId): Promise<{ open: Question[]; answered: Question[] }> {
  const open = await db
    .select(columns)
    .from(questions)
    .where(and(eq(questions.sessionId, sessionId), eq(questions.state, 'open')))
    .orderBy(asc(questions.id))
    .limit(QUESTIONS_MAX)
  const answered = await db
    .select(columns)
    .from(questions)
    .where(and(eq(questions.sessionId, sessionId), eq(questions.state, 'answered')))
    .orderBy(desc(questions.id))
    .limit(SHOWN_DONE)
  return { open: open.sort((a, b) => b.askers - a.askers || a.askedAt - b.askedAt), answered }
}

/** What was asked and answered in a session, in the order of the answers, for those who see it again. One query. */
export async function answersOf(db: Db, sessionId: LiveSessionId): Promise<{ text: string; reply: string; at: Instant }[]> {
  const rows = await db
    .select({ text: questions.text, reply: questions.reply, at: questions.endedAt })
    .from(questions)
    .where(and(eq(questions.sessionId, sessionId), eq(questions.state, 'answered')))
    .orderBy(asc(questions.id))
    .limit(QUESTIONS_MAX)
  return rows.flatMap(({ text, reply, at }) => (at === null ? [] : [{ text, reply, at }])).sort((a, b) => a.at - b.at)
}

/** How many questions were asked while each tea was explained, and how many of them nobody answered. One query. */
export async function questionCounts(db: Db, sessionId: LiveSessionId): Promise<Map<BagItemId, { asked: number; open: number }>> {
  const rows = await db
    .select({
      bagItemId: questions.bagItemId,
      asked: sql<number>`count(*)`.mapWith(Number),
      open: sql<number>`sum(${questions.state} = 'open')`.mapWith(Number),
    })
    .from(questions)
    .where(eq(questions.sessionId, sessionId))
    .groupBy(questions.bagItemId)
  return new Map(rows.flatMap(({ bagItemId, asked, open }) => (bagItemId ? [[bagItemId, { asked, open }] as const] : [])))
}

/** A question of this shop's room that may be answered, or was. Refuses `notFound`, `stale` when it was passed over. */
export async function questionFor(db: Db, shopId: ShopId, questionId: QuestionId): Promise<{ text: string; sessionId: LiveSessionId }> {
  const [row] = await db.select().from(questions).where(eq(questions.id, questionId))
  const session = row && (await sessionOf(db, row.sessionId))
  if (!row || session?.shopId !== shopId) throw refuse('notFound')
  if (row.state === 'dismissed') throw refuse('stale')
  return { text: row.text, sessionId: row.sessionId }
}

/**
 * Somebody of the shop has answered a question, aloud or in these words, or passes it over. A second time changes nothing. Refuses `notFound`, `stale` when
 * it has ended otherwise.
 */
export async function endQuestion(
  app: App,
  by: Actor,
  ask: { shopId: ShopId; userId: UserId; questionId: QuestionId; act: 'answer' | 'dismiss'; reply: string },
): Promise<{ state: QuestionState }> {
  return app.work(by, async (work) => {
    const [row] = await work.db.select().from(questions).where(eq(questions.id, ask.questionId))
    const session = row && (await sessionOf(work.db, row.sessionId))
    if (!row || session?.shopId !== ask.shopId) throw refuse('notFound')
    const to = ask.act === 'answer' ? 'answered' : 'dismissed'
    const ended = { endedAt: work.now, endedBy: ask.userId, reply: ask.act === 'answer' ? ask.reply : '' }
    const fresh = await tryAdvance(work, questions, row.id, questionFlow, ask.act, ended)
    if (!fresh && row.state !== to) throw refuse('stale')
    return { state: to }
  })
}
